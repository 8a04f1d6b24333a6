"""Takes the pictures of the help pages anew: `python -m tests.admin.pictures` writes them to admin/static/help.

The pages are shown as staff see them, over an invented town; a picture is a WebP of at most sixty kilobytes.
"""

import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page
from sqlmodel import Session

from admin import cookies
from admin.app import STATIC
from admin.roles import Role
from knowledge import store
from knowledge.accounts import Staff
from knowledge.exchange import files, handed_in, imports
from knowledge.exchange.files import Format
from knowledge.models import Conversation, Inquiry, Town, Turn
from knowledge.plans import examinations, uploads
from tests.admin.office import Clerk, Office, prepare, running
from tests.browser.conftest import launched
from tests.knowledge.plans.made import PLAN

FOLDER = STATIC / "help"
LARGEST = 60_000  # bytes
WIDTH, HEIGHT = 1100, 720
# The fields as a Japanese browser words them: the one that takes the pictures may speak English only.
IN_JAPANESE = """() => {
  for (const field of document.querySelectorAll("input[type=file]")) {
    const button = Object.assign(document.createElement("span"), {className: "button outlined small"});
    button.textContent = "ファイルの選択";
    field.replaceWith(button, " 選択されていません");
  }
  for (const field of document.querySelectorAll("input[type=date]")) {
    const day = field.value.replaceAll("-", "/");
    field.type = "text";
    field.value = day || "年 / 月 / 日";
  }
}"""
# By name: the page below the town (or from the root, with a leading //), and what the picture begins with.
SHOTS = {
    "home": "",
    "plans": "/plans",
    "plan-found": "/plans/{upload}?part=measure",
    "plan-coverage": "/plans/{upload}/coverage",
    "departments": "/departments",
    "figures": "/figures",
    "exchange": "/exchange",
    "exchange-check": "/exchange/files/{file}",
    "settings": "/settings",
    "closed": "/closed",
    "staff": "/staff",
    "audit": "/audit",
    "account": "//account",
    "sign-in": "//sign-in",
    "inbox": "/inbox",
    "entries": "/entries",
    "entry": "/entries/smartphone-class",
    "confirm": "/confirm",
    "drafts": "/drafts",
    "try": "/try",
    "tests": "/test-questions",
    "words": "/words",
}


FROM = {"plan-found": "ul.tabs", "figures": "ul.numbers"}  # where such a picture begins, if not at the top


@contextmanager
def an_office() -> Iterator[Office]:
    """An office with something on every page."""
    with tempfile.TemporaryDirectory() as folder:
        engine = store.open_engine(f"sqlite:///{folder}/annai.db")
        prepare(engine, Path(folder) / "towns")
        with running(engine) as office:
            furnish(office)
            yield office
        engine.dispose()


def furnish(office: Office) -> None:
    """A plan that was read, questions of the last weeks, colleagues."""
    now = datetime.now(UTC)
    with store.writing(office.engine) as session:
        town = session.get_one(Town, "sample")
        town.telephone, town.opening_hours = "0297-00-0000", "平日 8時30分から17時15分まで"
        upload = uploads.keep_upload(session, "sample", "みほん市DX推進計画.md", PLAN.read_bytes(), by="山田 花子")
        examinations.ask_for(session, upload.id or 0)
        for number in range(60):
            ask(session, number, now - timedelta(hours=7 * number))
        rpa = next(entry for entry in imports.current(session, "sample") if entry.id == "rpa")
        facet = rpa.facets[0].model_copy(update={"text": "RPAは、決まった作業をパソコンに自動でさせることです。"})
        content = files.write([rpa.model_copy(update={"facets": (facet,)})], Format.EXCEL)
        handed_in.keep_file(session, "sample", "回答項目.xlsx", content, by="山田 花子", now=now)
    while examinations.read_next(office.engine):
        pass


KINDS = ("answer", "answer", "answer", "choices", "unknown", "answer", "notice")
ENTRIES = ("smartphone-class", "counter", "rpa")


def ask(session: Session, number: int, at: datetime) -> None:
    """A conversation of one turn; what was asked in vain is an inquiry."""
    kind, key = KINDS[number % len(KINDS)], f"{number:032x}"
    channel = "line" if number % 3 else "web"
    session.add(Conversation(id=key, town_id="sample", channel=channel, created_at=at, last_at=at, turns=1))
    session.flush()
    parts = [f"{ENTRIES[number % 3]}#actions"] if kind == "answer" else []
    helpful = None if number % 4 else bool(number % 8)
    question = "コミュニティバスの時刻を知りたい" if kind == "unknown" else "スマホ教室はいつですか"
    session.add(
        Turn(conversation_id=key, number=1, question=question, kind=kind, parts=parts, helpful=helpful, created_at=at)
    )
    if kind == "unknown":
        session.add(
            Inquiry(
                town_id="sample",
                conversation_id=key,
                turn=1,
                question=question,
                why="unknown",
                visitor=key,
                day=at.date(),
                created_at=at,
            )
        )


def take(page: Page, name: str, folder: Path) -> int:
    """One picture of what the window shows; its bytes."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    for quality in (85, 70, 55, 40):
        held = io.BytesIO()
        picture.save(held, "WEBP", quality=quality, method=6)
        if held.tell() <= LARGEST:
            break
    (folder / f"{name}.webp").write_bytes(held.getvalue())
    return held.tell()


def address(path: str, office: Office) -> str:
    """Where a picture is taken."""
    if path.startswith("//"):
        return office.address + path[1:]
    return f"{office.address}/towns/sample{path.format(**office.samples('sample'))}"


def main(folder: Path = FOLDER, width: int = WIDTH, *, whole: bool = False) -> None:
    """All pictures; says of each how great it is."""
    folder.mkdir(parents=True, exist_ok=True)
    with an_office() as office, launched() as browser:
        boss: Clerk = office.clerk(Role.ADMINISTRATOR)
        with store.writing(office.engine) as session:
            session.get_one(Staff, boss.staff.id if boss.staff else 0).name = "山田 花子"
        for name, path in SHOTS.items():
            context = browser.new_context(viewport={"width": width, "height": HEIGHT}, locale="ja-JP")
            if name != "sign-in":
                token = boss.http.cookies.get(cookies.SESSION) or ""
                context.add_cookies([{"name": cookies.SESSION, "value": token, "url": office.address}])
            page = context.new_page()
            response = page.goto(address(path, office))
            if response is None or not response.ok:
                sys.stdout.write(f"{name}: no such page\n")
                context.close()
                continue
            page.evaluate(IN_JAPANESE)
            if name in FROM:
                page.locator(FROM[name]).first.evaluate("shown => shown.scrollIntoView()")
            if whole:
                page.screenshot(path=folder / f"{name}.png", full_page=True)
            else:
                sys.stdout.write(f"{name}: {take(page, name, folder)}\n")
            context.close()


if __name__ == "__main__":
    elsewhere = os.environ.get("ANNAI_PICTURES")
    if elsewhere:
        main(Path(elsewhere), int(os.environ.get("ANNAI_WIDTH", "1280")), whole=True)
    else:
        main()
