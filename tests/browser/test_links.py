"""The widget makes links of the same words as the pages do."""

import pytest
from playwright.sync_api import Page

from bot.channels.web.links import linked
from bot.channels.web.widget import PARTS

TEXTS = [
    "電話 0480-84-1111へ",
    "くわしくは https://www.example.lg.jp/dx/。",
    "https://example.jp/a?b=1, など",
    "https://example.jp:8080/a.pdf.",
    "somu@example.lg.jp まで",
    "119番か、#8000（子ども医療電話相談）へ。24時間、100人",
    "1234-0480-84-1111",
    "0480-84-1111-22",
    "javascript:alert(1) data:text/html,x",
    "110番か https://www.example.lg.jp/119 へ",
]
PIECES = """([building, text, urgent]) => new Function(building + ";return linked")()(text, urgent)
  .filter(piece => piece.href).map(link => [link.textContent, link.getAttribute("href")])"""


@pytest.mark.parametrize("urgent", [False, True])
def test_links_are_those_of_the_pages(page: Page, urgent: bool) -> None:
    building = (PARTS / "building.js").read_text(encoding="utf-8")
    for text in TEXTS:
        made = page.evaluate(PIECES, [building, text, urgent])
        expected = [
            [words, address.replace("-", "") if address.startswith("tel:") else address]
            for words, address in linked(text, urgent=urgent)
            if address
        ]
        assert made == expected, text
