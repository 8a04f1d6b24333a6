"""The times of whole screens of the staff's side, over HTTP, signed in. Asserts nothing."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from statistics import median

import uvicorn
from sqlalchemy import Engine, insert

from admin import accounts, cookies, sessions
from admin.app import create_app
from admin.roles import Role
from bot.colliding import texts_of
from bot.settings import Settings
from knowledge import publishing, revisions, store
from knowledge.days import today
from knowledge.models import Conversation, Turn

TOWN = "hokota"
QUESTIONS = 500
ROUNDS = 5
BOUND = 60.0  # seconds
SECRET = "measured" * 8  # of a process that lives as long as the measuring


def screen_figures(engine: Engine, crowded: str) -> dict[str, float]:
    """Milliseconds, medians: wins and losses over 500 questions; the inbox and the list of `crowded`.

    `crowded` is a town of 5,000 inquiries and 5,000 entries.
    """
    paths = {
        "page_trial_500_ms": f"/towns/{TOWN}/drafts/check?draft={_draft(engine)}",
        "page_inbox_5000_ms": f"/towns/{crowded}/inbox",
        "page_list_5000_ms": f"/towns/{crowded}/entries",
    }
    with store.writing(engine) as session:
        now = datetime.now(UTC)
        viewer = accounts.add(session, None, "measure", "annai measure", Role.OPERATOR, now)
        viewer.totp = "measured"  # a second factor that is never asked for: the session says that it was given
        token = sessions.begin(session, viewer, now, code_given=True)
    with _serving(engine) as port:
        return {name: _milliseconds(port, path, token) for name, path in paths.items()}


def _draft(engine: Engine) -> str:
    """A draft with one phrasing more, in a town where 500 different questions were asked; as an address names it."""
    now = datetime.now(UTC)
    with store.writing(engine) as session:
        contents = [one.content for one in revisions.published_entries(session, TOWN, today())]
        first = contents[0]
        key = revisions.entry_key(TOWN, first.id)
        more = first.model_copy(update={"phrasings": (*first.phrasings, "プールはいつ開きますか")})
        newest = revisions.latest(session, key)
        draft = publishing.save_draft(session, key, more, based_on=newest.number, author="annai measure")
        session.add(Conversation(id=TOWN, town_id=TOWN, channel="web", created_at=now, last_at=now, state={}))
        session.flush()
        said = dict.fromkeys(text for entry in contents for text in texts_of(entry))
        session.execute(insert(Turn), [_turn(number, text, now) for number, text in enumerate([*said][:QUESTIONS])])
    return f"{first.id}:{draft.number}"


def _turn(number: int, question: str, now: datetime) -> dict[str, object]:
    row: dict[str, object] = {"conversation_id": TOWN, "number": number, "question": question, "created_at": now}
    return row | {"kind": "answer", "parts": [], "choices": [], "reason": ""}


@contextmanager
def _serving(engine: Engine) -> Iterator[int]:
    """The internal app on a free port of this machine, in a thread."""
    app = create_app(engine, Settings(secret_key=SECRET))
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + BOUND
    towns = app.state.around.registry
    while not (server.started and towns.has_read) and thread.is_alive() and time.monotonic() < until:
        time.sleep(0.02)
    try:
        yield int(server.servers[0].sockets[0].getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(BOUND)


def _milliseconds(port: int, path: str, token: str) -> float:
    times = []
    for _ in range(ROUNDS):
        connection = HTTPConnection("127.0.0.1", port, timeout=BOUND)
        begun = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": f"{cookies.SESSION}={token}"})
        response = connection.getresponse()
        response.read()
        times.append((time.perf_counter() - begun) * 1000)
        connection.close()
        if response.status != 200:  # noqa: PLR2004
            raise RuntimeError(f"{path}: {response.status}")
    return round(median(times), 1)
