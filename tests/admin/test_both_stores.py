"""The staff's side over SQLite and over PostgreSQL: the story that touches every table."""

import time
from pathlib import Path

import httpx
import pyotp
from sqlalchemy import Engine

from admin.roles import Role
from bot.app import create_app
from bot.registry import Registry
from bot.settings import Settings
from knowledge import publishing, store
from tests.admin.office import PASSWORD, SECRET, prepare, running
from tests.admin.stories import CLASS, VAIN, resident
from tests.admin.views.test_figures import fill
from tests.admin.views.test_plans import here, read
from tests.bot.server import BOUND, KEY, serving


def test_an_administrator_signs_in_invites_closes_and_is_recorded(empty_engine: Engine, tmp_path: Path) -> None:
    prepare(empty_engine, tmp_path / "towns")
    with running(empty_engine) as office:
        office.hire("boss", Role.ADMINISTRATOR, password=PASSWORD)
        boss = office.browser()
        boss.sign_in("sample", "boss", "x" * 12, 401)
        boss.sign_in("sample", "boss")
        boss.send("/sign-in/code", 422, code="000000")
        assert boss.send("/sign-in/code", code=pyotp.TOTP(SECRET).now()).heading == "ホーム"
        closed, staff, settings = "/towns/sample/closed", "/towns/sample/staff", "/towns/sample/settings"
        boss.send(closed, on=closed, switch="close", **{"text-web": "休みます。"})
        boss.send(settings, on=settings, notice="お知らせ")
        boss.send(staff, on=f"{staff}/new", name="山田", login="yamada", role="approver")
        boss.send("/account/recovery-codes", on="/account", current=PASSWORD)
        one = f"{staff}/{office.staff('yamada').id}"
        boss.send(f"{one}/role", on=one, role="viewer")
        boss.send(f"{one}/active", on=one)
        assert "職員を使えなくした" in boss.get("/towns/sample/audit?action=staff.active_changed").text
        boss.send("/sign-out")
        assert office.audited()[:4] == ["sign_in.failed", "sign_in.password", "sign_in.failed", "sign_in.done"]
        assert office.audited()[-1] == "sign_out"


def ask(website: httpx.Client, question: str) -> str:
    """What a resident reads on the website."""
    return str(website.post("/api/v1/towns/sample/ask", json={"text": question}).json()["text"])


def until_read(website: httpx.Client, question: str, wanted: str) -> None:
    """Waits, within a bound, until the public app answers from what staff changed."""
    until = time.monotonic() + BOUND
    while wanted not in (said := ask(website, question)):
        assert time.monotonic() < until, said
        time.sleep(0.1)


def test_what_staff_write_confirm_and_name_reaches_a_resident(empty_engine: Engine, tmp_path: Path) -> None:
    prepare(empty_engine, tmp_path / "towns")
    public = create_app(Registry(empty_engine), Settings(secret_key=KEY))  # type: ignore[arg-type]
    with running(empty_engine) as office, serving(public) as website:
        clerk, one = office.clerk(Role.APPROVER), "/towns/sample/entries/smartphone-class"
        clerk.send(f"{one}/edit", on=f"{one}/edit", do="save", **{"facet-0-text": "図書館で教室を開きます。"})
        with store.writing(office.engine) as session:
            publishing.publish(session, "sample/smartphone-class", 2, by="承認さん")
        until_read(website, "スマホ教室", "図書館で教室を開きます。")
        clerk.send("/towns/sample/confirm/smartphone-class", on="/towns/sample/confirm")
        until_read(website, "スマホ教室", "月に町が確認")
        words = "/towns/sample/words"
        clerk.send(words, on=f"{words}/new", words="ぽちぽち講座\nスマホ教室", do="save")
        until_read(website, "ぽちぽち講座はありますか", "図書館で教室を開きます。")
        clerk.send(f"{one}/owner", on=one, owner="企画課", review_date="2030-04-01")
        clerk.send(f"{one}/validity", on=one, valid_until="2020-01-01")
        until_read(website, "ぽちぽち講座はありますか", "申し訳ありません")
        clerk.send(f"{one}/withdraw", on=one, reason="なくなった")
        clerk.send(f"{one}/restore", on=f"{one}/history")
        assert "条件に合う" in clerk.get("/towns/sample/entries?status=withdrawn&due=on&never=on&down=on").text
        assert office.audited()[-2:] == ["entry.withdrawn", "entry.restored"]


def test_a_question_in_vain_is_given_to_an_entry_tried_published_and_scored(
    empty_engine: Engine, tmp_path: Path
) -> None:
    prepare(empty_engine, tmp_path / "towns")
    with running(empty_engine) as office:
        resident(office, VAIN)
        approver = office.clerk(Role.APPROVER)
        inbox, drafts, tests = (f"/towns/sample/{name}" for name in ("inbox", "drafts", "test-questions"))
        approver.send(f"{tests}/find", on=f"{tests}/new", question=VAIN)
        approver.send(tests, place=CLASS)
        (one,) = approver.get(inbox).tree.xpath("//main//h2/a/@href")
        approver.send(f"{one}/phrasing", on=one, place=CLASS)
        assert "1件のうち 1件が合っています" in approver.send(f"{drafts}/release").text
        assert "スマホ教室を開く" in resident(office, VAIN)[0]
        assert office.audited() == ["exam.kept", "inbox.phrased", "drafts.published"]


def test_plans_and_files_of_entries_are_taken_in_and_counted(empty_engine: Engine, tmp_path: Path) -> None:
    prepare(empty_engine, tmp_path / "towns")
    with running(empty_engine) as office:
        editor = office.clerk(Role.EDITOR)
        there = here(read(editor))
        editor.send(f"{there}/import", all="1")
        undo = editor.get("/towns/sample/plans").tree.xpath("//form[contains(@action, 'undo')]/@action")[0]
        assert "取り込みを取り消しました" in editor.send(undo).text
        content = editor.http.get("/towns/sample/exchange/file?format=xlsx").content
        exchange = "/towns/sample/exchange"
        page = editor.send(exchange, on=exchange, files={"file": ("項目.xlsx", content)})
        assert "変わるところはありません" in page.text
        fill(office)
        assert "質問（会話は7）" in editor.get("/towns/sample/figures").text
