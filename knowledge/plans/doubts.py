"""What may be wrong in a plan as it was read: reported with a proposal, never changed."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from rapidfuzz.distance import Levenshtein

from knowledge.plans import vocabulary
from knowledge.plans.blocks import Block
from knowledge.plans.findings import Doubt, Figure, Measure, Term
from knowledge.plans.notes import notes_and_calls
from knowledge.plans.outline import Outline
from knowledge.plans.overview import TwoNames
from knowledge.plans.plain import folded, half
from knowledge.plans.tables import Table, tables_of

SHORTEST_WORD = 5  # characters of a katakana word that is compared with others
RARE = 3  # a word printed as often as this may still be a slip of one printed much more often
OFTENER = 3  # times
MOST = 400  # doubts of one plan that are reported
_KATAKANA = re.compile("[ァ-ヺー・]{5,24}")
_MIXED = re.compile(
    "(?<=[ァ-ヺー一-龥ぁ-ん])[\u0370-\u052f]{1,10}[ァ-ヺー一-龥ぁ-ん\u0370-\u052f]{0,10}|[\u0370-\u052f]{1,10}[ァ-ヺー一-龥ぁ-ん]{1,10}"
)
_LOOKALIKE = re.compile("(?<=[ァ-ヺー])[力一口二八工夕卜](?=[ァ-ヺー])")
_DOUBLED = re.compile(r"(?P<word>[ぁ-ん]{2}|[一-龥ァ-ヺー]{2,8}|に|を|が)(?P=word)")
_DOUBLED_FINE = re.compile(
    r"^(?:ますます|いろいろ|それぞれ|さまざま|わざわざ|もろもろ|しばしば|まちまち|だんだん|どんどん|そもそも|たまたま|ところどころ|ひとつひとつ|なかなか|いよいよ|はるばる|少しずつ|一人一人|個々|様々|一つ一つ|いちいち|ほぼほぼ|なになに|ゆくゆく|いきいき|にこにこ|のびのび|つぎつぎ|そこここ|ぞくぞく|わくわく|のの)"
)
_TOWN = re.compile("[一-龥々ヶケ]{1,6}[市町村]")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,80}>")
_CYRILLIC = str.maketrans(
    {"й": "イ", "д": "ド", "и": "イ", "т": "ト", "к": "ト", "х": "メ", "о": "ロ", "п": "ロ", "л": "ル", "ъ": "ト"}
)


def _why(name: str, /, **words: str | int) -> str:
    return str(vocabulary.words("doubts")[name]).format(**words)


@cache
def _known_words() -> tuple[frozenset[str], dict[int, tuple[str, ...]]]:
    """Katakana words of plans in general (`data/words.yaml`), whole and by length."""
    words = frozenset(str(word) for word in vocabulary.words("words")["katakana"])
    by_length: dict[int, list[str]] = defaultdict(list)
    for word in sorted(words):
        by_length[len(word)].append(word)
    return words, {length: tuple(listed) for length, listed in by_length.items()}


def find_doubts(
    outline: Outline,
    terms: Sequence[Term],
    measures: Sequence[Measure],
    figures: Sequence[Figure],
    pairs: Sequence[TwoNames],
    lost: Sequence[Measure],
    town: str,
    official: bool = False,
) -> tuple[Doubt, ...]:
    """All doubts in the order of their lines; the same one of the same line once."""
    lines = [(line.number, line.text) for block in _all_blocks(outline) for line in block.lines]
    found = [
        *_mixed_scripts(lines),
        *_near_words(lines),
        *_town_names(lines, town, official),
        *_doubled(lines),
        *_markup(lines),
        *_cells(outline),
        *_lost_notes(outline, terms),
        *_contradictions(measures, figures, pairs),
        *(Doubt(m.place.line, m.name, "", _why("lost_heading", name=m.name)) for m in lost),
    ]
    unique = {(doubt.line, doubt.printed, doubt.why): doubt for doubt in sorted(found, key=lambda doubt: doubt.line)}
    return tuple(list(unique.values())[:MOST])


def _all_blocks(outline: Outline) -> Iterator[Block]:
    for section in outline.sections:
        yield from section.headings
        yield from section.blocks


def _mixed_scripts(lines: Iterable[tuple[int, str]]) -> Iterator[Doubt]:
    """デジタルデバйд: letters of another alphabet within a Japanese word; 力 among katakana."""
    for number, text in lines:
        for match in _MIXED.finditer(text):
            word = match[0]
            head = re.search("[ァ-ヺー]*$", text[max(0, match.start() - 20) : match.start()])
            whole = (head[0] if head else "") + word
            yield Doubt(number, whole, proposal_for(whole), _why("mixed_scripts"))
        for match in _LOOKALIKE.finditer(text):
            near = text[max(0, match.start() - 6) : match.end() + 6]
            repaired = dict(zip("力一口二八工夕卜", "カーロニハエタト", strict=True))[match[0]]
            yield Doubt(number, near, near.replace(match[0], repaired), _why("mixed_scripts"))


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


def _near_words(lines: Sequence[tuple[int, str]]) -> Iterator[Doubt]:
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
                yield Doubt(number, word, other, _why("near_known", other=other))
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
                    yield Doubt(number, word, best, _why("near_word", other=best))


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


def _town_names(lines: Sequence[tuple[int, str]], town: str, official: bool) -> Iterator[Doubt]:
    """銚田市 for 鉾田市: one character apart with the same ending; without the ending where it also stands with it."""
    stem, ending = town[:-1], town[-1:]
    if len(stem) < 2:  # noqa: PLR2004
        return
    one_off = "|".join(f"{re.escape(stem[:at])}[一-龥]{re.escape(stem[at + 1 :])}" for at in range(len(stem)))
    whole = re.compile(f"(?<![一-龥])(?:{one_off}){ending}")
    found = {match[0] for _, text in lines for match in whole.finditer(text)} - {town}
    why = _why("town_name" if official else "near_word", other=town)
    for number, text in lines:
        for name in found:
            if name in text:
                yield Doubt(number, name, town, why)
            elif name[:-1] in text and stem not in text:
                yield Doubt(number, name[:-1], stem, why)


def _doubled(lines: Iterable[tuple[int, str]]) -> Iterator[Doubt]:
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
            yield Doubt(number, match[0], match["word"], _why("doubled"))


def _markup(lines: Iterable[tuple[int, str]]) -> Iterator[Doubt]:
    """Tags that stand as text, each kind once."""
    seen: set[str] = set()
    for number, text in lines:
        match = _TAG.search(text)
        if match and match[0] not in seen and not re.fullmatch(r"</?(?:b|br|p|i|u|strong|em|sup|sub)\s*/?>", match[0]):
            seen.add(match[0])
            yield Doubt(number, match[0], "", _why("markup", tag=match[0]))


def _cells(outline: Outline) -> Iterator[Doubt]:
    """Cells of charts and tables that may have been merged or lost."""
    for section in outline.sections:
        for table in tables_of(section.blocks):
            if table.years:
                yield from _chart_cells(table)
            elif len(table.rows) > 2 and len(table.heading) > 4:  # noqa: PLR2004
                yield from _shifted(table)


def _chart_cells(table: Table) -> Iterator[Doubt]:
    """One doubt a chart for cells that may be merged, one for rows without any filled cell, one a row without a name."""
    merged: list[Block] = []
    empty: list[Block] = []
    first = min(table.years)
    for row in table.rows[1:]:
        said = [row.cells[at] if at < len(row.cells) else "" for at in table.years]
        filled = [at for at, cell in enumerate(said) if cell]
        if not filled:
            empty.append(row)
        elif any(not cell for cell in said[filled[0] :]):
            merged.append(row)
        if first > 0 and not row.cells[0] and filled:
            yield Doubt(row.line, row.text, "", _why("first_cell"))
    for name, rows in (("merged_cells", merged), ("lost_cells", empty)):
        if rows:
            items = "」「".join(next((cell for cell in row.cells if cell), "") for row in rows)
            yield Doubt(
                rows[0].line, " | ".join(cell or "（空）" for cell in rows[0].cells), "", _why(name, item=items)
            )


def _shifted(table: Table) -> Iterator[Doubt]:
    """Rows of a table of numbers whose numbers stand one column to the left of the others'."""
    starts = Counter()  # type: Counter[int]
    rows = []
    for row in table.rows[1:]:
        numbers = [at for at, cell in enumerate(row.cells) if re.fullmatch(r"-?[\d.,]+%?", half(cell))]
        if numbers:
            rows.append((row, numbers[0]))
            starts[numbers[0]] += 1
    usual = max(starts, key=starts.__getitem__, default=0)
    for row, start in rows:
        if start < usual and starts[usual] >= 3 * starts[start]:
            yield Doubt(row.line, row.text[:60], "", _why("shifted"))


