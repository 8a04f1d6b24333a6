"""What a conversation remembers: the entries just spoken of, and the choices just offered."""

from dataclasses import asdict, dataclass
from typing import Any

KEPT_TURNS = 3


@dataclass(frozen=True)
class Spoken:
    """A facet that was said or offered: its entry's id, its name and what it is about."""

    entry: str
    facet: str
    about: str = ""


@dataclass(frozen=True)
class Context:
    """The last replies' facets, newest first, and the open choices; immutable, and plain enough for JSON.

    `ordinal` is the item that was said of a list, 0 for all of it; `asked` are the aspects of the last question, and
    `place` the number by which it called a thing (二つ目の基本方針), 0 for none.
    """

    spoken: tuple[Spoken, ...] = ()
    offered: tuple[Spoken, ...] = ()
    labels: tuple[str, ...] = ()
    ordinal: int = 0
    asked: tuple[str, ...] = ()
    place: int = 0

    def to_json(self) -> dict[str, Any]:
        """The context as JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any] | None) -> "Context":
        """A context from `to_json`; what cannot be read is forgotten."""
        try:
            value = value or {}
            return cls(
                spoken=tuple(Spoken(**s) for s in value.get("spoken", ())),
                offered=tuple(Spoken(**s) for s in value.get("offered", ())),
                labels=tuple(str(label) for label in value.get("labels", ())),
                ordinal=int(value.get("ordinal", 0)),
                asked=tuple(str(aspect) for aspect in value.get("asked", ())),
                place=int(value.get("place", 0)),
            )
        except (TypeError, ValueError):
            return cls()

    def after(self, spoken: tuple[Spoken, ...], ordinal: int = 0) -> "Context":
        """The context once these facets were said."""
        return Context(spoken=(spoken + self.spoken)[:KEPT_TURNS], ordinal=ordinal)

    def offering(self, offered: tuple[Spoken, ...], labels: tuple[str, ...]) -> "Context":
        """The context once these choices were offered."""
        return Context(spoken=self.spoken, offered=offered, labels=labels)
