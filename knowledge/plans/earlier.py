"""The editions that a plan can be compared with: what was taken in before, and what else waits here, read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlmodel import Session, col, select

from knowledge.plan_models import PlanExamination, PlanUpload
from knowledge.plans.examinations import Reading
from knowledge.plans.findings import Findings
from knowledge.plans.importing import findings_of, imports


@dataclass(frozen=True)
class Earlier:
    """An edition by a key of its own, with its file's name, when it was taken in or handed in, and what it holds."""

    key: str
    name: str
    at: datetime
    findings: Findings


def earlier(session: Session, town_id: str, upload_id: int, found: Findings) -> Sequence[Earlier]:
    """What `found`, of that upload, can be compared with: imports first, the newest first; never the same plan again.

    A file's name says nothing: the next edition is often called the same.
    """
    taken_in = [
        Earlier(f"import-{one.id}", one.name, one.created_at, findings_of(one)) for one in imports(session, town_id)
    ]
    return [one for one in (*taken_in, *_waiting(session, town_id, upload_id)) if one.findings != found]


def _waiting(session: Session, town_id: str, upload_id: int) -> list[Earlier]:
    """The town's other plans that were read and not yet all taken in."""
    statement = (
        select(PlanUpload.id, PlanUpload.name, PlanUpload.created_at, PlanExamination.findings)
        .join(PlanExamination, col(PlanExamination.upload_id) == PlanUpload.id)
        .where(PlanUpload.town_id == town_id, PlanUpload.id != upload_id, PlanExamination.state == Reading.READ)
        .order_by(col(PlanUpload.id).desc())
    )
    reader = TypeAdapter(Findings)
    return [
        Earlier(f"upload-{number}", name, at, reader.validate_python(findings))
        for number, name, at, findings in session.exec(statement)
    ]
