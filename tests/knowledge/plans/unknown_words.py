"""A plan with its words for the parts of a measure and for a glossary changed to words that no list of ours holds."""

import re
from functools import cache

from knowledge.plans import vocabulary

KEYS = {
    "name": "ぷらん名",
    "group": "まとまり",
    "situation": "いまのすがた",
    "goal": "ゆきつく先",
    "actions": "うごき",
    "overview": "あらまし文",
    "national": "お上のはなし",
    "departments": "うけもち",
    "schedule": "こよみ",
    "indicator": "ものさし",
}
COLUMNS = {"term": "みだし", "definition": "かみくだき"}
GLOSSARY = "読み手のための言い回し"
_BULLET = r"[\s\u3000■◆▼▲◇□◎★☆▶▽△▷●○・#*-]*(?:[①-⑳]|[（(]?[\d０-９ア-ン]{1,2}[)）.．]?\s?)?"


@cache
def _facets() -> dict[str, str]:
    words = vocabulary.words("headings")
    listed = (*words["facets"].items(), *words["column_facets"].items())
    return {word: KEYS[facet] for facet, names in listed for word in names if len(word) > 1}


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(_facets(), key=len, reverse=True)))
    return re.compile(
        rf"(?P<cell>(?<=\|)\s*|\t|<t[hd]>|[【〔（(＜《])(?P<inner>{words})(?=\s*\||\t|</t[hd]>|[】〕）)＞》:：])"
        rf"|^(?P<bullet>{_BULLET})(?P<line>{words})(?=[\s\u3000]*(?:[:：]|$)|[\s\u3000]{{2,}}|\t)",
        re.M,
    )


def reworded(text: str) -> str:
    """The plan's text with other words in the same places."""

    def _other(match: re.Match[str]) -> str:
        before = match["cell"] if match["inner"] else match["bullet"]
        return f"{before}{_facets()[match['inner'] or match['line']]}"

    text = _pattern().sub(_other, text)
    for kind, word in COLUMNS.items():
        named = "|".join(map(re.escape, vocabulary.words("headings")["columns"][kind]))
        text = re.sub(rf"(\|\s*)(?:{named})(?=\s*\|)", rf"\g<1>{word}", text)
    titles = sorted((t for t in vocabulary.words("headings")["chapters"]["glossary"] if len(t) > 2), key=len)
    return re.sub("|".join(map(re.escape, reversed(titles))), GLOSSARY, text)
