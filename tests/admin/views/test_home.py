"""What a new town does first, told on its home page."""

from admin.roles import Role
from knowledge import publishing, revisions, store
from knowledge.days import today
from knowledge.entries import EntryContent
from knowledge.models import State
from tests.admin.office import Clerk, Office

HOME = "/towns/sample"


def steps(clerk: Clerk) -> dict[str, str]:
    """Each step's mark by its words."""
    items = clerk.get(HOME).tree.xpath("//section[@aria-labelledby='beginning']//li")
    return {
        " ".join(item.xpath("string(a | text()[normalize-space()])").split()): item.xpath("string(span[1])")
        for item in items
    }


def test_a_new_town_is_led_from_step_to_step_until_all_is_done(office: Office) -> None:
    boss = office.clerk(Role.ADMINISTRATOR)
    marks = steps(boss)
    assert marks["代表電話を入れる"] == "まだ" and marks["計画書を読み取る"] == "済み"
    assert marks["住民になったつもりで試す"] == marks["いっしょに使う職員を招く"] == "いつでも"
    assert list(marks)[-3].startswith("下書きを確かめて") and list(marks)[-1] == "よく聞かれる回答項目を確認する"
    settings = f"{HOME}/settings"
    boss.send(
        settings,
        on=settings,
        telephone="0297-00-0000",
        web_address="https://www.town.example",
        privacy_contact="総務課",
    )
    assert steps(boss)["代表電話を入れる"] == "済み"
    with store.writing(office.engine) as session:
        publishing.confirm(session, "sample/rpa", on=today(), by="職員")
    assert steps(boss)["よく聞かれる回答項目を確認する"] == "済み"
    with store.writing(office.engine) as session:
        content = EntryContent.model_validate(revisions.latest(session, "sample/ai").content)
        draft = publishing.add_revision(session, "sample/ai", content, state=State.DRAFT, author="職員", reason="")
        publishing.publish(session, "sample/ai", draft.number)
    assert steps(boss) == {}


def test_steps_that_need_another_role_say_whose_they_are(office: Office) -> None:
    page = office.clerk(Role.VIEWER).get(HOME)
    links = page.tree.xpath("//section[@aria-labelledby='beginning']//ol//a/@href")
    assert links == [f"{HOME}/try"]
    assert "権限が「管理」以上の人がします" in page.text
