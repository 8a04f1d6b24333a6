"""`/t/{town}`: a page that needs no script, with a form that posts and the reply under it."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import FileResponse, HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.asking import Asking, ask
from bot.channels.web.api import TownId, limit, sentence, town_of, visitor_of
from bot.channels.web.schemas import LONGEST_TEXT
from bot.registry import today
from bot.visitors import pseudonym

HERE = Path(__file__).parent
POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
MOST_TOPICS = 6
router = APIRouter(include_in_schema=False)


@cache
def _templates() -> Environment:
    return Environment(loader=FileSystemLoader(HERE / "templates"), undefined=StrictUndefined, autoescape=True)


def _page(request: Request, town: str, status: int = 200, **said: Any) -> HTMLResponse:
    knowledge = town_of(request, town)
    values = {"question": "", "reply": None, "problem": "", "conversation": "", "topics": topics(request, town)} | said
    page = _templates().get_template("town.html.j2").render(town=knowledge.library.town, limit=LONGEST_TEXT, **values)
    return HTMLResponse(page, status, {"Content-Security-Policy": POLICY})


def topics(request: Request, town: str) -> list[str]:
    """Names of measures to begin with, each a button that asks for it."""
    entries = town_of(request, town).library.entries.values()
    measures = [e.content.title for e in entries if e.content.kind == "measure"]
    return sorted(measures, key=len)[:MOST_TOPICS]


@router.get("/t/{town}")
def get_town(town: TownId, request: Request) -> HTMLResponse:
    """The town's page: what this is, topics, the form."""
    return _page(request, town)


@router.post("/t/{town}")
def post_town(
    town: TownId,
    request: Request,
    text: Annotated[str, Form()] = "",
    conversation: Annotated[str, Form(max_length=64)] = "",
) -> HTMLResponse:
    """The reply to what was typed; nothing that was typed is lost where it cannot be served."""
    around = request.app.state.around
    visitor = visitor_of(request)
    if not text.strip() or len(text) > LONGEST_TEXT:
        key = "empty" if not text.strip() else "text_too_long"
        return _page(request, town, 422, question=text[:LONGEST_TEXT], problem=sentence(key), conversation=conversation)
    if limit(around.ask, visitor):
        problem = sentence("too_many")
        return _page(request, town, 429, question=text, problem=problem, conversation=conversation)
    name = pseudonym(visitor, town, today(), around.settings.key)
    asking = Asking(visitor=name, channel="web", text=text, conversation=conversation or None)
    reply = ask(asking, town_of(request, town), around.registry.engine, datetime.now(UTC))
    return _page(request, town, question=text, reply=reply, conversation=reply["conversation"])


@router.get("/static/style.css")
def style() -> FileResponse:
    """The page's style sheet."""
    return FileResponse(HERE / "static" / "style.css", media_type="text/css", headers={"Cache-Control": "max-age=3600"})
