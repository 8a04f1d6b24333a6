"""Notes: ※, ※1, ＊１, superscript numbers, tied back to the word that calls them; notes that name their word."""

import re
from collections.abc import Iterator

from knowledge.plans.blocks import Block, Kind
from knowledge.plans.calls import LONGEST_WORD, RUN, SUPERSCRIPT, Call, calls_in
from knowledge.plans.findings import Term
from knowledge.plans.names import spelled_out, split_name, tidy_definition
from knowledge.plans.outline import Outline, place_of
from knowledge.plans.plain import folded, half, tidy
from knowledge.plans.section import Section

FEWEST_SHARED = 3  # characters of a word that a longer one may end with
MOST_LONGER = 2  # longer words that call one note
_NOTE = re.compile(
    r"^[-・\s]*(?:[※＊*]\s?(\d{1,2})?(?=\D|$)|注\s?(\d{0,2})(?:\s?[）):：]|(?<=\d)\s)|[（(]\s?注\s?(\d{0,2})\s?[）)]|([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})|\[\^?(\w{1,4})\](?=:))[:：.．)）]?\s*(.*)$",
    re.S,
)
_NAMED = re.compile(
    r"^([A-Za-z0-9][A-Za-z0-9 .&/-]{2,30}(?=\s?[：:…])"
    r"|[①-⑳]?[^\s。、：:…‥＝\t]{2,30}|[^。、：:…‥＝\t]{2,30}(?=\s*[：:…‥＝\t]))"
    r"(\s*(?:[：:＝]|[…‥]+|[・.]{3,})\s*|\s+|$)(.*)$",
    re.S,
)
_NOT_A_WORD = re.compile(r"[はがをに]$|です|ます|という|について")
_PARTICLES = re.compile(r"[をがはにへ]|です|ます|という|ください|[。、]")
_TOLD = re.compile(r"^「?(?P<word>[^「」。、]{2,30}?)」?とは、?")
_SOURCE = re.compile(r"^(?:出典|資料|出所|引用)")


def notes_and_calls(outline: Outline) -> tuple[list[tuple[Section, Block, str, str]], list[Call]]:
    """All notes (section, block, number, text) and all calls, in order."""
    notes: list[tuple[Section, Block, str, str]] = []
    calls: list[Call] = []
    for section in outline.sections:
        for heading in section.headings:
            calls += calls_in(heading)
        for at, block in enumerate(section.blocks):
            note = _note(block)
            if note is None:
                calls += calls_in(block)
            else:
                number, text = note
                following = section.blocks[at + 1 : at + 2]
                text = text or _only_text(following)
                notes.append((section, block, number, _with_definition(text, following)))
    return notes, calls


def _only_text(following: list[Block]) -> str:
    return following[0].text if following and following[0].kind is Kind.TEXT else ""


def _with_definition(text: str, following: list[Block]) -> str:
    """A note that only names its word takes the paragraph after it."""
    named = re.fullmatch(r"[^\s。、：:]{2,30}", text.strip())
    if named and following and following[0].kind is Kind.TEXT and len(following[0].text) > len(text):
        return f"{text.strip()}\t{following[0].text}"
    return text


def _note(block: Block) -> tuple[str, str] | None:
    if block.kind is Kind.ROW:
        first = next((cell for cell in block.cells if cell), "")
        if not first.startswith(("※", "＊")) or len(first) > LONGEST_WORD:
            return None
        rest = " ".join(cell for cell in block.cells if cell and cell is not first)
        match = _NOTE.match(half(first))
        number = (match[1] or "") if match else ""
        return number, f"{tidy(first.lstrip('※＊').removeprefix(number))}\t{rest}"
    if block.kind is not Kind.NOTE:
        return None
    match = _NOTE.match(half(block.text))
    if match is None:
        return None
    start = match.start(6)
    number = (match[1] or match[2] or match[3] or match[4] or match[5] or "").translate(SUPERSCRIPT)
    text = block.text[start:]
    if match[1] and text[:1].isascii() and text[:1].isalpha() and block.text[match.end(1) : match.end(1) + 1].strip():
        return "", block.text.lstrip("-・ ※＊*")  # ※5G is a word, not the fifth note
    return number, text


def terms_from_notes(outline: Outline) -> Iterator[Term]:
    """The words that notes explain; a note without a number belongs to the nearest call before it."""
    notes, calls = notes_and_calls(outline)
    called = {folded(name) for call in calls for name in call.names}
    used: set[int] = set()
    for section, block, number, text in notes:
        if _SOURCE.match(text):
            continue
        named = None if number and any(c.number == number for c in calls) else _named(text, called)
        if named:
            word, definition = named
            yield _term(word, _longer(word, calls), definition, section, block)
            continue
        call = _caller(calls, number, block.line, used)
        if call is not None:
            told = _TOLD.match(text)  # 順次LoGoフォーム※1 … ※1 LoGoフォームとは
            word = told["word"] if told and folded(call.names[0]).endswith(folded(told["word"])) else call.names[0]
            yield _term(word, call.names[1:], text, section, block)


def _longer(word: str, calls: list[Call]) -> tuple[str, ...]:
    """The words that call a note and end with the word it explains: デジタルリテラシー※ for ※リテラシー."""
    wanted = folded(word)
    names = (name for call in calls for name in call.names if len(wanted) > FEWEST_SHARED)
    return tuple(dict.fromkeys(n for n in names if folded(n).endswith(wanted) and folded(n) != wanted))[:MOST_LONGER]


def _caller(calls: list[Call], number: str, line: int, used: set[int]) -> Call | None:
    """The first call of this number since it was last explained, else none."""
    found = [at for at, call in enumerate(calls) if call.number == number and call.line < line and at not in used]
    if not found:
        return None
    used.update(found)
    return calls[found[0] if number else found[-1]]


def _named(text: str, called: set[str]) -> tuple[str, str] | None:
    match = _NAMED.match(text)
    if match is None:
        return None
    word, definition = match[1].lstrip("①②③④⑤⑥⑦⑧⑨⑩"), match[3].strip()
    in_english = word[-1:].isascii() and definition[:1].isascii() and definition[:1].isalpha()
    if len(definition) < 5 or (in_english and not match[2].strip()):  # noqa: PLR2004  two words of one name
        return None
    if folded(split_name(word)[0]) in called or folded(word) in called:
        return word, definition
    apart = bool(match[2].strip()) and not _PARTICLES.search(word)  # ※ぴったりサービス：…
    nounlike = (apart or bool(RUN.fullmatch(split_name(word)[0]))) and not _NOT_A_WORD.search(word)
    return (word, definition) if nounlike else None


def _term(word: str, others: tuple[str, ...], definition: str, section: Section, block: Block) -> Term:
    name, inner = split_name(word)
    definition = tidy_definition(definition.removeprefix(f"{name} "))
    spelled, translated = spelled_out(definition)
    names = [n for n in (*others, *inner, spelled, *translated) if n and folded(n) != folded(name)]
    return Term(
        name, tuple(dict.fromkeys(names)), definition, place_of(section, block.line, block.last, block), spelled
    )
