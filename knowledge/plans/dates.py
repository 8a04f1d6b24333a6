"""Japanese years, fiscal years and months: 令和4年度, R4, 2022(令和4)年度, 令和6年3月 → R4, 2024-03."""

import re
from functools import lru_cache

from knowledge.plans.plain import half

REIWA = 2018  # 令和1 is 2019
HEISEI = 1988
FISCAL_START = 4  # April
_ERA = r"(?:令和|平成|昭和|R|H|r)\s?\.?\s?(?:\d{1,2}|元)"
_WEST = r"(?:19|20)\d{2}"
_YEAR = rf"(?:{_WEST}\s?[(]\s?{_ERA}\s?(?:年度?)?\s?[)]|{_ERA}\s?[(]\s?{_WEST}\s?(?:年度?)?\s?[)]|{_ERA}|{_WEST})"
YEAR_CELL = re.compile(rf"^{_YEAR}\s?(?:年度?)?\s?(?:[(]?\s?(?:{_WEST}|{_ERA})\s?(?:年度?)?\s?[)]?)?(?:以降|~)?$")
_BARE_YEAR = re.compile(r"^(\d{1,2})年度$")  # beside its neighbours a year of 令和
FEWEST_YEARS = 2  # heading cells that are years make a chart
DATE = re.compile(
    rf"(?P<year>{_YEAR})\s?(?:(?P<fiscal>年度)(?:末|中|当初|上旬|中旬|下旬)?(?:\s?(?P<fmonth>\d{{1,2}})\s?月末?)?"
    r"|年\s?(?:[(][^()]{1,8}[)]\s?)?(?:(?P<month>\d{1,2})\s?月\s?(?:(?P<day>\d{1,2})\s?日)?(?:末日?)?)?(?:頃)?)"
    rf"(?:\s?[(]\s?(?:{_WEST}|{_ERA})\s?(?:年度?)?\s?[)])?"
)
AS_OF = re.compile(rf"{DATE.pattern}\s?(?:時点|現在|調査|末時点|現時点)".replace("?P<", "?P<a_"))
_EACH = re.compile(rf"({_WEST})|(令和|平成|昭和|R|H|r)\s?\.?\s?(\d{{1,2}}|元)")


def western(text: str) -> int | None:
    """The Western year that a text names first, None where it names none."""
    match = _EACH.search(half(text))
    if match is None:
        return None
    if match[1]:
        return int(match[1])
    number = 1 if match[3] == "元" else int(match[3])
    return number + {"令": REIWA, "R": REIWA, "r": REIWA, "平": HEISEI, "H": HEISEI}.get(match[2][0], 1925)


@lru_cache(maxsize=20_000)
def reiwa(text: str) -> str:
    """A chart's heading cell as R and the number (R4, before 2019 H30), "" where the cell is no year."""
    cell = half(text).replace("\n", " ").strip()
    if len(cell) > 24 or not YEAR_CELL.match(cell):  # noqa: PLR2004  longest: 2024(令和6)年度
        return ""
    year = western(cell)
    if year is None:
        return ""
    return f"R{year - REIWA}" if year > REIWA else f"H{year - HEISEI}"


@lru_cache(maxsize=20_000)
def years_of(cells: tuple[str, ...]) -> dict[int, str]:
    """Column → "R4" … where two cells or more name fiscal years, else nothing; 5年度 beside 令和4年度 is one."""
    found: dict[int, str] = {}
    bare = {at: int(match[1]) for at, cell in enumerate(cells) if (match := _BARE_YEAR.match(half(cell).strip()))}
    for at, cell in enumerate(cells):
        year = reiwa(cell)
        if not year and at in bare and (found.get(at - 1) == f"R{bare[at] - 1}" or bare.get(at + 1) == bare[at] + 1):
            year = f"R{bare[at]}"
        if year:
            found[at] = year
    return found if len(found) >= FEWEST_YEARS else {}


def first_month(text: str) -> str:
    """YYYY-MM in which a period begins that starts with this date: 令和4年度 → 2022-04, 令和3年1月 → 2021-01."""
    return _month(text, FISCAL_START, 0)


def last_month(text: str) -> str:
    """YYYY-MM in which a period ends that ends with this date: 令和7年度 → 2026-03."""
    return _month(text, FISCAL_START - 1, 1)


def _month(text: str, fiscal_month: int, later: int) -> str:
    match = DATE.search(half(text))
    year = western(match[0]) if match else None
    if match is None or year is None:
        return ""
    if match["month"] and 1 <= int(match["month"]) <= 12:  # noqa: PLR2004
        return f"{year:04}-{int(match['month']):02}"
    if match["fiscal"]:
        return f"{year + later:04}-{fiscal_month:02}"
    return ""
