"""The conversation without a script: ask, choose, go on, vote, erase, and lose nothing."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import generate_latest
from sqlalchemy import Engine, text
from sqlmodel import select

from bot.limits import Rate
from knowledge import loading, publishing, store
from knowledge.models import Conversation, Inquiry, Source, Town, Turn, Why
from tests.bot.server import running, write_sample
from tests.databases import Databases
from tests.pages import Pages

PAGE = "/t/sample"


@pytest.fixture(scope="module")
def pages(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    """One server for all that needs no store of its own."""
    folder = tmp_path_factory.mktemp("pages")
    with databases.engine(folder) as engine, running(engine, folder / "towns") as client:
        yield Pages(client)


@pytest.fixture
def own(engine: Engine, tmp_path: Path) -> Iterator[Pages]:
    """A server whose store the test looks into, on both databases."""
    with running(engine, tmp_path / "towns") as client:
        yield Pages(client)


@pytest.fixture
def light(any_engine: Engine, tmp_path: Path) -> Engine:
    """A store that the test furnishes before the server starts."""
    loading.load_all(any_engine, write_sample(tmp_path / "towns"))
    return any_engine


def enter(engine: Engine, **fields: Any) -> None:
    """What staff enter of the sample town."""
    with store.writing(engine) as session:
        town = session.get_one(Town, "sample")
        for name, value in fields.items():
            setattr(town, name, value)
        publishing.move_town(session, "sample")


def test_greets_with_a_form_and_topics(pages: Pages) -> None:
    page = pages.get(PAGE)
    assert page.heading == "見本町のDX案内"
    assert "町が公表した計画から作成" in page.text
    assert "デジタルデバイド対策" in page.text


def test_a_topic_is_asked_for_by_its_button(pages: Pages) -> None:
    page = pages.press(pages.get(PAGE), "デジタルデバイド対策")
    assert "スマホ教室を開く" in page.text


def test_answers_and_goes_on_with_the_conversation(pages: Pages) -> None:
    first = pages.press(pages.get(PAGE), "質問する", text="スマホ教室はありますか")
    assert "出典：見本町DX計画" in first.text
    second = pages.press(first, "質問する", text="担当は？")
    assert "企画課" in second.text
    assert "これまでのやりとり スマホ教室はありますか" in second.text
    assert f"{PAGE}/e/smartphone-class#actions" in second.links


def test_a_follow_up_button_asks_for_a_facet_that_exists(pages: Pages) -> None:
    first = pages.post(PAGE, {"text": "スマホ教室はありますか"})
    second = pages.press(first, "いつから？")
    assert "令和6年度" in second.text
    assert "ご質問いつから？" in second.text


def test_choices_are_buttons_and_so_is_none_of_these(own: Pages, engine: Engine) -> None:
    offered = own.post(PAGE, {"text": "窓口で困っている"})
    labels = [one.text_content() for one in offered.tree.xpath("//div[@class='reply']//button")]
    assert labels[-1] == "0. どれでもない"
    assert offered.text.count(labels[0]) == 1
    taken = own.press(offered, labels[0])
    assert "出典：" in taken.text
    assert "ご質問窓口で困っている" in taken.text
    refused = own.press(offered, "0. どれでもない")
    assert "お役に立てず" in refused.text
    with store.reading(engine) as session:
        assert [one.why for one in session.exec(select(Inquiry))] == [Why.NONE_OF_THESE]


def test_a_vote_is_thanked_for_under_the_answer(own: Pages, engine: Engine) -> None:
    answer = own.post(PAGE, {"text": "スマホ教室はありますか"})
    page = own.press(answer, "役に立った")
    assert "ありがとうございます" in page.text
    assert "スマホ教室を開く" in page.text
    with store.reading(engine) as session:
        assert session.exec(select(Turn)).one().helpful is True


def test_a_reason_may_follow_and_is_kept_masked(own: Pages, engine: Engine) -> None:
    answer = own.post(PAGE, {"text": "スマホ教室はありますか"})
    asked = own.press(answer, "役に立たなかった")
    page = own.press(asked, "理由を送る", reason="場所がない。090-0000-1234")
    assert "ご意見をいただきました" in page.text
    with store.reading(engine) as session:
        turn = session.exec(select(Turn)).one()
        assert session.exec(select(Inquiry)).one().why == Why.UNHELPFUL
    assert turn.helpful is False
    assert turn.reason.startswith("場所がない") and "1234" not in turn.reason


def test_a_vote_on_what_was_no_answer_is_thanked_for_too(pages: Pages) -> None:
    asked = pages.post(PAGE, {"text": "スマホ教室の料金はいくらですか"})
    conversation = asked.button("質問する")[1]["conversation"]
    page = pages.post(f"{PAGE}/feedback", {"conversation": conversation, "turn": "1", "helpful": "no"})
    assert page.heading == "ありがとうございます"
    assert pages.press(page, "理由を送る", reason="料金を知りたい").status == 200


def test_a_vote_on_what_is_not_there_says_so(pages: Pages) -> None:
    page = pages.post(f"{PAGE}/feedback", {"conversation": "f" * 32, "turn": "1", "helpful": "yes"})
    assert page.status == 404
    assert "その返事は見つかりませんでした" in page.text


@pytest.mark.parametrize("path", ["feedback", "erase"])
def test_a_tab_opened_anew_begins_at_the_beginning(pages: Pages, path: str) -> None:
    answer = pages.client.get(f"{PAGE}/{path}")
    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)


def test_a_conversation_is_erased_with_all_that_came_of_it(own: Pages, engine: Engine) -> None:
    answer = own.post(PAGE, {"text": "スマホ教室の料金はいくらですか"})
    page = own.press(answer, "この会話を消す")
    assert page.heading == "会話を消しました"
    with store.reading(engine) as session:
        assert [session.exec(select(t)).all() for t in (Conversation, Turn, Inquiry)] == [[], [], []]


def test_the_conversation_of_another_town_is_not_shown(own: Pages, engine: Engine) -> None:
    own.post(PAGE, {"text": "スマホ教室はありますか"})
    with store.writing(engine) as session:
        conversation = session.exec(select(Conversation)).one()
        session.add(Town(id="other", name="別町", reading="べつちょう", prefecture="県", office="町役場"))
        session.flush()
        conversation.town_id = "other"
    page = own.post(PAGE, {"text": "RPAって何", "conversation": conversation.id})
    assert "スマホ教室" not in page.text
    assert conversation.id not in page.response.text


def test_shows_residents_words_as_text_only(pages: Pages) -> None:
    page = pages.post(PAGE, {"text": "<script>alert(1)</script>RPAって何"})
    assert "<script>alert" in page.text
    assert "<script>" not in page.response.text


def test_personal_data_is_not_repeated(pages: Pages) -> None:
    page = pages.post(PAGE, {"text": "電話は090-0000-1234です。RPAって何ですか"})
    assert "1234" not in page.response.text
    assert "決まった作業" in page.text


@pytest.mark.parametrize(
    ("typed", "sentence"), [("あ" * 2001, "2,000文字"), (" ", "入力してから"), ("", "入力してから")]
)
def test_keeps_what_was_typed_where_it_cannot_be_asked(pages: Pages, typed: str, sentence: str) -> None:
    page = pages.post(PAGE, {"text": typed})
    assert page.status == 422
    assert page.title.startswith("エラー：")
    assert (page.tree.findtext(".//textarea") or "") == typed
    assert sentence in page.text


def test_a_new_line_counts_once_as_browsers_count_it(pages: Pages) -> None:
    assert pages.post(PAGE, {"text": "\r\n".join(["RPA"] * 500)}).status == 200


def test_too_many_questions_are_asked_to_wait_with_nothing_lost(light: Engine, tmp_path: Path) -> None:
    with running(light, tmp_path / "towns", rate=Rate(burst=1, per_minute=2)) as client:
        pages = Pages(client)
        first = pages.post(PAGE, {"text": "スマホ教室はありますか"})
        page = pages.press(first, "質問する", text="担当は？")
        conversation = first.button("質問する")[1]["conversation"]
        assert page.button("質問する")[1] == {"text": "担当は？", "conversation": conversation}
    assert page.status == 429
    assert int(page.response.headers["Retry-After"]) >= 1
    assert "少し待って" in page.text


def test_an_error_inside_loses_nothing_that_was_typed_and_logs_none_of_it(
    pages: Pages, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("ひみつの言葉")

    monkeypatch.setattr("bot.channels.web.pages.ask", fails)
    page = pages.post(PAGE, {"text": "ひみつの言葉"})
    assert page.status == 500
    assert page.tree.findtext(".//textarea") == "ひみつの言葉"
    assert "もう一度お試しください" in page.text
    assert "ひみつ" not in "".join(capsys.readouterr())


def test_answers_without_the_store(own: Pages, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE inquiry"))
        connection.execute(text("DROP TABLE turn"))
    assert "決まった作業" in own.post(PAGE, {"text": "RPAって何"}).text


def test_an_emergency_is_told_with_numbers_to_press(pages: Pages) -> None:
    page = pages.post(PAGE, {"text": "家が火事です、助けて"})
    assert "tel:119" in page.links


def test_shows_what_staff_entered(light: Engine, tmp_path: Path) -> None:
    fields = {"telephone": "0480-00-0000", "opening_hours": "8時30分から17時15分", "holidays": "土日と祝日"}
    fields |= {
        "greeting": "見本町へようこそ。",
        "notice": "年末は休みます。",
        "web_address": "https://www.example.lg.jp/",
    }
    enter(light, **fields)
    with running(light, tmp_path / "towns") as client:
        page = Pages(client).get(PAGE)
    assert all(value in page.text for name, value in fields.items() if name != "web_address")
    assert {"tel:0480-00-0000", "https://www.example.lg.jp/"} <= set(page.links)


def test_an_address_of_another_kind_is_no_link(light: Engine, tmp_path: Path) -> None:
    enter(light, web_address="javascript:alert(1)")
    with running(light, tmp_path / "towns") as client:
        assert "javascript" not in Pages(client).get(PAGE).response.text


def test_the_source_is_linked_where_staff_entered_its_address(light: Engine, tmp_path: Path) -> None:
    with store.writing(light) as session:
        session.get_one(Source, "sample-2024-01").public_address = "https://www.example.lg.jp/plan.pdf"
        publishing.move_town(session, "sample")
    with running(light, tmp_path / "towns") as client:
        pages = Pages(client)
        assert "https://www.example.lg.jp/plan.pdf" in pages.post(PAGE, {"text": "RPAって何"}).links
        assert "https://www.example.lg.jp/plan.pdf" in pages.get(f"{PAGE}/e/rpa").links


def test_closed_by_staff_it_says_so_and_says_nothing_else(light: Engine, tmp_path: Path) -> None:
    enter(light, closed_web="台風のため休んでいます。", telephone="0480-00-0000")
    with running(light, tmp_path / "towns") as client:
        pages = Pages(client)
        page, entry = pages.get(PAGE), pages.get(f"{PAGE}/e/rpa")
        emergency = pages.post(PAGE, {"text": "家が火事です、助けて"})
    assert "台風のため" in page.text and "tel:119" in page.links and "tel:0480-00-0000" in page.links
    assert not page.tree.xpath("//textarea")
    assert entry.status == 503 and "台風のため" in entry.text and "決まった作業" not in entry.text
    assert "すぐに外へ逃げて" in emergency.text


def test_no_words_stand_in_an_address(pages: Pages) -> None:
    page = pages.post(PAGE, {"text": "RPAって何"})
    assert str(page.response.url).endswith(PAGE)
    assert page.response.headers["Cache-Control"].startswith("private")


def test_what_is_counted_names_the_kind_of_a_page_and_nothing_of_its_reader(pages: Pages) -> None:
    for path in (PAGE, f"{PAGE}/e/rpa", f"{PAGE}/topics", "/t/ask/e/suggest", "/nothing/himitsu"):
        pages.client.get(path)
    counted = generate_latest().decode()
    kinds = set(re.findall(r'annai_\w+_count\{path="([^"]+)"\}', counted))
    assert {"page", "entry", "topics", "other"} <= kinds
    assert "himitsu" not in counted and "rpa" not in counted
