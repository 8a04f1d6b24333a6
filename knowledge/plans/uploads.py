"""Plans that staff hand in: kept in the store until they are imported, thirty days at the most."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import PurePath

from sqlalchemy import delete
from sqlmodel import Session, col, select

from knowledge.plan_models import PlanUpload
from knowledge.plans.isolation import LIMITS
from knowledge.plans.refusals import Refusal, UnreadablePlan
from knowledge.revisions import NotThere

KEPT = timedelta(days=30)
LONGEST_NAME = 120


def keep_upload(session: Session, town_id: str, name: str, content: bytes, *, by: str) -> PlanUpload:
    """A file as it was handed in, under its own name without folders; raises UnreadablePlan where it is too large."""
    bare = PurePath(name.replace("\\", "/")).name[-LONGEST_NAME:] or "計画"
    if len(content) > LIMITS.file_bytes:
        raise UnreadablePlan(Refusal.TOO_LARGE, bare)
    upload = PlanUpload(town_id=town_id, name=bare, content=content, by=by, created_at=datetime.now(UTC))
    session.add(upload)
    session.flush()
    return upload


def uploads(session: Session, town_id: str) -> Sequence[tuple[int | None, str, str, datetime]]:
    """Number, name, who and when of a town's files, newest first, without their contents."""
    statement = select(PlanUpload.id, PlanUpload.name, PlanUpload.by, PlanUpload.created_at)
    return session.exec(statement.where(PlanUpload.town_id == town_id).order_by(col(PlanUpload.id).desc())).all()


def upload(session: Session, town_id: str, number: int) -> PlanUpload:
    """One file of this town; raises NotThere."""
    found = session.get(PlanUpload, number)
    if found is None or found.town_id != town_id:
        raise NotThere("そのファイルはもうありません。もう一度、計画のファイルを選んでください。")
    return found


def clear_upload(session: Session, town_id: str, number: int) -> None:
    """Deletes what a file held after an import; what was read of it stays until all is taken in, or thirty days."""
    upload(session, town_id, number).content = b""


def discard_upload(session: Session, town_id: str, number: int) -> None:
    """Deletes a file, after its import or because staff do not want it any more."""
    found = session.get(PlanUpload, number)
    if found is not None and found.town_id == town_id:
        session.delete(found)


def purge_uploads(session: Session, now: datetime) -> int:
    """Deletes files older than thirty days; how many."""
    return session.exec(delete(PlanUpload).where(col(PlanUpload.created_at) < now - KEPT)).rowcount
