"""Plans that staff handed in are read one after the other, by whichever process comes first, and never in a request.

The table is the queue: a reading is held for as long as a document may take; where its process died meanwhile,
another one begins again, twice at the most.
"""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from pydantic import TypeAdapter
from sqlalchemy import Engine, or_, update
from sqlmodel import Session, col, select

from knowledge import store
from knowledge.models import Town
from knowledge.plan_models import PlanExamination, PlanUpload
from knowledge.plans import isolation
from knowledge.plans.isolation import LIMITS, Examined
from knowledge.plans.refusals import Refusal, UnreadablePlan

HELD = timedelta(seconds=LIMITS.seconds + 30)
MOST_ATTEMPTS = 3
TOLD_EVERY = 1.0  # seconds between two notes of the progress: each is a write


class Reading(StrEnum):
    """Where a plan stands."""

    WAITING = "waiting"
    READING = "reading"
    READ = "read"
    REFUSED = "refused"


@dataclass(frozen=True)
class Status:
    """How far a plan was read: `done` of `pages` (0 where not known), and the sentence where it was refused."""

    state: Reading
    done: int
    pages: int
    refusal: str

    @property
    def is_under_way(self) -> bool:
        """Whether there is something to wait for."""
        return self.state in (Reading.WAITING, Reading.READING)


@dataclass(frozen=True)
class _Job:
    upload_id: int
    name: str
    content: bytes
    town: str


class Stopping(Exception):
    """The process ends: the plan is left to be read by the next one."""


def ask_for(session: Session, upload_id: int) -> None:
    """The plan is to be read."""
    session.add(PlanExamination(upload_id=upload_id, state=Reading.WAITING))
    session.flush()


def status_of(session: Session, upload_id: int) -> Status:
    """How far a plan is, without its contents; a plan that nobody asked for waits for ever."""
    kept = PlanExamination
    columns = select(kept.state, kept.done, kept.pages, kept.refusal).where(kept.upload_id == upload_id)
    found = session.exec(columns).first()
    return Status(Reading(found[0]), *found[1:]) if found else Status(Reading.WAITING, 0, 0, "")


def examined(session: Session, upload_id: int) -> Examined | None:
    """The plan as it was read, None while it is not."""
    kept = session.get(PlanExamination, upload_id)
    if kept is None or kept.state != Reading.READ:
        return None
    return TypeAdapter(Examined).validate_python({"document": kept.document, "findings": kept.findings})


def read_next(engine: Engine, is_stopping: Callable[[], bool] = lambda: False) -> bool:
    """Reads the plan that waits longest; False where none waits. Raises Stopping, and what the store raises."""
    job = _claim(engine, datetime.now(UTC))
    if job is None:
        return False
    try:
        found = isolation.examine(job.name, job.content, job.town, _teller(engine, job.upload_id, is_stopping))
    except UnreadablePlan as refused:
        _note(engine, job.upload_id, state=Reading.REFUSED, refusal=str(refused))
    except Stopping:
        _note(engine, job.upload_id, state=Reading.WAITING, attempts=0)
        raise
    else:
        keep(engine, job.upload_id, found)
    return True


def keep(engine: Engine, upload_id: int, found: Examined) -> None:
    """Keeps what was read, unless staff deleted the plan meanwhile."""
    values = {"document": asdict(found.document), "findings": asdict(found.findings)}
    _note(engine, upload_id, state=Reading.READ, **values)


def _claim(engine: Engine, now: datetime) -> _Job | None:
    """The next plan, held for this process; one that ended three processes is given up."""
    kept = PlanExamination
    free = or_(col(kept.state) == Reading.WAITING, (col(kept.state) == Reading.READING) & (col(kept.held_until) < now))
    with store.reading(engine) as session:  # most often nothing waits, and a writer would be in others' way
        if session.exec(select(kept.upload_id).where(free).limit(1)).first() is None:
            return None
    with store.writing(engine) as session:
        first = select(kept).where(free).order_by(col(kept.upload_id)).with_for_update(skip_locked=True)
        found = session.exec(first).first()
        if found is None:
            return None
        upload = session.get_one(PlanUpload, found.upload_id)
        if found.attempts >= MOST_ATTEMPTS:
            found.state, found.refusal = Reading.REFUSED, str(UnreadablePlan(Refusal.FAILED, upload.name))
            return None
        found.state, found.held_until, found.attempts = Reading.READING, now + HELD, found.attempts + 1
        found.done = found.pages = 0
        return _Job(found.upload_id, upload.name, upload.content, session.get_one(Town, upload.town_id).name)


def _teller(engine: Engine, upload_id: int, is_stopping: Callable[[], bool]) -> Callable[[int, int], None]:
    told = 0.0

    def tell(done: int, pages: int) -> None:
        nonlocal told
        if is_stopping():
            raise Stopping
        if time.monotonic() - told >= TOLD_EVERY:
            told = time.monotonic()
            _note(engine, upload_id, done=done, pages=pages)

    return tell


def _note(engine: Engine, upload_id: int, **values: object) -> None:
    with store.writing(engine) as session:
        session.exec(update(PlanExamination).where(col(PlanExamination.upload_id) == upload_id).values(**values))
