"""Many large towns in one process: memory, start, a publication's time, a question's time beside one town alone.

Each is started twice: the first process reads every text and keeps what it read, the second finds it kept.

The entries are the bundled ones under new ids, in a database of its own.

    .venv/bin/python scripts/towns.py --towns 60 --entries 1000
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from sqlalchemy import Engine, insert
from sqlmodel import Session

from bot.asking import Asking, ask
from bot.registry import Registry
from knowledge import preparations, publishing, revisions, store
from knowledge.bundled import TOWNS, read_town, town_folders
from knowledge.entries import EntryContent
from knowledge.models import Entry, Revision, Source, Town

QUESTIONS = (
    "スマホの使い方を教えてほしい",
    "マイナンバーカードはどこで作れますか",
    "RPAって何",
    "計画はいつまでですか",
    "火星の天気は？",
)
ROUNDS = 100


def contents(number: int) -> list[EntryContent]:
    """So many entries: the bundled ones of all towns, again and again under new ids."""
    bundled = [one.content for folder in town_folders(TOWNS) for one in read_town(folder).entries]
    return [
        bundled[at % len(bundled)].model_copy(update={"id": f"e{at}-{bundled[at % len(bundled)].id}"[:60]})
        for at in range(number)
    ]


def fill(engine: Engine, towns: int, entries: int) -> None:
    """The towns with their published entries."""
    made, now = [(one, one.model_dump(mode="json")) for one in contents(entries)], datetime.now(UTC)
    for number in range(towns):
        town = f"t{number}"
        with store.writing(engine) as session:
            name = f"第{number}町"
            session.add(Town(id=town, name=name, reading="まち", prefecture="県", office="町役場", revision=1))
            session.flush()
            session.add(Source(id=f"{town}-s", town_id=town, title="計画", period_from="2024-04", period_to="2026-03"))
            session.flush()
            _insert(session, town, made, now)


def _insert(session: Session, town: str, made: list[tuple[EntryContent, dict[str, object]]], now: datetime) -> None:
    keys = [revisions.entry_key(town, one.id) for one, _ in made]
    rows = [
        {"key": key, "town_id": town, "source_id": f"{town}-s", "kind": one.kind, "published_number": 1,
         "title": one.title, "newest_number": 1, "newest_state": "published"}
        for key, (one, _) in zip(keys, made, strict=True)
    ]  # fmt: skip
    session.execute(insert(Entry), rows)
    texts = [
        {"entry_key": key, "number": 1, "state": "published", "content": content, "bundled": True, "created_at": now}
        for key, (_, content) in zip(keys, made, strict=True)
    ]
    session.execute(insert(Revision), texts)


def memory() -> float:
    """Resident megabytes of this process."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def asked(registry: Registry, towns: int) -> float:
    """The median milliseconds of a stored reply, the towns in turn."""
    times = []
    for number in range(ROUNDS):
        for text in QUESTIONS:
            begun = time.perf_counter()
            town = registry.towns[f"t{(number * 7) % towns}"]
            ask(Asking(visitor=f"{number}", channel="web", text=text), town, registry.engine, datetime.now(UTC))
            times.append((time.perf_counter() - begun) * 1000)
    return round(median(times[len(QUESTIONS) * 5 :]), 2)


def measure(address: str, towns: int) -> dict[str, float]:
    """One process with so many towns, from whatever was kept of them."""
    engine = store.open_engine(address)
    registry, empty = Registry(engine), memory()
    begun, computed = time.perf_counter(), time.process_time()
    registry.refresh()
    figures = {"towns": towns, "start_s": round(time.perf_counter() - begun, 1)}
    figures |= {"computing_s": round(time.process_time() - computed, 1), "mb": round(memory() - empty)}
    figures["ask_ms"] = asked(registry, towns)
    with store.writing(engine) as session:
        publishing.move_town(session, "t0")
    begun = time.perf_counter()
    registry.refresh()
    figures["publication_s"] = round(time.perf_counter() - begun, 2)
    begun = time.perf_counter()
    registry.refresh()
    figures["look_ms"] = round((time.perf_counter() - begun) * 1000, 2)
    begun = time.perf_counter()
    for town_id, town in registry.towns.items():
        preparations.keep(engine, town_id, town.library.prepared)
    figures["keep_s"] = round(time.perf_counter() - begun, 2)
    engine.dispose()
    return figures


def measure_starts(towns: int, entries: int) -> Iterator[dict[str, float]]:
    """A process that reads every text, then one that finds them read, each new."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{folder}/annai.db"
        with store.opened(address, migrated=True) as engine:
            fill(engine, towns, entries)
        for _ in range(2):
            with ProcessPoolExecutor(1, get_context("spawn")) as process:
                yield process.submit(measure, address, towns).result()


def main() -> None:
    """One town, then many."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--towns", type=int, default=60)
    wanted.add_argument("--entries", type=int, default=1_000)
    given = wanted.parse_args()
    print(f"load average {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores", flush=True)
    for towns in (1, given.towns):
        for figures in measure_starts(towns, given.entries):
            print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main()
