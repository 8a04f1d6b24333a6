"""The inbox as stories: asked in vain, answered by a phrasing or a new entry, set aside, given away, deleted."""

from sqlmodel import col, select

from admin.roles import Role
from bot import inbox
from bot.inbox import InquiryGroup
from knowledge import inquiries, lexicon, revisions, store
from knowledge.models import Handled, Inquiry
from tests.admin.office import Office
from tests.admin.page import Page
from tests.admin.stories import CLASS, VAIN, resident

INBOX = "/towns/sample/inbox"


def groups(office: Office) -> list[InquiryGroup]:
    with store.reading(office.engine) as session:
        return inbox.groups(session, "sample", lexicon.bundled())


def one(office: Office) -> str:
    return f"{INBOX}/{groups(office)[0].leader}"


def handled(office: Office) -> list[str]:
    with store.reading(office.engine) as session:
        return list(session.exec(select(Inquiry.handled).order_by(col(Inquiry.id))))


def questions(page: Page) -> list[str]:
    return [str(text) for text in page.tree.xpath("//main//h2/a/text()")]


def test_like_questions_stand_together_with_when_where_and_why(office: Office) -> None:
    resident(office, VAIN, "プールの営業時間教えて！", "盆踊りの太鼓は誰がたたくの")
    resident(office, "ぷーるの営業時間を教えて", channel="line")
    page = office.clerk(Role.VIEWER).get(INBOX)
    assert questions(page) == [VAIN, "盆踊りの太鼓は誰がたたくの"]
    assert "3回" in page.text and "ウェブ 2回、LINE 1回" in page.text and "答えがなかった" in page.text
    assert page.tree.xpath("//main//form") == []
    assert "今ある回答項目で答える" not in office.clerk(Role.VIEWER, login="v2").get(one(office)).text


def test_residents_words_are_shown_as_text_only(office: Office) -> None:
    script = "<script>alert(1)</script>プールはどこ<img src=x onerror=alert(1)>"
    resident(office, script)
    editor = office.clerk(Role.EDITOR)
    assert questions(editor.get(INBOX)) == [groups(office)[0].question]
    assert "<script" in groups(office)[0].question
    assert editor.get(one(office)).tree.xpath("//main//script | //main//img") == []


def test_what_the_bot_says_now_and_why_is_one_press_away(office: Office) -> None:
    resident(office, VAIN)
    viewer = office.clerk(Role.VIEWER)
    page = viewer.send("/towns/sample/try", on=one(office))
    assert page.heading == "試す" and VAIN in page.text and "この返事になったわけ" in page.text


def test_an_empty_inbox_says_what_to_do_next(office: Office) -> None:
    assert "試す" in office.clerk(Role.VIEWER).get(INBOX).text


def test_a_question_becomes_a_phrasing_of_the_chosen_entry_in_a_draft(office: Office) -> None:
    resident(office, VAIN)
    editor, here = office.clerk(Role.EDITOR), one(office)
    page = editor.send(f"{here}/find", on=here, words="デジタルデバイド")
    assert "デジタルデバイド対策" in page.text
    page = editor.send(f"{here}/phrasing", place=CLASS)
    assert page.heading == "公開する前の確認"
    assert "言い換えを足しました" in page.text and VAIN in page.text and "あわせて1件で試しました" in page.text
    assert VAIN in page.tree.xpath("string(//div[@aria-label='よくなる質問'])")
    assert (groups(office), handled(office)) == ([], ["phrased"])
    counts = editor.get("/towns/sample").tree.xpath("//li[a]/span/text()")
    assert [str(count) for count in counts if str(count).isdecimal()] == ["0", "7", "1", "7"]
    assert "スマホ教室を開く" not in resident(office, VAIN)[0]
    assert office.audited() == ["inbox.phrased"]


