"""The plan itself: title, town, edition, publication, period, bodies, laws."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.plans import vocabulary
from knowledge.plans.blocks import Block, Kind
from knowledge.plans.dates import DATE, first_month, last_month
from knowledge.plans.findings import Figure
from knowledge.plans.mentions import bodies_in
from knowledge.plans.outline import Outline, place_of
from knowledge.plans.plain import folded, half, tidy
from knowledge.plans.section import Section

COVER = 40  # blocks looked at for title, town and date
LONGEST_TITLE = 60
LONGEST_TEXT = 20_000  # characters of a block that are searched for laws
LONGEST_COVER = 400  # characters of a paragraph on the cover
_PLAN = re.compile("計画|方針|戦略|構想|ビジョン|プラン|指針|大綱")
_TOWN = re.compile(r"([一-龥々ヶケぁ-んァ-ヺ]{1,6}?[市町村区])(?![町村区民内長域場外街役])")
_EDITION = re.compile(r"改訂版|改定版|一部改[訂定]|改[訂定]|第?\s?\d{1,3}(?:\.\d{1,2})?\s?版|素案|初版")
_BEGIN, _END = (DATE.pattern.replace("?P<", f"?P<{which}_") for which in "xy")
_PERIOD = re.compile(rf"(?P<from>{_BEGIN})\s?(?:から|~|-|より)\s?(?P<to>{_END})")
_ABOUT_PERIOD = re.compile("計画期間|推進期間|方針の期間|計画の期間|対象期間|本計画の期間|実施期間|期間は")
_OWN_PERIOD = re.compile("本計画の(?:計画)?期間|本方針の期間|計画期間は|推進期間")
_UNTIL = re.compile(rf"(?P<to>{DATE.pattern.replace('?P<', '?P<z_')})\s?まで")
_LAW = re.compile(
    r"[A-Za-z一-龥ァ-ヺー・]{2,30}(?:基本法|手続法|保護法|標準化法|関連法|推進法|番号法|整備法|番号利用法)|[A-Za-z一-龥ァ-ヺー・]{2,30}(?:の[一-龥ァ-ヺー]{2,12})?(?:等?に関する|のための)[一-龥]{0,8}法律"
)
_NO_IMPRINT = re.compile("。|時点|現在|調査")
_BODY_BEFORE = re.compile(r"^(?:本町の|本市の|新たに|各課|全庁的な|町の|市の)")


@dataclass(frozen=True)
class Facts:
    """What a plan says of itself; "" where it does not say."""

    title: str
    town: str
    edition: str
    published: str
    period_from: str
    period_to: str
    bodies: tuple[str, ...]
    laws: tuple[str, ...]
    figures: tuple[Figure, ...]


def find_facts(outline: Outline, town: str = "") -> Facts:
    """The plan's own facts; `town` is the official name where the caller knows it."""
    cover = _cover(outline)
    printed = town or _town(cover, outline)
    edition = _edition(cover)
    published, figure = _published(cover, edition)
    begins, ends, period = _period(outline, cover)
    figures = tuple(f for f in (figure, period) if f is not None)
    return Facts(
        _title(outline, cover, printed),
        printed,
        edition,
        published,
        begins,
        ends,
        _bodies(outline),
        _laws(outline),
        figures,
    )


def _cover(outline: Outline) -> list[tuple[Section, Block]]:
    """What stands before the table of contents or the first chapter."""
    found: list[tuple[Section, Block]] = []
    first = outline.contents.places and min(outline.contents.places) + 1
    for section in outline.sections:
        chapter = section.mark is not None and section.mark.numbers
        begun = any(vocabulary.is_chapter(name, section.name) for name in ("background", "measures", "period"))
        if section.line and found and (chapter or begun or (first and section.line > first)):
            break
        for block in (*section.headings, *section.blocks):
            found.append((section, block))
        if len(found) > COVER:
            break
    kept = [(s, b) for s, b in found if not first or b.line <= first]
    short = [(s, b) for s, b in kept[:COVER] if len(b.text) <= LONGEST_COVER]
    return sorted(short, key=lambda pair: pair[1].line)


def _title(outline: Outline, cover: Sequence[tuple[Section, Block]], town: str) -> str:
    """The lines of the cover from the town's name to the word 計画 (方針, 戦略 …)."""
    texts = [
        tidy(block.text)
        for _, block in cover
        if block.kind in {Kind.HEADING, Kind.TEXT, Kind.ITEM} and len(block.text) <= LONGEST_TITLE
    ]
    for at, text in enumerate(texts):
        if not _PLAN.search(text) or "。" in text:
            continue
        start = at
        short = [tidy(_without_edition(t)) for t in texts[: at + 1]]
        if not (town and town in short[at]):
            start = next((n for n in range(at, max(-1, at - 5), -1) if _names_town(short[n], town)), at)
        return _called(outline, [part for part in short[start : at + 1] if part and not DATE.search(half(part))])
    return texts[0] if texts else ""


def _called(outline: Outline, parts: list[str]) -> str:
    """The lines of the title as one; without the line in its middle that only spells out, if the text says it so."""
    whole = "".join(parts)
    shorter = ["".join(parts[:at] + parts[at + 1 :]) for at in range(1, len(parts) - 1)]
    texts = [folded(block.text) for _, block in outline.blocks()]
    return next((title for title in (whole, *shorter) if any(folded(title) in text for text in texts)), whole)


