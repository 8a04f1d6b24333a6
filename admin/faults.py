"""What an operator can mend, in one sentence; anything else is a fault of ours and keeps its traceback."""

from sqlalchemy.exc import DatabaseError, OperationalError, ProgrammingError

from admin.causes import cause_of
from bot.settings import BadSetting
from knowledge.bundled import BrokenKnowledge
from knowledge.plans.importing import NothingImported
from knowledge.plans.refusals import UnreadablePlan
from knowledge.revisions import NotThere
from knowledge.semantic import SemanticError
from knowledge.store import BadAddress, BrokenReferences, UnknownTables

# Their own sentence says how.
SAY_IT = (
    BadAddress,
    BadSetting,
    BrokenKnowledge,
    BrokenReferences,
    UnknownTables,
    UnreadablePlan,
    NothingImported,
    NotThere,
    SemanticError,
)


def sentence(error: Exception) -> str | None:
    """The sentence for the operator, or None where the error is no one's to mend but ours."""
    if isinstance(error, SAY_IT):
        return str(error)
    if isinstance(error, ProgrammingError):
        first, *_ = str(error.orig).splitlines()
        return f"データベースの形が合いません（{first}）。annai doctor で確かめてください。"
    if isinstance(error, DatabaseError) and type(error) in (
        DatabaseError,
        OperationalError,
    ):  # of the place or the file; a kind of its own is our fault
        return f"データベースを使えません：{cause_of(error)}。"
    if isinstance(error, OSError):
        return f"ファイルやポートを使えません：{error.strerror or error}"
    return None
