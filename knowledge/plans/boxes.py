"""Words explained on a line or in a box of their own, outside any glossary: コラム「X」って？, X：…こと。"""

import re
from collections.abc import Iterator
from itertools import zip_longest

from knowledge.plans.blocks import Block, Kind
from knowledge.plans.explaining import explains, is_borrowed, is_name
from knowledge.plans.findings import Term
from knowledge.plans.glossaries import is_glossary
from knowledge.plans.names import clean_name, spelled_out, split_name, tidy_definition
from knowledge.plans.outline import Outline, place_of
from knowledge.plans.plain import folded, half, plain, tidy
from knowledge.plans.section import Section
from knowledge.plans.vocabulary import facet_of, is_chapter, key

LONGEST_WORD = 30
MOST_TOLD = 4  # blocks under a heading that may say what it is
SHORTEST = 10  # characters of an explanation
_BOX = re.compile(
    r"^[^A-Za-z0-9ぁ-んァ-ヺ一-龥]{0,3}(?:ミニ|ちょこっと|一口|ひとくち|ワンポイント|デジタル|豆)?(?:コラム|解説|用語|(?:用語|デジタル|豆)?メモ|ことば|言葉|豆知識|知識|キーワード|注釈|参考|語句)"
    r"(?:の?(?:解説|説明|メモ|紹介|ノート))?\s?\d{0,2}[^A-Za-z0-9ぁ-んァ-ヺ一-龥「（(]*(?=\S)"
)
_ASKED = re.compile(r"\s?(?:って|とは)(?:、?(?:なに|何|なん|どんなもの)(?:です)?か?)?\s?[?？]?\s?$|\s?[?？]$")
_DIVIDED = re.compile(
    r"^(?P<word>[^。、:：＝=…]{2,30}?)(?:\s?(?:[:：＝=｜]|…{1,3}|・{3,}|―{1,2}|──?)\s?|\s{2,}|\u3000|\s(?=\S{8}))(?P<gloss>\S.{9,})$",
    re.S,
)
_WORDLIKE = re.compile(r"^[A-Za-z0-9ァ-ヺー・一-龥々α-ω./&+´′（）() -]+(?:[きみりけしえち]|の[一-龥ァ-ヺー]+)?$")
_BOLD = re.compile(r"^[\s・*-]*\*\*([^*。、]{2,25})\*\*")
_LABEL = re.compile(r"^[【〔《＜][^【】〔〕《》＜＞]{1,12}[】〕》＞]\s*")
_DONE = re.compile("の(?:推進|導入|活用|実施|普及|展開|拡大|充実|整備|構築)(?:・.{1,8})?$")
_ROLES = re.compile("^(?:組織|会議体?|体制|名称|会議名|組織名|推進組織|機関|役職|区分)(?:等|名)?$")
_DUTIES = re.compile("^(?:役割|役割等|構成|主な役割|構成員|メンバー|内容|担う役割|機能)(?:・.{1,6})?$")
_BODY = re.compile(
    "(?:本部|会議|委員会|部会|協議会|チーム|班|隊|グループ|推進員|リーダー|補佐官|責任者|アドバイザー|CIO|CDO|CISO)$"
)


def terms_in_boxes(outline: Outline) -> Iterator[Term]:
    """The words of lines and boxes that explain one word each."""
    for section in outline.sections:
        if any(is_glossary(above.name) for above in outline.above(section) if above.name):
            continue
        carried = any(is_chapter("bodies", above.name) for above in outline.above(section))
        told = [*section.headings[:1], *(block for block in section.blocks if block.text)]
        for block, following in zip_longest(told, told[1:]):
            yield from _boxed(block, section, following)
            if block.kind is Kind.HEADING:
                yield from _headed(block, section, following)
            yield from _lined(block, section, carried)
        yield from _bodies(section)
        yield from _described(section, outline)


def _boxed(block: Block, section: Section, following: Block | None) -> Iterator[Term]:
    """The word that a box names after コラム or 解説, with what stands behind or under it."""
    filled = [cell for cell in block.cells if cell]
    text = "　".join(filled[:2]) if filled else block.text if block.kind is Kind.HEADING else _raw(block)
    label = _BOX.match(text)
    title = block.kind is Kind.HEADING or (not filled and len(text) <= LONGEST_WORD and "。" not in text)
    if len(filled) > 2 or (label is None and not (title and _ASKED.search(text))):  # noqa: PLR2004
        return
    text = text if label else _LABEL.sub("", text)
    rest = text[label.end() if label else 0 :].strip()
    divided = _DIVIDED.match(rest)
    name, gloss = (divided["word"], divided["gloss"]) if divided else (rest, following.text if following else "")
    asked = _ASKED.search(name)
    name = half(_ASKED.sub("", name).strip(' 　「」『』【】〈〉《》"'))
    if (
        _WORDLIKE.match(name)
        and len(gloss) >= SHORTEST
        and (asked or divided or _opens(gloss, name))
        and not _explains_another(gloss, name)
    ):
        yield from _term(name, gloss, section, block)


