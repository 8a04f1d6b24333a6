"""Takes the README's picture anew: `python -m tests.browser.picture` writes docs/picture.png.

The widget on its demonstration page, over 東員町's bundled knowledge, with a resident's question answered.
"""

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from bot.app import create_app
from bot.registry import Registry
from bot.settings import Settings
from knowledge import loading, store
from knowledge.bundled import TOWNS
from tests.bot.server import KEY, serving
from tests.browser.conftest import launched
from tests.browser.widget import Widget

PICTURE = Path(__file__).parents[2] / "docs/picture.png"
QUESTION = "こんびにで住民票とれるの"
SIZE = {"width": 960, "height": 712}
COLOURS = 64  # enough for a page without photographs, in a third of the bytes


@contextmanager
def bundled() -> Iterator[str]:
    """The address of a bot that answers for the five towns."""
    with tempfile.TemporaryDirectory() as folder:
        engine = store.open_engine(f"sqlite:///{folder}/annai.db")
        store.migrate(engine)
        loading.load_all(engine, TOWNS)
        with serving(create_app(Registry(engine), Settings(secret_key=KEY))) as client:  # type: ignore[arg-type]
            yield str(client.base_url).rstrip("/")
        engine.dispose()


def answered(page: Page, address: str) -> bytes:
    """The page once the question is answered, as a PNG."""
    page.goto(f"{address}/demo/toin")
    widget = Widget(page)
    widget.opener.click()
    widget.ask(QUESTION)
    page.evaluate(
        "document.querySelector('pre').textContent = document.querySelector('pre').textContent"
        f".replace({address!r}, 'https://dx.example.jp')"
    )
    return page.screenshot()


def main() -> None:
    """Writes the picture and says how great it is."""
    with bundled() as address, launched() as browser:
        page = browser.new_context(viewport=SIZE, locale="ja-JP").new_page()  # type: ignore[arg-type]
        picture = Image.open(io.BytesIO(answered(page, address))).convert("RGB").quantize(COLOURS)
    picture.save(PICTURE, optimize=True)
    print(f"{PICTURE.name}: {PICTURE.stat().st_size} bytes")  # noqa: T201


if __name__ == "__main__":
    main()
