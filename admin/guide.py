"""使い方: the help pages, Markdown files in `help/`; `data/help.yaml` says in which order and for which addresses."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

from knowledge.packaged import packaged

TEXTS = Path(__file__).parent / "help"
WORDS = Path(__file__).parent / "data" / "help.yaml"
HOME = "/help"
PICTURES = Path(__file__).parent / "static" / "help"
PICTURE = re.compile(r"!\[[^\]]*\]\(/static/help/([a-z-]+\.webp)\)")
TAGS = {"p", "h2", "h3", "ul", "ol", "li", "a", "strong", "em", "img", "code", "br"}
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width", "height"}}


@dataclass(frozen=True)
class Topic:
    """One help page: its key, title, the text without the title, and the addresses that it explains."""

    key: str
    title: str
    body: Markup
    paths: tuple[str, ...]


@dataclass(frozen=True)
class Chapter:
    """Topics under a heading of the overview."""

    title: str
    topics: tuple[Topic, ...]


@cache
def chapters() -> tuple[Chapter, ...]:
    """All help pages, in the order in which they are listed."""
    rows = packaged(WORDS)
    return tuple(Chapter(row["title"], tuple(map(_topic, row["topics"]))) for row in rows)


@cache
def topics() -> dict[str, Topic]:
    """The help pages by key."""
    return {topic.key: topic for chapter in chapters() for topic in chapter.topics}


def _topic(row: dict[str, list[str] | str]) -> Topic:
    key = str(row["key"])
    first, _, rest = (TEXTS / f"{key}.md").read_text(encoding="utf-8").partition("\n")
    return Topic(key, first.removeprefix("# ").strip(), rendered(_with_pictures(rest)), tuple(row.get("paths", ())))


def pictures(text: str) -> list[str]:
    """The files that a text shows, by the last part of their address."""
    return [found[1] for found in PICTURE.finditer(text)]


def _with_pictures(text: str) -> str:
    """Without pictures that were not taken yet: their page may be newer than they are."""
    return PICTURE.sub(lambda found: found[0] if (PICTURES / found[1]).is_file() else "", text)


def rendered(text: str) -> Markup:
    """Markdown as harmless HTML: headings from h2, lists, links, pictures of our own; raw HTML is shown as text."""
    made = MarkdownIt("commonmark", {"html": False}).render(text)
    return Markup(nh3.clean(made, tags=TAGS, attributes=ATTRIBUTES, link_rel=None))  # noqa: S704  cleaned by nh3


def path_for(address: str) -> str:
    """The help page for an address, by its longest beginning; the overview where none fits."""
    bare = re.sub(r"^/towns/[^/]+(?=/|$)", "/towns/*", address)
    fitting = [(len(path), topic.key) for topic in topics().values() for path in topic.paths if _begins(bare, path)]
    return f"{HOME}/{max(fitting)[1]}" if fitting else HOME


def _begins(address: str, path: str) -> bool:
    return address == path or address.startswith(f"{path}/")
