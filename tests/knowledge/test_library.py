"""A library made from the one before answers as one made from the start."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import lexicon, text, weights
from knowledge.bundled import TOWNS, read_town
from knowledge.library import KnownEntry, Library
from tests.bot.talking import towns

BUNDLED = read_town(TOWNS / "goka")
ENTRIES = [KnownEntry(one.content, BUNDLED.town.source) for one in BUNDLED.entries][:25]
SAID = ("ねこのしょうめいしょはどこ", "猫の証明書", "ﾊﾟｿｺﾝ教室", "wifiはどこ", "デジタル", "はい")
ASKED = ("ねこのしょうめいしょ", "すまほのつかいかた", "計画はいつまで", "パソコン教室", "wifi", "担当はどこ")


def made(entries: list[KnownEntry], before: Library | None = None) -> Library:
    return Library(BUNDLED.town, entries, lexicon.bundled(), weights.load("town"), before)


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
