"""One thing asked of two subjects that need no names: 「Aの担当とBの担当は？」「Aはいつから、Bはいつから？」"""

import re

from bot.carrying import asked_again_of
from bot.understanding import Question, followup_patterns, understand

LONGEST_NAME = 12  # characters of a message that only names a thing
_FULLY = {"の課": "の担当課", "の部署": "の担当部署"}
_THING = r"[^、。?？\n]{2,24}?"
_OF = r"の(?:担当課?|担当部署|課|部署|目標|目的|課題|開始時期|開始|時期|スケジュール)"
_IS = r"は(?:どこの課|何課|どの課|いつから|いつ|何年度から|何年度)"
_TWICE = re.compile(
    rf"(?P<one>{_THING})(?P<asked>{_OF}|{_IS})(?:と|や|で|、)+(?:それと|あと)?(?P<other>{_THING})(?P=asked)(?P<rest>.*)"
)
_SHARED = re.compile(
    rf"(?P<one>{_THING})(?:と|や)、?(?P<other>{_THING})(?P<asked>の(?:担当課|担当部署|担当))"
    r"(?:は|って|を|が)?、?(?:それぞれ|両方)?(?:どこ|何課|教|知り|わか|[?？]|$).{0,10}"
)
_ASPECT = "目標|目的|課題|現状|内容|中身|意味|担当課?|担当部署|部署|課|開始時期|時期|予定|スケジュール|理由"
_TWO_OF_ONE = re.compile(
    rf"(?P<thing>{_THING})の(?P<one>{_ASPECT})(?:と|や|、)、?(?P<other>{_ASPECT})(?:は|って|を|が|も)?(?:、?(?:それぞれ|両方))?"
    r"(?:教え|おしえ|知り|しりたい|わか|何|なに|どう|どこ|いつ|お願い|[?？]|$).{0,12}"
)
_DATE = "日|年|年度|時期|年月|年月日"
_TWO_DATES = re.compile(
    rf"(?:[^。?？]*[。?？])?(?P<one>[^。、?？]{{3,24}})(?:{_DATE})(?:と|や)、?(?P<other>[^。、?？]{{3,30}})(?:{_DATE})"
    r"(?:は|って|を|が)?、?(?:それぞれ|両方)?(?:いつ|教え|おしえ|知り|わか|[?？]|$).{0,12}"
)
_APIECE = re.compile(
    r"(?:[^。?？]*[。?？])?(?P<topic>[^。、?？]{2,12}、)?(?P<one>[^。、?？]{2,24}?)(?:と|や)、?(?P<other>[^。、?？]{2,24}?)"
    r"(?:は|って|を|が)?、?それぞれ(?:は|が|、)?(?P<rest>[^。、?？]{2,20})[?？。]*"
)
_WHOLE_WORD = {"課": "担当課", "部署": "担当部署", "時期": "開始時期", "中身": "内容"}


def two_of_one(question: Question) -> tuple[Question, Question] | None:
    """「テレワークの目標と担当を教えて」 as a question for each; None where it asks one thing."""
    found = _TWO_OF_ONE.fullmatch(question.text)
    if not found or question.compares:
        return None
    one, other = (f"{found['thing']}の{_WHOLE_WORD.get(found[side], found[side])}は?" for side in ("one", "other"))
    return understand(one), understand(other)


def asked_alike(question: Question) -> tuple[Question, Question] | None:
    """The two questions of a message that asks the same of two things; None where it does not."""
    dates = None if question.compares else _TWO_DATES.fullmatch(question.text)
    if dates:
        return understand(f"{dates['one']}のはいつ?"), understand(f"{dates['other']}のはいつ?")
    apiece = None if question.compares else _APIECE.fullmatch(question.text)
    if apiece:
        topic = apiece["topic"] or ""
        one, other = (f"{topic}{apiece[side]}は{apiece['rest']}?" for side in ("one", "other"))
        return understand(one), understand(other)
    found = _TWICE.fullmatch(question.text) or _SHARED.fullmatch(question.text)
    if not found or question.compares:
        return None
    ending = found["asked"] if found["asked"].startswith("は") else f"{_FULLY.get(found['asked'], found['asked'])}は"
    return understand(f"{found['one']}{ending}?"), understand(f"{found['other']}{ending}?")


def lent_aspect(first: Question, second: Question) -> Question:
    """The second question with the first one's aspect, where it only names a thing: 「Aの担当は？あとBは？」"""
    named = None if second.aspects else followup_patterns()["names_only"].fullmatch(second.text)
    if named is None or len(named["core"]) > LONGEST_NAME:
        return second
    whole = asked_again_of(named["core"], [aspect.name for aspect in first.required])
    return understand(whole) if whole else second
