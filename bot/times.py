"""Of what time a figure is asked: 「令和7年度の保有率」, 「去年は何件」; the plan tells figures of its own day."""

import re

from bot.understanding import Aspect, Question
from knowledge.library import Candidate

COUNTED = ("share", "figure", "head-count")  # what differs from year to year
REIWA = 2018  # the year before its first
_REIWA = re.compile("(?:令和|r)(元|[0-9]{1,2})(?=年|[^0-9]|$)")
_WESTERN = re.compile("(20[0-9]{2})年?")
_FISCAL = re.compile("(?:令和|r|20)(?:元|[0-9]{1,2})年度")
_BY_THEN = re.compile(  # 「令和7年度までの計画」, 「令和8年度になる前に」
    "(?:(?:令和|r)(?:元|[0-9]{1,2})|20[0-9]{2})年度?(?:[0-9]{1,2}月)?(?:まで|の計画|の方針|より前|になる|に入る前|の前)"
)
_SINCE = re.compile(
    "(?:去年|昨年|先月|今月|先週|今年)(?:の(?:時点|数字|件数|割合|率)|は|度?(?:で|に)|[^。、?？]{0,6}(?:何|なん|どれ|いくつ))"
    "|最新(?!技術|の(?:デジタル|技術|機器|機械))|(?:一番|いちばん|もっとも)新しい(?:数字|データ|率)"
)


_THEN = re.compile("(?:計画|方針)[^。、]{0,3}(?:作|つく|でき|策定)[^。、]{0,6}(?:頃|ころ|時|とき|当時)|当時")


def is_of_the_plans_day(text: str) -> bool:
    """Whether a figure of the day is asked when the plan was made."""
    return _THEN.search(text) is not None


def years(text: str) -> set[int]:
    """The years that a normalised text names, by the Western calendar."""
    reiwa = {REIWA + (1 if number == "元" else int(number)) for number in _REIWA.findall(text)}
    return reiwa | {int(year) for year in _WESTERN.findall(text)}


def is_after(text: str, period_to: str) -> bool:
    """Whether only fiscal years are named that begin after a plan's last month (YYYY-MM)."""
    named = years("\n".join(_FISCAL.findall(_BY_THEN.sub("", text))))
    return bool(named) and bool(period_to) and min(named) >= int(period_to[:4])


def of_another_time(aspect: Aspect, telling: Candidate, question: Question) -> str:
    """「その時期の」 where a count is asked of a time that the facet does not tell it of; "" where it may tell it."""
    facet = telling.facet
    if aspect.name not in COUNTED or facet.silent or not facet.as_of:
        return ""
    asked = years(_BY_THEN.sub("", question.text))
    told = years("\n".join((facet.text, *facet.items, facet.as_of)).lower())
    late = asked and told and asked.isdisjoint(told)
    return "その時期の" if late or _SINCE.search(question.text) else ""
