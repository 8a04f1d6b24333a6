"""`/widget.js`, the one file that a town's website includes, and `/demo/{town}`, a page that has it in it."""

import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.channels.web.api import TownId, town_of
from knowledge.packaged import packaged

HERE = Path(__file__).parent
PARTS = HERE / "widget"
ORDER = ("building", "colour", "memory", "requests", "messages", "actions", "suggestions", "panel", "talk", "element")
POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Access-Control-Allow-Origin": "*",  # so that a page may check the script's integrity
    "Cache-Control": "public, max-age=600, stale-while-revalidate=86400",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Vary": "Accept-Encoding",
}
router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Script:
    """The widget as it is served: plain and compressed, with a tag that changes when it does."""

    plain: bytes
    compressed: bytes
    tag: str


@cache
def words() -> dict[str, Any]:
    """What the widget says, by language; `["ja"]["facets"]` is how a facet is asked for by its button."""
    said: dict[str, Any] = packaged(PARTS / "words.yaml")
    return said


@cache
def script() -> Script:
    """All parts in one function of their own, with their words and styles before them."""
    parts = [_lean(PARTS / f"{name}.js") for name in ORDER]
    values = (
        f"const {name}={json.dumps(value, ensure_ascii=False, separators=(',', ':'))};"
        for name, value in (("WORDS", words()), ("STYLE", _lean(PARTS / "style.css")))
    )
    plain = "\n".join(["(() => {", '"use strict";', *values, *parts, "})();", ""]).encode()
    return Script(plain, gzip.compress(plain, mtime=0), f'"{hashlib.sha256(plain).hexdigest()[:32]}"')


def _lean(path: Path) -> str:
    """A part without what no browser needs: its indentation and the lines that are comments."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/*")))


@router.head("/widget.js")
@router.get("/widget.js")
def get_widget(request: Request) -> Response:
    """The script, compressed where the browser takes it; 304 where it has it already."""
    served = script()
    headers = HEADERS | {"ETag": served.tag}
    if served.tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers |= {"Content-Encoding": "gzip"}
        return Response(served.compressed, media_type="text/javascript; charset=utf-8", headers=headers)
    return Response(served.plain, media_type="text/javascript; charset=utf-8", headers=headers)


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE / "templates"), undefined=StrictUndefined, autoescape=True, auto_reload=False
    )


@router.get("/demo/{town}")
def get_demo(town: TownId, request: Request) -> HTMLResponse:
    """A page like a town's own, with the widget in it."""
    content = town_of(request, town).library.town
    address = request.app.state.around.settings.public_url.rstrip("/") or f"{request.url.scheme}://{request.url.netloc}"
    page = _templates().get_template("demo.html.j2").render(town=content, address=address)
    return HTMLResponse(page, headers={"Content-Security-Policy": POLICY})


@router.get("/static/demo.css")
def demo_style() -> FileResponse:
    """The demonstration's style sheet."""
    return FileResponse(HERE / "static" / "demo.css", media_type="text/css", headers={"Cache-Control": "max-age=3600"})
