"""The widget as a resident finds it: by what is written on it, not by how it is built."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Locator, Page, Route, expect

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN_AXE = """async tags => {
  const { violations, passes } = await axe.run({ runOnly: tags });
  const told = violations.flatMap(one => one.nodes.map(node => `${one.id}: ${JSON.stringify(node.target)}`));
  return { violations: told, passes: passes.length };
}"""
ANSWERED = "スマホ教室はありますか"
CHOSEN_FROM = "窓口で困っている"


@dataclass(frozen=True)
class Widget:
    """One widget in one page."""

    page: Page

    @property
    def opener(self) -> Locator:
        return self.page.locator("dx-annai button.launcher")

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    @property
    def field(self) -> Locator:
        return self.dialog.get_by_role("combobox")

    @property
    def log(self) -> Locator:
        return self.dialog.get_by_role("log")

    @property
    def replies(self) -> Locator:
        return self.log.locator(".reply")

    @property
    def failure(self) -> Locator:
        return self.dialog.get_by_role("alert")

    def open(self) -> "Widget":
        """Opened, with the town's greeting read."""
        self.opener.click()
        expect(self.dialog).to_be_visible()
        expect(self.dialog.get_by_role("heading")).to_have_text(re.compile("見本町"))
        return self

    def press(self, name: str) -> None:
        """The button of that name."""
        self.dialog.get_by_role("button", name=name, exact=True).click()

    def ask(self, text: str) -> Locator:
        """A question, typed and sent; its reply."""
        before = self.replies.count()
        self.field.fill(text)
        self.press("送る")
        expect(self.replies).to_have_count(before + 1)
        return self.replies.last

    def violations(self) -> list[str]:
        """What axe finds, in the whole page."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        found = self.page.evaluate(RUN_AXE, TAGS)
        assert found["passes"] > 5, "axe looked at nothing"
        violations: list[str] = found["violations"]
        return violations


def script(service: Any, attributes: str = "") -> str:
    """The line that a town's website includes."""
    return f'<script src="{service.address}/widget.js" data-town="sample" {attributes} defer></script>'


def failing(page: Page, path: str, how: Callable[[Route], None]) -> None:
    """From now on requests to this path of the API fail in this way."""
    page.route(re.compile(path), how)
