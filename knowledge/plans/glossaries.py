"""Glossaries: tables, bullets, leader lines and headings that name a word and explain it."""

import re
from collections.abc import Iterator, Sequence

from knowledge.plans import vocabulary
from knowledge.plans.blocks import Block, Kind
from knowledge.plans.findings import Term
from knowledge.plans.glossary_shapes import explaining_columns, shaped_glossaries, side_by_side
from knowledge.plans.names import spelled_out, split_name, tidy_definition
from knowledge.plans.outline import Outline, place_of
from knowledge.plans.plain import folded, half, plain
from knowledge.plans.section import Section
from knowledge.plans.tables import Table, tables_of

LONGEST_TERM = 45  # characters
SHORTEST_DEFINITION = 6
FAR_IN = 8  # spaces before a line of the second column
_LEADER = re.compile(
    r"^(?P<term>[^。]{1,45}?)\s{0,9}(?:[…‥]{1,}|[・.]{3,}|[:：｜]|\s[-―–—]\s|[＝=]|→|⇒|\s{2,9}|\u3000)\s{0,9}(?P<definition>\S.{5,})$",
    re.S,
)
_BLANKS = re.compile(r"(?<=\s{9})\s+")  # more than a leader needs
_NAMED = re.compile(
    "[^。、]{0,8}(?:用語|こ[と・]ば|言葉)[^。、]{0,4}(?:集|辞典|解説|説明|一覧|手引き?|手びき|案内)|[^。、]{0,8}(?:主な|関連|関係)用語|用語(?:の|に|等の)[^。、]{1,6}|(?:ことば|言葉)(?:の[^。、]{1,4})?"
)  # デジタル用語ミニ辞典
_PAGES = re.compile(r"^(?:掲載|記載|該当|関連)?(?:頁|ページ|箇所|か所)(?:番号|数)?$|^[Pp]\.?$|^(?:備考|出典)$")


def terms_from_glossaries(outline: Outline) -> Iterator[Term]:
    """The words of all glossaries of the plan."""
    shaped = shaped_glossaries(outline)
    for section in outline.sections:
        inside = any(
            is_glossary(above.name or above.title) or (above.line and above.line in shaped)
            for above in outline.above(section)
        )
        for table in (part for whole in tables_of(section.blocks) for part in side_by_side(whole)):
            yield from _from_table(section, table, inside)
        if inside:
            yield from _from_lines(section)
            yield from _numbered_within(section)
            heading = section.headings[0] if section.headings else None
            apart = is_glossary(section.name) or section.line in shaped or vocabulary.is_row_of_kana(section.name)
            if heading is not None and not apart:
                yield from _from_heading(section, heading)


def is_glossary(title: str) -> bool:
    """Whether a heading is that of a glossary: 用語集, 資料 用語解説, デジタル用語ミニ辞典."""
    title = re.sub(r"^[(（](.*)[)）]$", r"\1", title.strip())
    title = re.sub(
        r"^[【〔《]?(?:参考(?:資料)?|(?:附属|付属|巻末)?資料編?|付録|附録|巻末|附|別添|別冊)\s?\d{0,2}[】〕》]?\s*[.、:]?\s*|[①-⑳\d]+$|[(（].*?[)）]",
        "",
        half(title).strip(),
    )
    wanted = vocabulary.key(title)
    return wanted in vocabulary.chapter_names("glossary") or bool(_NAMED.fullmatch(wanted))


def _term(name: str, definition: str, section: Section, first: Block, last: int) -> Term | None:
    term, aliases = split_name(name)
    definition = tidy_definition(definition.lstrip(":： "))
    if not term or len(term) > LONGEST_TERM or len(definition) < SHORTEST_DEFINITION or vocabulary.is_row_of_kana(term):
        return None
    spelled, translated = spelled_out(definition)
    names = [n for n in (*aliases, spelled, *translated) if n and folded(n) != folded(term)]
    return Term(term, tuple(dict.fromkeys(names)), definition, place_of(section, first.line, last, first), spelled)


def _from_table(section: Section, table: Table, inside: bool) -> Iterator[Term]:
    term_at, definition_at = table.column("term"), None
    if term_at is not None:
        definition_at = next(
            (n for n in range(term_at + 1, len(table.heading)) if vocabulary.is_column("definition", table.heading[n])),
            None,
        )
    rows = table.rows[1:]
    if term_at is None or definition_at is None:
        term_at, definition_at = explaining_columns(table) or (None, None)
    if term_at is None or definition_at is None:
        if not inside:
            return
        rows = table.rows
        width = max(len(row.cells) for row in rows)
        term_at, definition_at = max(0, width - 2), width - 1
    found: list[tuple[str, str, Block, int]] = []
    pages = {at for at, cell in enumerate(table.heading) if _PAGES.match(half(cell))}
    for row in rows:
        cells = [*row.cells, *[""] * (definition_at + 1 - len(row.cells))]
        told = (cell for at, cell in enumerate(cells) if at >= definition_at and at not in pages)
        name, definition = cells[term_at], " ".join(filter(None, told))
        if name == cells[definition_at] and name:
            continue  # one cell over both columns
        if name and definition:
            found.append((name, definition, row, row.last))
        elif definition and not name and found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {definition}", found[-1][2], row.last)
        elif (name or any(cells)) and not definition:
            whole = _LEADER.match(next(filter(None, cells)))
            if whole:
                found.append((whole["term"], whole["definition"], row, row.last))
    for name, definition, row, last in found:
        term = _term(name, definition, section, row, last)
        if term is not None:
            yield term


