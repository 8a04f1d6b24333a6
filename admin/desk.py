"""What a view has before it: who is signed in, of which town, the form, the store, and the ways to answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import Engine
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from admin import csrf, flash, guide, keeping, navigation, roles
from admin.forms import Form, sentence
from admin.reader import Reader
from admin.rendering import render
from admin.roles import Role
from admin.sessions import Signed
from bot.limits import Limiter
from bot.registry import Registry
from bot.settings import Settings
from bot.town import TownKnowledge
from bot.visitors import Network, address, is_trusted
from knowledge.accounts import Staff
from knowledge.models import Town


@dataclass
class Surroundings:
    """What the views need of the process they run in."""

    registry: Registry
    settings: Settings
    trusted: tuple[Network, ...]
    sign_ins: Limiter
    reader: Reader

    @property
    def engine(self) -> Engine:
        """The store's engine."""
        return self.registry.engine


class Forbidden(Exception):
    """The page is there, but not for this role."""

    def __init__(self, least: Role) -> None:
        super().__init__(sentence("forbidden", role=roles.label(least)))


class NotReady(Exception):
    """The page needs what residents are answered from, and the towns are still being loaded."""

    def __init__(self) -> None:
        super().__init__(sentence("not_ready"))


class Missing(Exception):
    """The page is not there, or not for this town's staff, which looks the same."""

    def __init__(self) -> None:
        super().__init__(sentence("missing"))


@dataclass
class Desk:
    """One request. `session` writes in a POST and only reads in a GET; `town` and `signed` are for reading."""

    request: Request
    around: Surroundings
    session: Session
    now: datetime
    form: Form
    device: str
    token: str = ""
    signed: Signed | None = None
    town: Town | None = None
    subject: str = ""
    detail: dict[str, Any] = field(default_factory=dict)
    was_refused: bool = False
    actor: Staff | None = None  # who did it, where the request itself signed them in
    afterwards: list[Callable[[], object]] = field(default_factory=list)  # once the changes are committed

    @property
    def who(self) -> Signed:
        """Who is signed in; only for routes that ask for it."""
        assert self.signed is not None  # noqa: S101  the entrance lets nobody else in
        return self.signed

    @property
    def here(self) -> Town:
        """The address's town; only for routes under `/towns/{town}`."""
        assert self.town is not None  # noqa: S101  the entrance found it
        return self.town

    @property
    def by(self) -> str:
        """Who does it, as revisions and publications keep it."""
        return self.who.staff.name

    @property
    def knowledge(self) -> TownKnowledge:
        """What the town's residents are answered from, as it was published when this request came.

        Raises NotReady while the process reads the towns for the first time.
        """
        registry = self.around.registry
        known = registry.towns.get(self.here.id)
        if known is None or known.revision != self.here.revision:
            if not registry.has_read:
                raise NotReady
            registry.refresh()  # the thread that watches the store comes a moment later
        return registry.towns[self.here.id]

    @property
    def key(self) -> bytes:
        """The installation's secret key."""
        return self.around.settings.key

    @property
    def path(self) -> Mapping[str, str]:
        """The variable parts of the address."""
        return self.request.path_params

    @property
    def query(self) -> Mapping[str, str]:
        """What stands behind the question mark."""
        return self.request.query_params

    @property
    def address(self) -> str:
        """The visitor's address."""
        peer = self.request.client.host if self.request.client else ""
        return address(peer, self.request.headers, self.around.trusted)

    @property
    def is_secure(self) -> bool:
        """Whether the browser speaks HTTPS, be it with us or with a trusted proxy before us."""
        peer = self.request.client.host if self.request.client else ""
        said = self.request.headers.get("x-forwarded-proto", "") if is_trusted(peer, self.around.trusted) else ""
        return (said or self.request.url.scheme) == "https"

    @property
    def own_address(self) -> str:
        """The scheme and host by which the browser reached us, for links that are handed over."""
        return f"{'https' if self.is_secure else 'http'}://{self.request.headers.get('host', '')}"

    @property
    def csrf(self) -> str:
        """The token for the forms of this page."""
        if self.signed and self.signed.staff.id:
            return csrf.make(self.key, self.token, self.signed.staff.id)
        return csrf.make(self.key, self.device)

    def own_town(self) -> Town:
        """The town, to be changed; held until the transaction ends."""
        return self.session.get_one(Town, self.here.id, with_for_update={"key_share": True})

    def about(self, subject: str, **detail: Any) -> None:
        """What the audit log says this request was about; never a resident's words."""
        self.subject, self.detail = subject, {**self.detail, **detail}

    def may(self, least: str) -> bool:
        """Whether who is signed in reaches a role; for templates that leave out what cannot be used."""
        return self.signed is not None and not self.signed.step and roles.may(self.signed.role, Role(least))

    def page(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A page from a template, which also knows desk, town, problems, typed and csrf_field."""
        known = {
            "desk": self,
            "town": self.town,
            "signed": self.signed,
            "problems": self.form.problems,
            "typed": self._typed,
            "csrf_field": Markup('<input type="hidden" name="{}" value="{}">').format(csrf.FIELD, self.csrf),
            "items": navigation.items(self),
            "flashed": flash.read(self.request, self.key),
            "help_path": guide.path_for(self.request.url.path),
        }
        page = HTMLResponse(render(template, **{**known, **values}), status)
        if known["flashed"]:
            flash.forget(page)
        return page

    def _typed(self, name: str, default: Any = "") -> str:
        return self.form.raw(name, "" if default is None else str(default))

    def refuse(self, template: str, problem: str = "", status: int = 422, **values: Any) -> HTMLResponse:
        """The form again, with its problems and everything that was typed; nothing is changed or audited."""
        self.was_refused = True
        self.session.rollback()
        return self.page(template, status, problem=problem, **values)

    def answer(self, template: str, **values: Any) -> HTMLResponse:
        """A page in answer to a form that changes nothing: what was typed stays, and nothing is audited."""
        self.was_refused = True
        return self.page(template, **values)

    def done(self, path: str, key: str = "", **values: object) -> Response:
        """Goes on to another page, where a sentence of `data/messages.yaml` says what was done."""
        response = RedirectResponse(path, 303)
        if key:
            flash.write(response, sentence(key, **values), self.key, secure=self.is_secure)
        return response

    def leave(self, path: str) -> Response:
        """Goes on to another page because there was nothing to do; nothing is audited."""
        self.was_refused = True
        return RedirectResponse(path, 303)

    def kept(self) -> str:
        """The sealed form that is carried through the sign-in; empty where there is none."""
        return self.form.raw(keeping.FIELD)
