"""A library made from the one before answers as one made from the start."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import lexicon, text, weights
from knowledge.bundled import TOWNS, read_town
from knowledge.library import KnownEntry, Library
from knowledge.prepared import NOTHING, Prepared, from_bytes, to_bytes
from tests.towns import towns

BUNDLED = read_town(TOWNS / "goka")
ENTRIES = [KnownEntry(one.content, BUNDLED.town.source) for one in BUNDLED.entries][:25]
SAID = ("ねこのしょうめいしょはどこ", "猫の証明書", "ﾊﾟｿｺﾝ教室", "wifiはどこ", "デジタル", "はい")
ASKED = ("ねこのしょうめいしょ", "すまほのつかいかた", "計画はいつまで", "パソコン教室", "wifi", "担当はどこ")


def made(entries: list[KnownEntry], before: Library | None = None, known: Prepared = NOTHING) -> Library:
    return Library(BUNDLED.town, entries, lexicon.bundled(), weights.load("town"), before, known=known)


def told(library: Library, question: str) -> object:
    asked = library.ready(question)
    found = [(one.entry.content.id, one.facet.name, round(one.score, 9)) for one in library.rank(asked)]
    return asked, sorted(found, key=lambda row: (-row[2], row[0], row[1]))


def rephrased(entry: KnownEntry, said: str) -> KnownEntry:
    content = entry.content.model_copy(update={"phrasings": (*entry.content.phrasings, said)})
    return KnownEntry(content, entry.source)


WHOLE = made(ENTRIES)
CHANGES = st.lists(st.tuples(st.integers(0, len(ENTRIES) - 1), st.sampled_from(("", *SAID))), max_size=4)


@settings(max_examples=12, deadline=None)
@given(CHANGES, CHANGES)
def test_what_is_taken_over_is_what_would_be_read_again(
    changes: list[tuple[int, str]], more: list[tuple[int, str]]
) -> None:
    library, entries = WHOLE, dict(enumerate(ENTRIES))
    for part in (changes, more):
        for number, said in part:
            if said and number in entries:
                entries[number] = rephrased(entries[number], said)
            else:  # goes, and comes back at the end
                entries[number] = entries.pop(number, ENTRIES[number])
                if not said and number % 2:
                    del entries[number]
        library = made(list(entries.values()), library)
    anew = made(list(entries.values()))
    for question in (*ASKED, *(said for _, said in changes if said)):
        assert told(library, question) == told(anew, question)


@pytest.mark.parametrize("change", ["nothing", "changed", "removed", "added"])
def test_what_was_prepared_is_what_would_be_read_again(change: str) -> None:
    whole = [KnownEntry(one.content, BUNDLED.town.source) for one in BUNDLED.entries]
    kept = to_bytes(made(whole[1:] if change == "added" else whole).prepared)
    match change:
        case "changed":
            whole[3] = rephrased(whole[3], SAID[0])
        case "removed":
            del whole[3]
    prepared = made(whole, known=from_bytes(kept, lexicon.bundled()))
    anew = made(whole)
    assert terms_of(prepared) == terms_of(anew)
    for said in (*ASKED, *SAID, *(one.content.title for one in whole[:9]), "keikaku no kikan", "水深計画"):
        assert told(prepared, said) == told(anew, said)
        words = text.analyse(said)  # of the likeness to each phrasing too
        assert np.allclose(prepared.index.signals(words), anew.index.signals(words), atol=1e-9)


def terms_of(library: Library) -> object:
    """The tokens of each kind with how rare they are, and all that the speller and the names know."""
    terms, idf = library.index.readings.terms(), library.index._inverted.idf
    rarity = {(kind, token): idf[number] for kind, known in terms.numbers.items() for token, number in known.items()}
    speller = library.speller
    return rarity, speller._spellings, speller._unvoiced, speller._lengths, speller.latin, library.names.sounds


def test_what_is_gone_is_not_heard_any_more() -> None:
    said = "盆踊り大会"
    dancing = made([rephrased(ENTRIES[0], said), *ENTRIES[1:]], WHOLE)
    assert said[:3] in dancing.ready("ぼんおどりたいかい").searched
    assert told(made(ENTRIES, dancing), "ぼんおどりたいかい") == told(WHOLE, "ぼんおどりたいかい")


def test_only_what_changed_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    analyse: Callable[..., text.Words] = text.analyse

    def noted(said: str, limit: int | None = text.QUESTION_LIMIT) -> text.Words:
        read.append(said)
        return analyse(said, limit)

    monkeypatch.setattr("knowledge.readings.analyse", noted)
    made([*ENTRIES[:-1], rephrased(ENTRIES[-1], SAID[0])], WHOLE)
    assert SAID[0] in read
    assert not {one.content.facets[0].text for one in ENTRIES[:-1]} & set(read)


def test_an_english_sentence_is_heard_by_the_japanese_words_that_its_own_lead_to() -> None:
    asked = towns()["hokota"].library.ready("Will the plan be revised later?")
    assert {"計画", "見直し"} <= set(asked.searched.split())


def test_an_english_word_that_nothing_means_counts_as_unknown() -> None:
    library = towns()["hokota"].library
    told, strange = library.ready("what is the plan for my children"), library.ready("plan a birthday for my children")
    assert "birthday" in strange.searched
    assert strange.unknown > told.unknown
