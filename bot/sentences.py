"""The sentences of a message, and which of them ask."""

import re

SHORTEST = 12  # characters of a sentence that can be a question of its own
FEWEST = 10  # characters of what asks, from which it says alone what is asked
_SENTENCE = re.compile(r"(?<=[。！？!?\n])")
_ASKS = re.compile(
    "(?:[?？]|(?:か|かい|かな|かね|かしら|ですの|[るたい]の|やろ|だろう?|でしょう?|っけ|[^で]は|"
    "いつ|どこ|何|なに|だれ|誰|どう|どれ|いくつ|いくら|(?:何|なん|いくつ|いくら|誰|どこ|いつ)[^。、]{0,8}のさ|(?:教え|おしえ)[^。]{0,12}|(?:説明し|挙げ|あげ|並べ)て(?:くれ|ほしい|下さい|ください)?|"
    "(?:知り|聞き|きき|うかがい|伺い)たい(?!こと|事)[^。]{0,12})[。！!]*)$"
)
_TAG = re.compile(
    r"^(?!.*(?:いつ|どこ|何|なに|なん|だれ|誰|どう|どれ|どの|いくつ|いくら|なぜ))"
    r".*(?:(?:だ|です|ます|[るたい]ん?)よね|だん?べ|だっぺ|だろう?|でしょう?|っしょ|やろ|やんな)[?？]*$"
)
_FRAME = re.compile(
    r"^(?:(?:それ|その(?:こと|話)|そういうの?|こういうの?)(?:は|って|も)?、?)?(?:(?:町|市|村|この|ここ)の?)?(?:dxの?)?"
    r"(?:計画|方針)(?:書|の中|の本文)?に(?:は|も)?、?(?:名前|理由|どこか|ちゃんと|何か)?(?:は|が|も|まで)?、?"
    r"(?:あり|ある|書い|書か|書き|載|のっ|のり|出て|入って)[ていれるますたせんありおのかでなしょうよねやっけも]{0,12}[?？。]*$"
    r"|^(?:kono )?(?:keikaku|hou?shin) ?ni(?: ?wa)? (?:riyuu? )?(?:ga )?(?:ari|aru|kaite|notte|kakarete)[a-z ]{0,16}"
    r"[?？.。]*$"
)
_ASIDE = re.compile(
    r"\s{0,3}(?:[（(][^（）()]{0,40}[）)]|[^\w?？。！!「」、]{1,9})$"
)  # 「…を教えてください（生後4か月の母です）」
_INTERJECTIONS = re.compile(
    r"(?:(?:ふう?ー?ん|へ[えぇー]+|ほ[うぉお]ー?|なるほど(?:ね|です)?|そっかー?|そうか|そうなんだ|そうなん(?:です)?ね|そうですか|"
    r"(?:わか|分か)り?(?:った|ました)|了解(?:です)?|ありがとう(?:ございま(?:す|した))?|はい|うん|うーん|えっ?と|あの[うーぉ]*|ねえ|すみません)"
    r"[。、！!…〜~\s]+)+(?=.{4})"
)
_BY_THE_TABLE = re.compile(
    "[、,]?(?:計画の)?(?:予定表|年度表|工程表|スケジュール表)(?:だと|では|でいうと|でみると|によると)、?"
    "(?=[^?？]{0,16}(?:年|いつ))"
)
_POINTS_BACK = re.compile(
    "(?:they|it|this|that|these|those) "
    "|それとも|または|あるいは|(?:ほん?で、?|で、)?(?:そ(?:んな|ういう|うゆう|の|こ|れ(?![でじ]))|こ(?:んな|ういう|の話|れ)|あれ)"
    "|[^、。]{1,10}(?:では|は|って)そこ[をはがに]"
)


def sentences(text: str) -> list[str]:
    """The message's sentences, where it has several that are long enough to be a question."""
    found = [sentence.strip() for sentence in _SENTENCE.split(text)]
    return [each for each in dict.fromkeys(found) if SHORTEST <= len(each) < len(text)]


def asking_sentences(text: str) -> list[str]:
    """The sentences that ask, one that points back (「そんな話、計画にあるの」) with the one before it."""
    found = sentences(text)
    before = ["", *found]
    asking = [
        each if not _POINTS_BACK.match(each) else before[number] + each
        for number, each in enumerate(found)
        if _asks(each)
    ]
    return [each for each in asking if not is_tag(each)] or asking


def _asks(sentence: str) -> bool:
    return _ASKS.search(_ASIDE.sub("", sentence.strip())) is not None


def asking_part(text: str) -> str:
    """What of a message asks; all of it where nothing does, or too little to be understood alone.

    「高校の課題で調べてます」 beside a question asks for no 課題 of the town.
    """
    asking = [each for each in _SENTENCE.split(text) if _asks(each)]
    asked = "".join([each for each in asking if not is_tag(each)] or asking)
    return asked if len(asked) >= FEWEST else text


def without_frame(text: str) -> str:
    """The message without a sentence that only asks whether the plan says it: 「計画に書いてありますか？」"""
    text = _BY_THE_TABLE.sub("、", text, count=1).lstrip("、")
    said = [each for each in _SENTENCE.split(text) if each.strip()]
    kept = [each for each in said if not _FRAME.match(each.strip())]
    rest = "".join(kept).strip()
    return rest if len(kept) < len(said) and len(rest) >= SHORTEST else text


def without_interjections(text: str) -> str:
    """The message without what only says that the one before was heard: 「ふーん。で、中身は？」"""
    found = _INTERJECTIONS.match(text)
    return text[found.end() :] if found else text


def is_tag(sentence: str) -> bool:
    """Whether a sentence only wants to be agreed with: 「税金ですよね？」"""
    return _TAG.match(sentence.strip()) is not None


def up_to_asking(text: str) -> str:
    """The message up to the end of what asks: 「町の広報紙に書くので」 after it names nothing asked."""
    parts = _SENTENCE.split(text)
    asking = [number for number, each in enumerate(parts) if _asks(each)]
    return "".join(parts[: asking[-1] + 1]) if asking else text
