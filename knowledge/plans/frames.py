"""The ways a sentence explains a word: what it is stands before, after or around its name."""

import re
from collections.abc import Iterator

from knowledge.plans.brackets import brackets_in, explains_word, readings_in
from knowledge.plans.calls import REACH, names_before
from knowledge.plans.explaining import explains, is_borrowed, is_long_enough, is_name
from knowledge.plans.names import split_name
from knowledge.plans.plain import half

SHORTEST = 8  # characters of an explanation in the running text
Explained = tuple[str, tuple[str, ...]]  # the word, its other names
_RUN = r"[A-Za-z0-9Ａ-Ｚａ-ｚ０-９ァ-ヺー・一-龥々./&＆+-]"
_MIXED_RUN = rf"(?:{_RUN}|(?<=[一-龥])[きりみしえけい]|[ぁ-ん]{{2,6}}(?=[一-龥A-ZＡ-Ｚァ-ヺ]))"
_WORD = rf"(?:「(?P<quoted>[^「」。、？?！!]{{2,25}})」|(?P<bare>{_RUN}{{2,25}}(?:[（(][^（）()]{{1,40}}[）)])?))"
_LATIN = r"[A-ZＡ-Ｚ][A-Za-zＡ-Ｚａ-ｚ0-9-]{1,12}"

