"""The times that a resident sees in the widget, taken in a real Chromium; part of `annai measure`."""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

from sqlalchemy import Engine

from knowledge import publishing, revisions, store
from knowledge.days import today
from knowledge.entries import EntryContent

ROUNDS = 10
BOUND = 30_000  # milliseconds
MISSING = "Chromium がないため、測っていません（scripts/install-browser で入ります）。"
ASK = """async question => {
  const element = document.querySelector("dx-annai");
  performance.clearResourceTimings();
  await element.ask(question);
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  const painted = performance.now();
  const asked = performance.getEntriesByType("resource").find(one => one.name.endsWith("/ask"));
  return [asked.responseEnd - asked.requestStart, painted - asked.responseEnd, painted - asked.startTime];
}"""
UNTIL = """async ([question, wanted, bound]) => {
  const element = document.querySelector("dx-annai"), until = performance.now() + bound;
  while (performance.now() < until) {
    await element.ask(question);
    if (element.shadowRoot.querySelector(".log").lastElementChild.textContent.includes(wanted)) return true;
    await new Promise(done => setTimeout(done, 200));
  }
  return false;
}"""


@contextmanager
def _browser() -> Iterator[Any]:
    """Chromium, or None where it or the library that drives it is not installed."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415  installed for the tests alone
    except ImportError:
        path = None
    if path is None:
        yield None
        return
    arguments = ["--disable-background-networking", "--disable-component-update", "--no-first-run"]
    arguments += ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


def widget_times(address: str, engine: Engine, question: str) -> dict[str, Any]:
    """Medians in milliseconds of first replies: the server's time, from its last byte to the paint, all of it.

    `publication_seen_s` are seconds from a publication's commit until the widget shows it.
    """
    with _browser() as browser:
        if browser is None:
            return {"skipped": MISSING}
        times = [_first_reply(browser, address, question) for _ in range(ROUNDS)]
        server, painted, whole = (round(median(column), 1) for column in zip(*times, strict=True))
        seen = [_publication(browser, address, engine, number) for number in range(3)]
    return {
        "server_ms": server,
        "painted_after_server_ms": painted,
        "asked_to_painted_ms": whole,
        "publication_seen_s": [round(one, 2) for one in seen],
    }


@contextmanager
def _opened(browser: Any, address: str) -> Iterator[Any]:
    page = browser.new_page()
    page.goto(f"{address}/demo/toin")
    page.locator("dx-annai button.launcher").click()
    page.locator("dx-annai .choices").wait_for(timeout=BOUND)
    yield page
    page.close()


def _first_reply(browser: Any, address: str, question: str) -> list[float]:
    with _opened(browser, address) as page:
        times: list[float] = page.evaluate(ASK, question)
    return times


def _publication(browser: Any, address: str, engine: Engine, number: int) -> float:
    """Seconds until a new entry is shown, asked for again and again."""
    question, said = f"計測用の項目{number}番とは何ですか", f"計測用の答え{number}番です。"
    facet = {"name": "definition", "text": said, "section": "計測"}
    entry = {"id": f"measured-{number}", "kind": "faq", "title": f"計測用の項目{number}番", "facets": [facet]}
    content = EntryContent.model_validate(entry | {"phrasings": [question]})
    with _opened(browser, address) as page:
        with store.writing(engine) as session:
            source = revisions.published_entries(session, "toin", today())[0].source.id
            draft = publishing.begin_entry(session, "toin", source, content, author="annai measure")
            publishing.publish(session, draft.entry_key, draft.number)
        begun = time.perf_counter()
        if not page.evaluate(UNTIL, [question, said, BOUND]):
            raise TimeoutError("the publication was not seen in time")
        return time.perf_counter() - begun
