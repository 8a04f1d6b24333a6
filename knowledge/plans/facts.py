"""The plan itself: title, town, edition, publication, period, bodies, laws."""

import re
from collections.abc import Sequence

from knowledge.plans import vocabulary
from knowledge.plans.blocks import Block, Kind
from knowledge.plans.bodies import find_bodies, find_laws
from knowledge.plans.dates import DATE, first_month
from knowledge.plans.findings import Facts, Figure
from knowledge.plans.outline import Outline, place_of
from knowledge.plans.period import ABOUT_PERIOD, PERIOD, find_period
from knowledge.plans.plain import folded, half, tidy
from knowledge.plans.section import Section

COVER = 40  # blocks looked at for title, town and date
LONGEST_TITLE = 60
LONGEST_COVER = 400  # characters of a paragraph on the cover
_PLAN = re.compile("計画|方針|戦略|構想|ビジョン|プラン|指針|大綱")
_TOWN = re.compile(r"([一-龥々ヶケぁ-んァ-ヺ]{1,6}?[市町村区])(?![町村区民内長域場外街役])")
_EDITION = re.compile(r"改訂版|改定版|一部改[訂定]|改[訂定]|第?\s?\d{1,3}(?:\.\d{1,2})?\s?版|素案|初版")
_NO_IMPRINT = re.compile("。|時点|現在|調査")


def find_facts(outline: Outline, town: str = "") -> tuple[Facts, tuple[Figure, ...]]:
    """The plan's own facts, with the figures that say them; `town` is the official name where the caller knows it."""
    cover = _cover(outline)
    printed = town or _town(cover, outline)
    edition, numbered = _edition(cover)
    published, imprint = _published(cover, edition)
    begins, ends, period = find_period(outline, cover)
    title = _title(outline, cover, printed)
    facts = Facts(title, printed, edition, published, begins, ends, find_bodies(outline), find_laws(outline))
    return facts, tuple(figure for figure in (imprint, numbered, period) if figure is not None)


def _cover(outline: Outline) -> list[tuple[Section, Block]]:
    """What stands before the table of contents or the first chapter."""
    found: list[tuple[Section, Block]] = []
    first = min(outline.contents.places) + 1 if outline.contents.places else 0
    if not any(block.line < first for section in outline.sections for block in (*section.headings, *section.blocks)):
        first = 0  # the table of contents stands first
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
    return bool(town and town in text) or bool(re.fullmatch(r"[一-龥々ヶケぁ-んァ-ヺ]{1,7}[市町村区]", text))


def _without_edition(text: str) -> str:
    period = PERIOD.search(half(text))
    if period and period.start() and len(text) - period.end() <= 1:
        text = text[: period.start()].rstrip(" （(")
    return re.sub(r"[【（(〔\[]?\s?(?:" + _EDITION.pattern + r")\s?[】）)〕\]]?$", "", text)


def _town(cover: Sequence[tuple[Section, Block]], outline: Outline) -> str:
    for _, block in cover:
        whole = re.fullmatch(r"([一-龥々ヶケぁ-んァ-ヺ]{1,7}[市町村区])", tidy(block.text))
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


def _edition(cover: Sequence[tuple[Section, Block]]) -> tuple[str, Figure | None]:
    """The edition as printed on the cover, with the figure of its number where it has one."""
    for section, block in cover:
        match = _EDITION.search(half(block.text))
        if match and len(block.text) <= LONGEST_TITLE and not re.search(r"策定$", block.text):
            numbered = re.search(r"第?\s?\d{1,3}(?:\.\d{1,2})?\s?版", half(block.text))
            if numbered is None:
                return re.sub(r"\s", "", match[0]), None
            edition = re.sub(r"\s", "", numbered[0])
            return edition, Figure("計画の版", edition, "", place_of(section, block.line, block.last, block))
    return "", None


def _published(cover: Sequence[tuple[Section, Block]], edition: str) -> tuple[str, Figure | None]:
    """The last month on the cover, with the figure that says it."""
    found: list[tuple[str, str, Section, Block]] = []
    for section, block in cover:
        if (
            ABOUT_PERIOD.search(block.text)
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
