"""Pictures of the widget in every state, for people to look at: into ANNAI_PICTURES, if it names a folder."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import STATES, State
from tests.browser.widget import Widget

VIEWS = ((1280, 900, "light"), (390, 844, "light"), (390, 844, "dark"), (390, 844, "forced"), (320, 256, "light"))


@pytest.mark.long
@pytest.mark.parametrize("view", VIEWS, ids=str)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_is_drawn(widget: Widget, tmp_path: Path, state: State, view: tuple[int, int, str]) -> None:
    width, height, colours = view
    folder = Path(os.environ.get("ANNAI_PICTURES") or tmp_path)
    widget.page.set_viewport_size({"width": width, "height": height})
    if colours == "dark":
        widget.page.emulate_media(color_scheme="dark")
    if colours == "forced":
        widget.page.emulate_media(forced_colors="active")
    state(widget)
    expect(widget.opener.or_(widget.dialog).first).to_be_attached()
    picture = widget.page.screenshot(path=folder / f"{state.__name__}-{width}-{colours}.png")
    assert len(picture) > 1_000