def _names_town(text: str, town: str) -> bool:
    return bool(town and town in text) or bool(re.fullmatch(r"[一-龥々ヶケ]{1,6}[市町村区]", text))


def _without_edition(text: str) -> str:
    return re.sub(r"[【（(〔\[]?\s?(?:" + _EDITION.pattern + r")\s?[】）)〕\]]?$", "", text)


def _town(cover: Sequence[tuple[Section, Block]], outline: Outline) -> str:
    for _, block in cover:
        whole = re.fullmatch(r"([一-龥々ヶケ]{1,6}[市町村区])", tidy(block.text))
        if whole:
            return whole[1]
    for _, block in cover:
        match = _TOWN.search(block.text)
        if match and _PLAN.search(block.text):
            return match[1]
    counts: dict[str, int] = {}
    for _, block in outline.blocks():
        for name in re.findall(r"(?<![一-龥])([一-龥々ヶケ]{1,5}[市町村])(?![一-龥々])", block.text[:400]):
            counts[name] = counts.get(name, 0) + 1
    named = [
        name
        for name in counts
        if name not in {"本市", "本町", "本村", "当町", "当市", "当村", "市町村", "町村", "他市", "他町"}
    ]
    return max(named, key=counts.__getitem__, default="")


def _edition(cover: Sequence[tuple[Section, Block]]) -> str:
    for _, block in cover:
        match = _EDITION.search(half(block.text))
        if match and len(block.text) <= LONGEST_TITLE and not re.search(r"策定$", block.text):
            numbered = re.search(r"第?\s?\d{1,3}(?:\.\d{1,2})?\s?版", half(block.text))
            return re.sub(r"\s", "", numbered[0] if numbered else match[0])
    return ""


def _published(cover: Sequence[tuple[Section, Block]], edition: str) -> tuple[str, Figure | None]:
    """The last month on the cover, with the figure that says it."""
    found: list[tuple[str, str, Section, Block]] = []
    for section, block in cover:
        if (
            _ABOUT_PERIOD.search(block.text)
            or re.search(r"~|から", half(block.text))
            or len(block.text) > LONGEST_TITLE
            or _NO_IMPRINT.search(block.text)
        ):
            continue
        for match in DATE.finditer(half(block.text)):
            month = first_month(match[0]) if match["month"] else ""
            if month:
                found.append((month, match[0], section, block))
    if not found:
        return "", None
    month, printed, section, block = max(found, key=lambda item: item[0])
    what = f"計画の{'改訂' if '改' in edition or '改' in block.text else '策定'}年月"
    return month, Figure(what, tidy(printed), tidy(printed), place_of(section, block.line, block.last, block))


def _period(outline: Outline, cover: Sequence[tuple[Section, Block]]) -> tuple[str, str, Figure | None]:
    """When the plan begins and ends; months as YYYY-MM."""
    inside = [(s, b) for s, b in outline.blocks() if any("期間" in above.name for above in outline.above(s))]
    elsewhere = [(s, b) for s, b in outline.blocks() if _ABOUT_PERIOD.search(b.text)]
    for speaking in (cover, inside, elsewhere):
        for pattern in (_PERIOD, _UNTIL):
            for section, block in speaking:
                for sentence in re.findall(r"[^。]+", half(block.text)):
                    match = pattern.search(sentence)
                    if match and (_OWN_PERIOD.search(sentence) or not re.search("総務省|国が|国の", sentence)):
                        begins = match["from"] if pattern is _PERIOD else ""
                        return _months(begins, match["to"], section, block, match[0])
    return "", "", None


def _months(begins: str, ends: str, section: Section, block: Block, printed: str) -> tuple[str, str, Figure]:
    figure = Figure("計画期間", tidy(printed), "", place_of(section, block.line, block.last, block))
    return (first_month(begins) if begins else "", last_month(ends), figure)


def _bodies(outline: Outline) -> tuple[str, ...]:
    """The bodies that carry the plan: named in the chapters on its organisation."""
    found: dict[str, None] = {}
    for section, block in outline.blocks():
        inside = any(vocabulary.is_chapter("bodies", above.name) for above in outline.above(section))
        for name in _body_names(block.text, inside):
            found.setdefault(name, None)
        if inside:
            for name in _body_names(section.name, True):
                found.setdefault(name, None)
    return tuple(name for name in found if not any(name != other and other.endswith(name) for other in found))


def _body_names(text: str, inside: bool) -> Iterator[str]:
    quoted = re.findall(r"「([^「」]{3,30})」", text)
    for name in quoted:
        after = text[text.index(name) + len(name) :][:40]
        if vocabulary.ends_as("bodies", name) and (inside or "設置" in after):
            yield name
    if inside:
        yield from bodies_in(text)
    bare = tidy(text)
    if inside and len(bare) <= 30 and vocabulary.ends_as("bodies", bare) and len(bare) > 4:  # noqa: PLR2004
        yield bare


def _laws(outline: Outline) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for _, block in outline.blocks():
        for match in _LAW.finditer(block.text[:LONGEST_TEXT]):
            found.setdefault(_BODY_BEFORE.sub("", match[0]), None)
    return tuple(found)
