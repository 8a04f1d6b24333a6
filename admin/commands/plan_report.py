"""What `annai plan` says to a person: Jinja2 templates in `reports/`, plain text."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from knowledge.plans.wording import month, row_said

LONGEST_SHOWN = 60


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "reports"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701
    )
    environment.filters |= {"month": month, "row_said": row_said, "shown": shown}
    return environment


def shown(text: str) -> str:
    """One line of at most sixty characters."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


def report(which: str, **said: object) -> str:
    """A report as text."""
    return _environment().get_template(f"{which}.j2").render(**said).strip()
