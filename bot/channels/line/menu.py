"""The rich menu of a town: its tiles with their actions, and the request that makes it."""

from dataclasses import dataclass
from typing import Any

from bot.channels.line.postbacks import TopicAsked, sign
from bot.channels.line.topics import Topic, help_topic, topics
from bot.channels.line.wordings import wording
from bot.town import TownKnowledge

WIDTH = 2_500  # pixels; LINE takes 800 to 2,500
HEIGHTS = {1: 843, 2: 1_686}  # by rows of tiles: LINE's two usual shapes
HEADER = {1: 300, 2: 366}  # for the town's name
IN_A_ROW = 3
MOST_TOPICS = 5
OURS = "dx-annai/"  # how the name of a menu of this program begins


@dataclass(frozen=True)
class Tile:
    """One tile: where it is (pixels from the top left), its label line by line, what a tap does."""

    x: int
    y: int
    width: int
    height: int
    lines: tuple[str, ...]
    action: dict[str, Any]


@dataclass(frozen=True)
class Menu:
    """A town's menu: what stands above the tiles, and the tiles."""

    town: str
    title: str
    hint: str
    width: int
    height: int
    header: int
    tiles: tuple[Tile, ...]

    def request(self) -> dict[str, Any]:
        """The body of LINE's "create rich menu"."""
        return {
            "size": {"width": self.width, "height": self.height},
            "selected": True,
            "name": OURS + self.town,
            "chatBarText": wording("menu_bar"),
            "areas": [
                {"bounds": {"x": t.x, "y": t.y, "width": t.width, "height": t.height}, "action": t.action}
                for t in self.tiles
            ],
        }


def menu(town: TownKnowledge, key: bytes) -> Menu:
    """The menu of a town: the first topics that it answers, and the help."""
    town_id, name = town.library.town.id, town.office.name
    buttons = [(topic.lines, _asks(topic, town_id, key)) for topic in (*topics(town, MOST_TOPICS), help_topic())]
    rows = (len(buttons) + IN_A_ROW - 1) // IN_A_ROW
    header, height = HEADER[rows], HEIGHTS[rows]
    tiles = []
    for row in range(rows):
        of_row = buttons[row * IN_A_ROW : (row + 1) * IN_A_ROW]
        top, bottom = (header + (height - header) * edge // rows for edge in (row, row + 1))
        for column, (lines, action) in enumerate(of_row):
            left, right = (WIDTH * edge // len(of_row) for edge in (column, column + 1))
            tiles.append(Tile(left, top, right - left, bottom - top, lines, action))
    return Menu(town_id, wording("menu_title", name=name), wording("menu_hint"), WIDTH, height, header, tuple(tiles))


def _asks(topic: Topic, town_id: str, key: bytes) -> dict[str, Any]:
    if not topic.entry:
        return {"type": "message", "label": topic.label, "text": topic.ask}
    data = sign(TopicAsked(topic.entry, town_id), key, "")
    return {"type": "postback", "label": topic.label, "data": data, "displayText": topic.label}
