"""The doctor names what is wrong, one fault at a time, and hides none behind another."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from admin import doctor
from admin.findings import answers
from bot.settings import Settings
from knowledge import loading, store
from knowledge.models import Town
from tests.bot.server import KEY, running, write_sample


def sentences(engine: Engine, **changed: object) -> dict[str, str]:
    url = engine.url.render_as_string(hide_password=False)
    given = Settings(database_url=url, secret_key=KEY, public_port=1, admin_port=1, **changed)  # type: ignore[arg-type]
    return {finding.sentence: finding.verdict for finding in doctor.examine(given)}


def said(found: dict[str, str], words: str) -> str:
    return next(verdict for sentence, verdict in found.items() if words in sentence)


def test_an_empty_database_is_named_with_what_to_run(empty_engine: Engine) -> None:
    found = sentences(empty_engine)
    assert said(found, "データベースが空です") == "bad"
    assert said(found, "データベースを使えません") == "bad"


def test_a_town_without_a_telephone_is_worth_a_look(engine: Engine, tmp_path: Path) -> None:
    loading.load_all(engine, write_sample(tmp_path))
    assert said(sentences(engine), "代表電話がまだ") == "look"
    with store.writing(engine) as session:
        session.get_one(Town, "sample").telephone = "000-1111"
    assert said(sentences(engine), "見本町：公開中") == "good"


def test_tables_of_another_release_are_named(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert said(sentences(engine), "データベースの形（0001）") == "bad"


def test_tables_of_a_newer_release_are_told_from_those_of_an_older_one(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert said(sentences(engine), "データベースの形（9999）は、この版") == "bad"
    with pytest.raises(store.UnknownTables, match="新しい版"):
        store.migrate(engine)


def test_a_database_that_is_not_there_hides_nothing_else(tmp_path: Path) -> None:
    gone = store.open_engine("postgresql+psycopg://nobody@127.0.0.1:1/none")
    found = sentences(gone)
    assert said(found, "データベースを使えません（OperationalError）") == "bad"
    assert said(found, "住民向け（ポート 1）は動いていません") == "look"


@pytest.mark.parametrize(("address", "verdict"), [("", "look"), ("http://a", "look"), ("https://a", "good")])
def test_the_public_address_wants_tls(address: str, verdict: str) -> None:
    given = Settings(secret_key=KEY, public_url=address)  # type: ignore[arg-type]
    assert [finding.verdict for finding in doctor.addresses(given)] == [verdict]


@pytest.mark.one_database
def test_an_app_that_answers_is_well(engine: Engine, tmp_path: Path) -> None:
    with running(engine, tmp_path) as client:
        assert answers("住民向け", client.base_url.port or 0, "/readyz").verdict == "good"
        assert answers("住民向け", client.base_url.port or 0, "/nothing").verdict == "bad"
