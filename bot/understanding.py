"""What a message asks for: which facet, a comparison, a name, a list's place, or more of what was just said."""

import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from bot.sentences import SHORTEST, asking_part, up_to_asking, without_frame, without_interjections
from knowledge.entries import Facet, FacetName
from knowledge.mistyped import completed
from knowledge.packaged import packaged
from knowledge.romaji import romaji_to_kana
from knowledge.text import AT_HAND, hiragana, normalise

DATA = Path(__file__).parent / "data"
_HIRAGANA = re.compile("[ぁ-ん]")
_WORD_IN = re.compile(
    r"[^、。?？\n]{0,20}?(?P<said>(?=[0-9.-]*[a-z])[a-z0-9.-]{2,12}|[ァ-ヶー]{3,12})(?:[^、。?？の\n]{0,12}の|[^?？\n]{0,24}[、。])[「『]?(?P<word>(?P=said)[」』]?"
    r"(?:って(?:何|なに|なん|どう(?!す)|どん)|とは|というのは|は何|の意味))"
)
_TWICE = re.compile(
    r"(?<![a-z])(dx|ai|ict|rpa|iot|api)[、・ ]?\1(?![a-z])|(?<![ァ-ヶー])([ァ-ヶー]{3,12})、\2(?=[っとい])"
)  # 「DXDXって言うけど」
_NOT_THEIRS = re.compile(
    "^(?:国|県|都|政府|総務省|全国|よそ|ほか|他)の?[^。、?？]{0,16}(?:じゃ|では|や)なく(?:って|て)?、"
)
KANJI_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")}
_KANJI = re.compile("[一-鿿]")
_TORN = re.compile("(?<=[ぁ-ヿ一-鿿]) (?=[ぁ-ヿ一-鿿])")
NAMES = "{names}"  # stands in the wordings of an aspect for the names in its row
MOSTLY_LATIN = 0.6
FEWEST_WORDS = 3  # Latin words of an English sentence


@dataclass(frozen=True)
class Aspect:
    """What is asked of a subject, and the facets that can say it, best first; none: no plan says it."""

    name: str
    facets: tuple[FacetName, ...]
    missing: str
    pattern: re.Pattern[str]
    told_by: re.Pattern[str] | None = None
    admitted_by: re.Pattern[str] | None = None
    outranks: tuple[str, ...] = ()

    def is_told_by(self, facet: Facet) -> bool:
        """Whether a facet answers it: by its name, or by what its text shows."""
        said = "\n".join((facet.text, *facet.items))
        said = (
            re.sub(f"{re.escape(facet.as_of)}[^。]{{0,4}}(?:時点|現在)", "", said)
            if FacetName.SCHEDULE in self.facets and facet.as_of
            else f"{said}\n{facet.as_of}"
        )
        if facet.silent and facet.name not in self.facets:
            return self.admitted_by is not None and self.admitted_by.search(said) is not None
        return facet.name in self.facets or (self.told_by is not None and self.told_by.search(said) is not None)


@dataclass(frozen=True)
class Question:
    """A message as it was understood."""

    text: str
    aspects: tuple[Aspect, ...]
    leans: bool
    wants_more: bool
    compares: bool
    wants_name: bool
    wants_whole: bool
    ordinal: int | None
    steps_on: bool
    wants_last: bool
    english: bool
    refers: bool = False

    @cached_property
    def required(self) -> tuple[Aspect, ...]:
        """The aspects that an answer must tell: of them the bot never guesses."""
        return tuple(aspect for aspect in self.aspects if aspect.told_by)

    @cached_property
    def facets(self) -> tuple[FacetName, ...]:
        """The facets asked for, the surest first; empty if none was."""
        return tuple(facet for aspect in self.aspects for facet in aspect.facets)

    def asks(self, name: str) -> bool:
        """Whether the aspect of that name is asked for."""
        return any(aspect.name == name for aspect in self.aspects)


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


@cache
def aspects() -> tuple[Aspect, ...]:
    """The aspects in `data/aspects.yaml`, in the order in which they outrank each other."""
    rows = packaged(DATA / "aspects.yaml")
    return tuple(
        Aspect(
            name=row["aspect"],
            facets=tuple(FacetName(f) for f in row["facets"]),
            missing=row["missing"],
            pattern=_any_of([each.replace(NAMES, row.get("names", NAMES)) for each in row["patterns"]]),
            told_by=re.compile(row["told_by"].replace(NAMES, row.get("names", NAMES))) if "told_by" in row else None,
            admitted_by=re.compile(row["admitted_by"]) if "admitted_by" in row else None,
            outranks=tuple(row.get("outranks", ())),
        )
        for row in rows
    )


