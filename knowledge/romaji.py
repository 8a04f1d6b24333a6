"""Japanese in Latin letters, however it is spelt: keikaku, si and shi, donyu for dounyuu, taburetto and tablet."""

import re
from collections.abc import Collection, Iterator

import jaconv

from knowledge.names import fold

WIFI = "wi-fi"  # the one English word with a hyphen that reads as Japanese
SHORTEST_NEAR = 3  # folded kana of a word that may have lost its long vowels
_SYLLABLE = (
    "(?:[kgsztdnhbpmyrwj]|ch|sh|ts|[kgnhbpmrsztjc]y|j|f)?[aiueo]|n(?![aiueo])|(?:kk|ss|tt|pp|cch|tch|ssh)[aiueoyh]"
)
_ROMAJI = re.compile(f"(?:{_SYLLABLE})+")
_ENGLISH = re.compile(
    r"(?<![\w-])(?:what|is|are|the|how|does|do|of|my|please|can|where|when|who|why|which|and|for|this|about|tell)(?![\w-])"
)
_HYPHENED = re.compile("(?<![a-z0-9-])[a-z]{2,}-[a-z-]*(?![a-z0-9-])")  # ka-do, mainanba-
LATIN_WORD = re.compile("[a-z]{4,}")
_LONG_VOWEL = re.compile(r"(?<=([ae]))\1")  # deeta, kaado: in romaji aa and ee stand in foreign words alone
_LONG_IN_FOREIGN = re.compile(r"(?<=([iuo]))\1")  # … and so does riidaa's ii
_DOUBLED = re.compile(r"([iuo])\1")
_MARKED = str.maketrans({"ā": "aa", "â": "aa", "ī": "ii", "î": "ii", "ū": "uu", "û": "uu", "ē": "ee", "ê": "ee"})
_MARKED |= str.maketrans({"ō": "ou", "ô": "ou"})
_FOREIGN = str.maketrans({"l": "r", "v": "b", "q": "k"})  # letters that no Japanese syllable has
_R_FOR_LENGTH = re.compile("(?<=[aeiou])r(?=[bcdfghjkmnpstvwz])")  # portal
_Y_FOR_AI = re.compile("(?<=[a-z])y(?=[bcdfghjkmnpstvwz])")  # myna
_TI = re.compile("tii?(?!y)")  # セキュリティ
_NO_O = re.compile("(?<![td])([td])(?=[bcdfgjkmnprsvwz]|$)(?!s)")  # a consonant that stands without its vowel
_NO_U = re.compile(r"([bcfgkmprsz])(?!\1)(?=[bcdfgjkmnprtvwz]|$)")
_LONG = re.compile(
    "(?<=[おこそとのほもよろごぞどぼぽうくすつぬふむゆるぐずぶぷ])[うお]|(?<=[えけせてねへめれげぜでべぺ])い"
)
_SHORT = {
    "wa": "は",
    "ha": "は",
    "ga": "が",
    "wo": "を",
    "ni": "に",
    "de": "で",
    "to": "と",
    "mo": "も",
    "ka": "か",
    "no": "の",
    "nan": "なん",
    "tte": "って",
}
_LATIN_PARTICLE = re.compile(rf"(?<![a-z0-9])(?:{'|'.join(_SHORT)})(?![a-z0-9])")  # between words heard as Japanese


def romaji_to_kana(text: str, known: Collection[str] = (), sounds: Collection[str] = ()) -> str:
    """The text with Latin words that read as Japanese in hiragana; English and `known` words (wifi) are left alone.

    `sounds` are folded kana of known words, by which a word in an unusual spelling is told.
    """
    if _ENGLISH.search(text):
        return text
    text = text.translate(_MARKED)
    text = _HYPHENED.sub(lambda found: _lengthened(found[0], known), text)
    heard = LATIN_WORD.sub(lambda found: found[0] if found[0] in known else _heard(found[0], sounds), text)
    return heard if heard == text else _LATIN_PARTICLE.sub(lambda found: _SHORT[found[0]], heard)


def _lengthened(word: str, known: Collection[str]) -> str:
    """「ka-do」 as kaado and 「nan-ji」 as nanji, where that reads as Japanese; wi-fi stays."""
    vowels = re.sub("([aiueo])-", r"\1\1", word).replace("-", "")
    foreign = word == WIFI or word.replace("-", "") in known
    return vowels if not foreign and _ROMAJI.fullmatch(vowels) else word


def _heard(word: str, sounds: Collection[str]) -> str:
    """A Latin word in kana, as a known one where it may be one; itself where it is no romaji."""
    spelt = list(dict.fromkeys(_spellings(word)))
    kana = [_kana(one) for one in spelt if _ROMAJI.fullmatch(one)]
    known = next((one for one in kana if fold(one) in sounds), "") or next(
        filter(None, (_near(k, sounds) for k in kana)), ""
    )
    return known or (_kana(word) if _ROMAJI.fullmatch(word) else word)


def _spellings(word: str) -> Iterator[str]:
    """The ways in which a word may be meant: as it is, with short vowels (oopun), with its consonants as syllables."""
    yield word
    yield _DOUBLED.sub(r"\1", word)
    foreign = _R_FOR_LENGTH.sub("", word.translate(_FOREIGN))
    foreign = _Y_FOR_AI.sub("ai", foreign)
    for one in (foreign, _TI.sub("tei", foreign)):
        yield _NO_U.sub(r"\1u", _NO_O.sub(r"\1o", one))


def _near(kana: str, sounds: Collection[str]) -> str:
    """The known sound that differs in long vowels alone: どうにゅう for どにゅ."""
    sound = fold(kana)
    short = _LONG.sub("", sound)
    if len(short) < SHORTEST_NEAR:
        return ""
    return next((one for one in sounds if one[0] == short[0] and _LONG.sub("", one) == short), "")


def _kana(word: str) -> str:
    spoken = re.sub("n(?=n[aiueoy])", "ん", word)
    drawn = _LONG_VOWEL.sub("ー", spoken)
    return str(jaconv.alphabet2kana(drawn if drawn == spoken else _LONG_IN_FOREIGN.sub("ー", drawn)))
