"""What a log calls an error: enough to find its cause, and nothing of what it says."""

import sqlite3

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError

from knowledge import store
from knowledge.mishaps import name_of
from knowledge.models import Source


def test_an_error_of_the_database_is_called_by_its_code(engine: Engine) -> None:
    with pytest.raises(IntegrityError) as refused, store.writing(engine) as session:
        session.add(Source(id="plan", town_id="nowhere", title="計画", period_from="2024", period_to="2026"))
    code = {"sqlite": "SQLITE_CONSTRAINT_FOREIGNKEY", "postgresql": "23503"}[engine.dialect.name]
    assert name_of(refused.value) == f"IntegrityError {code}"


def test_other_errors_are_called_by_their_kind_alone() -> None:
    assert name_of(ValueError("住所は1-2-3")) == "ValueError"
    assert name_of(DBAPIError("SELECT", None, sqlite3.OperationalError("住所は1-2-3"))) == "DBAPIError"
