"""The doctor names what is wrong, one fault at a time, and hides none behind another."""

import os
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, text

from admin import doctor
from admin.findings import answers
from bot.settings import LineAccount, Settings
from knowledge import loading, store
from knowledge.models import Town
from tests.bot.server import KEY, running, write_sample


def sentences(at: Engine | str, **changed: object) -> dict[str, str]:
    url = at if isinstance(at, str) else at.url.render_as_string(hide_password=False)
    given = Settings(database_url=url, secret_key=KEY, public_port=1, admin_port=1, **changed)  # type: ignore[arg-type]
    return {finding.sentence: finding.verdict for finding in doctor.examine(given)}


def said(found: dict[str, str], words: str) -> str:
    return next(verdict for sentence, verdict in found.items() if words in sentence)


def test_an_empty_database_is_named_with_what_to_run(empty_engine: Engine) -> None:
    empty_engine.connect().close()  # SQLite's file is there then
    found = sentences(empty_engine)
    assert said(found, "データベースが空です") == "bad"
    assert not any("データベースを使えません" in sentence for sentence in found), "one fault, one sentence"


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    found = sentences(f"sqlite:///{tmp_path}/mistyped/annai.db")
    assert said(found, "データベースがまだありません") == "bad"
    assert list(tmp_path.iterdir()) == []


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
    assert said(found, "データベースが動いていないか") == "bad"
    assert said(found, "住民向け（ポート 1）は動いていません") == "look"


def test_a_file_that_is_no_database_is_told_from_one_that_is_away(tmp_path: Path) -> None:
    (tmp_path / "annai.db").write_bytes(b"no database" * 500)
    found = sentences(f"sqlite:///{tmp_path}/annai.db")
    assert said(found, "SQLite のデータベースではありません") == "bad"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_who_may_not_see_the_database_is_told_as_whom_to_ask(tmp_path: Path) -> None:
    (tmp_path / "annai").mkdir(mode=0o700)
    given = Settings(database_url=f"sqlite:///{tmp_path}/annai/annai.db", secret_key=KEY)  # type: ignore[arg-type]
    os.seteuid(65534)
    try:
        (found,) = [*doctor.stored(given), *doctor.disk(given.database_url)]
    finally:
        os.seteuid(0)
    assert "sudo annai-do doctor" in found.sentence


def test_no_part_of_a_password_is_said() -> None:
    found = sentences("postgresql+psycopg://annai:ge@heim@127.0.0.1:1/annai")
    assert said(found, "サーバーの名前が見つかりません") == "bad"
    assert "heim" not in str(found)
    with pytest.raises(store.BadAddress, match="読み取れません") as refused:
        sentences("postgresql+psycopg://annai:ge@[heim:x/annai")
    assert "heim" not in str(refused.value)


def test_a_misspelt_setting_one_port_for_both_and_line_of_no_town_are_named(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loading.load_all(engine, write_sample(tmp_path))
    monkeypatch.setenv("ANNAI_PUBLIC_ULR", "https://dx.example.jp")
    account = LineAccount(channel_secret=SecretStr("s"), channel_access_token=SecretStr("t"))
    found = sentences(engine, line_accounts={"naka-machi": account, "sample": account})
    assert said(found, "ANNAI_PUBLIC_ULR という設定はありません") == "look"
    assert said(found, "同じポート（1）") == "bad"
    assert said(found, "ANNAI_LINE_NAKA_MACHI_…：naka-machi という自治体はありません") == "bad"
    assert "ANNAI_LINE_SAMPLE" not in str(found)


@pytest.mark.parametrize(("address", "verdict"), [("", "look"), ("http://a", "look"), ("https://a", "good")])
def test_the_public_address_wants_tls(address: str, verdict: str) -> None:
    given = Settings(secret_key=KEY, public_url=address)  # type: ignore[arg-type]
    assert [finding.verdict for finding in doctor.addresses(given)] == [verdict]


@pytest.mark.one_database
def test_an_app_that_answers_is_well(engine: Engine, tmp_path: Path) -> None:
    with running(engine, tmp_path) as client:
        assert answers("住民向け", "127.0.0.1", client.base_url.port or 0, "/readyz").verdict == "good"
        assert answers("住民向け", "127.0.0.1", client.base_url.port or 0, "/nothing").verdict == "bad"
