"""Whoever fails is slowed down, and nobody else."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from admin import keys, lockout
from admin.lockout import Origin
from admin.roles import Role
from knowledge import store
from knowledge.accounts import Staff
from tests.knowledge.test_store import town

KEY = b"k" * 40
NOW = datetime(2026, 4, 1, tzinfo=UTC)


@pytest.fixture
def staff_id(engine: Engine) -> int:
    with store.writing(engine) as session:
        session.add(town())
        session.flush()
        staff = Staff(town_id="sample", account="sample/a", login="a", name="a", role=Role.EDITOR, created_at=NOW)
        session.add(staff)
        session.flush()
        assert staff.id
        lockout.remember(session, staff.id, "known", NOW)
    return staff.id


def origin(engine: Engine, staff_id: int, device: str, address: str) -> Origin:
    with store.reading(engine) as session:
        return lockout.origin(session, KEY, "sample/a", staff_id, device, address)


def fail(engine: Engine, where: Origin, times: int, now: datetime = NOW) -> None:
    for _ in range(times):
        with store.writing(engine) as session:
            lockout.count_failure(session, where, now)


def wait(engine: Engine, where: Origin, now: datetime) -> float:
    with store.reading(engine) as session:
        return lockout.barrier(session, where, now).wait.total_seconds()


def test_the_wait_grows_with_failures_and_ends(engine: Engine, staff_id: int) -> None:
    where = origin(engine, staff_id, "strange", "192.0.2.1")
    fail(engine, where, lockout.FREE - 1)
    assert wait(engine, where, NOW) == 0
    waits = []
    for _ in range(12):
        fail(engine, where, 1)
        waits.append(wait(engine, where, NOW))
    assert waits[:3] == [15, 30, 60]
    assert max(waits) == lockout.LONGEST_WAIT.total_seconds()
    assert wait(engine, where, NOW + lockout.LONGEST_WAIT) == 0


def test_other_addresses_and_known_browsers_do_not_wait(engine: Engine, staff_id: int) -> None:
    fail(engine, origin(engine, staff_id, "strange", "192.0.2.1"), 20)
    assert wait(engine, origin(engine, staff_id, "strange", "192.0.2.2"), NOW) == 0
    assert wait(engine, origin(engine, staff_id, "known", "192.0.2.1"), NOW) == 0


def test_a_flood_from_many_addresses_asks_strangers_for_a_proof_for_an_hour(engine: Engine, staff_id: int) -> None:
    for number in range(lockout.FLOOD):
        fail(engine, origin(engine, staff_id, "", f"192.0.2.{number}"), 1)
    fresh, known = origin(engine, staff_id, "", "198.51.100.1"), origin(engine, staff_id, "known", "198.51.100.1")
    with store.reading(engine) as session:
        assert lockout.barrier(session, fresh, NOW).needs_proof
        assert not lockout.barrier(session, known, NOW).is_up
        assert not lockout.barrier(session, fresh, NOW + lockout.WINDOW).needs_proof


def test_a_success_ends_only_its_own_count_and_old_failures_are_forgotten(engine: Engine, staff_id: int) -> None:
    here, there = origin(engine, staff_id, "", "192.0.2.1"), origin(engine, staff_id, "", "192.0.2.2")
    fail(engine, here, 10)
    fail(engine, there, 10)
    with store.writing(engine) as session:
        lockout.forgive(session, here)
    assert (wait(engine, here, NOW), wait(engine, there, NOW) > 0) == (0, True)
    with store.writing(engine) as session:
        lockout.purge(session, NOW + lockout.FORGOTTEN_AFTER + timedelta(seconds=1))
    assert wait(engine, there, NOW) == 0


def test_neither_address_nor_account_stands_in_the_store(engine: Engine, staff_id: int) -> None:
    where = origin(engine, staff_id, "", "192.0.2.1")
    assert "192.0.2.1" not in where.place and len(where.place) == len(keys.token_hash("x"))
