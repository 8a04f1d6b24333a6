"""How long a PostgreSQL that says nothing is waited for: its own time limits do not run while it stands still."""

from collections.abc import Generator
from typing import Any, TypeVar

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import Engine, event

CONNECT_SECONDS = 5
PING_SECONDS = 2.0  # is a connection of the pool still good?
LONGEST_SECONDS = 60.0  # of a statement in `store.reading` and `store.writing`
SLACK_SECONDS = 1.0  # so that the server's own limit ends a slow statement first, and the connection stays good
# A peer that is gone without a word (power, cable, firewall) is noticed within half a minute, whatever waits for it.
ARGUMENTS = {
    "connect_timeout": CONNECT_SECONDS,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}
Result = TypeVar("Result")


class PatientConnection(psycopg.Connection[Any]):
    """A connection that waits `within` seconds for each answer, 0 for ever; after that it is closed.

    Raises psycopg.OperationalError like every other loss of a connection.
    """

    within: float = CONNECT_SECONDS  # for what a fresh connection is asked first

    def wait(self, gen: Generator[Any, Any, Result], interval: float = 0.1, timeout: float | None = None) -> Result:
        """What the server answers."""
        try:
            return super().wait(gen, interval, timeout or self.within or None)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:  # nothing came: what comes now is too late
                self.pgconn.finish()
            raise


def listen(engine: Engine) -> None:
    """Makes an engine's connections patient: for a ping a little, for what is then asked as long as `bound` says."""
    event.listen(engine, "do_connect", _connect)
    event.listen(engine, "checkout", _taken)
    event.listen(engine, "checkin", _given_back)


def bound(connection: Any, within: float) -> None:
    """Bounds each statement on a driver's connection to `within` seconds; 0 is LONGEST_SECONDS."""
    if isinstance(connection, PatientConnection):
        connection.within = within + SLACK_SECONDS if within else LONGEST_SECONDS


def _connect(_: Any, __: Any, given: list[Any], named: dict[str, Any]) -> PatientConnection:
    return PatientConnection.connect(*given, **named)


def _taken(connection: Any, *_: Any) -> None:
    """Who takes a connection bare (migrations, locks, backups) may wait for as long as it takes."""
    connection.within = 0.0


def _given_back(connection: Any, *_: Any) -> None:
    if connection is not None:
        connection.within = PING_SECONDS
