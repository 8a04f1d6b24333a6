"""The HTTP API: ask, suggest, feedback, erase, health; every error in plain Japanese."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Request, Response
from fastapi import Path as PathParameter
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError

from bot import backlog, conversations
from bot.asking import Asking, ask
from bot.channels.web.look import look_of
from bot.channels.web.schemas import AskBody, FeedbackBody, Look, Problem, ReplySaid, SuggestBody, Suggestions
from bot.limits import Limiter
from bot.masking import mask
from bot.town import TownKnowledge
from bot.visitors import address, pseudonym
from knowledge.days import today
from knowledge.mishaps import name_of
from knowledge.packaged import packaged

MOST_SUGGESTIONS = 5
ERRORS = Path(__file__).parents[2] / "data" / "errors.yaml"
router = APIRouter()
log = structlog.get_logger()
TownId = Annotated[str, PathParameter(pattern=r"^[a-z0-9-]{1,40}$")]
ConversationId = Annotated[str, PathParameter(pattern=r"^[0-9a-f]{32}$")]


class Refused(Exception):
    """A request that is answered with an error; `key` names the sentence in `data/errors.yaml`."""

    def __init__(self, status: int, key: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(key)
        self.status, self.key, self.headers = status, key, headers


@cache
def _sentences() -> dict[str, str]:
    sentences: dict[str, str] = packaged(ERRORS)
    return sentences


def error(status: int, key: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """An error's answer."""
    return JSONResponse({"error": key, "message": sentence(key)}, status, headers)


def sentence(key: str) -> str:
    """What a resident reads for an error."""
    return _sentences()[key]


def key_of(problem: Exception) -> str:
    """Which sentence fits a request that does not validate."""
    found = problem.errors() if isinstance(problem, RequestValidationError) else ()
    return "text_too_long" if any(e["type"] == "string_too_long" for e in found) else "bad_request"


def _problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    return {status: {"model": Problem} for status in statuses}


POSTED = _problems(400, 404, 411, 413, 422, 429, 500, 503)


def town_of(request: Request, town: str) -> TownKnowledge:
    found: TownKnowledge | None = request.app.state.around.registry.towns.get(town)
    if found is None:
        raise Refused(404, "unknown_town")
    return found


def visitor_of(request: Request) -> str:
    around = request.app.state.around
    return address(request.client.host if request.client else "", request.headers, around.trusted)


def limit(limiter: Limiter, visitor: str) -> int:
    """0 where the visitor may go on; else the whole seconds to wait."""
    wait = limiter.wait(visitor)
    return int(wait) + 1 if wait else 0


def _limit(limiter: Limiter, visitor: str) -> None:
    wait = limit(limiter, visitor)
    if wait:
        raise Refused(429, "too_many", {"Retry-After": str(wait)})


@router.get("/api/v1/towns/{town}", responses=_problems(404, 422, 500, 503))
def get_town(town: TownId, request: Request) -> Look:
    """What a conversation with the town begins with: greeting, notice, topics, telephone, whether it is closed."""
    return look_of(town_of(request, town), request.app.state.around.settings.public_url)


@router.post("/api/v1/towns/{town}/ask", responses=POSTED)
def post_ask(town: TownId, body: AskBody, request: Request) -> ReplySaid:
    """The reply to one message; the turn is stored masked."""
    around = request.app.state.around
    knowledge, visitor = town_of(request, town), visitor_of(request)
    _limit(around.ask, visitor)
    asking = Asking(
        text=body.text,
        choice=(body.choice.turn, body.choice.number) if body.choice else None,
        facet=body.facet,
        conversation=body.conversation,
        visitor=pseudonym(visitor, town, today(), around.settings.key),
        channel="web",
    )
    return ReplySaid(**ask(asking, knowledge, around.registry.engine, datetime.now(UTC), around.registry.backlog))


@router.post("/api/v1/towns/{town}/suggest", responses=POSTED)
def post_suggest(town: TownId, body: SuggestBody, request: Request) -> Suggestions:
    """Entries' names for what was typed so far; nothing is stored."""
    knowledge = town_of(request, town)
    _limit(request.app.state.around.suggest, visitor_of(request))
    return Suggestions(suggestions=knowledge.library.suggest(body.q, MOST_SUGGESTIONS))


@router.post("/api/v1/towns/{town}/feedback", status_code=204, responses=POSTED)
def post_feedback(town: TownId, body: FeedbackBody, request: Request) -> Response:
    """Stores a vote; unhelpful ones go to the staff's inbox."""
    around = request.app.state.around
    town_of(request, town)
    visitor = visitor_of(request)
    _limit(around.feedback, visitor)
    name = pseudonym(visitor, town, today(), around.settings.key)
    vote = conversations.Vote(town, body.conversation, body.turn, body.helpful, mask(body.reason or "").text, name)
    if not backlog.vote(around.registry.backlog, around.registry.engine, vote, datetime.now(UTC)):
        raise Refused(404, "unknown_turn")
    return Response(status_code=204)


@router.delete(
    "/api/v1/towns/{town}/conversations/{conversation}", status_code=204, responses=_problems(404, 422, 429, 500, 503)
)
def delete_conversation(town: TownId, conversation: ConversationId, request: Request) -> Response:
    """Erases a conversation and what came of it; one that is not there counts as erased."""
    town_of(request, town)
    _limit(request.app.state.around.feedback, visitor_of(request))
    erase(request, town, conversation)
    return Response(status_code=204)


def erase(request: Request, town: str, conversation: str) -> None:
    """Erases a conversation; refused while the store is away, because nothing may be called erased that is not."""
    registry = request.app.state.around.registry
    try:
        backlog.erase(registry.backlog, registry.engine, town, conversation)
    except SQLAlchemyError as error:
        log.error("not erased", error=name_of(error))
        raise Refused(503, "not_erased") from error


@router.get("/healthz")
def healthz() -> dict[str, str]:
    """The process is up."""
    return {"status": "ok"}


@router.get("/readyz", responses=_problems(503))
def readyz(request: Request) -> dict[str, str]:
    """The process can answer, and quickly: its towns are loaded, and each was asked once."""
    around = request.app.state.around
    if not around.readiness.reached or not around.registry.is_ready():
        raise Refused(503, "not_ready")
    return {"status": "ok"}