def test_a_question_can_be_the_phrasing_of_one_facet(office: Office) -> None:
    resident(office, VAIN)
    editor, here = office.clerk(Role.EDITOR), one(office)
    editor.send(f"{here}/phrasing", on=here, place=f"{CLASS}#schedule#", phrasing="プール教室の日どり")
    with store.reading(office.engine) as session:
        content = revisions.latest(session, f"sample/{CLASS}").content
    assert [f["phrasings"] for f in content["facets"] if f["name"] == "schedule"] == [["プール教室の日どり"]]


def test_what_cannot_be_a_phrasing_is_explained_and_stays_typed(office: Office) -> None:
    resident(office, VAIN)
    editor, here = office.clerk(Role.EDITOR), one(office)
    send = f"{here}/phrasing"
    page = editor.send(send, 422, on=here, phrasing="書きかけの文")
    assert "そのボタンを押して" in page.text and "書きかけの文" in page.response.text
    known = "携帯の操作を習いたい"
    assert "もうあります" in editor.send(send, 422, place=CLASS, phrasing=known).text
    assert "200文字まで" in editor.send(send, 422, place=CLASS, phrasing="あ" * 201).text
    assert "ありません" in editor.send(send, 422, place="nowhere", phrasing="プール").text
    assert "ありません" in editor.send(send, 422, place=f"{CLASS}#figure#", phrasing="プール").text
    assert handled(office) == ["open"]


def test_a_new_entry_is_begun_from_a_question(office: Office) -> None:
    resident(office, VAIN)
    editor, here = office.clerk(Role.EDITOR), one(office)
    entry = {"title": "町のプール", "section": "町の回答", "source": "sample-2024-01"}
    page = editor.send(f"{here}/entry", 422, on=here, **entry)
    assert "入力してください" in page.text and "町のプール" in page.response.text
    page = editor.send(f"{here}/entry", answer="プールは、7月から8月まで開きます。", **entry)
    assert page.heading == "公開する前の確認" and "新しい" in page.text
    assert handled(office) == ["entered"]


def test_what_is_ignored_stays_ignored_until_the_rule_is_lifted(office: Office) -> None:
    resident(office, VAIN)
    editor, here = office.clerk(Role.EDITOR), one(office)
    page = editor.send(f"{here}/aside", on=here, how="ignore")
    assert "もう出ません" in page.text and questions(page) == []
    resident(office, "プールの営業時間教えて")
    assert questions(editor.get(INBOX)) == []
    page = editor.get(f"{INBOX}/rules")
    assert VAIN in page.text
    (lift,) = page.tree.xpath("//main//form/@action")
    editor.send(lift)
    assert questions(editor.get(INBOX)) == [VAIN]
    assert len(groups(office)[0].inquiries) == 2
    assert office.audited() == ["inbox.set_aside", "inbox.rule_lifted"]


def test_out_of_scope_makes_a_test_question_that_is_to_be_admitted(office: Office) -> None:
    resident(office, VAIN)
    editor, here = office.clerk(Role.EDITOR), one(office)
    editor.send(f"{here}/aside", on=here, how="out_of_scope")
    page = editor.get("/towns/sample/test-questions")
    assert VAIN in page.text and "わからないと言う" in page.text
    (lift,) = editor.get(f"{INBOX}/rules").tree.xpath("//main//form/@action")
    editor.send(lift)
    assert questions(editor.get(INBOX)) == [VAIN]
    assert VAIN not in editor.get("/towns/sample/test-questions").text


def test_a_question_is_given_to_a_colleague_who_finds_it_among_their_own(office: Office) -> None:
    resident(office, VAIN, "盆踊りの太鼓は誰がたたくの")
    editor, hanako = office.clerk(Role.EDITOR), office.clerk(Role.EDITOR, login="hanako")
    given = str(groups(office)[0].inquiries[0])
    account = str(hanako.staff.id if hanako.staff else 0)
    editor.send(f"{INBOX}/assign", on=INBOX, inquiries=given, assignee=account)
    assert len(questions(hanako.get(f"{INBOX}?show=mine"))) == 1
    assert questions(editor.get(f"{INBOX}?show=mine")) == []
    assert "どれか1つ" in editor.send(f"{INBOX}/assign", 422, on=INBOX, inquiries=given, assignee="だれか").text


