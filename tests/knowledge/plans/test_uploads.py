"""A plan's file stays with its town, and not for longer than thirty days."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from knowledge import loading, retention, store
from knowledge.plans import uploads
from knowledge.plans.refusals import UnreadablePlan
from knowledge.revisions import NotThere
from tests.knowledge.test_loading import root


@pytest.fixture(autouse=True)
def _loaded(engine: Engine, tmp_path: Path) -> None:
    loading.load_all(engine, root(tmp_path))


def keep(engine: Engine, name: str = "計画.pdf") -> int:
    with store.writing(engine) as session:
        number = uploads.keep_upload(session, "sample", name, b"%PDF-", by="職員").id
    assert number is not None
    return number


def names(engine: Engine) -> list[str]:
    with store.reading(engine) as session:
        return [name for _, name, _, _ in uploads.uploads(session, "sample")]


@pytest.mark.parametrize("name", ["C:\\書類\\計画.pdf", "../../計画.pdf"])
def test_a_file_is_kept_under_its_bare_name(engine: Engine, name: str) -> None:
    number = keep(engine, name)
    assert names(engine) == ["計画.pdf"]
    with store.reading(engine) as session:
        assert uploads.upload(session, "sample", number).content == b"%PDF-"


def test_another_town_does_not_get_it(engine: Engine) -> None:
    number = keep(engine)
    with pytest.raises(NotThere), store.writing(engine) as session:
        uploads.discard_upload(session, "other", number)
        uploads.upload(session, "other", number)
    assert names(engine) == ["計画.pdf"]


def test_a_discarded_file_is_gone(engine: Engine) -> None:
    number = keep(engine)
    with store.writing(engine) as session:
        uploads.discard_upload(session, "sample", number)
    assert names(engine) == []


@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
def test_files_go_after_thirty_days(engine: Engine, days: int, left: int) -> None:
    keep(engine)
    retention.purge(engine, datetime.now(UTC) + timedelta(days=days))
    assert len(names(engine)) == left


def test_a_file_that_is_too_large_is_refused(engine: Engine) -> None:
    with pytest.raises(UnreadablePlan, match="大きすぎ"), store.writing(engine) as session:
        uploads.keep_upload(session, "sample", "計画.pdf", b"x" * (50_000_000 + 1), by="職員")
