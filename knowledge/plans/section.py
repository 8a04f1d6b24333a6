"""A heading of a plan with what stands under it."""

from dataclasses import dataclass, field

from knowledge.plans.blocks import Block
from knowledge.plans.marks import Mark


@dataclass
class Section:
    """A heading with what stands under it; `name` is the title without its mark.

    `implied` where only the table of contents names it; `facet` where it is a part of a measure.
    """

    title: str
    path: tuple[str, ...]
    rank: int
    line: int
    mark: Mark | None = None
    parent: int = -1
    depth: int = 0
    implied: bool = False
    facet: str = ""
    name: str = ""
    blocks: list[Block] = field(default_factory=list)
    children: list[int] = field(default_factory=list)
    headings: list[Block] = field(default_factory=list)

    @property
    def last(self) -> int:
        """The last line of what stands directly under the heading."""
        return self.blocks[-1].last if self.blocks else self.line
