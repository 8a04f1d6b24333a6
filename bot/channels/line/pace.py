"""How fast one talk may go: whoever sends more than anybody types is told once, and then not answered for a while."""

from datetime import timedelta

from sqlalchemy import Engine, and_, func, or_
from sqlmodel import col, select

from bot.channels.line.events import ERASING
from bot.channels.line.intake import TOKEN_END
from knowledge import store
from knowledge.line_models import LineEvent

WITHIN = timedelta(minutes=1)
MOST = 30  # events of a resident or a group in that time: our own bound, LINE names none; a quick talk has ten


def just_before(engine: Engine, event: LineEvent) -> int:
    """How many events of the same talk came in the minute before this one; no more than MOST + 1 are counted.

    Counted from the inbox, so that every process comes to the same number, also after a crash.
    """
    earlier = or_(
        col(LineEvent.sent_at) < event.sent_at,
        and_(col(LineEvent.sent_at) == event.sent_at, col(LineEvent.id) < event.id),
    )
    counted = (
        select(LineEvent.id)
        .where(
            LineEvent.town_id == event.town_id,
            LineEvent.talk == event.talk,
            earlier,
            col(LineEvent.sent_at) > event.sent_at - TOKEN_END,  # older ones cannot be answered: the index ends there
            col(LineEvent.received_at) > event.received_at - WITHIN,
            col(LineEvent.kind).not_in([kind.value for kind in ERASING]),
        )
        .limit(MOST + 1)
    )
    with store.reading(engine) as session:
        return session.exec(select(func.count()).select_from(counted.subquery())).one()
