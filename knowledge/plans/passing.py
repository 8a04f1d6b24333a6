"""Words that a plan explains in passing: 以下「…」という, Xとは, 略語（言い換え）, a body set up, a plan named."""

import re
from collections.abc import Iterator

from knowledge.plans import vocabulary
from knowledge.plans.blocks import Block, Kind
from knowledge.plans.brackets import sentences_of
from knowledge.plans.findings import Term
from knowledge.plans.frames import frames, in_brackets
from knowledge.plans.mentions import bodies_in, mentions, numbered_in
from knowledge.plans.names import split_name, without_calls
from knowledge.plans.outline import Outline, place_of
from knowledge.plans.plain import folded, half, tidy
from knowledge.plans.quoted import SHORTEST_CLAUSE, named_in
from knowledge.plans.section import Section

LONGEST = 600  # characters of a sentence that are looked at
_CALLED = re.compile(
    r"[（(]?\s?(?:以下|これを|これらを)、?[^「」。]{0,40}「(?P<short>[^「」]{1,30})」と(?:いう|呼|称|表記|略)|[（(]以下、?「(?P<shortened>[^「」]{2,20})」[）)]|[（(]以下、?(?P<bare>[^「」（）。、]{2,20})(?:という|と呼ぶ|と表記|と略)"
)
_TOPIC = re.compile(
    r"(?:^|[、，,（(：:])「?(?P<word>[A-Za-z0-9ァ-ヺー・一-龥々/&-]{2,30}(?:[（(][^（）()]{1,40}[）)])?)」?とは、?(?P<rest>[^。]{8,})"
)
_GLOSSED = re.compile(
    r"(?<![ァ-ヺー] )(?P<outer>(?:[A-Za-z0-9ァ-ヺー・一-龥々]{2,20}の)?[A-Za-z0-9ァ-ヺー・一-龥々\-]{2,40})[」』]?"
    r"\s?[（(]\s?(?P<inner>[A-Za-z]{0,3}[A-Z][A-Za-z0-9]{0,2}[./&+-]?[A-Z][A-Za-z0-9./&+-]{0,9})\s?[）)](?![一-龥ァ-ヺ])"
    r"|(?<![A-Za-z])(?P<short>[A-Z][A-Za-z]{0,5}[A-Z0-9][A-Za-z0-9-]{0,6})\s?[（(]\s?(?P<gloss>[ァ-ヺー・一-龥々][ァ-ヺー・一-龥ぁ-ん々]{3,30})[）)]"
)
_NAMED = re.compile(r"「(?P<name>[^「」]{3,45})」")
_ROLE = re.compile(
    r"(?P<what>[^、。]{3,40})を(?P<word>[A-Z]{2,6}[ァ-ヺー一-龥]{0,6})(?:\s?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?(?:とします|とする|として|とし、|(?:に|として)(?:充て|任命|任用|選任|指名|迎え|招[きくい]|登用|委嘱))"
)
_LAW = re.compile(
    r"[A-Za-z0-9ァ-ヺー・一-龥々]{2,30}(?:の[一-龥ァ-ヺー]{2,20}|等の[一-龥]{2,12})?(?:に関する|のための)[一-龥]{2,10}$"
)
_NOUN = (
    "もの|社会|制度|仕組み|しくみ|システム|サービス|計画|法律|技術|考え方"
    "|状態|働き方|構想|概念|事業|取組|ツール|組織|交付金|指標"
)
_WORD = "[A-Za-z0-9. ァ-ヺー・一-龥々/&-]{2,30}?"
_IS = re.compile(
    rf"^「?(?P<word>{_WORD})」?\s?は、?[^。]{{10,}}(?:{_NOUN})(?:です|である|であり|のこと|で、)"
    rf"|^「?(?P<defined>{_WORD})」?\s?は、?[^。]{{10,}}ことと(?:されて|定義)"
)
_KATAKANA = re.compile(
    r"(?P<gloss>[一-龥]{2,12}|[一-龥]{1,4}[ぁ-ん]{0,2}の[一-龥][一-龥ぁ-ん]{1,7})[（(](?P<word>[ァ-ヺー・＆]{5,20}(?:分析|方式|手法|管理|原則|モデル)?)[）)]|(?<![ァ-ヺー・一-龥])(?P<first>[ァ-ヺー・]{5,25}|[A-Z][ァ-ヺー・]{3,25})[（(](?P<second>[一-龥]{3,12}|[一-龥]{4,10}[ァ-ヺー]{3,8})[）)]"
)
_AGED = re.compile(r"(?P<word>[一-龥]{2,8}(?:人口|者|世代))[（(](?=\d)[^（）()]{1,12}歳(?:以上|未満|以下)?[）)]")
_FOUNDED = re.compile(
    r"(?P<word>[一-龥ァ-ヺー]{2,20}(?:庁|機構|協議会|委員会|交付金|補助金|制度))(?:[がの](?:設置|創設|新設)|が整備され)"
    r"|[年月度]に(?:創設|設置|設立|発足|新設)(?:した|された)(?P<made>[一-龥ァ-ヺー]{2,20}(?:庁|機構|協議会|委員会|交付金|補助金|制度))"
    r"|(?P<decided>(?:第\s?\d{1,2}\s?[期次]\s?|[一-龥ァ-ヺー]{2,12}の実現に向けた)?[A-Za-z一-龥ァ-ヺー・]{4,40}(?:計画|方針|戦略|プラン))[（(][^（）()]{0,20}閣議決定[）)]"
    r"|(?:に(?:定める|規定する|規定される)|条[^。、]{0,12}に基づく)「?(?P<legal>[一-龥ァ-ヺー]{6,30}計画)"
)
_ENGLISH = re.compile(
    r"(?<![A-Za-z])(?P<word>[A-Z][A-Za-z]{0,4}[A-Z])\s?[（(](?P<spelled>[A-Z][A-Za-z]+(?: [A-Za-z]+){1,6})"
)
_PREFECTURES = re.compile("^(?:また、)?(?:県|都|府)[はがで]|都道府県に対し")  # what a prefecture calls its own plans
_ITSELF = re.compile("(?:本|当|この)?(?:計画|方針|プラン|ビジョン|戦略|構想|自治体|[市町村区])")  # 以下「本計画」
_STOP = re.compile(r"^(?:本市|本町|本計画|本方針|同法|同計画|同条)$|^第\d+(?![\d次期])")