@cache
def followup_patterns() -> dict[str, re.Pattern[str]]:
    """The wordings in `data/followups.yaml`, by name."""
    rows: dict[str, Any] = packaged(DATA / "followups.yaml")
    return {name: _any_of([p] if isinstance(p, str) else p) for name, p in rows.items()}


def number(digits: str) -> int:
    """「12」「十二」「三」 as a number; 0 where it is none."""
    if digits.isdecimal():
        return int(digits)
    tens, _, ones = digits.rpartition("十")
    if "十" not in digits:
        return KANJI_DIGITS.get(digits, 0)
    return (KANJI_DIGITS.get(tens, 1) if tens else 1) * 10 + KANJI_DIGITS.get(ones, 0)


def ordinals(text: str) -> list[int]:
    """The places by which a normalised text calls things, in order: 2 and 3 of 「2番と3番の違い」."""
    return [number(next(g for g in found.groups() if g)) for found in followup_patterns()["ordinal"].finditer(text)]


def _ordinal(text: str) -> int | None:
    return next(iter(ordinals(text)), None)


def is_english(text: str) -> bool:
    """Whether the message is written in Latin letters for the most part, with several words."""
    letters = [c for c in text if c.isalpha()]
    latin = [c for c in letters if c.isascii()]
    return len(latin) > MOSTLY_LATIN * len(letters) and len(re.findall(r"[a-z]{2,}", text)) >= FEWEST_WORDS


def _only_the_word(text: str) -> str:
    """「公開型GISのGISって何」 as 「GISって何」: of a word in a longer one the meaning is asked."""
    found = _WORD_IN.match(text)
    return text[found.start("word") :] if found else text


def _without_others(text: str) -> str:
    """「国の言うDXじゃなくて、市としては…」 without what is not asked, where the rest says alone what is."""
    rest = _NOT_THEIRS.sub("", text)
    return rest if len(rest) >= SHORTEST else text


def _heard(text: str) -> str:
    """Romaji in hiragana, with the blanks between its words and without."""
    kana = hiragana(romaji_to_kana(text))
    return f"{kana}\n{kana.replace(' ', '')}"


def _closed(text: str) -> str:
    """The text as it is, and without the blanks that dictation puts between Japanese words."""
    closed = _TORN.sub("", text)
    return text if closed == text else f"{text}\n{closed}"


def _asked_in_kana(text: str) -> str:
    """A text without kanji with its words of asking as aspects know them: なんねんど as 何年度, いつつの as 五つの."""
    for kana, written in _kana_asking().items():
        text = text.replace(kana, written)
    return text


@cache
def _kana_asking() -> dict[str, str]:
    read: dict[str, str] = packaged(DATA / "kana_asking.yaml")
    return dict(sorted(read.items(), key=lambda row: -len(row[0])))


@lru_cache(maxsize=AT_HAND)
def understand(message: str) -> Question:
    """The message's question; never raises."""
    text = _TWICE.sub(r"\1\2", without_interjections(completed(normalise(message))))
    text = _without_others(without_frame(_only_the_word(text)))
    follow = followup_patterns()
    text = up_to_asking(text) if follow["refers"].search(text) else text
    asking = asking_part(text)
    heard = _closed(asking) if _HIRAGANA.search(asking) else f"{asking}\n{_heard(asking)}"
    heard = heard if _KANJI.search(heard) else _asked_in_kana(heard)
    found = tuple(aspect for aspect in aspects() if aspect.pattern.search(heard))
    outranked = {name for aspect in found for name in aspect.outranks}
    found = tuple(aspect for aspect in found if aspect.name not in outranked)
    if follow["document"].search(text):  # where it is written is asked, not what is written there
        found = tuple(aspect for aspect in found if not aspect.told_by)
    return Question(
        text=text,
        aspects=found,
        leans=bool(follow["leaning"].search(text)),
        wants_more=bool(follow["more"].search(text)),
        compares=any(follow[name].search(text) for name in ("compare", "same_group", "good_and_bad", "now_and_later")),
        wants_name=bool(follow["naming"].search(text)),
        wants_whole=bool(follow["whole"].search(text)),
        ordinal=_ordinal(text),
        steps_on=bool(follow["next"].search(text)),
        wants_last=bool(follow["last"].search(text)),
        english=is_english(text),
        refers=bool(follow["refers"].search(text)),
    )
