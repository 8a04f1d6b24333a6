"""The rich menu's picture: drawn with the town's name and topics, in the font of a pinned package."""

from io import BytesIO

from noto_cjk_sans_jp_regular import FONT_PATH  # type: ignore[import-untyped]
from PIL import Image, ImageDraw, ImageFont

from bot.channels.line.bubbles import FILL, LINK, ON_FILL
from bot.channels.line.menu import Menu, Tile

MOST_BYTES = 1_048_576  # of a rich menu's image (docs: 1 MB)
GROUND, TILE = "#e8f1fe", "#ffffff"
GAP = 20  # pixels around a tile
PADDING = 44
BORDER = 6
LARGEST, SMALLEST = 132, 94  # pixels of letters: 20 and 14 on a phone that is 375 wide
LEADING = 1.35
BOLD = 3  # pixels of outline that make the regular font bold
Font = ImageFont.FreeTypeFont


class TooLong(ValueError):
    """A label that does not fit its tile at the smallest size."""


def draw(menu: Menu) -> bytes:
    """The menu as a PNG of its size; raises TooLong."""
    image = Image.new("RGB", (menu.width, menu.height), GROUND)
    canvas = ImageDraw.Draw(image)
    canvas.rectangle((0, 0, menu.width, menu.header), fill=FILL)
    upper, lower = menu.header * 33 // 100, menu.header * 77 // 100
    for text, middle, largest in ((menu.title, upper, LARGEST + 16), (menu.hint, lower, SMALLEST + 6)):
        font = fitting((text,), menu.width - 2 * PADDING, menu.header, largest)
        canvas.text((menu.width // 2, middle), text, ON_FILL, font, "mm", stroke_width=1, stroke_fill=ON_FILL)
    alike = min((fitting(tile.lines, *room(tile)) for tile in menu.tiles), key=lambda font: font.size)
    for tile in menu.tiles:
        _draw_tile(canvas, tile, alike)
    file = BytesIO()
    image.quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()


def fitting(lines: tuple[str, ...], width: int, height: int, largest: int = LARGEST) -> Font:
    """The font in the largest size at which the lines fit; raises TooLong below the smallest readable one."""
    for size in range(largest, SMALLEST - 1, -2):
        font = _font(size)
        widest = max(font.getlength(line) for line in lines) + 2 * BOLD
        if widest <= width and len(lines) * size * LEADING <= height:
            return font
    raise TooLong(f"「{''.join(lines)}」はメニューの枠に入りません。もっと短くするか、二行に分けてください。")


def room(tile: Tile) -> tuple[int, int]:
    """The width and height in pixels for a tile's words."""
    return tile.width - 2 * (GAP + PADDING), tile.height - 2 * (GAP + PADDING)


def _font(size: int) -> Font:
    return ImageFont.truetype(str(FONT_PATH), size)


def _draw_tile(canvas: ImageDraw.ImageDraw, tile: Tile, font: Font) -> None:
    box = (tile.x + GAP, tile.y + GAP, tile.x + tile.width - GAP, tile.y + tile.height - GAP)
    canvas.rounded_rectangle(box, radius=48, fill=TILE, outline=FILL, width=BORDER)
    step = font.size * LEADING
    top = tile.y + tile.height / 2 - step * (len(tile.lines) - 1) / 2
    for number, line in enumerate(tile.lines):
        place = (tile.x + tile.width / 2, top + step * number)
        canvas.text(place, line, LINK, font, "mm", stroke_width=BOLD, stroke_fill=LINK)
