"""`/t/{town}`: the conversation without a script: forms that post, and the reply on the page that comes back.

Nothing but a POST carries words or a conversation, so no address ever holds them. There is no cookie and no session:
a form on a foreign site could only ask a question in a conversation of its own, so no token against forged requests
is needed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import structlog
from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import FileResponse, RedirectResponse

from bot import backlog, conversations
from bot.asking import Asking, ask
from bot.channels.web import layout, transcript
from bot.channels.web.api import Refused, TownId, erase, limit, sentence, town_of, visitor_of
from bot.channels.web.blocks import blocks
from bot.channels.web.look import topics
from bot.channels.web.schemas import LONGEST_REASON, LONGEST_TEXT
from bot.channels.web.widget import words
from bot.masking import mask
from bot.visitors import pseudonym
from knowledge.days import today
from knowledge.entries import FacetName
from knowledge.mishaps import name_of

BACK = "private, no-cache"  # with no-store the browser's back button leads to an error page instead of the reply
router = APIRouter(include_in_schema=False)
log = structlog.get_logger()
ConversationField = Annotated[str, Form(pattern=r"^([0-9a-f]{32})?$")]


@dataclass(frozen=True)
class Message:
    """What one press of a button sent: words, a choice ("turn:number"), or a facet of the entry before."""

    text: str
    choice: str
    facet: FacetName | None

    @property
    def problem(self) -> str:
        """Why it cannot be asked, as a key of `data/errors.yaml`; "" where it can."""
        if self.choice or self.facet:
            return ""
        if not self.text.strip():
            return "empty"
        return "text_too_long" if len(self.text) > LONGEST_TEXT else ""

    def asking(self, visitor: str, conversation: str) -> Asking:
        """The message as the bot takes it."""
        taken = tuple(map(int, self.choice.split(":"))) if self.choice else None
        return Asking(
            visitor=visitor,
            channel="web",
            text=self.text if not taken and not self.facet else None,
            choice=(taken[0], taken[1]) if taken else None,
            facet=self.facet if not taken else None,
            conversation=conversation or None,
        )


def _home(
    request: Request, town: str, status: int = 200, headers: dict[str, str] | None = None, **said: Any
) -> Response:
    """The conversation's page in one of its states."""
    values = {"typed": "", "question": "", "reply": None, "blocks": (), "conversation": "", "earlier": (), "done": ""}
    offers = {"topics": topics(town_of(request, town)), "asks": words()["ja"]["facets"]}
    shown: dict[str, Any] = values | offers | {"limit": LONGEST_TEXT, "reason_limit": LONGEST_REASON} | said
    kept = {"Cache-Control": BACK} | (headers or {})
    return layout.page(request, "town.html.j2", town_of(request, town), status=status, headers=kept, **shown)


def _refused(request: Request, town: str, status: int, key: str, **said: Any) -> Response:
    wait = said.pop("wait", 0)
    headers = {"Retry-After": str(wait)} if wait else None
    return _home(request, town, status, headers, problem=sentence(key), **said)


@router.get("/t/{town}")
def get_town(town: TownId, request: Request) -> Response:
    """The town's page: what this is, what to begin with, the form."""
    return layout.fresh(request, town_of(request, town), lambda: _home(request, town, canonical=f"/t/{town}"))


@router.post("/t/{town}")
def post_town(
    town: TownId,
    request: Request,
    text: Annotated[str, Form()] = "",
    choice: Annotated[str, Form(pattern=r"^(\d{1,6}:[0-3])?$")] = "",
    facet: Annotated[FacetName | None, Form()] = None,
    conversation: ConversationField = "",
) -> Response:
    """The reply to what was typed or pressed; nothing that was typed is lost where it cannot be served."""
    message = Message(text.replace("\r\n", "\n"), choice, facet)
    kept = {"typed": message.text[: LONGEST_TEXT * 2], "conversation": conversation}
    if message.problem:
        return _refused(request, town, 422, message.problem, **kept)
    around = request.app.state.around
    wait = limit(around.ask, visitor_of(request))
    if wait:
        return _refused(request, town, 429, "too_many", wait=wait, **kept)
    try:
        asking = message.asking(_name(request, town), conversation)
        reply = ask(asking, town_of(request, town), around.registry.engine, datetime.now(UTC), around.registry.backlog)
    except Exception as error:
        log.error("unexpected", error=name_of(error))
        return _refused(request, town, 500, "unexpected", **kept)
    return _answered(request, town, reply, mask(message.text).text)


