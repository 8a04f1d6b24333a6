"""One HTML page: its template, what every page shows of its town, its headers, and how long it stays fresh."""

import hashlib
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.channels.web import links
from bot.easy import ruby
from bot.rendering import REPLIES, month
from bot.town import TownKnowledge, facet_labels
from knowledge.days import today

HERE = Path(__file__).parent
DATA = Path(__file__).parents[2] / "data"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
REVALIDATED = "public, no-cache"  # kept, but asked for again: a publication is seen within two seconds
_HOST = re.compile(r"[A-Za-z0-9.\-]{1,253}(:\d{1,5})?|\[[0-9a-fA-F:]{2,39}\](:\d{1,5})?")


@cache
def _templates() -> Environment:
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        undefined=StrictUndefined,
        auto_reload=False,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {"linked": links.linked, "telephones": links.telephones, "safe_address": links.safe}
    env.filters |= {"month": month, "day": day, "ruby": ruby}
    env.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    return env


@cache
def build() -> str:
    """A short digest of all that shapes a page besides a town's knowledge: it changes with a release."""
    folders = (HERE, DATA, REPLIES)
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in (".j2", ".css", ".yaml"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


def day(date: str) -> str:
    """「2026-11-21」 as 「2026年11月21日」."""
    year, number, of_month = date.split("-")
    return f"{year}年{int(number)}月{int(of_month)}日"


def base_url(request: Request) -> str:
    """Where residents find this installation, without a slash at the end: as it was set, else as it was asked."""
    settings = request.app.state.around.settings
    if settings.public_url:
        return str(settings.public_url).rstrip("/")
    host = request.headers.get("host", "")
    known = host if _HOST.fullmatch(host) else f"{settings.public_host}:{settings.public_port}"
    return f"{request.url.scheme}://{known}"


def page(
    request: Request,
    template: str,
    knowledge: TownKnowledge | None,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
    canonical: str = "",
    **values: Any,
) -> HTMLResponse:
    """The template's page with the strict policy; `canonical` is its own path, "" for one that is not to be found."""
    town = knowledge.library.town if knowledge else None
    shown = {
        "town": town,
        "office": knowledge.office if knowledge else None,
        "notice": knowledge.notice if knowledge else "",
        "closed": knowledge.closed.get("web", "") if knowledge else "",
        "site": f"{town.name}のDX案内" if town else "DX案内",
        "canonical": f"{base_url(request)}{canonical}" if canonical else "",
        "build": build(),
        "facet_labels": {name.value: label for name, label in facet_labels().items()},
        "problem": "",
        "failed": False,
    }
    html = _templates().get_template(template).render(shown | values)
    return HTMLResponse(html, status, {"Content-Security-Policy": POLICY, **(headers or {})})


def fresh(request: Request, knowledge: TownKnowledge, make: Callable[[], Response]) -> Response:
    """What `make` makes, or 304 where the reader has it: it changes with the town's revision, the day, a release."""
    state = f"{knowledge.library.town.id} {knowledge.revision} {today()} {build()} {base_url(request)}"
    tag = f'W/"{hashlib.sha256(state.encode()).hexdigest()[:20]}"'
    known = {one.strip() for one in request.headers.get("if-none-match", "").split(",")}
    response = Response(status_code=304) if tag in known else make()
    if response.status_code in (200, 304):
        response.headers["ETag"] = tag
        response.headers["Cache-Control"] = REVALIDATED
        response.headers["Content-Security-Policy"] = POLICY  # of a 304 too: the reader takes its headers over
    return response
