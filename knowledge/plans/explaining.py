"""What an explanation and what a word look like: a clause with a thing at its end; a name that may need explaining."""

import re

from knowledge.plans.plain import half

LONGEST_NAME = 25  # characters
SHORTEST_NAME = 2
SHORTEST_IN_KANJI = 4  # of a name without kana and Latin letters: 制約 is none
SHORTEST_GLOSS = 6
SHORTEST_BORROWED = 4
BORROWED = 0.6  # share of kana and Latin letters
_THING = (
    "(?:[一-龥々ァ-ヺーA-Za-z]{1,14}(?:[りしみきえけ][一-龥]{1,3})?"
    "|[一-龥々ァ-ヺー]{0,8}(?:[一-龥](?:り?[一-龥])?[しりみきえ]|しくみ|しるし|きまり|やりとり|まとまり|つながり|づくり|ひな形|[えり]方|い方))"
)
_VERB = "(?:る|[^てでとくに、](?:た|い|う|く|ぐ|ぶ|む|す|つ)|ない|べき|ための)"
_CLAUSE = re.compile(
    rf"^(?!令和|平成|\d|以下|出典|参照|うち|現在)[^:：]*{_VERB}、?(?:[一-龥々ァ-ヺーA-Za-z]{{1,8}}[さき]?[のな]){{0,2}}{_THING}$"
    r"|.(?:こと|もの)$"
)
_FOR_WHAT = re.compile(
    r"(?:の|への|による|における)[一-龥ァ-ヺー]{0,8}(?:機能|総称|制度|仕組み|指示文|規格|資格|試験|サービス)$"
)
_END = re.compile("(?:を|のことを)?(?:い[うい]|指[すし])(?:ます)?$|(?:のこと)?(?:です|である)?$")
_NO_NAME = re.compile(
    r"^(?:本|当|この|その|これ|それ|同)(?:計画|町|市|村|県|国|制度|事業)?$|^\d+[件人回%％台か名]?$"
    r"|^(?:町民|住民|市民|職員|高齢者|行政|自治体|地域|社会)$"
)


def explains(gloss: str) -> bool:
    """Whether a text is a thing with a clause that says what it is: 職員が聞き取って書く窓口（のことです）."""
    gloss = half(gloss).strip().removesuffix("。")
    gloss = _END.sub("", gloss, count=1)
    return len(gloss) >= SHORTEST_GLOSS and bool(_CLAUSE.search(gloss) or _FOR_WHAT.search(gloss))


def is_name(word: str) -> bool:
    """Whether a word may be the name of something: neither a number nor 本計画 nor 町民."""
    if not SHORTEST_NAME <= len(word) <= LONGEST_NAME or _NO_NAME.search(word):
        return False
    return bool(re.search("[ァ-ヺ一-龥A-ZＡ-Ｚ]", word))


def is_long_enough(word: str) -> bool:
    """Whether a word is a name, and of four characters or more where it is in kanji alone."""
    foreign = bool(re.search("[A-Za-zＡ-Ｚァ-ヺ]", word))
    return is_name(word) and (foreign or len(word) >= SHORTEST_IN_KANJI)


def is_borrowed(word: str) -> bool:
    """Whether a word is for the most part in kana or Latin letters, as words are that need an explanation."""
    letters = re.findall("[A-Za-zァ-ヺー・]", half(word))
    return len(word) >= SHORTEST_BORROWED and len(letters) >= len(word) * BORROWED
