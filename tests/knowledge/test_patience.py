"""A PostgreSQL that stands still is given up in time, and the connection with it."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from knowledge import patience, store
from tests.faults import breaking

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
ONE = text("SELECT 1")


@pytest.fixture(autouse=True)
def _short_slack(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "SLACK_SECONDS", 0.2)


def test_a_statement_in_flight_is_given_up_and_the_next_connection_works(engine: Engine) -> None:
    with pytest.raises(OperationalError), store.reading(engine, 0.2) as session:
        session.execute(ONE)
        with breaking.still(engine):
            session.execute(ONE)
    with store.reading(engine, 0.2) as session:
        assert session.execute(ONE).scalar_one() == 1


def test_a_slow_statement_is_ended_by_the_server_and_the_connection_stays(engine: Engine) -> None:
    with store.reading(engine) as session:
        before = session.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with pytest.raises(OperationalError), store.reading(engine, 0.1) as session:
        session.execute(text("SELECT pg_sleep(20)"))
    with store.reading(engine) as session:
        assert session.execute(text("SELECT pg_backend_pid()")).scalar_one() == before


def test_who_takes_a_connection_bare_may_wait(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.connection.driver_connection.within == 0.0  # type: ignore[union-attr]
