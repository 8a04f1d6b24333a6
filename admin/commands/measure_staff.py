"""The times behind the staff's screens: the inbox, the list of entries, wins and losses. Asserts nothing."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median

from sqlalchemy import Engine, insert

from bot import inbox
from bot.published import from_bundled
from bot.trials import Question, trial
from knowledge import catalogue, lexicon, store
from knowledge.bundled import TOWNS, read_town
from knowledge.catalogue import Filter
from knowledge.days import today
from knowledge.entries import EntryContent
from knowledge.models import Conversation, Entry, Inquiry, Source, State, Town, Turn

TOWN = "measured"
ENTRIES = 5_000
INQUIRIES = 5_000
QUESTIONS = 500
TURNS = 20_000
ROUNDS = 3


def staff_figures(engine: Engine) -> dict[str, float]:
    """Milliseconds, medians: 5,000 inquiries grouped, a page over 5,000 entries, 500 questions before and after."""
    contents = [one.content for name in ("hokota", "toin") for one in read_town(TOWNS / name).entries]
    said = [text for entry in contents for text in (*entry.phrasings, *(p for f in entry.facets for p in f.phrasings))]
    _fill(engine, contents, said)
    town = from_bundled(read_town(TOWNS / "hokota"))
    first = next(iter(town.library.entries.values())).content
    draft = first.model_copy(update={"phrasings": (*first.phrasings, "プールはいつ開きますか")})
    questions = [Question(text, "answered") for text in said[:QUESTIONS]]

    def groups() -> None:
        with store.reading(engine) as session:
            inbox.groups(session, TOWN, lexicon.bundled())

    def page() -> None:
        with store.reading(engine) as session:
            catalogue.page(session, TOWN, Filter(text="カード", due=True), today())

    return {
        "inbox_5000_ms": _milliseconds(groups),
        "list_5000_ms": _milliseconds(page),
        "trial_500_ms": _milliseconds(lambda: trial(questions, town, [draft])),
    }


def _milliseconds(act: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        act()
        times.append((time.perf_counter() - begun) * 1000)
    return round(median(times), 1)


def _fill(engine: Engine, contents: list[EntryContent], said: list[str]) -> None:
    """A town of its own with entries, turns and inquiries, straight into the tables."""
    now, day = datetime.now(UTC), today()
    names = [contents[number % len(contents)] for number in range(ENTRIES)]
    entries = [
        {
            "key": f"{TOWN}/e{number}",
            "town_id": TOWN,
            "source_id": TOWN,
            "kind": entry.kind.value,
            "published_number": 1,
            "title": f"{entry.title}{number}",
            "newest_number": 1,
            "newest_state": State.PUBLISHED.value,
        }
        for number, entry in enumerate(names)
    ]
    inquiries = [
        {"town_id": TOWN, "question": f"{said[number % len(said)]}", "why": "unknown", "visitor": "v"}
        | {"day": day, "created_at": now, "offered": []}
        for number in range(INQUIRIES)
    ]
    with store.writing(engine) as session:
        session.add(Town(id=TOWN, name="計測町", reading="", prefecture="", office="町役場"))
        session.flush()
        session.add(Source(id=TOWN, town_id=TOWN, title="計画", period_from="2022-04", period_to="2026-03"))
        session.flush()
        session.execute(insert(Entry), entries)
        session.execute(insert(Inquiry), inquiries)
        talk = {
            "id": TOWN,
            "town_id": TOWN,
            "channel": "web",
            "created_at": now,
            "last_at": now,
            "state": {},
            "turns": 0,
        }
        session.execute(insert(Conversation), [talk | {"state": {}}])
        session.execute(insert(Turn), [_turn(number, now) for number in range(TURNS)])


def _turn(number: int, now: datetime) -> dict[str, object]:
    return {
        "conversation_id": TOWN,
        "number": number,
        "question": "質問",
        "kind": "answer",
        "parts": [f"e{number % ENTRIES}#actions"],
        "choices": [],
        "helpful": number % 3 == 0,
        "reason": "",
        "created_at": now,
    }
