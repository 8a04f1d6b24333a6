"""The words of drafted entries: patterns from `data/drafts.yaml`, months and fiscal years as people write them."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from knowledge.packaged import packaged
from knowledge.plans.findings import ScheduleRow

LONGEST_QUOTE = 180  # characters of the plan's own words; a facet has room for 240 (`annai knowledge check`)
REIWA_BEGAN = 2018  # 令和1年 is 2019
HEISEI_BEGAN = 1988
FISCAL = re.compile(r"([HR])(\d{1,2})")
ERAS = {"R": "令和", "H": "平成"}


@cache
def patterns() -> dict[str, Any]:
    """All patterns, by kind of finding."""
    path = Path(__file__).parent / "data" / "drafts.yaml"
    read: dict[str, Any] = packaged(path)
    return read


def say(kind: str, which: str, **words: object) -> str:
    """A pattern with its words put in."""
    return str(patterns()[kind][which]).format(**words)


def shortened(text: str, most: int = LONGEST_QUOTE) -> str:
    """At most `most` characters, cut after a sentence where there is one; what is cut is said to be cut."""
    text = text.strip()
    if len(text) <= most:
        return text
    cut = text.rfind("。", 0, most) + 1
    return text[: cut or most].rstrip() + str(patterns()["more_words"])


def polite(definition: str) -> str:
    """A definition with its last sentence in です・ます; "" where no pattern fits, then it is better quoted."""
    body = definition.strip().rstrip("。")
    for ending in patterns()["endings"]:
        if re.search(ending["pattern"], body):
            return body[: len(body) - ending.get("cut", 0)] + str(ending["add"])
    return ""


def month(value: str) -> str:
    """2024-04 → 令和6年4月（2024年4月）; "" stays."""
    if not value:
        return ""
    year, number = int(value[:4]), int(value[5:])
    is_reiwa = (year, number) >= (2019, 5)
    era, began = ("令和", REIWA_BEGAN) if is_reiwa else ("平成", HEISEI_BEGAN)
    return f"{era}{_first(year - began)}年{number}月（{year}年{number}月）"


def fiscal_year(value: str) -> str:
    """R6 → 令和6年度; anything else stays as it is."""
    found = FISCAL.fullmatch(value)
    return f"{ERAS[found[1]]}{_first(int(found[2]))}年度" if found else value


def _first(year: int) -> str:
    return "元" if year == 1 else str(year)


def whose(scope: str) -> str:
    """国, 県 or ほかの自治体; "" for the town's own."""
    return str(patterns()["others"]["whose"].get(scope, scope)) if scope else ""


def counted(number: int) -> str:
    """3つ, 12件."""
    return f"{number}つ" if number < 10 else f"{number}件"  # noqa: PLR2004  Japanese counts in つ up to nine


def row_said(row: ScheduleRow) -> str:
    """A chart's row in words, years with the same cell together; doubtful years are said to be doubtful."""
    sure = [(year, what) for year, what in row.years.items() if year not in row.uncertain and what]
    parts = [_span([year for year, _ in group], what) for what, group in groupby(sure, key=lambda cell: cell[1])]
    if row.uncertain:
        parts.append(say("schedule", "uncertain", years="・".join(map(fiscal_year, row.uncertain))))
    return say("schedule", "row", item=row.item, years="、".join(parts) or say("schedule", "none"))


def _span(years: Sequence[str], what: str) -> str:
    if len(years) == 1:
        return say("schedule", "one", year=fiscal_year(years[0]), what=what)
    return say("schedule", "span", first=fiscal_year(years[0]), last=fiscal_year(years[-1]), what=what)


def joined(names: Iterable[str]) -> str:
    """財政課と社会教育課; three and more with 、."""
    listed = list(names)
    return "と".join(listed) if len(listed) < 3 else "、".join(listed)  # noqa: PLR2004
