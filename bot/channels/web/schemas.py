"""What the HTTP API takes and says: the bodies' shapes, in the contract's words."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from knowledge.entries import FacetName

LONGEST_TEXT = 2_000  # characters
LONGEST_REASON = 500


class Problem(BaseModel):
    """An error, in a resident's words."""

    error: str = Field(description="a stable key")
    message: str = Field(description="what to do, in plain Japanese")


class Strict(BaseModel):
    """A body that knows no other field than its own."""

    model_config = ConfigDict(extra="forbid")


class ChoiceTaken(Strict):
    """A もしかして taken: the turn that offered it, and its number; 0 is どれでもない."""

    turn: int = Field(ge=1, le=1_000_000, strict=True)
    number: int = Field(ge=0, le=3, strict=True)


class AskBody(Strict):
    """One message: a text, a choice, or a facet of the entry last spoken of."""

    text: str | None = Field(default=None, min_length=1, max_length=LONGEST_TEXT)
    choice: ChoiceTaken | None = None
    facet: FacetName | None = None
    conversation: str | None = Field(default=None, max_length=64)

    @model_validator(mode="after")
    def _is_one_message(self) -> Self:
        if sum(part is not None for part in (self.text, self.choice, self.facet)) != 1:
            raise ValueError("text, choice, facet: exactly one")
        return self


class SourceSaid(BaseModel):
    """Where a part comes from."""

    title: str
    edition: str
    published: str
    section: str
    lines: str
    address: str = Field(description="where the document can be read, if staff entered it; else empty")


class PartSaid(BaseModel):
    """One facet of one entry."""

    entry: str
    facet: str
    body: str
    sources: list[SourceSaid]
    easy: str = Field(description="やさしい日本語 that staff wrote, readings as 申請《しんせい》; else empty")


class ChoiceSaid(BaseModel):
    """One choice and the answer that it leads to."""

    label: str
    body: str
    text: str


class ReplySaid(BaseModel):
    """A reply, with the conversation to go on with and the number of this turn."""

    kind: Literal["answer", "choices", "unknown", "notice"]
    notice: Literal["emergency", "personal", "greeting", "help", "closed"] | None
    body: str
    text: str
    parts: list[PartSaid]
    confidence: float
    choices: list[ChoiceSaid]
    followups: list[str]
    masked: bool
    conversation: str
    turn: int


class Look(BaseModel):
    """What a conversation with a town begins with; what staff did not enter is empty."""

    id: str
    name: str
    office: str = Field(description="whom to turn to: 町役場, 市役所")
    greeting: str
    notice: str = Field(description="what the town wants said at the top, such as holidays")
    topics: list[str] = Field(description="questions to begin with, each to be asked as it stands")
    telephone: str
    opening_hours: str
    closed: str = Field(description="what residents are told while the service is closed; empty while it is open")
    colour: str = Field(description="#rrggbb; empty for ours")
    page: str = Field(description="address of the page that needs no script")
    privacy: str = Field(description="address of what is kept of residents")


class SuggestBody(Strict):
    """What was typed so far; never stored."""

    q: str = Field(max_length=200)


class Suggestions(BaseModel):
    """Names of entries that begin or sound like what was typed."""

    suggestions: list[str]


class FeedbackBody(Strict):
    """A vote on a turn; a second one replaces the first."""

    conversation: str = Field(pattern=r"^[0-9a-f]{32}$")
    turn: int = Field(ge=1, le=1_000_000, strict=True)
    helpful: bool = Field(strict=True)
    reason: str | None = Field(default=None, max_length=LONGEST_REASON)
