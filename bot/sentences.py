"""The sentences of a message, and which of them ask."""

import re

SHORTEST = 12  # characters of a sentence that can be a question of its own
FEWEST = 10  # characters of what asks, from which it says alone what is asked
_SENTENCE = re.compile(r"(?<=[。！？!?\n])")
_ASKS = re.compile(
    "(?:[?？]|(?:か|かい|かな|かね|かしら|ですの|[るたい]の|やろ|だろう?|でしょう?|っけ|[^で]は|"
    "いつ|どこ|何|なに|だれ|誰|どう|どれ|いくつ|いくら|(?:教え|おしえ)[^。]{0,12}|(?:説明し|挙げ|あげ|並べ)て(?:くれ|ほしい|下さい|ください)?|"
    "(?:知り|聞き|きき|うかがい|伺い)たい(?!こと|事)[^。]{0,12})[。！!]*)$"
)
_ASIDE = re.compile(
    r"\s{0,3}(?:[（(][^（）()]{0,40}[）)]|[^\w?？。！!「」、]{1,9})$"
)  # 「…を教えてください（生後4か月の母です）」
_POINTS_BACK = re.compile(
    "(?:ほん?で、?|で、)?(?:そ(?:んな|ういう|うゆう|の|こ|れ(?![でじ]))|こ(?:んな|ういう|の話|れ)|あれ)"
)


def sentences(text: str) -> list[str]:
    """The message's sentences, where it has several that are long enough to be a question."""
    found = [sentence.strip() for sentence in _SENTENCE.split(text)]
    return [each for each in dict.fromkeys(found) if SHORTEST <= len(each) < len(text)]


def asking_sentences(text: str) -> list[str]:
    """The sentences that ask, one that points back (「そんな話、計画にあるの」) with the one before it."""
    found = sentences(text)
    before = ["", *found]
    return [
        each if not _POINTS_BACK.match(each) else before[number] + each
        for number, each in enumerate(found)
        if _asks(each)
    ]


def _asks(sentence: str) -> bool:
    return _ASKS.search(_ASIDE.sub("", sentence.strip())) is not None


def asking_part(text: str) -> str:
    """What of a message asks; all of it where nothing does, or too little to be understood alone.

    「高校の課題で調べてます」 beside a question asks for no 課題 of the town.
    """
    asking = "".join(each for each in _SENTENCE.split(text) if _asks(each))
    return asking if len(asking) >= FEWEST else text


def up_to_asking(text: str) -> str:
    """The message up to the end of what asks: 「町の広報紙に書くので」 after it names nothing asked."""
    parts = _SENTENCE.split(text)
    asking = [number for number, each in enumerate(parts) if _asks(each)]
    return "".join(parts[: asking[-1] + 1]) if asking else text
