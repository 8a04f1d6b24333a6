"""What the bot can say: a closed union of Answer, Choices, Unknown and Notice."""

from dataclasses import dataclass, field
from typing import Literal

from knowledge.entries import Facet

NoticeKind = Literal["emergency", "personal", "greeting", "help", "closed"]


@dataclass(frozen=True)
class Cited:
    """Where a part of an answer comes from."""

    title: str
    edition: str
    published: str
    period_to: str
    period_shown: bool
    section: str
    lines: str
    confirmed_on: str = ""
    address: str = ""


@dataclass(frozen=True)
class Part:
    """One facet of one entry, as it is said; `item` is the number of the one item asked for, 0 for all.

    `holds` answers whether a thing is in the list: yes, as `item`; no, but `item` is near; or no. None: not asked.
    in, too: in which list `item` stands, and that another stands there too.
    `easy` is the entry's やさしい日本語, with readings as 申請《しんせい》; "" where staff wrote none.
    """

    entry: str
    title: str
    kind: str
    facet: Facet
    sources: tuple[Cited, ...]
    item: int = 0
    easy: str = ""
    holds: Literal["yes", "near", "no", "in", "too"] | None = None


@dataclass(frozen=True)
class Choice:
    """One もしかして: a label and the part it leads to."""

    label: str
    part: Part


@dataclass(frozen=True)
class Answer:
    """One or two parts, each with its entry and sources; `half`: another question of the message stays unanswered."""

    parts: tuple[Part, ...]
    confidence: float
    followups: tuple[str, ...] = ()
    half: bool = False


@dataclass(frozen=True)
class Choices:
    """At most three near entries, and どれでもない."""

    choices: tuple[Choice, ...]
    confidence: float


@dataclass(frozen=True)
class Unknown:
    """An admission: what is not known, of which entry, what is known of it, and what is near.

    `reason` names the template's wording: `silent` (the plan leaves it open), `missing` (the facet asked for is not
    there), `elsewhere` (another town's matter), `nothing` (nothing found), `none_of_these`, `empty` (no question).
    """

    reason: Literal["silent", "missing", "elsewhere", "nothing", "none_of_these", "empty"]
    subject: str = ""
    missing: str = ""
    known: Part | None = None
    near: tuple[Choice, ...] = ()
    confidence: float = 0.0


@dataclass(frozen=True)
class Notice:
    """What is said before or instead of an answer: emergency, personal data, greeting, help, closed."""

    notice: NoticeKind
    wording: str
    message: str = ""
    choices: tuple[Choice, ...] = field(default=())
    confidence: float = 1.0


Reply = Answer | Choices | Unknown | Notice
