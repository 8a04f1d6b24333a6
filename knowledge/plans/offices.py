"""The departments that a plan names: in the value of a key, in brackets at the end of a name or of a text."""

import re
from collections.abc import Iterable
from functools import lru_cache

from knowledge.plans.names import without_calls
from knowledge.plans.plain import half, tidy

LONGEST_LIST = 80  # characters of departments that are listed

_OFFICE = r"[一-龥ァ-ヺーぁ-ん]{1,12}(?:課|局|室|係|(?<!本)部|センター|委員会|署)"
_ALL = r"(?:全課|全庁|関係各?課|全部署)"
_OFFICES = rf"(?:{_OFFICE}|{_ALL})(?:[、，,・／/\s]{{1,2}}(?:{_OFFICE}|{_ALL})){{0,6}}"
_KEY = r"(?:(?:主?担当|所管|主管)[課部]?(?:署|局)?\s?[:：]?\s?|[^（）()【】:：、。]{1,8}[:：]\s?)?"
_AND = re.compile(r"[、,，/／\n・◎○●◯〇□■☆★△▲◇◆]\s*|\s+")
_AT_END = re.compile(rf"(?:。|\s)[（(]{_KEY}({_OFFICES})[）)]$")
_HOUSES = (
    r"[一-龥ァ-ヺー]{1,10}(?:館|所|院|園|署)(?:[、・][一-龥ァ-ヺー]{1,10}(?:館|所|院|園|署|課)){0,4}"  # only in 【】
)
_ANY = rf"(?:{_OFFICE}|{_ALL}|[一-龥ァ-ヺー]{{1,12}}[所館院園署会団])"
_MIXED = (
    rf"(?=[^（）()【】〔〕]{{0,80}}(?:課|局|室|係)){_ANY}(?:[、，,・／/\s]{{1,2}}{_ANY}){{1,6}}"  # 診療所、住民福祉課
)
_NAMED = re.compile(rf"^(?P<name>[^。]{{2,60}}?)\s*[（(【〔\[［]{_KEY}(?P<offices>{_OFFICES}|{_MIXED})[）)】〕\]］]$")
_HOUSED = re.compile(rf"^(?P<name>[^。]{{2,60}}?)\s*【(?P<offices>{_HOUSES})】$")
_TOGETHER = re.compile(r"(?<=[一-龥ァ-ヺー]{2}課)(?=[一-龥ァ-ヺー]{2,8}課(?![一-龥]))")  # two lines of a cell
_WITH = re.compile(
    r"[（(]((?:[一-龥ァ-ヺー]{2,14}(?:課|局|室|部|会|所|館|院|署|センター)|全課|全庁)(?:[、，,・／/\s]{1,2}[一-龥ァ-ヺー]{1,14}){0,9})[）)]"
)  # 住民課（総務課、福祉保健課）
# 市民課 支所係
_WITHIN = re.compile(r"(?<=[課室局部所])[\s\u3000](?=[一-龥ァ-ヺー]{1,10}(?:係|担当|班)(?:$|[、，,・／/\s]))")
_NEXT_KEY = re.compile(r"(?:^|\s)[^\s、,:：]{2,8}[:：]")  # 担当：総務課 期間：令和6年度
_PART = re.compile(r"[（(](?:主担当|主管|事務局|統括|総括|幹事|(?:全体の?)?(?:とりまとめ|取りまとめ|調整))課?[）)]")
_LEGEND = re.compile(r"[（(][^（）()]{0,40}[◎○●][^（）()]{0,4}[はが:：=＝][^（）()]{0,30}[）)]")  # （◎は主担当）
_OTHERS = re.compile(r"(?<=\S)\s+(?:協力|連携|関係|関連|副担当)(?:課|先|部署|部局)?\s?[:：]")  # 納税課 協力：会計課
_ONE = re.compile(r"^[一-龥ァ-ヺーぁ-んA-Za-z・]{1,20}$|^(?:各|全|関係)[^。、]{1,6}$")
_SURE = re.compile(r"[一-龥ァ-ヺーぁ-んA-Z](?:課|係|室|局|(?<![本学一全内外細])部)$|^(?:全|各|関係)[一-龥]{1,3}$")
_OFFICE_SIGN = re.compile("[課係室局部]|[全各]|関係")  # without one of these no name is surely an office
_NONE = re.compile(r"^[-―ー－]*$|^なし$")


def departments_in(text: str) -> list[str]:
    """「町民課、財政課」, 「町民課（財政課）」 → [町民課, 財政課]; 各課(局) and 町民課 戸籍係 stay one."""
    text = _OTHERS.sub("、", _PART.sub("", _LEGEND.sub("", text)))
    text = _WITH.sub(r"、\1、", _TOGETHER.sub("、", _NEXT_KEY.split(half(text))[0]))
    text = _WITHIN.sub("", text)
    return [name for part in _AND.split(text) if (name := tidy(part)) and not _NONE.match(name)]


def departments_at_end(texts: Iterable[str]) -> list[str]:
    """The departments in brackets at the end of sentences: 「…する。（総務課）」."""
    ends = (_AT_END.search(text) for text in texts)
    return [name for match in ends if match for name in departments_in(match[1])]


def named_with_departments(text: str) -> tuple[str, tuple[str, ...]]:
    """A name without the departments in brackets at its end, and these: 「移動役場車の運行（総務課・住民課）」.

    The text as it stands and nothing where it does not end so.
    """
    match = _NAMED.match(without_calls(tidy(text))) or _HOUSED.match(without_calls(tidy(text)))
    return (tidy(match["name"]), tuple(departments_in(match["offices"]))) if match else (text, ())


@lru_cache(maxsize=20_000)
def is_offices(text: str) -> bool:
    """Whether a text names departments and nothing else: 「総務課・税務課」, 「全課」, 「建設課、漁業協同組合」."""
    if len(text) > LONGEST_LIST or "。" in text or not _OFFICE_SIGN.search(text):
        return False
    named = departments_in(text)
    return bool(named) and all(_ONE.match(name) for name in named) and any(_SURE.search(name) for name in named)
