"""Notes: ※, ※1, ＊１, superscript numbers, tied back to the word that calls them; notes that name their word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.plans import vocabulary
from knowledge.plans.blocks import Block, Kind
from knowledge.plans.findings import Term
from knowledge.plans.names import spelled_out, split_name, tidy_definition, without_calls
from knowledge.plans.outline import Outline, place_of
from knowledge.plans.plain import folded, half, tidy
from knowledge.plans.section import Section

SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
LONGEST_WORD = 30  # characters of a word that a note explains
FEWEST_SHARED = 3  # characters of a word that a longer one may end with
MOST_LONGER = 2  # longer words that call one note
REACH = 60  # characters before a call that are looked at
_CALL = re.compile(
    r"\s?[（(]\s?[※＊*]\s?(\d{0,2})\s?[）)]|\s?([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})|\s?[※＊](\d{1,2})(?![\d手])|\s?(?:注(\d{1,2})[）)]|[（(]注(\d{0,2})[）)])|\[\^(\w{1,4})\]|(?<=[^\s])[※＊*]"
)
_NOTE = re.compile(
    r"^[-・\s]*(?:[※＊*]\s?(\d{1,2})?(?=\D|$)|注\s?(\d{0,2})\s?[）):：]|[（(]注(\d{0,2})[）)]|([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})|\[\^?(\w{1,4})\](?=:))[:：.．)）]?\s*(.*)$",
    re.S,
)
_NAMED = re.compile(r"^([①-⑳]?[^\s。、：:\t]{2,30}|[^。、：:\t]{2,30}(?=[：:\t]))(?:\s*[：:]\s*|\s+|$)(.*)$", re.S)
_RUN = re.compile(r"[A-Za-z0-9Ａ-Ｚａ-ｚ０-９ァ-ヺー・一-龥々〇./&＋+‐-]+[きみりけしいえち]?$")
_QUOTED = re.compile(r"[「『“]([^「」『』“”]{1,40})[」』”]$")
_ENCLOSED = re.compile(r"[（(]([^（）()]{1,40})[）)]$")
_NOT_A_WORD = re.compile(r"[はがをに]$|です|ます|という|について")
_SOURCE = re.compile(r"^(?:出典|資料|出所|引用)")
_KANA_BEFORE = re.compile(
    r"(?:^|[、。，「『（(・\s])(?P<kana>(?!また|または|および|さらに|この|その|これ|いわゆる|なお|そして|すべての|あらゆる)[ぁ-ん]{3,8})$"
)
_LATIN_LIST = re.compile(r"[A-Z][A-Za-z-]{1,9}(?:・[A-Z][A-Za-z-]{1,9})+")


@dataclass(frozen=True, slots=True)
class Call:
    """A word that calls a note, with the names it stands with, where."""

    number: str
    names: tuple[str, ...]
    line: int


def notes_and_calls(outline: Outline) -> tuple[list[tuple[Section, Block, str, str]], list[Call]]:
    """All notes (section, block, number, text) and all calls, in order."""
    notes: list[tuple[Section, Block, str, str]] = []
    calls: list[Call] = []
    for section in outline.sections:
        for heading in section.headings:
            calls += _calls(heading)
        for at, block in enumerate(section.blocks):
            note = _note(block)
            if note is None:
                calls += _calls(block)
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


def _calls(block: Block) -> Iterator[Call]:
    texts = block.cells if block.kind is Kind.ROW else (block.text,)
    for text in texts:
        for match in _CALL.finditer(text):
            number = next((group for group in match.groups() if group), "").translate(SUPERSCRIPT)
            names = names_before(
                text[max(0, match.start() - REACH) : match.start()], text[match.end() : match.end() + 2]
            )
            if names:
                yield Call(half(number), names, block.line)


def names_before(before: str, after: str = "") -> tuple[str, ...]:  # noqa: PLR0911  a return for each way to write it
    """The word that ends here with its other names: 「情報通信技術(ICT)」 → ICT, 情報通信技術; else nothing."""
    before = without_calls(before).rstrip()
    quoted = _QUOTED.search(before)
    if quoted:
        name, others = split_name(quoted[1])
        return tuple(dict.fromkeys((name, quoted[1], *others)))
    enclosed = _ENCLOSED.search(before)
    if enclosed:
        outer = _run(before[: enclosed.start()])
        inner = enclosed[1].strip()
        if not outer:
            return (inner,) if _run(inner) == inner else ()
        latin = inner.isascii()
        return (inner, outer) if latin else (outer, inner)
    word = _run(before)
    divided = re.search(r"[A-Za-z0-9ァ-ヺー・一-龥々]+[（(][A-Za-z]{2,8}[）)]$", before[: len(before) - len(word)])
    if word and divided:
        return (divided[0] + word,)
    if not word or (word.isdigit() and len(word) < 3):  # noqa: PLR2004
        return ()
    opened = before[: len(before) - len(word)].rstrip()
    if opened.endswith(("（", "(")) and after.lstrip().startswith(("）", ")")):
        outer = _run(opened[:-1])
        return (word, outer) if outer else (word,)
    return (word,)


def _run(text: str) -> str:
    """The word that a text ends with: no particle in it, but 書かない窓口 and ぴったりサービス are whole."""
    text = text.rstrip()[-LONGEST_WORD:]
    for known in vocabulary.words("headings")["compounds"]:
        if text.endswith(known):
            return str(known)
    match = _RUN.search(text)
    if match is None:
        return ""
    word = match[0].strip("・-.")
    if _LATIN_LIST.fullmatch(word):
        return word.rpartition("・")[2]
    verb = re.search("[一-龥]{2}[りみきち]$", text[: match.start()]) if re.match("[ァ-ヺ一-龥]", word) else None
    if verb and not re.search("[一-龥]$", text[: verb.start()]):
        return verb[0] + word  # 見守りセンサー
    kana = _KANA_BEFORE.search(text[: match.start()]) if re.match("[ァ-ヺ一-龥]", word) else None
    return kana["kana"] + word if kana else word


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
            yield _term(call.names[0], call.names[1:], text, section, block)


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
    word, definition = match[1].lstrip("①②③④⑤⑥⑦⑧⑨⑩"), match[2].strip()
    if len(definition) < 5 or (word[-1:].isascii() and definition[:1].isascii() and definition[:1].isalpha()):  # noqa: PLR2004
        return None
    if folded(split_name(word)[0]) in called or folded(word) in called:
        return word, definition
    nounlike = bool(_RUN.fullmatch(split_name(word)[0])) and not _NOT_A_WORD.search(word)
    return (word, definition) if nounlike else None


def _term(word: str, others: tuple[str, ...], definition: str, section: Section, block: Block) -> Term:
    name, inner = split_name(word)
    definition = tidy_definition(definition.removeprefix(f"{name} "))
    spelled, translated = spelled_out(definition)
    names = [n for n in (*others, *inner, spelled, *translated) if n and folded(n) != folded(name)]
    return Term(
        name, tuple(dict.fromkeys(names)), definition, place_of(section, block.line, block.last, block), spelled
    )
