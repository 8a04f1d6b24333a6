"""From when until when a plan runs."""

import re
from collections.abc import Iterator, Sequence

from knowledge.plans import vocabulary
from knowledge.plans.blocks import Block
from knowledge.plans.dates import DATE, first_month, last_month
from knowledge.plans.findings import Figure
from knowledge.plans.outline import Outline, place_of
from knowledge.plans.plain import half, tidy
from knowledge.plans.section import Section

_BEGIN, _END = (DATE.pattern.replace("?P<", f"?P<{which}_") for which in "xy")
PERIOD = re.compile(rf"(?P<from>{_BEGIN})\s?(?:から|~|-|より)\s?(?P<to>{_END})")
_UNTIL = re.compile(rf"(?P<to>{DATE.pattern.replace('?P<', '?P<z_')})\s?まで")
_YEARS = re.compile(
    rf"(?P<from>{DATE.pattern.replace('?P<', '?P<v_')})\s?(?:から|より)(?:の)?\s?(?P<years>\d{{1,2}})\s?[年か][年間]"
)
_SHORT = re.compile(r"(?P<from>令和\s?\d{1,2})(?:年度?)?\s?[~-]\s?(?P<to>\d{1,2}\s?年度)")
ABOUT_PERIOD = re.compile(
    r"計画期間|推進期間|方針の期間|計画の期間|対象期間|本計画の期間|実施期間|期間は|期間[:：]|^期間\s"
)
_OWN_PERIOD = re.compile("本計画の(?:計画)?期間|本方針の期間|計画期間は|推進期間")
_OWN_WORK = re.compile(
    "(?:本|この)(?:計画|方針|プラン|ビジョン|構想|戦略).*(?:行う|行い|取り?組|進め|実施|定め|示|対象)"
)
_OTHERS = re.compile("総務省|国が|国の")
Speaking = Sequence[tuple[Section, Block]]


def find_period(outline: Outline, cover: Speaking) -> tuple[str, str, Figure | None]:
    """When the plan begins and ends as YYYY-MM ("" where it does not say), with the figure that says it."""
    inside = [(s, b) for s, b in outline.blocks() if any("期間" in above.name for above in outline.above(s))]
    elsewhere = [(s, b) for s, b in outline.blocks() if ABOUT_PERIOD.search(b.text)]
    for speaking in (cover, inside, elsewhere):
        for pattern in (PERIOD, _SHORT, _UNTIL):
            for match, section, block in _matches(pattern, speaking):
                return _months(match, section, block)
    for pattern in (PERIOD, _YEARS):
        for match, section, block in _matches(pattern, _opening(outline)):
            if pattern is _YEARS or _OWN_WORK.search(half(block.text)):
                return _months(match, section, block)
    return "", "", None


def _opening(outline: Outline) -> Speaking:
    """What stands before the first chapter that tells the measures."""
    named = (s for s in outline.sections if s.name and not vocabulary.is_plan_title(s.name))
    first = next((s.line for s in named if vocabulary.is_chapter("measures", s.name)), 0)
    return [(s, b) for s, b in outline.blocks() if not first or b.line < first]


def _matches(pattern: re.Pattern[str], speaking: Speaking) -> Iterator[tuple[re.Match[str], Section, Block]]:
    for section, block in speaking:
        for sentence in re.findall(r"[^。]+", half(block.text)):
            match = pattern.search(sentence)
            if match and (_OWN_PERIOD.search(sentence) or not _OTHERS.search(sentence)):
                yield match, section, block


def _months(match: re.Match[str], section: Section, block: Block) -> tuple[str, str, Figure]:
    figure = Figure("計画期間", tidy(match[0]), "", place_of(section, block.line, block.last, block))
    said = match.groupdict()
    begins = first_month(said["from"]) if said.get("from") else ""
    if match.re is _SHORT:
        return first_month(f"{said['from']}年度"), last_month(f"令和{said['to']}"), figure
    if not said.get("years"):
        return begins, last_month(said["to"]), figure
    year, month = (int(part) for part in begins.split("-")) if begins else (0, 0)
    if not begins:
        return "", "", figure
    last = year * 12 + month - 2 + 12 * int(said["years"])
    return begins, f"{last // 12:04}-{last % 12 + 1:02}", figure