def terms_in_passing(outline: Outline) -> Iterator[Term]:
    """Words explained in the running text; their definition is the sentence that explains them."""
    for section in outline.sections:
        for heading in section.headings[:1]:
            for name, others in in_brackets(without_calls(heading.text)):
                term, inner = split_name(name)
                aliases = tuple(dict.fromkeys((*others, *inner)))
                yield Term(term, aliases, tidy(heading.text), place_of(section, heading.line, heading.last, heading))
    for section, block in outline.blocks():
        if block.kind is Kind.CAPTION:
            continue
        glossary = any(vocabulary.is_chapter("glossary", above.name) for above in outline.above(section) if above.name)
        for text in block.cells if block.kind is Kind.ROW else (block.text,):
            for sentence in sentences_of(without_calls(text)):
                yield from _in_sentence(sentence.strip()[:LONGEST], section, block, glossary)
        if block.kind is not Kind.ROW and any(vocabulary.is_chapter("bodies", a.name) for a in outline.above(section)):
            for sentence in sentences_of(without_calls(block.text)):
                for name in bodies_in(sentence[:LONGEST]):
                    yield Term(name, (), tidy(sentence), place_of(section, block.line, block.last, block))


def _in_sentence(sentence: str, section: Section, block: Block, glossary: bool) -> Iterator[Term]:
    found: dict[str, Term] = {}
    for name, others, definition in _explained(sentence, block, glossary):
        term, inner = split_name(name)
        if len(term) < 2 or _STOP.search(term) or folded(term) in found:  # noqa: PLR2004
            continue
        aliases = tuple(n for n in dict.fromkeys((*others, *inner)) if folded(n) != folded(term))
        found[folded(term)] = Term(term, aliases, tidy(definition), place_of(section, block.line, block.last, block))
    yield from found.values()


