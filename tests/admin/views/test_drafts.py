"""Publishing as stories: what is won and lost is seen, then out at once, at a time, by two people, or sent back."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from admin.roles import Role
from bot.published import read_town
from knowledge import exam, publications, publishing, store
from knowledge.days import TOKYO, today
from knowledge.models import Entry, State, Town
from tests.admin.office import Office
from tests.admin.stories import CLASS, VAIN, draft, resident

DRAFTS = "/towns/sample/drafts"
LOST = "カードを持っている人は何割か"  # answered from the card's figure, until another entry takes it
KEY = f"sample/{CLASS}"


def check(*values: str) -> str:
    return f"{DRAFTS}/check?{'&'.join(f'draft={value}' for value in values)}"


def state(office: Office, key: str = KEY) -> str:
    with store.reading(office.engine) as session:
        return str(session.get_one(Entry, key).newest_state)


def keep(session: Session, question: str, entry: str) -> None:
    exam.keep_question(session, "sample", question, entry=entry, by="山田", now=datetime.now(UTC))


def test_an_empty_list_says_what_to_do_next(office: Office) -> None:
    assert "未解決の質問" in office.clerk(Role.VIEWER).get(DRAFTS).text


def test_wins_losses_and_collisions_are_seen_before_publishing(office: Office) -> None:
    with store.writing(office.engine) as session:
        keep(session, VAIN, CLASS)
        keep(session, LOST, "card-rate")
    value = draft(office, VAIN, LOST, "申請書を手で書かずに済ませたい")
    page = office.clerk(Role.APPROVER).get(check(value))
    assert page.heading == "公開する前の確認"
    tables = {str(one.get("aria-label")): " ".join(one.itertext()) for one in page.tree.xpath("//div[@role='region']")}
    assert VAIN in tables["よくなる質問"] and "テスト質問" in tables["よくなる質問"]
    assert LOST in tables["悪くなる質問"] and "マイナンバーカードの普及率" in tables["悪くなる質問"]
    assert "書かない窓口" in page.text and "ぶつかる項目" in page.text
    added = [str(text) for text in page.tree.xpath("//ins/text()")]
    assert any(VAIN in text for text in added)


def test_publishing_reaches_residents_and_the_score_is_kept(office: Office) -> None:
    with store.writing(office.engine) as session:
        keep(session, VAIN, CLASS)
    value, approver = draft(office, VAIN), office.clerk(Role.APPROVER)
    page = approver.send(f"{DRAFTS}/release", on=check(value))
    assert page.heading == "公開しました" and "1件を公開しました" in page.text
    assert "高齢の方向けのスマホ教室" in page.text and "1件のうち 1件が合っています" in page.text
    assert "スマホ教室を開く" in resident(office, VAIN)[0]
    assert "もう公開されたか" in approver.get(check(value)).text
    assert office.audited() == ["drafts.published"]


def test_several_are_published_together_or_none(office: Office) -> None:
    values = draft(office, VAIN), draft(office, "ロボットの話", entry="rpa")
    approver = office.clerk(Role.APPROVER)
    approver.get(check(*values))
    draft(office, "ほかの人の言い換え")
    page = approver.page
    assert page is not None
    fields = {**page.form(f"{DRAFTS}/release"), "draft": list(values)}
    told = approver.post(f"{DRAFTS}/release", fields, 409)
    assert "ほかの人が先に" in told.text
    assert (state(office), state(office, "sample/rpa")) == (State.DRAFT, State.DRAFT)


def test_an_editor_submits_and_an_approver_sends_back_with_a_reason(office: Office) -> None:
    value = draft(office, VAIN)
    editor, approver = office.clerk(Role.EDITOR), office.clerk(Role.APPROVER)
    page = editor.get(check(value))
    assert page.tree.xpath("//form[contains(@action, 'release')]") == []
    assert "1件の承認を頼みました" in editor.send(f"{DRAFTS}/submit").text
    assert state(office) == State.IN_REVIEW
    approver.send(f"{DRAFTS}/return", 422, on=check(value))
    page = approver.send(f"{DRAFTS}/return", why="もっと短くしてください")
    assert "差し戻し（approver-sample）：もっと短くしてください" in page.text and "山田" in page.text
    assert state(office) == State.DRAFT


def test_where_two_people_are_wanted_nobody_publishes_their_own(office: Office) -> None:
    with store.writing(office.engine) as session:
        session.get_one(Town, "sample").two_people = True
    approver, other = office.clerk(Role.APPROVER), office.clerk(Role.APPROVER, login="other-approver")
    value = draft(office, VAIN, author="approver-sample")
    page = approver.get(check(value))
    assert "書いた人とは別の人" in page.text and page.tree.xpath("//form[contains(@action, 'release')]") == []
    fields = {**page.form(f"{DRAFTS}/submit")}
    assert "書いた人とは別の人" in approver.post(f"{DRAFTS}/release", fields, 409).text
    assert approver.post(f"{DRAFTS}/submit", fields).heading == "公開"
    assert other.send(f"{DRAFTS}/release", on=check(value)).heading == "公開しました"


def test_a_draft_from_the_inbox_is_thrown_away_and_nothing_is_lost(office: Office) -> None:
    resident(office, VAIN)
    editor = office.clerk(Role.EDITOR)
    (question,) = editor.get("/towns/sample/inbox").tree.xpath("//ol[@class='groups']//h2/a/@href")
    editor.send(f"{question}/phrasing", on=question, place=CLASS)
    page = editor.send(f"{DRAFTS}/discard")
    assert "1件の下書きを捨てました" in page.text and "質問1件は、「未解決の質問」に戻しました" in page.text
    assert VAIN in editor.get("/towns/sample/inbox").text
    assert editor.get("/towns/sample").tree.xpath("string(//a[.='公開していない下書き']/..)").strip().startswith("0")
    restore = f"/towns/sample/entries/{CLASS}/restore"
    page = editor.get(f"/towns/sample/entries/{CLASS}/history")
    assert "捨てた下書き" in page.text
    assert "下書きを保存しました" in editor.send(restore).text
    assert state(office) == State.DRAFT
    assert office.audited()[-2:] == ["drafts.discarded", "entry.restored"]


def test_a_new_name_does_not_make_a_second_person(office: Office) -> None:
    with store.writing(office.engine) as session:
        session.get_one(Town, "sample").two_people = True
    boss = office.clerk(Role.ADMINISTRATOR)
    boss.send(
        f"/towns/sample/entries/{CLASS}/edit", on=f"/towns/sample/entries/{CLASS}/edit", reason="直し", title="教室"
    )
    own = f"/towns/sample/staff/{boss.staff.id if boss.staff else 0}"
    boss.send(f"{own}/role", on=own, name="別の名前", role=Role.ADMINISTRATOR)
    page = boss.get(check(f"{CLASS}:2"))
    assert "書いた人とは別の人" in page.text
    fields = {**page.form(f"{DRAFTS}/submit")}
    assert "書いた人とは別の人" in boss.post(f"{DRAFTS}/release", fields, 409).text


def test_a_publication_is_planned_for_a_time_and_taken_back(office: Office) -> None:
    value, approver = draft(office, VAIN), office.clerk(Role.APPROVER)
    tomorrow = (today() + timedelta(days=1)).isoformat()
    page = approver.send(f"{DRAFTS}/plan", on=check(value), from_day=tomorrow, from_time="08:30", until=tomorrow)
    assert "公開の予定を決めました" in page.text and "8:30に公開" in page.text
    with store.reading(office.engine) as session:
        (row,) = publications.planned(session, "sample")
        assert row.due_at.astimezone(TOKYO).isoformat() == f"{tomorrow}T08:30:00+09:00"
        assert session.get_one(Entry, KEY).valid_until == today() + timedelta(days=1)
    draft(office, "あとから来た言い換え")
    assert "予定をやめました" in approver.send(f"{DRAFTS}/unplan", on=DRAFTS).text
    with store.reading(office.engine) as session:
        assert list(publications.planned(session, "sample")) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"from_day": "2020-01-01", "from_time": "09:00"}, "今より後"),
        ({"from_day": "あした", "from_time": "09:00"}, "日と時刻を"),
        ({"from_day": "", "from_time": "09:00"}, "入力してください"),
        ({"from_day": "2099-01-01", "from_time": "09:00", "until": "2020-01-01"}, "今日より前"),
    ],
)
def test_a_time_that_cannot_be_planned_is_explained(office: Office, fields: dict[str, str], said: str) -> None:
    value, approver = draft(office, VAIN), office.clerk(Role.APPROVER)
    status = 409 if fields["from_day"] == "2020-01-01" else 422
    assert said in approver.send(f"{DRAFTS}/plan", status, on=check(value), **fields).text
    with store.reading(office.engine) as session:
        assert list(publications.planned(session, "sample")) == []
        assert session.get_one(Entry, KEY).valid_until is None


def test_what_could_not_be_published_as_planned_is_shown_with_the_reason(office: Office) -> None:
    value, now = draft(office, VAIN), datetime.now(UTC)
    key, number = KEY, int(value.split(":")[1])
    with store.writing(office.engine) as session:
        plan = [publications.Draft(key, number)]
        publications.plan(session, plan, by="山田", at=now + timedelta(seconds=1), now=now)
        publishing.publish(session, key, number)
    publications.publish_due(office.engine, now + timedelta(minutes=1))
    assert "もう公開されたか" in office.clerk(Role.VIEWER).get(DRAFTS).text


def test_anothers_unfinished_draft_that_goes_out_too_is_named(office: Office) -> None:
    draft(office, "書きかけ", author="佐藤")
    value = draft(office, VAIN, author="山田")
    page = office.clerk(Role.VIEWER).get(check(value))
    assert "佐藤さんの書きかけの下書きに続けて" in page.text
    assert (
        "書きかけの下書きに続けて" not in office.clerk(Role.EDITOR).get(check(draft(office, "RPA", entry="rpa"))).text
    )


def test_all_that_waits_is_checked_together_and_too_many_are_refused(office: Office) -> None:
    draft(office, VAIN), draft(office, "ロボットの話", entry="rpa")
    viewer = office.clerk(Role.VIEWER)
    (both,) = viewer.get(DRAFTS).tree.xpath("//a[contains(., 'すべてまとめて')]/@href")
    assert [str(h.text_content()).split()[0] for h in viewer.get(both).tree.xpath("//section/h3")] == [
        "RPA",
        "デジタルデバイド対策",
    ]
    assert "100件まで" in viewer.get(check(*(f"x:{number}" for number in range(101)))).text


def test_another_towns_drafts_are_out_of_reach(office: Office) -> None:
    value = draft(office, VAIN)
    boss = office.clerk(Role.APPROVER, "other")
    page = boss.get(f"/towns/other/drafts/check?draft={value}")
    assert page.heading == "公開" and "スマホ" not in page.text
    assert CLASS not in boss.get(f"/towns/other/drafts/published?entry={CLASS}").text
    assert state(office) == State.DRAFT


def test_a_published_answer_is_the_one_that_was_checked(office: Office) -> None:
    value, approver = draft(office, VAIN), office.clerk(Role.APPROVER)
    approver.send(f"{DRAFTS}/release", on=check(value))
    known = read_town(office.engine, "sample", today()).library.entries[CLASS].content
    assert VAIN in known.phrasings
