"""Staff save while the database is away: nothing is half-done, and what they typed goes in when it is back."""

from pathlib import Path

from sqlalchemy import Engine

from admin.roles import Role
from knowledge import store
from knowledge.models import Town
from tests.admin.office import prepare, running
from tests.faults import breaking

SETTINGS = "/towns/sample/settings"


def test_a_form_that_met_no_database_is_sent_again_by_loading_its_page_anew(
    empty_engine: Engine, tmp_path: Path
) -> None:
    prepare(empty_engine, tmp_path / "towns")
    with running(empty_engine) as office:
        boss = office.clerk(Role.ADMINISTRATOR)
        sent = boss.get(SETTINGS).form(SETTINGS) | {"notice": "五百字のお知らせ"}
        with breaking.away(empty_engine):
            assert "入力した内容は、まだ送り直せます" in boss.post(SETTINGS, sent, 500).text
            assert "入力した内容は" not in boss.get(SETTINGS, 500).text
        assert boss.post(SETTINGS, sent).heading == "自治体の設定"
        with store.reading(empty_engine) as session:
            assert session.get_one(Town, "sample").notice == "五百字のお知らせ"
