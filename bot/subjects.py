"""What a question is about: whether it says so at all, and whether it asks a word that the town never uses."""

import re
from collections.abc import Collection

from rapidfuzz import fuzz

from bot.town import TownKnowledge
from bot.understanding import Aspect
from knowledge.entries import Kind
from knowledge.library import Asked
from knowledge.names import SLIP, fold, heard, stands_in
from knowledge.text import Token, analyse, tokens

_SUBJECT = re.compile(
    r"[「『\"]?([^、。「」『』\s?？]{2,24}?)[」』\"]?(?:(?<!こ)(?<!っ)(?<!ひ)とは|って(?:何|なに|なん|どう|どん|いう|言う|こと(?!でいい|でええ|でよい|ですよね|でしょ))|というのは|の意味|という言葉|って言葉)"
)

_HALF_KNOWN = re.compile(
    "(?:何|なん)(?:とか|ちゃら|だか)$"
)  # 「りさい何とかっていうの」 names no word that could be looked up
LIGHT = frozenset("使掛要出有取払作始続終進入出来待問聞尋動")  # verbs by which anything is asked for its time or price
MADE = frozenset("作")
_QUOTED = re.compile('[「『"]([^「」『』"]{3,16})[」』"]')
_NOMINAL = ("名詞", "接頭辞", "接尾辞", "補助記号", "記号")
SHORTEST_QUOTED = 4  # folded letters
SLIPPED = 6  # folded letters of a word that may be written with a slip
FULL_NAME = 10  # folded letters of a plan's name that is no common word (総合計画)
COMMON = 1.0  # idf up to which a word tells no subject: 計画, 町
_KANJI = re.compile("[一-鿿]")
_KANA = re.compile("[ぁ-ん]")
_PLAN = re.compile(
    "(?:この|その|本|当|町の|市の|村の|まちの)?(?:デジタル化?|digital|でじたる|dx|情報化?)?(?:推進)?(?:の|no)? *"
    "(?:計画|方針|けいかく|ほうしん|plan|policy)"
)
_HERE = re.compile("(?:うち|こちら|こっち|ここ|地元|わたし|私)?(?:たち|ら)?の?(?:町|市|村|まち|役場|役所)")
_EMPTY = re.compile(
    "予定|つもり|効き目|効力|寿命|有効|こと|もの|ところ|よう|話|本当|ほんと|結局|実際|今|いま|全部|具体的|スタート|場合|とき|際|(?<![一-鿿])(?:課|部署)"
)


def says_of_what(aspect: Aspect, asked: Asked, town: TownKnowledge, light: Collection[str] = LIGHT) -> bool:
    """Whether a question says of what it asks an aspect: by a name, a noun or a verb besides the plan and the town.

    `light` are the first letters of verbs that say nothing of their own beside the aspect.
    """
    said = asked.read.replace(" ", "") if _KANA.search(asked.read) else asked.read
    rest = re.sub(f"(?:{aspect.pattern.pattern})[ぁ-ん]*", " ", said.replace(town.library.town.name, " "))
    rest = _PLAN.sub(" ", rest)
    named = {hit.owner for hit in asked.names if stands_in(fold(hit.name), fold(rest))}
    if any(town.library.entries[owner].content.kind is not Kind.PLAN for owner in named) or _other_plan(asked, town):
        return True
    words = tokens(_EMPTY.sub(" ", _HERE.sub(" ", rest)))
    telling = (word.surface for word in words if word.part[0] == "名詞" or _is_telling(word, light))
    return any(not town.library.index.knows(word) or town.library.index.idf(word) > COMMON for word in telling)


def _other_plan(asked: Asked, town: TownKnowledge) -> bool:
    """Whether another plan than the town's own is called by its full name."""
    own = town.plan.content.id if town.plan else ""
    full = (hit for hit in asked.names if hit.sureness == 1.0 and len(fold(hit.name)) >= FULL_NAME)
    return any(hit.owner != own and _PLAN.search(hit.name.lower()) for hit in full)


def _is_telling(token: Token, light: Collection[str]) -> bool:
    return token.part[0] == "動詞" and _KANJI.search(token.surface) is not None and token.surface[0] not in light


def _is_called(name: str, subject: str) -> bool:
    """Whether the subject holds the name, as written, as it sounds (でんしけっさい is 電子決裁) or with a slip."""
    if fold(name) in fold(subject) or heard(name) in heard(subject):
        return True
    if len(fold(subject)) < SLIPPED:
        return False
    said, meant = heard(subject), heard(name)
    return fuzz.ratio(meant, said) >= SLIP or (len(meant) >= SLIPPED and fuzz.partial_ratio(meant, said) >= SLIP)


def is_unknown_word(asked: Asked, town: TownKnowledge) -> bool:
    """Whether it asks what a word means that stands nowhere in the town's knowledge, by any spelling."""
    if _quotes_unknown(asked, town):
        return True
    found = _SUBJECT.search(asked.text)
    if not found or _HALF_KNOWN.search(found[1]) or any(_is_called(hit.name, found[1]) for hit in asked.names):
        return False
    words = analyse(found[1]).words
    return bool(words) and not any(town.library.is_known(word) for word in words)


def _quotes_unknown(asked: Asked, town: TownKnowledge) -> bool:
    """Whether a word in quotation marks, a noun and nothing else, stands nowhere in the town's knowledge."""
    for quoted in _QUOTED.findall(asked.text):
        meant = fold(quoted)
        nouns = all(word.part[0] in _NOMINAL for word in tokens(quoted))
        if len(meant) < SHORTEST_QUOTED or not nouns or meant in town.library.vocabulary:
            continue
        if any(_is_called(hit.name, quoted) for hit in asked.names) or town.library.names.find(quoted):
            continue
        return True
    return False
