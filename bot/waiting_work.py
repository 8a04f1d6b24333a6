"""What waits in the store, as numbers for whoever watches the installation: how many, and how old the oldest is."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import ColumnElement, Engine, func
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from knowledge import store
from knowledge.line_models import LineEvent
from knowledge.models import Handled, Inquiry

MOST_SECONDS = 3.0  # a scrape waits no longer for the store
COUNTED = {
    "annai_inbox": (Inquiry, col(Inquiry.handled) == Handled.OPEN, col(Inquiry.created_at)),
    "annai_line_events": (LineEvent, col(LineEvent.ended_at).is_(None), col(LineEvent.received_at)),
}
SAID = {
    "annai_inbox": "Inquiries that no clerk has handled yet",
    "annai_line_events": "Stored webhook events that have not ended yet",
}


class WaitingWork(Collector):
    """Asks the store at each scrape: the same numbers come from any process, so one of them is asked."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The numbers by town; while the store is away, that it is."""
        try:
            with store.reading(self.engine, MOST_SECONDS) as session:
                found = [family for name in COUNTED for family in _families(session, name, datetime.now(UTC))]
        except SQLAlchemyError:
            found = []
        up = 1 if found else 0
        yield GaugeMetricFamily("annai_store_up", "1 where the store answered this scrape, 0 while it is away", up)
        yield from found


def _families(session: Session, name: str, now: datetime) -> tuple[GaugeMetricFamily, GaugeMetricFamily]:
    number = GaugeMetricFamily(f"{name}_open", SAID[name], labels=["town"])
    age = GaugeMetricFamily(f"{name}_oldest_seconds", f"{SAID[name]}: the age of the oldest", labels=["town"])
    table, is_open, at = COUNTED[name]
    for town, count, oldest in _counts(session, table, is_open, at):
        number.add_metric([town], count)
        age.add_metric([town], max(0.0, (now - oldest).total_seconds()))
    return number, age


def _counts(session: Session, table: Any, is_open: ColumnElement[bool], at: Any) -> list[tuple[str, int, datetime]]:
    counted = select(table.town_id, func.count(), func.min(at)).where(is_open).group_by(table.town_id)
    return [(town, count, oldest) for town, count, oldest in session.exec(counted)]
