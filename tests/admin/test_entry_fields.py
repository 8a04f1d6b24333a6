"""The form of an entry: whatever an entry holds, its form sent untouched is the same entry."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin import entry_fields
from admin.entry_fields import as_form, fields_of
from knowledge.bundled import TOWNS, read_town
from knowledge.entries import EntryContent, Facet, FacetName, Kind, ScheduleRow
from tests.bot.sample import sample_town

LINE = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)
FACETS = st.builds(
    Facet,
    name=st.sampled_from([name for name in FacetName if name is not FacetName.FIGURE]),
    about=LINE,
    text=LINE,
    items=st.lists(LINE, max_size=3, unique=True),
    rows=st.lists(st.builds(ScheduleRow, item=LINE, years=st.dictionaries(st.just("R6"), LINE)), max_size=2),
    departments=st.lists(LINE, max_size=2, unique=True),
    section=LINE,
    silent=st.booleans(),
    phrasings=st.lists(LINE, max_size=3, unique=True),
)
ENTRIES = st.builds(
    EntryContent,
    id=st.just("x"),
    kind=st.sampled_from(Kind),
    title=LINE,
    aliases=st.lists(LINE, max_size=3, unique=True),
    phrasings=st.lists(LINE, max_size=3, unique=True),
    easy=LINE,
    facets=st.lists(FACETS, min_size=1, max_size=3, unique_by=lambda facet: (facet.name, facet.about)),
)


@given(ENTRIES)
def test_a_form_sent_untouched_is_the_same_entry(content: EntryContent) -> None:
    form = as_form(fields_of(content))
    assert entry_fields.read(form, "x") == content and not form.problems


@pytest.mark.parametrize(
    "folder", sorted(path.parent for path in TOWNS.glob("*/town.yaml")), ids=lambda path: path.name
)
def test_every_bundled_entry_fits_into_the_form(folder: Path) -> None:
    for located in read_town(folder).entries:
        form = as_form(fields_of(located.content))
        assert entry_fields.read(form, located.content.id) == located.content, form.problems


def test_a_facet_in_the_middle_goes_and_the_others_keep_their_words() -> None:
    content = sample_town().library.entries["smartphone-class"].content
    form = as_form(entry_fields.without_facet(as_form(fields_of(content)), 1))
    kept = entry_fields.read(form, content.id)
    assert kept and kept.facets == (content.facets[0], content.facets[2])


def test_there_is_an_end_to_facets() -> None:
    form = as_form({entry_fields.COUNT: ("99999",)})
    assert entry_fields.count(form) == entry_fields.MOST_FACETS
    assert entry_fields.with_facet(form) == form.fields


@pytest.mark.parametrize(
    ("field", "value", "at"),
    [
        ("facet-0-name", "figure", "facet-0-as_of"),
        ("facet-0-rows", "教室｜R6", "facet-0-rows"),
        ("facet-0-rows", "教室｜X6=開催", "facet-0-rows"),
        ("facet-1-name", "actions", "facet-1-about"),
        ("facet-0-section", " ", "facet-0-section"),
        ("phrasings", "あ" * 201, "phrasings"),
        ("kind", "novel", "kind"),
        ("facets", "0", "title"),
    ],
)
def test_each_problem_stands_at_its_field(field: str, value: str, at: str) -> None:
    content = sample_town().library.entries["smartphone-class"].content
    form = as_form({**fields_of(content), field: (value,)})
    assert entry_fields.read(form, content.id) is None
    assert list(form.problems) == [at]