def _lost_notes(outline: Outline, terms: Sequence[Term]) -> Iterator[Doubt]:
    """Numbers of notes that no note answers."""
    notes, calls = notes_and_calls(outline)
    answered = {number for _, _, number, _ in notes if number}
    known = {folded(name) for term in terms for name in (term.term, *term.aliases)}
    for call in calls:
        if call.number and answered and call.number not in answered and not {folded(n) for n in call.names} & known:
            yield Doubt(call.line, call.names[0], "", _why("lost_note", word=call.names[0]))


def _contradictions(
    measures: Sequence[Measure], figures: Sequence[Figure], pairs: Sequence[TwoNames]
) -> Iterator[Doubt]:
    for pair in pairs:
        why = _why("two_names", one=pair.one, first=pair.first, other=pair.other, second=pair.second)
        yield Doubt(pair.second, pair.other, pair.one, why)
    yield from _two_values(figures)
    yield from _two_timetables(measures)


def _two_values(figures: Sequence[Figure]) -> Iterator[Doubt]:
    """The same share or count, of the same date and scope, with two values."""
    by_what: dict[tuple[str, str, str], Figure] = {}
    for figure in figures:
        unit = re.sub(r"[\d.,\s約]", "", half(figure.value))
        if unit not in {"%", "件", "人", "台", "枚", "世帯", "か所", "箇所"} or len(folded(figure.what)) < 6:  # noqa: PLR2004
            continue
        key = (folded(figure.what)[-16:], figure.scope, figure.as_of)
        first = by_what.setdefault(key, figure)
        if (
            first.value != figure.value
            and first.place.line != figure.place.line
            and first.place.path != figure.place.path
        ):
            words: dict[str, str | int] = {
                "what": figure.what,
                "one": first.value,
                "first": first.place.line,
                "other": figure.value,
                "second": figure.place.line,
            }
            yield Doubt(figure.place.line, figure.value, "", _why("two_values", **words))


def _two_timetables(measures: Sequence[Measure]) -> Iterator[Doubt]:
    """The same item of two charts with other years."""
    by_item: dict[str, tuple[Measure, dict[str, str]]] = {}
    for measure in measures:
        for row in measure.schedule:
            key = folded(row.item)
            if len(key) < 4 or not any(row.years.values()):  # noqa: PLR2004
                continue
            first, years = by_item.setdefault(key, (measure, row.years))
            if first is not measure and years != row.years:
                words: dict[str, str | int] = {
                    "what": row.item,
                    "first": first.place.line,
                    "second": measure.place.line,
                }
                yield Doubt(
                    measure.place.line,
                    row.item,
                    "",
                    _why("two_timetables", one=_said(years), other=_said(row.years), **words),
                )


def _said(years: dict[str, str]) -> str:
    return "、".join(f"{year} {cell}" for year, cell in years.items() if cell)