def _headed(block: Block, section: Section, following: Block | None) -> Iterator[Term]:
    """A heading that is a word, with a paragraph that says what it is: （1）X原則 … を優先する原則です。"""
    if following is None or following.kind is not Kind.TEXT or not _WORDLIKE.match(block.text):
        return
    first = following.text.partition("。")[0]
    kind = re.sub("(?:のこと)?(?:です|である|をいいます|をいう)$", "", first)
    if kind != first and explains(first) and (is_borrowed(block.text) or kind[-2:] == block.text[-2:]):
        yield from _term(block.text, following.text, section, block)


def _described(section: Section, outline: Outline) -> Iterator[Term]:
    """A heading X の推進 over a paragraph that ends by saying what X is: …を目指す取り組みです。"""
    if section.mark is None or not section.headings:
        return
    name = _DONE.sub("", clean_name(section.name))
    if name == section.name or not is_name(name) or not _WORDLIKE.match(name):
        return
    for under in outline.under(section):
        for block in under.blocks[:MOST_TOLD]:
            told = re.search(r"[^。]{20,}(?:取り?組み?|仕組み|制度)です。$", block.text)
            if told and block.kind is Kind.TEXT:
                yield from _term(name, told[0], section, block)
                return


def _opens(gloss: str, name: str) -> bool:
    """Whether a text under a word explains it: by its first sentence, or by naming the word again."""
    first = gloss.partition("。")[0]
    return explains(first) or folded(name) in folded(gloss)


def _explains_another(gloss: str, name: str) -> bool:
    """Whether a text begins with the explanation of another word: Xとは … under Xの構想とは."""
    told = re.match("「?([^「」、。]{2,30}?)」?とは", gloss)
    return told is not None and folded(told[1]) != folded(name)


def _lined(block: Block, section: Section, carried: bool) -> Iterator[Term]:
    """A word with its explanation on one line: ノーコード：プログラムを書かずに作る方法。"""
    if block.kind not in {Kind.TEXT, Kind.ITEM} or section.facet:
        return
    match = _DIVIDED.match(_raw(block))
    if match is None or facet_of(match["word"]):
        return
    word, first = half(match["word"].strip("「」『』【】〈〉 ")), match["gloss"].partition("。")[0]
    spaced = not match.string[match.end("word") : match.start("gloss")].strip()
    if word.count("(") != word.count(")") or (spaced and word[-1:].isascii() and first[:1].isascii()):
        return
    bold = _BOLD.match(block.lines[0].text)
    shown = bold is not None and folded(bold[1]) == folded(word)
    if not (shown or _WORDLIKE.match(word)) or re.search(r"年度?|月|\d$|課$", word):
        return
    body = _BODY.search(word) and (carried or re.search("構成|[長者]と(?:し|する)|を担|役割", first))
    stated = is_borrowed(word) and re.search("(?:[るくすつむぶう]|ない)$", first) and len(first) > SHORTEST
    if explains(first) or spelled_out(half(first))[0] or body or stated:
        yield from _term(match["word"], match["gloss"], section, block)


def _bodies(section: Section) -> Iterator[Term]:
    """The bodies and roles of a table that says what each does: 組織 ｜ 役割."""
    rows = [block for block in section.blocks if block.kind is Kind.ROW]
    for at, head in enumerate(rows):
        if _ROLES.match(key(head.cells[0])) and any(_DUTIES.match(key(cell)) for cell in head.cells[1:]):
            for each in rows[at + 1 :]:
                name, *others = each.cells
                if _BODY.search(split_name(name)[0]) and any(len(cell) >= SHORTEST for cell in others):
                    yield from _term(name, " ".join(filter(None, others)), section, each)
            return


def _raw(block: Block) -> str:
    text = "".join(plain(line.text).strip("\n") for line in block.lines).strip()
    if block.mark is not None and block.mark.style in {"kana", "letter"}:
        text = re.sub(r"^[（(]?[ア-ンあ-んa-zA-Z][）).．、]?[\s\u3000]*", "", text)
    return re.sub(r"^(?:#+\s|[-*+•・●○◯■◆◇□▪✓▼▲☆★]\s?|[①-⑳]\s?|[（(]?[\d０-９]{1,2}[）)．.]\s?)+", "", text).strip()


def _term(word: str, gloss: str, section: Section, block: Block) -> Iterator[Term]:
    name, inner = split_name(word)
    if not is_name(name) or len(name) > LONGEST_WORD:
        return
    definition = tidy_definition(tidy(gloss))
    spelled, translated = spelled_out(definition)
    names = [n for n in (*inner, spelled, *translated) if n and folded(n) != folded(name)]
    yield Term(name, tuple(dict.fromkeys(names)), definition, place_of(section, block.line, block.last, block), spelled)