_DASHES = re.compile(r"[―—─-]{2}([^―—─-]{6,90})[―—─-]{2}")
_WITHIN = re.compile(rf"[（(]\s?(?P<word>{_MIXED_RUN}{{2,25}})\s?[＝=:：]\s?(?P<gloss>[^（）()]{{6,90}})[）)]")
_AFTER = re.compile(rf"(?P<gloss>[^。]{{8,}}?)[（(](?P<word>{_LATIN}|[ァ-ヺー・]{{5,25}})[）)]")  # …する仕組み（X）
_SPELLED = re.compile(  # 人工知能（Artificial Intelligence：AI）
    r"(?P<whole>[一-龥ァ-ヺー]{2,20})[（(](?:"
    r"(?P<english>[A-Z][A-Za-z -]{5,60})\s?[:;,、/]\s?(?P<short>[A-Z][A-Za-z0-9-]{1,9})"
    r"|(?P<first>[A-Z][A-Za-z0-9-]{1,9})\s?[:;,、/]\s?(?P<spelled>[A-Z][A-Za-z -]{5,60}))[）)]"
)
_TRANSLATED = re.compile(  # KPI（Key Performance Indicator：重要業績評価指標）
    r"(?P<short>[A-Z][A-Za-z0-9-]{1,9})\s?[（(]"
    r"(?P<english>[A-Z][A-Za-z -]{5,60})\s?[:;,、/]\s?(?P<whole>[一-龥ァ-ヺー]{2,20})[）)]"
)
_KIND_AFTER = re.compile(r"「(?P<word>[^「」。、]{2,25})」(?:制度|事業|システム|サービス|組織|団体|アプリ)$")
_WITH_KANA = re.compile(  # デジとも
    r"(?:^|[。、])(?P<word>[A-Zァ-ヺ一-龥ぁ-ん](?=[^、。]*[ァ-ヺA-Z])[^、。「」（）()をがはにへで\s]{1,11})$"
)
_LATIN_WORDS = re.compile(r"(?<![A-Za-z0-9. ])(?P<word>[A-Z][A-Za-z0-9-]{0,12}(?: [A-Za-z0-9-]{1,12}){1,5})$")
_CALLED = re.compile(  # …する技術をXといいます
    rf"(?P<gloss>[^。]{{8,}}?)(?:を|は、?|ことから|ため、?)(?:一般に|総称して|これを|[併合]わせて|略して)?{_WORD}\s?と(?:総称して?)?、?"
    r"(?:い(?:う(?=[。、）)」]|$)|い(?!ま?した)|われ)|呼[びぶんば]|よ[ぶば]|称[しす]|名[付づ]け|総称|使い分|定義)"
)
_SO_CALLED = re.compile(
    rf"(?P<gloss>[^。]{{8,}}?)(?P<how>、すなわち|、つまり|[、たるいう（(]いわゆる){_WORD}(?=[をがはにでへ、。）)」]|$)"
)
_SO_CALLED_FIRST = re.compile(r"^いわゆる「(?P<word>[^「」]{2,25})」、[^。]{8,}")
_IN_OTHER_WORDS = re.compile(
    rf"(?:^|[、はにも（(])(?:「(?P<quoted>{_RUN}{{3,25}})」、?|(?P<bare>{_RUN}{{3,25}})、)(?:すなわち|つまり)(?P<gloss>[^。]{{8,}})"
)
_IS = re.compile(rf"^「?(?P<word>{_RUN}{{3,25}})」?は、?(?P<gloss>[^。]{{8,}})(?:です|である|のこと)。?$")
_ONE_OF = re.compile(  # …することを「X」、…することを「Y」と使い分ける
    r"(?P<gloss>[^。「」]{8,})を「(?P<word>[^「」。、]{2,25})」(?=、[^。]{8,200}」と(?:呼|い[いう]|使い分|定義|称))"
)
_SO_NAMED = re.compile(
    rf"(?:^|[、はに])「?(?P<word>{_RUN}{{3,25}})」?という、?(?P<gloss>[^。「」、]{{2,}}(?:、[^。「」]{{2,40}})?)"
)
_ALSO = re.compile(r"(?P<short>[A-ZＡ-Ｚ]{2,8})、いわゆる(?P<whole>[ァ-ヺー一-龥]{3,12})(?=[をがはのでに、])")
_KNOWN_AS = re.compile(rf"(?:^|[、はにを])「?(?P<word>{_RUN}{{3,25}})」?と(?:呼ばれ|いわれ|称す|定義)")
_MEANS = re.compile(
    rf"^(?:[^。「」]{{0,12}}いう)?「?(?P<word>{_MIXED_RUN}{{2,25}}(?:[（(][^（）()]{{1,40}}[）)])?)」?\s?は、?[^。]{{8,}}?"
    r"(?:を|のことを)(?:指し|指す|いい|いう|意味)"
)
_DEFINES = re.compile(r"(?:を|ことを)(?:指[しす]|い[いう]|意味[しす])(?:ます|する)?。?$")
_EACH = re.compile(
    r"(?:^|[、。]|[^。「」、]{2,12}で)「(?P<word>[^「」。、]{2,25})」は、?(?P<gloss>[^。「」]{8,120}?)(?:を|こと)(?=、「|を?(?:指|い[いう]|意味))"
)
_EQUALS = re.compile(rf"^(?P<word>{_MIXED_RUN}{{2,25}})\s?[＝=]\s?(?P<gloss>[^。]{{8,}})")
_THAT_IS = re.compile(rf"(?P<gloss>[^。「」]{{8,80}})である{_WORD}(?=[をがのはにで、])")
_APPOINTED = re.compile(r"[^。「」]{4,120}を「(?P<word>[^「」。、]{2,25})」(?:に|として)(?:認定|任命|委嘱|登録)")
_ACRONYM = re.compile(
    r"(?P<gloss>[^。「」、]{8,60}[すくうるつむぐぶ])(?P<word>[A-ZＡ-Ｚ]{3,8}[ァ-ヺー]{0,8})(?=[をがはの、]|に(?:よ|沿|基づ))"
)
_QUOTED = re.compile(
    r"(?P<gloss>[^。「」]{8,120}(?:「[^「」]{1,20}」[^。「」]{2,60})??)「(?P<word>[^「」。、？?！!]{2,25})」"
    r"(?!と(?:答|回答|感じ|思|考え|い[うっ])|を掲げ|を目指)"
)
_PARTICLE = re.compile("によ|[をにがでは]")
_DOES = re.compile(  # how a clause that says what a thing does ends, 自動で測る「X」
    r"(?:る|[^てでとくに、](?:う|く|ぐ|ぶ|む|す|つ)|ための|まとめた|集めた|備えた|つないだ|決めた|もとにした|による|から成る|からなる)$"
)
_SAYS = re.compile(  # … and one that only speaks of it, 将来像を示す「X」
    r"(?:掲げる|示す|定める|[目め]ざす|目指す|という|といった|関する|答える|含む|対する|いう|基づく|おける|ある|よる|向ける|係る|始まる"
    r"|行う|進める|規定する|実施する|開催する|推進する|とする|位置[付づ]ける)$"
)
_NO_KIND = re.compile(
    r"(?:こと|もの|よう|ため|とき|場合|将来像|理念|目標|スローガン|標語|テーマ|質問|設問|項目|回答|として|意見|声)$"
)
_SAYING = re.compile(r"[をがは]|(?:する|です|ます|ない|よう|たい|まち|むら|社会|未来)$")  # a motto is no word


