"""A reply in the contract's form, taken apart into what stands where in a bubble; no word is lost or added."""

import re
from dataclasses import dataclass
from typing import Any

from bot.town import TownKnowledge, facet_labels
from knowledge.entries import FacetName

SOURCE = "出典："
_NUMBERED = re.compile(r"[0-3]\. ")


@dataclass(frozen=True)
class Section:
    """One part of an answer: its entry's title ("" where it stood above already), its facet's label (where
    an entry has two of different names), what it says.
    """

    entry: str
    title: str
    label: str
    body: str


@dataclass(frozen=True)
class Shown:
    """What a reply says, from top to bottom; every text may be empty."""

    lead: str  # that personal data was masked, that only Japanese is answered
    sections: tuple[Section, ...]
    contacts: str
    sources: tuple[str, ...]
    choices: tuple[str, ...]
    none_offered: bool = False  # whether どれでもない stands under the choices


def shown(said: dict[str, Any], town: TownKnowledge) -> Shown:
    """The reply's text in its parts."""
    if said["kind"] == "answer":
        lead, _, rest = said["text"].partition(said["body"])
        contacts, _, sources = rest.partition("\n\n")
        return Shown(lead.strip(), _sections(said, town), contacts.strip(), tuple(sources.split("\n")), ())
    choices = tuple(choice["label"] for choice in said["choices"])
    lines = [line for line in said["text"].split("\n") if not (choices and _NUMBERED.match(line))]
    told, sources = _without_sources(lines)
    sections, rest = _admitted(told, said.get("known"), town)
    return Shown("", sections, rest, sources, choices, said["kind"] == "choices")


def _admitted(told: str, known: dict[str, Any] | None, town: TownKnowledge) -> tuple[tuple[Section, ...], str]:
    """The sections of what is no answer: what an admission knows under its entry's title; and what stands below."""
    if not known:
        return (Section("", "", "", told),), ""
    before, body, after = told.rpartition(known["body"])
    if not body:
        return (Section(known["entry"], "", "", told),), ""
    admission, _, lead = (before, "", "") if before.endswith("\n") else before.rpartition("\n\n")
    entry = town.library.entries.get(known["entry"])
    section = Section(known["entry"], entry.content.title if entry else "", "", lead + body)
    return (Section("", "", "", admission.strip()), section) if admission else (section,), after.strip()


def _sections(said: dict[str, Any], town: TownKnowledge) -> tuple[Section, ...]:
    sections: list[Section] = []
    told_apart = len({part["entry"] for part in said["parts"]}) < len({part["facet"] for part in said["parts"]})
    for part in said["parts"]:
        entry = town.library.entries.get(part["entry"])
        above = bool(sections) and sections[-1].entry == part["entry"]
        title = entry.content.title if entry and not above else ""
        label = facet_labels()[FacetName(part["facet"])] if told_apart else ""
        sections.append(Section(part["entry"], title, label, part["body"]))
    return tuple(sections)


def _without_sources(lines: list[str]) -> tuple[str, tuple[str, ...]]:
    """What is told, and the lines of the source's paragraph, which stands after it."""
    start = next((at for at, line in enumerate(lines) if line.startswith(SOURCE)), len(lines))
    end = next((at for at in range(start, len(lines)) if not lines[at]), len(lines))
    return "\n".join([*lines[:start], *lines[end:]]).strip(), tuple(lines[start:end])
