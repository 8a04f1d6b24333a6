"""A town office for the tests: the internal app on a real port, two towns, and clerks who use it over HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pyotp
from fastapi import FastAPI
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from admin import accounts, cookies, keys, secondfactor, sessions
from admin.app import create_app
from admin.roles import Role
from bot.settings import Settings
from knowledge import exam, loading, publishing, store
from knowledge.accounts import AuditRow, Staff
from knowledge.curation import EntryFile, InboxRule, TestQuestion
from knowledge.days import today
from knowledge.entries import EntryContent, Facet, FacetName, Kind
from knowledge.exchange import files, imports
from knowledge.exchange import handed_in as exchanged
from knowledge.exchange.files import Format
from knowledge.models import (
    Department,
    Entry,
    Handled,
    Inquiry,
    LexiconGroup,
    Source,
    Town,
    Why,
)
from knowledge.plan_models import PlanExamination, PlanImport, PlanUpload
from knowledge.plans import uploads
from knowledge.plans.document import Document, Line
from knowledge.plans.examinations import Reading
from tests.admin.page import Page, checked
from tests.bot.server import BOUND, KEY, listening_alone, serving, write_sample
from tests.knowledge.plans.sample import FOUND

PASSWORD = "みどりの自転車と雨の日の図書館"
SECRET = pyotp.random_base32()
OTHER = "other"


@dataclass
class Clerk:
    """A person at a browser: every page they see is checked."""

    http: httpx.Client
    staff: Staff | None = None
    page: Page | None = None

    def get(self, path: str, status: int = 200) -> Page:
        """Opens a page; follows redirects."""
        return self._arrive(self.http.get(path), status)

    def send(self, path: str, status: int = 200, on: str = "", files: Any = None, **fields: str | list[str]) -> Page:
        """Fills in the form for `path` on the page at hand (or on the page `on`) and sends it."""
        if on:
            self.get(on)
        assert self.page is not None
        return self.post(path, {**self.page.form(path), **fields}, status, files)

    def post(self, path: str, fields: dict[str, Any], status: int = 200, files: Any = None) -> Page:
        """Sends fields as they are."""
        return self._arrive(self.http.post(path, data=fields, files=files), status)

    def _arrive(self, response: httpx.Response, status: int) -> Page:
        assert response.status_code == status, f"{response.url}: {response.status_code}\n{response.text[-2000:]}"
        self.page = checked(response)
        return self.page

    def sign_in(self, town: str, login: str, password: str = PASSWORD, status: int = 200, **more: str) -> Page:
        """Types name and password."""
        return self.send("/sign-in", status, on="/sign-in", town=town, login=login, password=password, **more)


@dataclass
class Office:
    """The running app, its store, and the people in it."""

    engine: Engine
    app: FastAPI
    address: str
    _clients: list[httpx.Client] = field(default_factory=list)

    def browser(self, **headers: str) -> Clerk:
        """A fresh browser, nobody signed in."""
        client = httpx.Client(
            base_url=self.address, timeout=BOUND, follow_redirects=True, headers={"Origin": self.address, **headers}
        )
        self._clients.append(client)
        return Clerk(client)

    def hire(
        self, login: str, role: Role, town: str | None = "sample", *, password: str = "", totp: bool = True
    ) -> Staff:
        """A person with an account, with a second factor where the role asks for one."""
        with store.writing(self.engine) as session:
            staff = accounts.add(session, town, login, login, role, datetime.now(UTC))
            if password:
                accounts.change_password(session, staff, password)
            if totp and role not in (Role.VIEWER, Role.EDITOR):
                staff.totp = keys.sealed(KEY.encode(), secondfactor.PURPOSE, SECRET)
        return staff

    def clerk(self, role: Role, town: str | None = "sample", login: str = "") -> Clerk:
        """Somebody of a role, signed in (by the server's own function: Argon2 for each would take long)."""
        staff = self.hire(login or f"{role}-{town or 'all'}", role, town)
        browser = self.browser()
        browser.staff = staff
        self.sign_in_again(browser)
        return browser

    def samples(self, town: str) -> dict[str, str]:
        """Values for the variable parts of addresses, each of something that is there."""
        with store.writing(self.engine) as session:
            staff = accounts.by_name(session, town, "sample") or accounts.add(
                session, town, "sample", "見本さん", Role.VIEWER, datetime.now(UTC)
            )
            of_town = select(Department).where(Department.town_id == town, Department.name == "見本課")
            department = session.exec(of_town).first() or Department(town_id=town, name="見本課")
            session.add(department)
            entry = _sample_entry(session, town)
            words = session.exec(select(LexiconGroup).where(LexiconGroup.town_id == town)).first()
            group = words or LexiconGroup(town_id=town, words=["見本の言葉", "別の言葉"])
            session.add(group)
            session.flush()
            of_town_asked = select(TestQuestion).where(TestQuestion.town_id == town)
            question = session.exec(of_town_asked).first() or exam.keep_question(
                session, town, "見本の質問", entry="", by="見本さん", now=datetime.now(UTC)
            )
            rule = session.exec(select(InboxRule).where(InboxRule.town_id == town)).first() or InboxRule(
                town_id=town, question="見本の無視", handled="ignored", by="見本さん", at=datetime.now(UTC)
            )
            inquiry = session.exec(
                select(Inquiry).where(Inquiry.town_id == town, Inquiry.handled == Handled.OPEN)
            ).first() or Inquiry(
                town_id=town,
                question="プールはありますか",
                why=Why.UNKNOWN,
                visitor="v",
                day=today(),
                created_at=datetime.now(UTC),
            )
            session.add_all((rule, inquiry))
            period = {"period_from": "2024-04", "period_to": "2026-03"}
            source = session.get(Source, f"{town}-sample")
            session.add(source or Source(id=f"{town}-sample", town_id=town, title="見本の資料", **period))
            session.flush()
            handed = handed_in(session, town)
        return handed | {
            "topic": "plans",
            "source": f"{town}-sample",
            "staff": str(staff.id),
            "department": str(department.id),
            "entry": entry,
            "group": str(group.id),
            "token": "no-such-link",
            "question": str(question.id),
            "rule": str(rule.id),
            "inquiry": str(inquiry.id),
        }

    def staff(self, login: str, town: str | None = "sample") -> Staff:
        """An account as it stands."""
        with store.reading(self.engine) as session:
            found = accounts.by_name(session, town, login)
        assert found
        return found

    def town(self, town: str = "sample") -> Town:
        """A town as it stands."""
        with store.reading(self.engine) as session:
            return session.get_one(Town, town)

    def sign_in_again(self, clerk: Clerk) -> None:
        """A new session for somebody, in the same browser."""
        assert clerk.staff
        with store.writing(self.engine) as session:
            token = sessions.begin(session, session.get_one(Staff, clerk.staff.id), datetime.now(UTC), code_given=True)
        clerk.http.cookies.set(cookies.SESSION, token)

    def audited(self) -> list[str]:
        """The actions in the audit log, oldest first."""
        with store.reading(self.engine) as session:
            return list(session.exec(select(AuditRow.action).order_by(col(AuditRow.id))))

    def close(self) -> None:
        """Closes the browsers."""
        for client in self._clients:
            client.close()


def _sample_entry(session: Session, town: str) -> str:
    """The id of a published entry of the town."""
    found = session.exec(select(Entry.key).where(Entry.town_id == town, col(Entry.published_number).is_not(None)))
    if key := next(iter(found), ""):
        return key.partition("/")[2]
    session.add(Source(id=f"{town}-plan", town_id=town, title="計画", period_from="2024-04", period_to="2026-03"))
    session.flush()
    facet = Facet(name=FacetName.DEFINITION, text="見本です。", section="第1章")
    content = EntryContent(id="mihon", kind=Kind.FAQ, title="見本", facets=(facet,))
    publishing.begin_entry(session, town, f"{town}-plan", content, author="見本さん")
    publishing.publish(session, f"{town}/mihon", 1)
    return "mihon"


def handed_in(session: Session, town: str) -> dict[str, str]:
    """A plan that was read, an import that can be taken back, and a file of entries; made where they are gone."""
    now = datetime.now(UTC)
    upload = session.exec(select(PlanUpload).where(PlanUpload.town_id == town)).first()
    if upload is None:
        upload = uploads.keep_upload(session, town, "見本計画.md", b"plan", by="見本さん")
        document = Document("見本計画.md", tuple(Line(number, f"{number}行目の文") for number in range(1, 150)))
        read = {"document": asdict(document), "findings": asdict(FOUND)}
        session.add(PlanExamination(upload_id=upload.id or 0, state=Reading.READ, **read))
    brought = session.exec(select(PlanImport).where(PlanImport.town_id == town)).first()
    if brought is None:
        brought = PlanImport(
            town_id=town, source_id="none", new_source=False, name="前の計画.md", by="", created_at=now
        )
        brought.findings = asdict(replace(FOUND, edition="第1版"))
        session.add(brought)
    file = session.exec(select(EntryFile).where(EntryFile.town_id == town)).first()
    if file is None:
        content = files.write(imports.current(session, town), Format.YAML)
        file = exchanged.keep_file(session, town, "項目.yaml", content, by="見本さん", now=now)
    session.flush()
    return {"upload": str(upload.id), "plan_import": str(brought.id), "file": str(file.id)}


def prepare(engine: Engine, root: Path) -> None:
    """The tables, the sample town and another one."""
    store.migrate(engine)
    loading.load_all(engine, write_sample(root))
    with store.writing(engine) as session:
        session.add(Town(id=OTHER, name="隣町", reading="となりまち", prefecture="見本県", office="町役場"))


@contextmanager
def running(engine: Engine, *, ready: bool = True) -> Iterator[Office]:
    """The internal app over a store that `prepare` filled, with its towns loaded unless `ready` is false."""
    app = create_app(engine, Settings(secret_key=KEY))  # type: ignore[arg-type]
    with (serving if ready else listening_alone)(app) as client:
        office = Office(engine, app, str(client.base_url).rstrip("/"))
        yield office
        office.close()
