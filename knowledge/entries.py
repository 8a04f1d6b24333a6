"""What an entry holds: its facets with their sources, its phrasings, its other names."""

import re
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

ENTRY_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
YEAR = re.compile(r"(H|R)\d{1,2}")
LINES = re.compile(r"\d+(-\d+)?(, ?\d+(-\d+)?)*")


class Kind(StrEnum):
    """The kinds of entry (回答項目の種類)."""

    TERM = "term"
    MEASURE = "measure"
    PROCEDURE = "procedure"
    FIGURE = "figure"
    LIST = "list"
    PLAN = "plan"
    FAQ = "faq"


class FacetName(StrEnum):
    """The named parts of an entry (切り口)."""

    DEFINITION = "definition"
    SITUATION = "situation"
    GOAL = "goal"
    ACTIONS = "actions"
    SCHEDULE = "schedule"
    DEPARTMENT = "department"
    FIGURE = "figure"
    ITEMS = "items"
    HOW_TO = "how-to"


DEFAULT_FACETS: dict[Kind, tuple[FacetName, ...]] = {
    Kind.TERM: (FacetName.DEFINITION,),
    Kind.MEASURE: (FacetName.ACTIONS, FacetName.GOAL, FacetName.SITUATION),
    Kind.PROCEDURE: (FacetName.HOW_TO, FacetName.ACTIONS),
    Kind.FIGURE: (FacetName.FIGURE,),
    Kind.LIST: (FacetName.ITEMS,),
    Kind.PLAN: (FacetName.DEFINITION, FacetName.GOAL, FacetName.ACTIONS),
    Kind.FAQ: (FacetName.DEFINITION, FacetName.HOW_TO, FacetName.SITUATION),
}


class Strict(BaseModel):
    """A value that never changes and knows no other field than its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class ScheduleRow(Strict):
    """One line of a fiscal-year chart; a year whose cell the scan lost is left out."""

    item: str = Field(min_length=1)
    years: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _years_are_written_as_letter_and_number(self) -> Self:
        for year in self.years:
            if not YEAR.fullmatch(year):
                raise ValueError(f"年度「{year}」は R6 のように書いてください")
        return self


class Facet(Strict):
    """One named part of an entry, as a resident reads it, with the place it comes from."""

    name: FacetName
    about: str = ""
    text: str = Field(min_length=1)
    items: tuple[str, ...] = ()
    rows: tuple[ScheduleRow, ...] = ()
    departments: tuple[str, ...] = ()
    as_of: str = ""
    section: str = Field(min_length=1)
    lines: str = ""
    silent: bool = False
    phrasings: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_dated_and_sourced(self) -> Self:
        if self.name is FacetName.FIGURE and not self.silent and not self.as_of:
            raise ValueError("数値（figure）には時点（as_of）が要ります")
        if self.lines and not LINES.fullmatch(self.lines):
            raise ValueError(f"行「{self.lines}」は 120-133 のように書いてください")
        return self


class EntryContent(Strict):
    """One thing the town can answer about: all that a revision keeps of an entry.

    `easy` is やさしい日本語 that staff wrote, with readings as 申請《しんせい》.
    """

    id: str
    kind: Kind
    title: str = Field(min_length=1)
    reading: str = ""
    aliases: tuple[str, ...] = ()
    group: str = ""
    phrasings: tuple[str, ...] = ()
    easy: str = ""
    facets: tuple[Facet, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _has_a_stable_id_and_distinct_facets(self) -> Self:
        if not ENTRY_ID.fullmatch(self.id):
            raise ValueError(f"id「{self.id}」は小文字の英数字とハイフンで書いてください")
        seen = [(facet.name, facet.about) for facet in self.facets]
        if len(seen) != len(set(seen)):
            raise ValueError("同じ切り口が二つあります。about で区別してください")
        return self

    @property
    def default_facet(self) -> Facet:
        """The facet that answers a question which names none."""
        for name in DEFAULT_FACETS[self.kind]:
            for facet in self.facets:
                if facet.name is name and not facet.silent:
                    return facet
        return self.facets[0]


class DepartmentContent(Strict):
    """A department (担当課) that the plan names; contact details only from staff."""

    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()


class SourceContent(Strict):
    """One edition of a plan (出典); months as YYYY-MM."""

    id: str
    title: str
    edition: str = ""
    published: str = Field(default="", pattern=r"^(\d{4}-\d{2})?$")
    period_from: str = Field(pattern=r"^\d{4}-\d{2}$")
    period_to: str = Field(pattern=r"^\d{4}-\d{2}$")


class TownContent(Strict):
    """A town (自治体) with its plan and the departments that the plan names."""

    id: str
    name: str
    reading: str
    prefecture: str
    office: str
    source: SourceContent
    departments: tuple[DepartmentContent, ...] = ()
    scanning_errors: dict[str, str] = Field(default_factory=dict)
