"""What was read of texts is the same after it was bytes, and bytes that are not whole are told."""

import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import lexicon, prepared, readings, sounds
from knowledge.documents import Document
from knowledge.lexicon import Group, Lexicon
from knowledge.prepared import Prepared, Unusable, from_bytes, to_bytes
from knowledge.weights import KINDS

TEXTS = ("まどぐちはどこ", "住民票のwi-fi", "書かない窓口（スマホ）", "？", "", "ＤＸとは\n何か", "ねこ 猫 ﾈｺ")
SOME = st.sampled_from(TEXTS) | st.text(max_size=12)
DOCUMENTS = st.lists(st.builds(Document, st.just(""), SOME, SOME, st.lists(SOME, max_size=3).map(tuple)), max_size=5)
NAMES = st.dictionaries(st.text(max_size=4), st.text(max_size=4), max_size=3)
OWN = Lexicon.of([Group(("猫", "ねこ"), broader=("窓口",))])
WHOLE = to_bytes(
    Prepared(
        readings.read([Document("", "猫の窓口", "住民票", ("ねこはどこ",))], OWN),
        sounds.read([Document("", "猫の窓口", "住民票", ("ねこはどこ",))]),
        {"猫": "ねこ"},
    )
)


def plain(one: Prepared) -> object:
    """All of it but the lexicon, in Python's own values."""
    read = one.readings
    columns = [*(c for kind in KINDS for c in (*read.written[kind], read.spoken[kind])), read.said, one.sounds.met]
    return (
        (read.digests, read.is_spoken, dict(read.vocabulary), read.in_kana.tolist(), read.wordless.tolist()),
        (one.sounds.digests, one.sounds.words, dict(one.names)),
        [(column.lengths.tolist(), column.flat.tolist()) for column in columns],
    )


@given(DOCUMENTS, NAMES)
def test_what_was_read_is_the_same_after_it_was_bytes(documents: list[Document], names: dict[str, str]) -> None:
    made = Prepared(readings.read(documents, OWN), sounds.read(documents), names)
    back = from_bytes(to_bytes(made), OWN)
    assert plain(back) == plain(made)
    assert back.readings.lexicon is OWN


@given(st.integers(0, len(WHOLE) - 1))
def test_what_is_cut_short_is_told(length: int) -> None:
    with pytest.raises(Unusable):
        from_bytes(WHOLE[:length], OWN)


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_a_changed_byte_is_told_or_changes_nothing(place: int, mask: int) -> None:
    changed = bytearray(WHOLE)
    changed[place] ^= mask
    try:
        back = from_bytes(bytes(changed), OWN)
    except Unusable:
        return
    assert plain(back) == plain(from_bytes(WHOLE, OWN))


@given(st.binary(max_size=60) | st.just(b"[" * 10_000 + b"\n"), st.booleans())
def test_nonsense_is_told(content: bytes, packed: bool) -> None:
    with pytest.raises(Unusable):
        from_bytes(zlib.compress(content) if packed else content, lexicon.bundled())


@pytest.mark.parametrize(
    "change",
    [
        {"vocabulary": [["猫"], [], [], [], []]},  # numbers that no word has
        {"vocabulary": [[1, 2]] * 5},
        {"words": [["ねこ"]]},
        {"digests": ""},
        {"digests": "00"},
        {"sizes": []},
        {"sizes": [-1, 1]},
        {"names": []},
    ],
)
def test_parts_that_do_not_fit_each_other_are_told(change: dict[str, object]) -> None:
    line, numbers = zlib.decompress(WHOLE).split(b"\n", 1)
    lying = json.dumps(json.loads(line) | change).encode()
    with pytest.raises(Unusable):
        from_bytes(zlib.compress(lying + b"\n" + numbers), OWN)


def test_bytes_that_unpack_without_end_are_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "MOST_BYTES", 1_000)
    with pytest.raises(Unusable):
        from_bytes(zlib.compress(b"[" * 100_000), OWN)
