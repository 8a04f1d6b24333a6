"""A broken knowledge file is refused whole, with file, line and remedy."""

import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.bundled import BrokenKnowledge, read_town, town_folders

TOWN = """id: sample
name: 見本町
reading: みほんちょう
prefecture: 見本県
office: 町役場
source: {id: sample-2024-01, title: 見本町DX計画, published: 2024-01, period_from: 2024-04, period_to: 2026-03}
"""
ENTRY = """- id: rpa
  kind: term
  title: RPA
  facets:
    - {name: definition, text: RPAは決まった作業の自動化です。, section: 用語集}
"""


def town(folder: Path, entries: str = ENTRY, town_yaml: str = TOWN) -> Path:
    (folder / "town.yaml").write_text(town_yaml, encoding="utf-8")
    (folder / "terms.yaml").write_text(entries, encoding="utf-8")
    return folder


def test_reads_a_town_with_the_line_of_each_entry(tmp_path: Path) -> None:
    second = ENTRY.replace("rpa", "ai").replace("RPA", "AI")
    entries = read_town(town(tmp_path, ENTRY + second)).entries
    assert [(e.content.id, e.line) for e in entries] == [("rpa", 1), ("ai", 6)]


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (ENTRY.replace("section: 用語集", "x: 1"), "terms.yaml 5行目"),
        (ENTRY.replace("kind: term", "kind: trem"), "kind"),
        (ENTRY + ENTRY, "id「rpa」は terms.yaml 1行目にもあります"),
        (ENTRY.replace("  title", " title"), "YAML として読めません"),
        (ENTRY.replace("  title: RPA", "  title: RPA\n  title: AI"), "二度書かれています"),
        ("rpa: 1\n", "回答項目の並び"),
        (ENTRY.replace("name: definition", "name: figure"), "時点"),
        (ENTRY.replace("id: rpa", "id: R P A"), "小文字の英数字"),
    ],
)
def test_names_what_is_wrong_and_where(tmp_path: Path, broken: str, sentence: str) -> None:
    with pytest.raises(BrokenKnowledge, match=sentence):
        read_town(town(tmp_path, broken))


def test_refuses_another_character_encoding(tmp_path: Path) -> None:
    folder = town(tmp_path)
    (folder / "terms.yaml").write_bytes(ENTRY.encode("cp932"))
    with pytest.raises(BrokenKnowledge, match="UTF-8"):
        read_town(folder)


def test_every_bundled_town_can_be_read() -> None:
    towns = [read_town(folder) for folder in town_folders()]
    assert {t.town.id for t in towns} == {"goka", "hokota", "nakanojo", "okutama", "toin"}
    assert all(t.entries for t in towns)


PIECES = st.sampled_from(
    ["[", "]", "{", "}", ": ", "- ", "\n", "\n  ", '"', "|", ">", "&a ", "*a", "!!python/object:os.system ", "!!int x",
     "<<: ", "? ", "#", "\t", "%", "@", "2024-13-45", "1e999", "~", "\x85", "ＲＰＡ"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(ENTRY)), PIECES), min_size=1, max_size=6))
def test_any_slip_in_a_file_is_read_or_refused_with_a_sentence(slips: list[tuple[int, str]]) -> None:
    broken = ENTRY
    for at, piece in slips:
        broken = broken[:at] + piece + broken[at:]
    with tempfile.TemporaryDirectory() as folder, suppress(BrokenKnowledge):
        read_town(town(Path(folder), broken))


@pytest.mark.parametrize("broken", ["[" * 20_000, "- 2024-13-45\n", "? [a]\n: b\n", "\x00", "- &a [*a]\n"])
def test_a_file_made_to_break_the_reader_is_refused(tmp_path: Path, broken: str) -> None:
    with pytest.raises(BrokenKnowledge, match=r"terms.yaml"):
        read_town(town(tmp_path, broken))
