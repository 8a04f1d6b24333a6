"""How a page is declared: its address, the least role that may use it and, where it changes something, the action.

A view is `def view(desk: Desk) -> Response`. A file of `admin/views/` makes one `Pages`, and `views/__init__.py`
lists them; an address under `/towns/{town}` is the town's own, and of no use to another town's staff.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.responses import Response

from admin.desk import Desk
from admin.roles import Door, Role

View = Callable[[Desk], Response]
MOST_BODY = 1_048_576  # bytes: a long entry with all its facets, several times over
TOWN = "/towns/{town}"


@dataclass(frozen=True)
class Declared:
    """One route: who may use it, what the audit log calls it, how great its body may be."""

    method: str
    path: str
    least: Role | Door
    view: View
    action: str = ""
    most_body: int = MOST_BODY


@dataclass
class Pages:
    """A group of pages."""

    declared: list[Declared] = field(default_factory=list)

    def get(self, path: str, least: Role | Door) -> Callable[[View], View]:
        """A page that only shows; on SQLite and PostgreSQL its session cannot write."""

        def declare(view: View) -> View:
            self.declared.append(Declared("GET", path, least, view))
            return view

        return declare

    def post(self, path: str, least: Role | Door, *, action: str, most_body: int = MOST_BODY) -> Callable[[View], View]:
        """A form's address; what it does is audited as `action` (a key of `data/actions.yaml`) by itself."""

        def declare(view: View) -> View:
            self.declared.append(Declared("POST", path, least, view, action, most_body))
            return view

        return declare
