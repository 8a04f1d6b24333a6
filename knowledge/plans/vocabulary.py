"""The words by which plans name their parts, from `data/*.yaml`, ready to be compared."""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from knowledge.packaged import packaged
from knowledge.plans.plain import half

DATA = Path(__file__).parent / "data"
_WRITTEN = re.compile("取り?組み?|とりくみ")
_JOINED = re.compile("及び|および|[とやと、,，/／･]|・")
LONGEST_APART = 24  # characters that a part's name may take with the spaces that stretch it and those after it
_APART = re.compile(r"[ \t]{2,}|[\u3000\t]+")
_TWOFOLD = re.compile(r"^(?P<outer>[^（(]+)[（(](?P<inner>[^（()）]+)[)）]?$")  # 主管課（関係課
_SIGNS = " \t\u3000■◆▼▲◇□◎★☆▶▽△▷●○"
_ROW = (
    r"(?:[あかさたなはまやらわアカサタナハマヤラワ]行?|[あ-んア-ン]\s?[-~]\s?[あ-んア-ン]行?"
    r"|[A-Za-z](?:\s?[-~]\s?[A-Z])?|英(?:数)?字?|数字|記号)"
)
_ROWS = re.compile(rf"(?:{_ROW}(?:[・、,/\s]{_ROW}){{0,9}}|(?:五|5|50)十?音.*|アルファベット.*)")
_TITLE = re.compile(r"^[^\s、。]{1,6}[市町村区].{0,30}(?:プラン|計画|ビジョン|構想)(?:\s*[(（].*)?$")
_AROUND = re.compile(r"^[\s■◆▼▲◇□◎★☆▶▽△▷●○・*【〔《＜<\[(（「]+|[\s】〕》＞>\])）」:：*？?]+$")


@cache
def words(file: str) -> dict[str, Any]:
    """A data file as it stands."""
    loaded: dict[str, Any] = packaged(DATA / f"{file}.yaml")
    return loaded


@lru_cache(maxsize=20_000)
def key(text: str) -> str:
    """A heading so that its spellings compare equal: 「取り組みと課題」 and 「取組・課題」."""
    text = re.sub(r"\s+", "", _AROUND.sub("", text))
    return _JOINED.sub("・", _WRITTEN.sub("取組", text))


@cache
def _facets() -> dict[str, str]:
    return {key(word): facet for facet, listed in words("headings")["facets"].items() for word in listed}


@cache
def _prefixes() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{re.escape(key(word))})" for word in words("headings")["facet_prefixes"]))


@lru_cache(maxsize=20_000)
def facet_of(text: str) -> str:
    """The facet that a heading or a table's key names (`situation`, `departments` …), "" where it names none."""
    if len(text) > 40:  # noqa: PLR2004  no part of a measure is named so long
        return ""
    wanted, known = key(text), _facets()
    if wanted in known:
        return known[wanted]
    twofold = _TWOFOLD.match(wanted)
    if twofold and twofold["inner"] in known:
        wanted = twofold["outer"]
    bare = _prefixes().sub("", wanted, count=1) if _prefixes().match(wanted) else wanted
    parts = {known.get(part, "") for part in bare.split("・")}  # 主管課／関係課
    return known.get(bare, "") or known.get(bare.removesuffix("等"), "") or (parts.pop() if len(parts) == 1 else "")


def key_apart(line: str) -> str:
    """The facet's name that a line begins with, set apart by wide spaces: 「概　要　　申請」 → 「概 要」; else ""."""
    start = line.lstrip(_SIGNS)[:LONGEST_APART]
    for gap in _APART.finditer(start):
        if gap.start() and facet_of(start[: gap.start()]) and gap.end() < len(start):
            return re.sub(r"[ \u3000\t]+", " ", start[: gap.start()])
    return ""


def facet_of_column(text: str) -> str:
    """The facet that a column's heading names: also 課 and 年度, which say nothing outside a table."""
    return facet_of(text) or _column_facets().get(key(text), "")


@cache
def _column_facets() -> dict[str, str]:
    return {key(word): facet for facet, listed in words("headings")["column_facets"].items() for word in listed}


@cache
def _column_words(name: str) -> frozenset[str]:
    return frozenset(key(word) for word in words("headings")["columns"][name])


def is_column(name: str, text: str) -> bool:
    """Whether a table's heading cell names a column of this kind (term, definition, name, list, group, as_of)."""
    return bool(text) and key(text) in _column_words(name)


@cache
def chapter_names(name: str) -> frozenset[str]:
    """The names of chapters of this kind, as `key` writes them."""
    return frozenset(_chapter_words(name))


@cache
def _chapter_words(name: str) -> tuple[str, ...]:
    return tuple(key(word) for word in words("headings")["chapters"][name])


@lru_cache(maxsize=20_000)
def is_chapter(name: str, title: str) -> bool:
    """Whether a heading speaks of measures, background, glossary, contents, period or bodies."""
    wanted = key(title)
    if name == "background":
        return wanted.endswith(_chapter_words(name))
    return any(word in wanted for word in _chapter_words(name))


@lru_cache(maxsize=20_000)
def is_row_of_kana(title: str) -> bool:
    """Whether a heading only divides a glossary by the first sound of its words: ア行, 【マ行・ラ行】, A-Z."""
    return bool(_ROWS.fullmatch(half(_AROUND.sub("", title))))


def is_plan_title(name: str) -> bool:
    """Whether a heading is the plan's own title, which may say アクションプラン and is no chapter of measures."""
    return bool(_TITLE.search(name))


@cache
def ends_as(name: str, text: str) -> bool:
    """Whether a name ends as names of this kind (`bodies`, `named`) do."""
    return text.endswith(tuple(words("headings")[name]))


def reason(name: str) -> str:
    """Why a line is left out, in Japanese."""
    return str(words("left_out")[name])


def sentence_for(name: str, /, **values: str | int) -> str:
    """The sentence for a doubt, with its words filled in."""
    return str(words("doubts")[name]).format(**values)
