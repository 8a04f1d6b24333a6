"""What a form sent: bounded, in one normal form, with a problem beside each field that cannot be taken."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from starlette.datastructures import UploadFile
from starlette.requests import Request

from knowledge.packaged import packaged

WORDS = Path(__file__).parent / "data" / "messages.yaml"
MOST_FIELDS = 2_000
MOST_FILES = 1
MOST_ROWS = 2**31  # of both databases' integers
MOST_DIGITS = len(str(MOST_ROWS))
# Full-width signs to plain ones, brackets apart: 「（内線12）」 is Japanese; and what a keyboard gives for a hyphen.
WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "（）"}
WIDE |= {ord("　"): ord(" ")} | dict.fromkeys(map(ord, "‐‑–—−ーｰ"), ord("-"))
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


@cache
def _sentences() -> dict[str, str]:
    words: dict[str, str] = packaged(WORDS)
    return words


def sentence(key: str, **values: object) -> str:
    """A sentence of `data/messages.yaml`."""
    return _sentences()[key].format(**values)


@dataclass(frozen=True)
class Upload:
    """A file that came with a form; its name is only shown, never used as a path."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Form:
    """The fields by name; reading one notes its problem, and the view asks for `problems` at the end."""

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    def raw(self, name: str, default: str = "") -> str:
        """A field as it was typed."""
        return self.fields.get(name, (default,))[-1]

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a field that may stand several times."""
        return self.fields.get(name, ())

    def text(self, name: str, *, most: int = 200, required: bool = False, lines: bool = False) -> str:
        """A field without spaces around it; too long, missing or (without `lines`) over several lines is a problem."""
        value = self.raw(name).strip()
        if required and not value:
            self.refuse(name, sentence("required"))
        elif len(value) > most:
            self.refuse(name, sentence("too_long", most=most, length=len(value)))
        elif not lines and "\n" in value:
            self.refuse(name, sentence("one_line"))
        return value

    def narrow(self, name: str, *, most: int = 200, required: bool = False, lines: bool = False) -> str:
        """A field of digits, Latin letters and marks: taken also as a Japanese keyboard types them, in full width."""
        return self.text(name, most=most, required=required, lines=lines).translate(WIDE)

    def one_of(self, name: str, values: Collection[str]) -> str:
        """A field that must be one of the values; the first problem of a forged form."""
        value = self.raw(name)
        if value not in values:
            self.refuse(name, sentence("choose"))
        return value

    def number(self, name: str, *, least: int, most: int) -> int:
        """A whole number within bounds; `least` where it is none."""
        number = row_number(self.raw(name).strip().translate(WIDE))
        if number is None or not least <= number <= most:
            self.refuse(name, sentence("number", least=least, most=most))
            return least
        return number

    def is_checked(self, name: str) -> bool:
        """Whether a box is ticked."""
        return self.raw(name) == "on"

    def refuse(self, name: str, problem: str) -> None:
        """Notes a problem of a field; the first one stays."""
        self.problems.setdefault(name, problem)


async def read_form(request: Request, most: int) -> Form:
    """The form of a request whose length was already bounded; starlette refuses too many parts with a 400."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() not in FORMS:
        return Form()
    async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=most) as sent:
        fields: dict[str, tuple[str, ...]] = {}
        files: dict[str, Upload] = {}
        for name, value in sent.multi_items():
            if isinstance(value, UploadFile):
                files[name] = Upload(value.filename or "", await value.read())
            else:
                fields[name] = (*fields.get(name, ()), normal(value))
        return Form(fields, files)


def row_number(text: str) -> int | None:
    """The number of a row as it stands in an address or a field; None for what can be none."""
    if not text.isdecimal() or len(text) > MOST_DIGITS:
        return None
    number = int(text)
    return number if number < MOST_ROWS else None


def normal(text: str) -> str:
    """One kind of line end; no zero bytes, which PostgreSQL refuses, and no lone surrogates."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return lines.encode("utf-8", "ignore").decode("utf-8")