def _explained(sentence: str, block: Block, glossary: bool) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Name, other names, definition for each word that a sentence explains."""
    yield from _abbreviated(sentence)
    for match in _TOPIC.finditer(half(sentence)):
        yield match["word"], (), f"{match['word']}とは、{match['rest']}"
    if not glossary:
        yield from _glossed(sentence)
    if block.kind is Kind.ROW and not sentence.endswith("。"):
        told = [*numbered_in(sentence), *in_brackets(sentence)]
    elif block.kind is Kind.ROW and (numbered := list(numbered_in(sentence))):
        told = numbered
    else:
        yield from _said(sentence, glossary)
        around = in_brackets if block.kind is Kind.NOTE else frames
        told = [] if glossary else [*mentions(sentence), *around(sentence)]
    for name, others in told:
        yield name, others, sentence


def _said(sentence: str, glossary: bool) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """The words that a sentence of the running text says something of: X is …, X was founded, 「X計画」 decided."""
    topic = _IS.match(sentence)
    word = (topic["word"] or topic["defined"]) if topic else ""
    if word and not re.search("^(?:本|当|この|その|町|市|国|県|自治体$)", word):
        yield word, (), sentence
    for match in _FOUNDED.finditer(sentence):
        yield match["word"] or match["made"] or match["decided"] or match["legal"], (), sentence
    for match in _ENGLISH.finditer(half(sentence)):
        if not glossary:
            yield match["word"], (match["spelled"],), sentence
    for match in _ROLE.finditer(sentence):
        yield match["word"], (), sentence
    for match in () if _PREFECTURES.search(sentence) else _NAMED.finditer(sentence):
        yield from named_in(sentence, match)


def _abbreviated(sentence: str) -> Iterator[tuple[str, tuple[str, ...], str]]:
    for match in _CALLED.finditer(sentence):
        short = match["short"] or match["shortened"] or match["bare"]
        before = sentence[: match.start()].rstrip("（( ")
        quoted = re.search(r"「([^「」]{2,60})」\s*(?:[（(][^（）()]*[）)]\s*)?$", before)
        whole = quoted[1] if quoted else _ending(before)
        if _ITSELF.fullmatch(short) and (not quoted or re.match("本|当|この|計画$", short)):
            continue
        if whole and folded(short) != folded(whole):
            yield whole, (short,), sentence
        elif not before and len(match[0]) > SHORTEST_CLAUSE + len(short):
            yield short, (), sentence


def _ending(text: str) -> str:
    match = _LAW.search(tidy(text)[-80:]) or re.search(r"[A-Za-z0-9ァ-ヺー・一-龥々]{2,40}$", tidy(text)[-60:])
    return match[0] if match else ""


def _glossed(sentence: str) -> Iterator[tuple[str, tuple[str, ...], str]]:
    for match in _GLOSSED.finditer(half(sentence)):
        short, whole = (match["inner"], match["outer"]) if match["inner"] else (match["short"], match["gloss"])
        tail = re.search(r"の([ァ-ヺー・]{5,})$", whole)
        whole = tail[1] if tail else whole
        if not re.search(r"[ァ-ヺ一-龥]{2}", whole) or re.search(r"(?:型|年|月|版|公表|県|市|町|村)$|^\d", whole):
            continue
        if (
            re.search(r"[A-Z]", short) is None
            or short.upper() in {"NO", "PDF", "URL"}
            or re.fullmatch(r"[A-Z]{4,}\d", short)
        ):
            continue
        yield short, (whole,) if len(whole) > 3 else (), sentence  # noqa: PLR2004  体制(CSIRT) names nothing
    for match in _AGED.finditer(half(sentence)):
        yield match["word"], (), sentence
    for match in _KATAKANA.finditer(sentence):
        word, gloss = (match["word"], match["gloss"]) if match["word"] else (match["first"], match["second"])
        yield word, (gloss,) if len(gloss) > 3 else (), sentence  # noqa: PLR2004
