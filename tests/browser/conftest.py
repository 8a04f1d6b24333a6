"""A real Chromium, the public app with a sample town on a real port, and a town's website beside it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sqlalchemy import Engine

from bot.app import create_app
from bot.limits import Limiter, Rate
from bot.registry import Registry
from bot.settings import Settings
from knowledge import loading, publishing, revisions, store
from knowledge.entries import EntryContent
from knowledge.models import Source, State, Town
from tests.bot.server import KEY, serving, write_sample
from tests.browser.host import Host, hosting
from tests.browser.widget import Widget
from tests.databases import Databases

BOUND = 15_000  # milliseconds that a change may take to be seen
QUIET = ["--disable-background-networking", "--disable-component-update", "--no-first-run"]
EASY = "RPAは、作業《さぎょう》を自動《じどう》でするしくみです。"
ADDRESS = "https://www.town.example/plan.pdf"


@dataclass(frozen=True)
class Service:
    """The running bot: where it is, its store, its website's address, and its app to be closed or hurried."""

    address: str
    engine: Engine
    host: Host


def chromium() -> str:
    """Where the system's Chromium is; a missing one is a failure with the remedy."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "Chromium がありません。scripts/install-browser を実行してください。"
    return found


@contextmanager
def launched() -> Iterator[Browser]:
    """A running Chromium that calls nobody by itself."""
    arguments = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium a worker; ended with the folder, so that its event loop is in no other test's way."""
    with launched() as browser:
        yield browser


@pytest.fixture(scope="package")
def service(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The public app that answers for the sample town, whose website may ask it."""
    folder: Path = tmp_path_factory.mktemp("browser")
    with databases.engine(folder) as engine, hosting() as host:
        loading.load_all(engine, write_sample(folder / "towns"))
        _furnish(engine, host.origin)
        app = create_app(Registry(engine), Settings(secret_key=KEY))  # type: ignore[arg-type]
        app.state.around.ask = Limiter(Rate(burst=10_000, per_minute=10_000))
        app.state.around.suggest = Limiter(Rate(burst=10_000, per_minute=10_000))
        app.state.around.feedback = Limiter(Rate(burst=10_000, per_minute=10_000))
        with serving(app) as client:
            yield Service(str(client.base_url).rstrip("/"), engine, host)


def _furnish(engine: Engine, origin: str) -> None:
    """What staff would enter: telephone, website, the plan's address, easy Japanese."""
    with store.writing(engine) as session:
        town = session.get_one(Town, "sample")
        town.telephone, town.allowed_origins = "0123-45-6789", [origin]
        session.get_one(Source, "sample-2024-01").public_address = ADDRESS
        key = revisions.entry_key("sample", "rpa")
        content = EntryContent.model_validate(revisions.latest(session, key).content)
        easy = content.model_copy(update={"easy": EASY})
        draft = publishing.add_revision(session, key, easy, state=State.DRAFT, author="職員", reason="やさしい日本語")
        publishing.publish(session, key, draft.number)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh visitor; what a page throws fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="ja-JP")
    context.set_default_timeout(BOUND)
    problems: list[str] = []
    context.on("weberror", lambda problem: problems.append(str(problem.error)))
    yield context
    context.close()
    assert problems == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A tab."""
    return context.new_page()


@pytest.fixture
def widget(page: Page, service: Service) -> Widget:
    """The widget in the demonstration page, closed."""
    page.goto(f"{service.address}/demo/sample")
    return Widget(page)
