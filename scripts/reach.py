"""How soon a publication is answered from by every one of several public processes, on 127.0.0.1.

A text of 鉾田市, the town with the most entries, is changed and published some times; each process is asked again and
again until it says the new text.

    .venv/bin/python scripts/reach.py --processes 3 --times 10
"""

import argparse
import json
import os
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from http.client import HTTPConnection

from sqlalchemy import Engine

from knowledge import loading, publications, publishing, revisions, store
from knowledge.days import today
from knowledge.entries import EntryContent
from knowledge.publications import Draft
from scripts.load import serving

TOWN = "hokota"
MOST_SECONDS = 30.0


def publish(engine: Engine, key: str, words: str) -> float:
    """Publishes an entry with another text; when it was done."""
    with store.writing(engine) as session:
        latest = revisions.latest(session, key)
        content = EntryContent.model_validate(latest.content)
        facet = content.facets[0].model_copy(update={"text": words})
        changed = content.model_copy(update={"facets": (facet, *content.facets[1:])})
        draft = publishing.save_draft(session, key, changed, based_on=latest.number, author="reach")
        ready = [Draft(key, draft.number)]
        publications.publish_together(session, ready, by="reach", now=datetime.now(UTC))
    return time.perf_counter()


def heard(port: int, title: str, words: str) -> float:
    """When a process first says the words; raises TimeoutError where it does not."""
    until = time.monotonic() + MOST_SECONDS
    body = json.dumps({"text": f"{title}とは"}).encode()
    while time.monotonic() < until:
        asked = HTTPConnection("127.0.0.1", port, timeout=5)
        asked.request("POST", f"/api/v1/towns/{TOWN}/ask", body, {"Content-Type": "application/json"})
        said = json.loads(asked.getresponse().read())["text"]
        asked.close()
        if words in said:
            return time.perf_counter()
        time.sleep(0.05)
    raise TimeoutError(f"port {port} did not say it")


def reached(engine: Engine, ports: list[int], times: int) -> list[float]:
    """Seconds from each publication to each process, sorted."""
    with store.reading(engine) as session:
        entries = revisions.published_entries(session, TOWN, today())
        content = next(one.content for one in entries if one.content.kind == "term")
    taken: list[float] = []
    with ThreadPoolExecutor(len(ports)) as pool:
        for number in range(times):
            words = f"{number + 1}番目の新しい文です。"
            done = publish(engine, f"{TOWN}/{content.id}", words)
            taken += [at - done for at in pool.map(partial(heard, title=content.title, words=words), ports)]
    return sorted(taken)


def main() -> None:
    """Prepares a database of its own (or takes the one given), starts the processes, publishes, ends them."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--processes", type=int, default=2, choices=range(1, 9))
    wanted.add_argument("--times", type=int, default=10, choices=range(1, 51))
    wanted.add_argument("--database", default="", help="an address of an empty database; SQLite in a temporary folder")
    given = wanted.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        url = given.database or f"sqlite:///{folder}/annai.db"
        engine = stack.enter_context(store.opened(url, migrated=True))
        loading.load_all(engine)
        ports = [port for port, _ in (stack.enter_context(serving(url)) for _ in range(given.processes))]
        print(f"load average {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores", flush=True)
        taken = reached(engine, ports, given.times)
    print(json.dumps({"median_s": round(taken[len(taken) // 2], 2), "slowest_s": round(taken[-1], 2)}))


if __name__ == "__main__":
    main()
