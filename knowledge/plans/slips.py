"""Slips of the scan in words: other alphabets, one character wrong, doubled words, the town's name, markup."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from rapidfuzz.distance import Levenshtein

from knowledge.plans import vocabulary
from knowledge.plans.findings import Doubt
from knowledge.plans.plain import folded
from knowledge.plans.vocabulary import sentence_for

SHORTEST_WORD = 5  # characters of a katakana word that is compared with others
RARE = 3  # a word printed as often as this may still be a slip of one printed much more often
OFTENER = 3  # times
_KATAKANA = re.compile("[ァ-ヺー・]{5,24}")
_MIXED = re.compile(
    "(?<=[ァ-ヺー一-龥ぁ-ん])[\u0370-\u052f]{1,10}[ァ-ヺー一-龥ぁ-ん\u0370-\u052f]{0,10}|[\u0370-\u052f]{1,10}[ァ-ヺー一-龥ぁ-ん]{1,10}"
)
_LOOKALIKE = re.compile("(?<=[ァ-ヺー])[力一口二八工夕卜](?=[ァ-ヺー])")
_DOUBLED = re.compile(r"(?P<word>[ぁ-ん]{2}|[一-龥ァ-ヺー]{2,8}|に|を|が)(?P=word)")
_DOUBLED_FINE = re.compile(
    r"^(?:ますます|いろいろ|それぞれ|さまざま|わざわざ|もろもろ|しばしば|まちまち|だんだん|どんどん|そもそも|たまたま|ところどころ|ひとつひとつ|なかなか|いよいよ|はるばる|少しずつ|一人一人|個々|様々|一つ一つ|いちいち|ほぼほぼ|なになに|ゆくゆく|いきいき|にこにこ|のびのび|つぎつぎ|そこここ|ぞくぞく|わくわく|のの)"
)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,80}>")
_CYRILLIC = str.maketrans(
    {"й": "イ", "д": "ド", "и": "イ", "т": "ト", "к": "ト", "х": "メ", "о": "ロ", "п": "ロ", "л": "ル", "ъ": "ト"}
)


@cache
def _known_words() -> tuple[frozenset[str], dict[int, tuple[str, ...]]]:
    """Katakana words of plans in general (`data/words.yaml`), whole and by length."""
    words = frozenset(str(word) for word in vocabulary.words("words")["katakana"])
    by_length: dict[int, list[str]] = defaultdict(list)
    for word in sorted(words):
        by_length[len(word)].append(word)
    return words, {length: tuple(listed) for length, listed in by_length.items()}


def mixed_scripts(lines: Iterable[tuple[int, str]]) -> Iterator[Doubt]:
    """デジタルデバйд: letters of another alphabet within a Japanese word; 力 among katakana."""
    for number, text in lines:
        for match in _MIXED.finditer(text):
            word = match[0]
            head = re.search("[ァ-ヺー]*$", text[max(0, match.start() - 20) : match.start()])
            whole = (head[0] if head else "") + word
            yield Doubt(number, whole, proposal_for(whole), sentence_for("mixed_scripts"))
        for match in _LOOKALIKE.finditer(text):
            near = text[max(0, match.start() - 6) : match.end() + 6]
            repaired = dict(zip("力一口二八工夕卜", "カーロニハエタト", strict=True))[match[0]]
            yield Doubt(number, near, near.replace(match[0], repaired), sentence_for("mixed_scripts"))


def proposal_for(word: str) -> str:
    """The well-known word that a garbled one may be: the same length and beginning; "" where none fits."""
    clean = re.sub("[\u0370-\u052f]", "?", word)
    if "?" not in clean:
        return ""
    pattern = re.compile(re.escape(clean).replace(r"\?", ".").replace("?", "."))
    for known in _known_words()[0]:
        for start in range(max(1, len(clean) - len(known) + 1)):
            part = clean[start : start + len(known)]
            if len(part) == len(known) and re.fullmatch(re.escape(part).replace(r"\?", "."), known):
                return word[:start] + known + word[start + len(known) :]
    guess = word.translate(_CYRILLIC)
    return guess if guess != word and pattern else ""


def near_words(lines: Sequence[tuple[int, str]]) -> Iterator[Doubt]:
    """A katakana word that differs by one character from a known one, or from one printed far more often."""
    counts: Counter[str] = Counter()
    first: dict[str, list[int]] = defaultdict(list)
    for number, text in lines:
        for word in _KATAKANA.findall(text):
            word = word.strip("・ー" if word.startswith("ー") else "・")  # noqa: PLW2901
            counts[word] += 1
            first[word].append(number)
    known, by_length = _known_words()
    deletions = _by_deletion([word for word in counts if len(word) >= SHORTEST_WORD])
    for word in counts:
        if len(word) < SHORTEST_WORD or _plain_word(word, known):
            continue
        other = _near_known(word, by_length)
        if other:
            for number in first[word]:
                yield Doubt(number, word, other, sentence_for("near_known", other=other))
            continue
        if counts[word] <= RARE:
            near = [
                w
                for w in _neighbours(word, deletions)
                if counts[w] >= OFTENER * counts[word] and not _by_vowel(word, w)
            ]
            best = max(near, key=counts.__getitem__, default="")
            if best:
                for number in first[word]:
                    yield Doubt(number, word, best, sentence_for("near_word", other=best))


def _plain_word(word: str, known: frozenset[str]) -> bool:
    return word in known or word.replace("・", "") in known or all(part in known for part in word.split("・"))


def _near_known(word: str, by_length: dict[int, tuple[str, ...]]) -> str:
    bare = word.replace("・", "")
    for length in (len(bare), len(bare) + 1, len(bare) - 1):
        for known in by_length.get(length, ()):
            if (
                len(known) > SHORTEST_WORD + 1
                and Levenshtein.distance(bare, known, score_cutoff=1) == 1
                and not _by_vowel(bare, known)
            ):
                return known
    return ""


def _by_vowel(one: str, other: str) -> bool:
    """Whether two words differ only in a long vowel, a dot or a small kana: サーバ and サーバー are both right."""
    small = str.maketrans("ァィゥェォヴヂヅッ", "アイウエオブジズツ")
    return folded(one.replace("・", "")).translate(small) == folded(other.replace("・", "")).translate(small)


def _by_deletion(words: Iterable[str]) -> dict[str, set[str]]:
    """Words by what is left when one character goes: near words share one, without comparing each with each."""
    found: dict[str, set[str]] = defaultdict(set)
    for word in words:
        for key in (word, *(word[:at] + word[at + 1 :] for at in range(len(word)))):
            found[key].add(word)
    return found


def _neighbours(word: str, deletions: dict[str, set[str]]) -> set[str]:
    near: set[str] = set()
    for key in (word, *(word[:at] + word[at + 1 :] for at in range(len(word)))):
        near |= deletions.get(key, set())
    near.discard(word)
    return {other for other in near if Levenshtein.distance(word, other, score_cutoff=1) == 1}


def town_names(lines: Sequence[tuple[int, str]], town: str, official: bool) -> Iterator[Doubt]:
    """銚田市 for 鉾田市: one character apart with the same ending; without the ending where it also stands with it."""
    stem, ending = town[:-1], town[-1:]
    if len(stem) < 2:  # noqa: PLR2004
        return
    one_off = "|".join(f"{re.escape(stem[:at])}[一-龥]{re.escape(stem[at + 1 :])}" for at in range(len(stem)))
    whole = re.compile(f"(?<![一-龥])(?:{one_off}){ending}")
    found = {match[0] for _, text in lines for match in whole.finditer(text)} - {town}
    why = sentence_for("town_name" if official else "near_word", other=town)
    for number, text in lines:
        for name in found:
            if name in text:
                yield Doubt(number, name, town, why)
            elif name[:-1] in text and stem not in text:
                yield Doubt(number, name[:-1], stem, why)


def doubled(lines: Iterable[tuple[int, str]]) -> Iterator[Doubt]:
    for number, text in lines:
        for match in _DOUBLED.finditer(text):
            around = text[max(0, match.start() - 2) : match.end() + 2]
            if (
                _DOUBLED_FINE.search(match[0])
                or _DOUBLED_FINE.search(around.lstrip())
                or (len(set(match[0])) == 1 and len(match["word"]) > 1)
            ):
                continue
            if re.fullmatch("[ぁ-ん]{2}", match["word"]) and match["word"] not in {
                "から",
                "こと",
                "ため",
                "まで",
                "より",
                "など",
                "して",
                "する",
            }:
                continue
            yield Doubt(number, match[0], match["word"], sentence_for("doubled"))


def markup(lines: Iterable[tuple[int, str]]) -> Iterator[Doubt]:
    """Tags that stand as text, each kind once."""
    seen: set[str] = set()
    for number, text in lines:
        match = _TAG.search(text)
        if match and match[0] not in seen and not re.fullmatch(r"</?(?:b|br|p|i|u|strong|em|sup|sub)\s*/?>", match[0]):
            seen.add(match[0])
            yield Doubt(number, match[0], "", sentence_for("markup", tag=match[0]))
