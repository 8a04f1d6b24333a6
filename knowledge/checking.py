"""What `annai knowledge check` looks at: sources, dates, scanning errors, phrasings, readability."""

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from knowledge.bundled import BrokenKnowledge, BundledTown, Located, read_town, town_folders
from knowledge.entries import Facet, FacetName, Kind

SCANNING_ERRORS = {
    "銚田": "鉾田",
    "ワンストップオンリー": "ワンスオンリー",
    "デバйд": "デバイド",
    "デバインド": "デバイド",
    "йд": "イド",
    "令和2（2022）": "令和2（2020）",
}
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
MARKUP = re.compile(r"[<>{}]|\*\*|^#|\|")
LONGEST_SENTENCE = 90
LONGEST_TEXT = 240
LONGEST_BODY = 420
MOST_SENTENCES = 4
FEWEST_MEASURE_PHRASINGS = 5


@dataclass(frozen=True)
class Finding:
    """A fault in the knowledge: where it stands and what to do about it."""

    file: str
    line: int
    entry: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.file} {self.line}行目 {self.entry}：{self.sentence}"


def _texts(located: Located) -> Iterator[str]:
    entry = located.content
    yield entry.title
    for facet in entry.facets:
        yield facet.text
        yield from facet.items


def _facet_faults(facet: Facet) -> Iterator[str]:
    label = f"{facet.name.value}{'・' + facet.about if facet.about else ''}"
    body = len(facet.text) + sum(len(item) + 2 for item in facet.items)
    if len(facet.text) > LONGEST_TEXT:
        yield f"{label} の文が{len(facet.text)}字あります。{LONGEST_TEXT}字までに分けてください"
    if body > LONGEST_BODY:
        yield f"{label} が項目も入れて{body}字あります。{LONGEST_BODY}字までに分けてください"
    sentences = [s for s in re.split(r"[。\n]", facet.text) if s.strip()]
    if len(sentences) > MOST_SENTENCES:
        yield f"{label} が{len(sentences)}文あります。{MOST_SENTENCES}文までにしてください"
    for sentence in sentences:
        if len(sentence) > LONGEST_SENTENCE:
            yield f"{label} の一文が{len(sentence)}字です。{LONGEST_SENTENCE}字までに分けてください：{sentence[:20]}…"
    if not facet.text.rstrip().endswith(("。", "：", "）", "」")):
        yield f"{label} の文を「。」か「：」で終えてください"
    if facet.name is FacetName.FIGURE and facet.as_of and not facet.silent and not re.search(r"\d", facet.as_of):
        yield f"{label} の時点（as_of）に年月がありません"


def _entry_faults(located: Located) -> Iterator[str]:
    entry = located.content
    for text in _texts(located):
        for printed, right in SCANNING_ERRORS.items():
            if printed in text:
                yield f"読み取りの誤り「{printed}」は「{right}」と書いてください"
        if CYRILLIC.search(text):
            yield f"キリル文字がまじっています：{text[:20]}"
        if MARKUP.search(text):
            yield f"記号（< > {{ }} ** # |）は使えません：{text[:20]}"
    for facet in entry.facets:
        yield from _facet_faults(facet)
    asked = len(entry.phrasings) + sum(len(f.phrasings) for f in entry.facets)
    if entry.kind is Kind.MEASURE and asked < FEWEST_MEASURE_PHRASINGS:
        yield f"言い換えが{asked}件です。取組には{FEWEST_MEASURE_PHRASINGS}件以上書いてください"


def _shared_phrasings(town: BundledTown) -> Iterator[Finding]:
    owners: dict[str, list[Located]] = defaultdict(list)
    for located in town.entries:
        entry = located.content
        for phrasing in chain(entry.phrasings, *(f.phrasings for f in entry.facets)):
            key = re.sub(r"[\s？?。、!！]", "", phrasing)
            owners[key].append(located)
    for phrasing, entries in owners.items():
        if len(entries) > 1:
            others = "、".join(sorted({e.content.id for e in entries}))
            last = entries[-1]
            yield Finding(
                last.file.name, last.line, last.content.id, f"言い換え「{phrasing}」が重なっています（{others}）"
            )


def check(town: BundledTown) -> list[Finding]:
    """Every fault of one town's knowledge, in file order."""
    findings = [
        Finding(located.file.name, located.line, located.content.id, fault)
        for located in town.entries
        for fault in _entry_faults(located)
    ]
    return findings + list(_shared_phrasings(town))


def main(names: list[str]) -> int:
    """Print each town's faults; 1 if there are any."""
    faults = 0
    known = {folder.name for folder in town_folders()}
    for name in names:
        if name not in known:
            print(f"自治体「{name}」はありません。次のどれかを指定してください：{'、'.join(sorted(known))}")
            faults += 1
    for folder in town_folders():
        if names and folder.name not in names:
            continue
        try:
            town = read_town(folder)
        except BrokenKnowledge as error:
            print(f"{folder.name}: {error}")
            faults += 1
            continue
        findings = check(town)
        faults += len(findings)
        for finding in findings:
            print(f"{folder.name}/{finding}")
        facets = sum(len(e.content.facets) for e in town.entries)
        phrasings = sum(
            len(e.content.phrasings) + sum(len(f.phrasings) for f in e.content.facets) for e in town.entries
        )
        print(
            f"{folder.name}: 回答項目 {len(town.entries)}、切り口 {facets}、言い換え {phrasings}、指摘 {len(findings)}"
        )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
