"""What is searched: documents of a town or of any collection."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """What can be found: a title (or question), a text (or answer), and ways in which residents ask for it."""

    key: str
    title: str
    text: str
    phrasings: tuple[str, ...] = ()

    def field(self, name: str) -> str:
        """The text of a field by name."""
        return {"title": self.title, "text": self.text, "phrasings": "。".join(self.phrasings)}[name]

    def parts(self, name: str) -> tuple[str, ...]:
        """A field's texts one by one."""
        return self.phrasings if name == "phrasings" else (self.field(name),)
