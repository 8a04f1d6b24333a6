"""How far a reader is: pages done of pages in all."""

from collections.abc import Callable

Progress = Callable[[int, int], None]


def silent(_done: int, _all: int) -> None:
    """For whoever does not want to know."""