def test_two_colleagues_of_one_name_do_not_share_what_they_were_given(office: Office) -> None:
    resident(office, VAIN)
    boss, one, other = (office.clerk(Role.ADMINISTRATOR, login=login) for login in ("boss", "sato1", "sato2"))
    for clerk in (one, other):
        own = f"/towns/sample/staff/{clerk.staff.id if clerk.staff else 0}"
        boss.send(f"{own}/role", on=own, name="佐藤", role=Role.ADMINISTRATOR)
    page = boss.get(INBOX)
    given = page.tree.xpath("//option[text()='佐藤（sato2）']/@value")
    boss.send(f"{INBOX}/assign", inquiries=str(groups(office)[0].leader), assignee=given[0])
    assert len(questions(other.get(f"{INBOX}?show=mine"))) == 1
    assert questions(one.get(f"{INBOX}?show=mine")) == []
    own = f"/towns/sample/staff/{given[0]}"
    boss.send(f"{own}/role", on=own, name="佐藤 花子", role=Role.ADMINISTRATOR)
    assert "担当：佐藤 花子" in boss.get(INBOX).text


def test_a_flood_goes_at_once_and_comes_back(office: Office) -> None:
    resident(office, VAIN, "盆踊りの太鼓は誰がたたくの")
    editor = office.clerk(Role.EDITOR)
    fields = editor.get(INBOX).form(f"{INBOX}/assign")
    every = [",".join(map(str, group.inquiries)) for group in groups(office)]
    assert "選ばれていません" in editor.post(f"{INBOX}/discard", fields, 422).text
    page = editor.post(f"{INBOX}/discard", {**fields, "inquiries": every})
    assert "2件消しました" in page.text and questions(page) == []
    page = editor.send(f"{INBOX}/rules/bring-back", on=f"{INBOX}/rules")
    assert "質問を2件、「未解決の質問」に戻しました" in page.text
    fields = page.form("/sign-out") | {"at": "きのう"}
    assert "もう戻されたか" in editor.post(f"{INBOX}/rules/bring-back", fields, 409).text
    assert len(questions(editor.get(INBOX))) == 2
    editor.post(f"{INBOX}/discard", {**fields, "inquiries": every})
    assert "完全に消しました" in editor.send(f"{INBOX}/rules/erase", on=f"{INBOX}/rules").text
    assert handled(office) == []


def test_another_towns_questions_are_out_of_reach(office: Office) -> None:
    resident(office, VAIN)
    (number,) = groups(office)[0].inquiries
    stranger = office.clerk(Role.EDITOR, "other")
    stranger.get("/towns/other/inbox")
    assert stranger.get(f"/towns/other/inbox/{number}", 404)
    token = stranger.get("/towns/other/inbox/rules").tree.xpath("string(//input[@name='csrf']/@value)")
    stranger.post("/towns/other/inbox/discard", {"csrf": token, "inquiries": str(number)})
    assert handled(office) == ["open"]


def test_who_comes_second_is_told_and_loses_no_words(office: Office) -> None:
    resident(office, VAIN)
    first, second, here = office.clerk(Role.EDITOR), office.clerk(Role.EDITOR, login="second"), one(office)
    second.get(here)
    first.send(f"{here}/aside", on=here, how="ignore")
    page = second.send(f"{here}/phrasing", 409, place=CLASS, phrasing="わたしの言い換え")
    assert "先に扱いました" in page.text and "わたしの言い換え" in page.text
    assert "もう扱われています" in second.get(here).text
    assert handled(office) == [Handled.IGNORED]
    with store.reading(office.engine) as session:
        assert [rule.question for rule in inquiries.rules(session, "sample")] == [VAIN]
