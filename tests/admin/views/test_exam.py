"""Test questions and trying out, as stories."""

from sqlmodel import Session, func, select

from admin.roles import Role
from knowledge import exam, store
from knowledge.models import Inquiry, Turn
from tests.admin.office import Office
from tests.admin.stories import CLASS, VAIN

LIST, TRY = "/towns/sample/test-questions", "/towns/sample/try"


def rows(office: Office) -> list[tuple[str, str, str]]:
    with store.reading(office.engine) as session:
        return [(one.question, one.entry, one.facet) for one in exam.questions(session, "sample")]


def test_a_test_question_is_added_with_its_right_answer_changed_and_dropped(office: Office) -> None:
    editor = office.clerk(Role.EDITOR)
    page = editor.send(f"{LIST}/find", on=f"{LIST}/new", question="スマホ教室はいつから", note="窓口でよく聞かれる")
    assert "正しい答えはどれですか" in page.text and "窓口でよく聞かれる" in page.response.text
    editor.send(LIST, place=f"{CLASS}#schedule#")
    assert rows(office) == [("スマホ教室はいつから", CLASS, "schedule")]
    (one,) = [str(at) for at in editor.get(LIST).tree.xpath("//tbody//a/@href")]
    editor.send(LIST, on=one, question="スマホ教室は何年から", place=CLASS)
    assert rows(office) == [("スマホ教室は何年から", CLASS, "")]
    (one,) = [str(at) for at in editor.get(LIST).tree.xpath("//tbody//a/@href")]
    assert "消しました" in editor.send(f"{one}/drop", on=one).text
    assert rows(office) == []
    assert office.audited() == ["exam.kept", "exam.kept", "exam.dropped"]


def test_a_test_question_without_a_right_answer_is_refused_and_stays_typed(office: Office) -> None:
    editor = office.clerk(Role.EDITOR)
    page = editor.send(LIST, 422, on=f"{LIST}/new", question="書きかけの質問")
    assert "そのボタンを押して" in page.text and "書きかけの質問" in page.text
    assert "そのボタンを押して" in editor.send(LIST, 422, place="nowhere").text
    assert "入力してください" in editor.send(f"{LIST}/find", 422, on=f"{LIST}/new").text
    assert rows(office) == []


def test_the_questions_are_asked_and_the_score_is_drawn_beside_its_table(office: Office) -> None:
    editor = office.clerk(Role.EDITOR)
    for question, place in (("RPAって何", "rpa"), (VAIN, CLASS), ("明日の天気は", "-")):
        editor.send(f"{LIST}/find", on=f"{LIST}/new", question=question)
        editor.send(LIST, place=place)
    page = editor.send(f"{LIST}/run", on=LIST)
    assert "今の答えで確かめました" in page.text and "67%" in page.tree.xpath("//svg/@aria-label")[0]
    assert [str(cell) for cell in page.tree.xpath("(//table)[1]//tbody/tr[1]/td/text()")] == ["3", "2", "0", "1", "0"]
    assert len(page.tree.xpath("//rect")) == 1
    assert "わからないと言う" in page.text


def test_trying_shows_the_reply_with_its_reasons_and_records_nothing(office: Office) -> None:
    viewer = office.clerk(Role.VIEWER)
    page = viewer.send(TRY, on=TRY, question="スマホ教室はありますか")
    assert page.text.count("高齢の方向けのスマホ教室を開く") == 2
    assert "確かさは" in page.text and "名前「スマホ教室」があります" in page.text
    assert "スマホ教室はありますか" not in str(page.response.url)
    with store.reading(office.engine) as session:
        assert (_count(session, Turn), _count(session, Inquiry)) == (0, 0)
    assert office.audited() == []
    assert "入力してください" in viewer.send(TRY, 422, on=TRY, question=" ").text


def _count(session: Session, table: type[Turn] | type[Inquiry]) -> int:
    return session.exec(select(func.count()).select_from(table)).one()


def test_a_tried_question_is_put_on_as_a_test_question(office: Office) -> None:
    editor = office.clerk(Role.EDITOR)
    editor.send(TRY, on=TRY, question="スマホ教室は\nありますか")
    page = editor.send(f"{LIST}/find")
    assert page.heading == "テスト質問を足す" and "スマホ教室は ありますか" in page.text
