"""Entries by what they are called: who speaks of whom, and what is offered while somebody types."""

from knowledge.called import Called, names_in
from knowledge.entries import EntryContent
from tests.bot.sample import sample_town

CONTENTS = {key: entry.content for key, entry in sample_town().library.entries.items()}
CALLED = Called(CONTENTS)


def renamed(title: str, *aliases: str, about: str = "", text: str = "") -> EntryContent:
    """An entry of this name of which one facet says the text."""
    content = next(iter(CONTENTS.values()))
    facet = content.facets[0].model_copy(update={"about": about, "text": text})
    return content.model_copy(update={"title": title, "aliases": aliases, "reading": "", "facets": (facet,)})


FAMILY = Called(
    {
        "card": renamed("マイナンバーカード", "マイナカード"),
        "counter": renamed("マイナンバーカードの窓口"),
        "health": renamed("健康保険証", about="マイナカード"),
        "news": renamed("広報紙", text="マイナンバーカードの特集です。"),
        "park": renamed("公園"),
    }
)


def test_kin_are_those_that_speak_of_it_by_title_then_by_part_then_in_their_text() -> None:
    assert FAMILY.kin("card") == ("counter", "health", "news")
    assert FAMILY.kin("park") == ()


def test_who_is_named_in_a_title_is_kin_of_it_too() -> None:
    assert FAMILY.kin("counter") == ("card",)


def test_a_title_with_a_bracket_is_also_called_without_it() -> None:
    assert dict(names_in(renamed("電子申請（オンライン）", "e申請"))) == {
        "電子申請（オンライン）": "",
        "電子申請": "",
        "e申請": "",
    }


def test_what_begins_with_the_typed_letters_comes_first() -> None:
    assert FAMILY.suggest("マイナンバー", 5) == ["マイナンバーカードの窓口", "マイナンバーカード"]
    assert FAMILY.suggest("保険", 5) == ["健康保険証"]
    assert FAMILY.suggest("", 5) == []


def test_every_entry_of_a_town_is_suggested_by_its_title() -> None:
    for content in CONTENTS.values():
        assert content.title in CALLED.suggest(content.title, len(CONTENTS))
