"""The table of contents: recognised, left out of the text, kept to name sections that lost their heading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.plans import vocabulary
from knowledge.plans.document import Line
from knowledge.plans.marks import Mark, mark_of
from knowledge.plans.plain import half, plain, tidy

LONGEST_ENTRY = 70  # characters
FEWEST = 4  # lines with a page number that make a table of contents without its name above it
COVER = 80  # lines with text among which a table without page numbers is looked for
REACH = 3  # lines without a page number that may stand between two that have one
# Every run has a bound, so that a line of blanks is not divided in every way that there is.
_PAGE = re.compile(
    r"^(.{0,130}?[^\s\d.…・‥-])\s{0,9}(?:[.…・‥]{2,}|\s[.…・‥\s]{0,130}|(?<=[^\d\s])\s{2,9})\s{0,9}[pP]?\.?\d{1,3}\s*$"
)
_CELLS = re.compile(r"^\s*\|?(.*?)\|?\s*$")
_HASHES = re.compile(r"^\s*#{1,6}\s+")
_LIST = re.compile(r"^\s*(?:[-*+・•●○]\s+)?")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents: the heading it names, with its mark and how deep it stands."""

    title: str
    mark: Mark | None
    parents: tuple[int, ...]


@dataclass(frozen=True)
class Contents:
    """The entries in order, and the places (in the sequence of lines) that the table takes."""

    entries: tuple[Entry, ...]
    places: frozenset[int]


def _text(line: Line) -> str:
    return tidy(plain(_CELLS.sub(r"\1", line.text).replace("|", "\t")))


def _is_name(line: Line) -> bool:
    text = _HASHES.sub("", plain(line.text)).strip(" 　*【】《》■◆-")
    return vocabulary.key(text) in vocabulary.chapter_names("contents")


def _paged(line: Line) -> bool:
    raw = half(plain(line.text)).replace("|", "\t").strip(" ").strip("\n")
    text = raw.strip()
    if len(text) > LONGEST_ENTRY + 60 or "。" in text or text.count("\t") > 3:  # noqa: PLR2004  a table of figures
        return False
    cells = [c for c in text.split("\t") if c.strip()]
    if len(cells) > 3:  # noqa: PLR2004  number, title, page
        return False
    return bool(_PAGE.match(text)) and not re.fullmatch(r"[\d\s.,%-]+", text)


def _could_belong(line: Line) -> bool:
    text = _text(line)
    return len(text) <= LONGEST_ENTRY and "。" not in text and not text.startswith(("※", "図", "(出典", "（出典"))


def _zone(lines: Sequence[Line], start: int, named: bool) -> list[int]:
    """Places from `start` on that belong to one table of contents."""
    filled = [place for place in range(start, min(len(lines), start + 400)) if lines[place].text.strip()]
    taken: list[int] = []
    for index, place in enumerate(filled):
        line = lines[place]
        if index == 0 or _paged(line):
            taken.append(place)
            continue
        ahead = filled[index + 1 : index + 1 + REACH]
        if _could_belong(line) and any(_paged(lines[other]) for other in ahead):
            taken.append(place)
            continue
        follows_page = any(_paged(lines[other]) for other in taken[1:])
        listed = named and not follows_page and _could_belong(line) and not _HASHES.match(line.text)
        short = len(_text(line)) <= LONGEST_ENTRY // 2 and (bool(_LIST.match(line.text)[0].strip()) or _marked(line))  # type: ignore[index]
        tail = (
            "\t" in line.text.strip("\n")
            and not line.text.strip().endswith("。")
            and follows_page
            and _could_belong(line)
        )
        if (listed and short) or (tail and _text(line).count("\t") == 0 and place == filled[index - 1] + 1):
            taken.append(place)
            continue
        break
    return taken


def _marked(line: Line) -> bool:
    return mark_of(_text(line)) is not None


def _starts(lines: Sequence[Line]) -> list[int]:
    """Where tables of contents begin: a line that is called so, or the first of many with page numbers."""
    starts = [place for place, line in enumerate(lines) if _is_name(line)]
    if starts:
        return starts
    paged = [place for place, line in enumerate(lines[:600]) if line.text.strip() and _paged(line)]
    if len(paged) < FEWEST:
        return []  # `_repeated` looks for those without page numbers
    first = paged[0]
    before = first - 1
    while before >= 0 and not lines[before].text.strip():
        before -= 1
    if before >= 0 and _could_belong(lines[before]) and _marked(lines[before]):
        first = before
    return [first]


def find_contents(lines: Sequence[Line]) -> Contents:
    """The tables of contents of a document (usually one); empty where there is none."""
    places: list[int] = []
    for start in _starts(lines):
        named = _is_name(lines[start])
        zone = _zone(lines, start, named)
        if (named and len(zone) > 1) or sum(_paged(lines[place]) for place in zone) >= FEWEST:
            places += [place for place in zone if place not in places]
    places = places or _repeated(lines)
    entries: list[Entry] = []
    for place in sorted(places):
        entry = _entry(lines[place], entries)
        if entry is not None:
            entries.append(entry)
    return Contents(tuple(entries), frozenset(places))


def _repeated(lines: Sequence[Line]) -> list[int]:
    """A table without page numbers and without its name: headings in a row that all come again in the text."""
    run: list[int] = []
    filled = [place for place, line in enumerate(lines) if line.text.strip()]
    for place in filled[:COVER]:
        if _marked(lines[place]) and _could_belong(lines[place]):
            run.append(place)
        elif len(run) >= FEWEST - 1:
            break
        else:
            run = []
    later = {tidy(half(plain(lines[place].text)).lstrip("# ")) for place in filled if run and place > run[-1]}
    texts = {place: tidy(half(_HASHES.sub("", plain(lines[place].text)))) for place in run}
    while run and texts[run[-1]] not in later | {texts[place] for place in run[:-1]}:
        run.pop()
    seen: set[str] = set()
    for at, place in enumerate(run):
        if texts[place] in seen:  # the text itself begins
            run = run[:at]
            break
        seen.add(texts[place])
    later |= {tidy(half(plain(lines[place].text)).lstrip("# ")) for place in filled if run and place > run[-1]}
    known = sum(texts[place] in later for place in run)
    return run if len(run) >= FEWEST - 1 and known >= 0.8 * len(run) else []


def _entry(line: Line, before: list[Entry]) -> Entry | None:
    if _is_name(line):
        return None
    raw = half(plain(line.text)).replace("|", "\t").strip()[:200]
    match = _PAGE.match(raw)
    text = tidy(_LIST.sub("", _HASHES.sub("", match[1] if match else raw), count=1)).rstrip(".…・‥ ")
    if not text or re.fullmatch(r"[-\s\d]+", text):
        return None
    mark = mark_of(text)
    title = text[mark.end :].strip() if mark else text
    rank = mark.rank if mark else 60
    parents: tuple[int, ...] = ()
    for index in range(len(before) - 1, -1, -1):
        other = before[index].mark
        if other is not None and other.rank < rank:
            parents = (*before[index].parents, index)
            break
    return Entry(title, mark, parents)