def frames(sentence: str) -> Iterator[Explained]:
    """The words that a sentence of running text explains."""
    yield from in_brackets(sentence)
    if _DEFINES.search(sentence):  # 「X」は…を、「Y」は…ことを指す
        yield from _named(match for match in _EACH.finditer(sentence))
    for pattern in (_CALLED, _ONE_OF, _SO_CALLED_FIRST, _KNOWN_AS, _MEANS, _APPOINTED):
        yield from _named(match for match in pattern.finditer(sentence))
    for pattern in (_EQUALS, _IN_OTHER_WORDS):
        yield from _named(match for match in pattern.finditer(sentence) if any(_subjects(match["gloss"])))
    yield from _named(match for match in _SO_NAMED.finditer(sentence) if _is_defined(match))
    yield from _named(match for match in _SO_CALLED.finditer(sentence) if _is_so_called(match))
    yield from _named(match for match in _IS.finditer(sentence) if _is_defined(match))
    yield from _named(match for match in _THAT_IS.finditer(sentence) if explains(match["gloss"]))
    yield from _named(
        match for match in _ACRONYM.finditer(sentence) if _does(match["gloss"]) and "を" in match["gloss"]
    )
    yield from _named(match for match in _QUOTED.finditer(sentence) if _is_told(match))


def in_brackets(sentence: str) -> Iterator[Explained]:
    """Words beside a bracket that holds the other half: 「X」（職員が聞き取る窓口）, 自動で行う仕組み（X）."""
    for start, inside in (*((b.start, b.inside) for b in brackets_in(sentence)), *_between_dashes(sentence)):
        before = sentence[max(0, start - REACH) : start].rstrip()
        kind, mixed = _KIND_AFTER.search(before), _WITH_KANA.search(before)
        latin = _LATIN_WORDS.search(half(before))  # D to P with N
        known = (kind or latin or mixed) if kind or latin or not names_before(before) else None
        names = (known["word"],) if known else names_before(before)
        long = bool(names) and (is_long_enough(names[0]) or (is_name(names[0]) and inside.endswith("こと")))
        if long and explains_word(inside, names[0]):
            yield names[0], (*names[1:], *readings_in(inside))
    yield from _named(match for match in _WITHIN.finditer(sentence) if explains(match["gloss"]))
    yield from _named(match for match in _AFTER.finditer(sentence) if _ends_with_a_kind(match["gloss"]))
    for match in _TRANSLATED.finditer(half(sentence)):
        yield match["short"], (match["english"], match["whole"])
    for match in _ALSO.finditer(sentence):
        yield match["short"], (match["whole"],)
    for match in _SPELLED.finditer(half(sentence)):
        yield match["short"] or match["first"], (match["english"] or match["spelled"], match["whole"])


def _between_dashes(sentence: str) -> Iterator[tuple[int, str]]:
    """Where a remark between two pairs of dashes begins, and what it says: X――…する窓口――."""
    for match in _DASHES.finditer(sentence):
        yield match.start(), match[1]


def _named(matches: Iterator[re.Match[str]]) -> Iterator[Explained]:
    for match in matches:
        groups = match.groupdict()
        word = groups.get("word") or groups.get("quoted") or groups.get("bare") or ""
        name, others = split_name(word)
        if is_name(name) and not groups.get("gloss", "").endswith("」"):  # 「知らない」と答えた方を…
            yield word, others


def _subjects(gloss: str) -> Iterator[str]:
    """An explanation, and its parts up to the verb of its sentence: 「…とする考え方を取り入れます」 → …とする考え方."""
    ends = (len(gloss), *(match.start() for match in _PARTICLE.finditer(gloss)))
    yield from (gloss[:end] for end in ends if explains(gloss[:end]))


def _is_so_called(match: re.Match[str]) -> bool:
    return match["how"].endswith("いわゆる") or _ends_with_a_kind(match["gloss"])


def _is_defined(match: re.Match[str]) -> bool:
    things = (gloss for gloss in _subjects(match["gloss"]) if not _NO_KIND.search(gloss))
    return (is_borrowed(match["word"]) or _of_its_kind(match["word"], match["gloss"])) and any(things)


def _of_its_kind(word: str, gloss: str) -> bool:
    """Whether an explanation ends with the thing that the word ends with: X世話役は、…を考える役."""
    return bool(re.search("[一-龥]$", word)) and gloss.endswith(word[-1])


def _does(gloss: str) -> bool:
    return bool(_DOES.search(gloss)) and not _SAYS.search(gloss)


def _ends_with_a_kind(gloss: str) -> bool:
    last = re.split("[、は]", gloss)[-1]
    return len(last) >= SHORTEST and explains(last)


def _is_told(match: re.Match[str]) -> bool:
    """Whether the clause before a quoted word says what it is: 自動で測る「X」, 国が用意する環境「X」."""
    gloss = match["gloss"].lstrip("」")
    last = gloss.rsplit("、", 1)[-1]
    clause = last if len(last) >= SHORTEST else gloss
    told = _does(gloss) or (explains(clause) and not _NO_KIND.search(clause))
    return told and len(clause) >= SHORTEST and not _SAYING.search(match["word"])
