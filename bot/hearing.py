"""What is heard of a message before anything is looked up: a crisis, personal data, and the question that remains."""

from dataclasses import astuple, dataclass
from typing import Any

from bot.markup import without_markup
from bot.masking import mask
from bot.safety import Crisis, crisis


@dataclass(frozen=True)
class Heard:
    """A message as it may be answered: `kept` is masked and may be stored, `question` is what is left to answer."""

    kept: str
    question: str
    personal: bool = False
    danger: Crisis | None = None

    def to_json(self) -> dict[str, Any]:
        """What may be stored and answered later; a crisis was told from the whole message, not from the masked one."""
        question = self.question if self.personal else self.kept
        danger = list(astuple(self.danger)) if self.danger else None
        return {"kept": self.kept, "question": question, "personal": self.personal, "danger": danger}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Heard":
        """A message from `to_json`."""
        danger = Crisis(*value["danger"]) if value["danger"] else None
        return cls(value["kept"], value["question"], value["personal"], danger)


def hear(message: str) -> Heard:
    """Listens to a message; never raises on any text."""
    words = without_markup(message)
    masked = mask(words)
    personal = bool(masked.kinds)
    return Heard(masked.text, masked.rest if personal else words, personal, crisis(words))