def _name(request: Request, town: str) -> str:
    return pseudonym(visitor_of(request), town, today(), request.app.state.around.settings.key)


def _answered(request: Request, town: str, reply: dict[str, Any], asked: str = "", **said: Any) -> Response:
    """The page with a reply, and what was said before it."""
    knowledge, conversation = town_of(request, town), reply["conversation"]
    told = transcript.exchanges(request.app.state.around.registry.engine, knowledge, conversation)
    this = next((one.question for one in told if one.number == reply["turn"]), asked)
    parts = [
        knowledge.library.entries[part["entry"]]
        for part in reply["parts"]
        if part["entry"] in knowledge.library.entries
    ]
    return _home(
        request,
        town,
        question=this,
        reply=reply,
        blocks=blocks(reply["text"], offers=bool(reply["choices"])),
        entries=list({entry.content.id: entry for entry in parts}.values()),
        conversation=conversation,
        earlier=[one for one in told if one.number < reply["turn"]],
        **said,
    )


@router.post("/t/{town}/feedback")
def post_feedback(
    town: TownId,
    request: Request,
    helpful: Annotated[Literal["yes", "no"], Form()],
    turn: Annotated[int, Form(ge=1, le=1_000_000)],
    conversation: Annotated[str, Form(pattern=r"^[0-9a-f]{32}$")],
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Thanks for a vote under the answer, which is said again; a second vote replaces the first."""
    knowledge, engine = town_of(request, town), request.app.state.around.registry.engine
    wait = limit(request.app.state.around.feedback, visitor_of(request))
    if wait:
        return _refused(request, town, 429, "too_many", wait=wait, conversation=conversation)
    why = mask(reason).text[:LONGEST_REASON]
    vote = conversations.Vote(town, conversation, turn, helpful == "yes", why, _name(request, town))
    if not backlog.vote(request.app.state.around.registry.backlog, engine, vote, datetime.now(UTC)):
        return _refused(request, town, 404, "unknown_turn")
    done = "voted" if helpful == "yes" or reason.strip() else "ask_reason"
    reply = transcript.last_answer(engine, knowledge, conversation)
    if reply is None:
        return _home(request, town, done=done, conversation=conversation, voted_turn=turn)
    return _answered(request, town, reply, done=done, voted_turn=turn)


@router.post("/t/{town}/erase")
def post_erase(town: TownId, request: Request, conversation: ConversationField = "") -> Response:
    """The conversation erased for good, and a fresh form."""
    town_of(request, town)
    wait = limit(request.app.state.around.feedback, visitor_of(request))
    if wait:
        return _refused(request, town, 429, "too_many", wait=wait, conversation=conversation)
    try:
        erase(request, town, conversation)
    except Refused as refused:
        return _refused(request, town, refused.status, refused.key, conversation=conversation)
    return _home(request, town, 200, {"Clear-Site-Data": '"cache"'}, done="erased")


@router.get("/t/{town}/feedback")
@router.get("/t/{town}/erase")
def get_posted(town: TownId, request: Request) -> Response:
    """The beginning, for a browser that opens anew what it had posted, as phones do with a tab of yesterday."""
    town_of(request, town)
    return RedirectResponse(f"/t/{town}", 303)


def _static(name: str, media_type: str) -> Callable[[], FileResponse]:
    def get() -> FileResponse:
        return FileResponse(
            layout.HERE / "static" / name, media_type=media_type, headers={"Cache-Control": "public, max-age=3600"}
        )

    return get


router.add_api_route("/static/style.css", _static("style.css", "text/css"))
router.add_api_route("/static/icon.svg", _static("icon.svg", "image/svg+xml"))
