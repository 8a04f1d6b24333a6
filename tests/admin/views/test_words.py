"""辞書: a word of the town finds an entry from the next second on."""

import pytest

from admin.roles import Role
from tests.admin.office import Office
from tests.admin.views.test_entries import answer

WORDS = "/towns/sample/words"
NEW = f"{WORDS}/new"
PAIR = "ぽちぽち講座\nスマホ教室"


def test_a_word_is_tried_then_kept_and_finds_its_entry(office: Office) -> None:
    approver = office.clerk(Role.APPROVER)
    assert "スマホ教室を開く" not in answer(office, "ぽちぽち講座はありますか")
    page = approver.send(WORDS, on=NEW, words=PAIR, question="ぽちぽち講座はありますか", do="try")
    assert "スマホ教室を開く" in page.text and "デジタルデバイド対策" in page.text
    assert office.audited() == []
    before = office.town().revision
    assert "辞書を保存しました" in approver.send(WORDS, do="save").text
    assert office.town().revision == before + 1
    assert "スマホ教室を開く" in answer(office, "ぽちぽち講座はありますか")


def test_words_with_commas_between_are_single_words(office: Office) -> None:
    approver = office.clerk(Role.APPROVER)
    approver.send(WORDS, on=NEW, words="ぽちぽち講座、スマホ教室，いじり会", do="save")
    assert "スマホ教室を開く" in answer(office, "いじり会はありますか")


def test_a_group_is_changed_noticed_when_crossed_and_taken_away(office: Office) -> None:
    first, second = office.clerk(Role.APPROVER), office.clerk(Role.APPROVER, login="second")
    first.send(WORDS, on=NEW, words=PAIR, do="save")
    one = second.get(WORDS).tree.xpath("//tbody//a/@href")[0]
    second.get(one)
    first.send(one, on=one, note="方言", do="save")
    assert "先に変えました" in second.send(one, 409, words="ぽちぽち\nスマホ教室", do="save").text
    second.send(one, do="save")
    assert "ぽちぽち、スマホ教室" in second.get(WORDS).text
    page = second.send(one, on=one, words="ぽちぽち\n講習", question="ぽちぽちはありますか", do="try")
    assert "デジタルデバイド対策" in page.tree.xpath("string(//h3[text()='今']/..)")
    assert "デジタルデバイド対策" not in page.tree.xpath("string(//h3[contains(text(), '足すと')]/..)")
    second.send(f"{one}/delete", on=one)
    assert "まだありません" in second.get(WORDS).text
    assert office.audited() == ["words.added", "words.changed", "words.changed", "words.deleted"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "2つ以上"),
        ("スマホ", "2つ以上"),
        ("スマホ\nの", "手がかりになりません"),
        ("あ" * 41 + "\nい", "40文字"),
    ],
)
def test_words_that_cannot_serve_are_explained(office: Office, words: str, said: str) -> None:
    page = office.clerk(Role.APPROVER).send(WORDS, 422, on=NEW, words=words, note="残る", do="save")
    assert said in page.text and "残る" in page.response.text


def test_a_word_stands_in_one_group_of_the_town(office: Office) -> None:
    approver = office.clerk(Role.APPROVER)
    approver.send(WORDS, on=NEW, words=PAIR, do="save")
    assert "別の組にもうあります" in approver.send(WORDS, 422, on=NEW, words="スマホ教室\n講習", do="save").text


def test_the_bundled_words_can_be_looked_up(office: Office) -> None:
    page = office.clerk(Role.VIEWER).get(f"{WORDS}?word=スマホ")
    assert "次の言葉と同じ意味" in page.text and "スマートフォン" in page.text