def _raw(block: Block) -> str:
    """The text with the spaces that divide a word from its explanation."""
    text = "".join(plain(line.text).strip("\n") for line in block.lines)
    if block.mark is not None and block.mark.style in {"paren", "point", "bare"}:
        text = re.sub(r"^\s*[（(]?[\d０-９]{1,2}[）).．、]?\s*", "", text)
    return re.sub(r"^[\s\-*+•・●○◯■◆◇□▪✓①-⑳]*(?=\S)", "", _BLANKS.sub("", text)).strip()


def _from_lines(section: Section) -> Iterator[Term]:
    """Bullets and leader lines: a word and its explanation on one line, or a short line and what follows it."""
    name, first, parts, last = "", None, list[str](), 0
    blocks = [block for block in section.blocks if block.kind in {Kind.TEXT, Kind.ITEM, Kind.NOTE, Kind.CAPTION}]
    dots = min((block.depth for block in blocks if block.bullet == "・"), default=0)
    for at, block in enumerate(blocks):
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        leader = None if _explains(block, name, parts, first) else _LEADER.match(_raw(block))
        starts = leader is not None and _is_word(leader["term"])
        alone = not starts and _is_alone(block, following, parts, name, dots)
        if (starts or alone) and name and first is not None:
            term = _term(name, " ".join(parts), section, first, last)
            if term is not None:
                yield term
        if starts and leader is not None:
            name, first, parts = leader["term"], block, [leader["definition"]]
        elif alone:
            name, first, parts = block.text, block, []
        elif name:
            parts.append(block.text)
        last = block.last
    if name and first is not None:
        term = _term(name, " ".join(parts), section, first, last)
        if term is not None:
            yield term


def _numbered_within(section: Section) -> Iterator[Term]:
    """Words that belong to another one and are numbered: ① 電子申請サービス, with its explanation on the next line."""
    for block, following in zip(section.blocks, section.blocks[1:], strict=False):
        circled = block.mark is not None and block.mark.style == "circled"
        told = following.mark is None and "。" in following.text
        if circled and told and len(block.text) <= LONGEST_TERM and "。" not in block.text and _is_word(block.text):
            term = _term(block.text, following.text, section, block, following.last)
            if term is not None:
                yield term


def _explains(block: Block, name: str, parts: Sequence[str], first: Block | None) -> bool:
    """Whether a block goes on explaining: marked ①, or the sentence right after a word that stood alone."""
    if not name:
        return False
    if block.mark is not None and block.mark.style in {"circled", "paren", "kana"}:
        return first is None or first.mark is None or first.mark.style != block.mark.style
    return not parts and "。" in block.text and not re.search(r"[…‥]{2,}|[:：]", block.text[:LONGEST_TERM])


def _is_word(text: str) -> bool:
    word = split_name(text)[0]
    return 1 < len(word) <= LONGEST_TERM and not re.search(
        r"[。、]|(?:です|ます|する|した|こと)$|^(?:出典|参照|注|例|編集|発行|お?問い?合わせ)|[課係]$", word
    )


def _is_alone(block: Block, following: Block | None, parts: Sequence[str], name: str, dots: int) -> bool:
    """Whether a short line names the next word: what follows explains it."""
    text = block.text
    if following is None or len(text) > LONGEST_TERM or "。" in text or not _is_word(text):
        return False
    if vocabulary.is_row_of_kana(text):
        return False
    if block.mark is not None and block.mark.style in {"circled", "kana"}:
        return False
    if name and (not parts or _in_column(block)):
        return False
    deeper = following.depth > block.depth or following.text.endswith("。") or "。" in following.text
    return deeper and not (block.bullet == "・" and block.depth > dots)


def _in_column(block: Block) -> bool:
    """Whether a line stands so far in that it goes on with the explanations' column."""
    line = half(block.lines[0].text)
    return len(line) - len(line.lstrip()) >= FAR_IN


def _from_heading(section: Section, heading: Block) -> Iterator[Term]:
    """A heading in a glossary that is the word, with its explanation under it."""
    texts = [block.text for block in section.blocks if block.kind in {Kind.TEXT, Kind.ITEM}]
    if not texts or not _is_word(heading.text) or "。" not in " ".join(texts):
        return
    term = _term(heading.text, " ".join(texts), section, heading, section.last)
    if term is not None:
        yield term
