"""The rich menu: each town's own topics, in a picture whose words fit their tiles."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.channels.line.drawing import MOST_BYTES, SMALLEST, TooLong, draw, fitting, room
from bot.channels.line.menu import menu
from bot.channels.line.postbacks import TopicAsked, read
from bot.channels.line.topics import Wanted, entry_for, topics
from bot.context import Context
from bot.published import from_bundled
from bot.reply import Answer, Notice
from bot.responder import respond
from knowledge.bundled import BundledTown, Located
from tests.bot.channels.line import description
from tests.bot.channels.line.replies import KEY
from tests.bot.sample import TOWN, sample_town
from tests.towns import towns

TOWN_IDS = ("goka", "hokota", "nakanojo", "okutama", "toin")


@pytest.mark.parametrize("town_id", TOWN_IDS)
def test_every_topic_leads_to_an_entry_of_the_town(town_id: str) -> None:
    town = towns()[town_id]
    found = topics(town, 10)
    assert len(found) >= 5
    assert len({topic.entry for topic in found}) == len(found)
    for topic in found:
        reply = respond(topic.ask, Context(), town).reply
        assert isinstance(reply, Answer)
        assert reply.parts[0].entry == topic.entry


def test_a_topic_that_only_an_entry_of_another_name_answers_is_left_out() -> None:
    ask = "スマホ教室はありますか"
    assert entry_for(Wanted(("スマホ",), ask, ("スマホ",)), sample_town()) == "smartphone-class"
    assert entry_for(Wanted(("防災",), ask, ("防災",)), sample_town()) == ""


@pytest.mark.parametrize("town_id", TOWN_IDS)
def test_the_menu_is_what_line_takes(town_id: str) -> None:
    made = menu(towns()[town_id], KEY)
    request = made.request()
    assert (made.width, made.height) == (2_500, 1_686)
    assert len(request["chatBarText"]) <= 14
    assert len(request["areas"]) == 6
    for area in request["areas"]:
        bounds, action = area["bounds"], area["action"]
        assert bounds["x"] + bounds["width"] <= made.width
        assert bounds["y"] + bounds["height"] <= made.height
        assert 0 < len(action["label"]) <= 20
        if action["type"] == "postback":
            asked = read(action["data"], KEY, "anybody")
            assert isinstance(asked, TopicAsked)
            assert asked.entry in towns()[town_id].library.entries
    if description.path() is not None:
        assert not list(description.validator("RichMenuRequest").iter_errors(request))


def test_tiles_do_not_overlap_and_leave_nothing_out() -> None:
    made = menu(towns()["toin"], KEY)
    assert sum(tile.width * tile.height for tile in made.tiles) == made.width * (made.height - made.header)


@pytest.mark.parametrize("town_id", TOWN_IDS)
def test_the_picture_has_the_size_and_its_words_fit_their_tiles(town_id: str) -> None:
    made = menu(towns()[town_id], KEY)
    picture = draw(made)
    assert len(picture) <= MOST_BYTES
    with Image.open(BytesIO(picture)) as image:
        assert image.format == "PNG"
        assert image.size == (made.width, made.height)
    for tile in made.tiles:
        width, height = room(tile)
        font = fitting(tile.lines, width, height)
        assert font.size >= SMALLEST
        assert all(font.getbbox(line, stroke_width=3)[2] <= width for line in tile.lines)


def test_the_picture_shows_the_towns_name() -> None:
    toin = menu(towns()["toin"], KEY)
    assert toin.title == "東員町 DX案内"
    assert draw(toin) != draw(replace(toin, title="五霞町 DX案内"))


def test_a_town_with_few_topics_has_a_low_menu() -> None:
    town = from_bundled(BundledTown(TOWN, sample_entries("smartphone-class", "counter")))
    made = menu(town, KEY)
    assert made.height == 843
    assert 2 <= len(made.tiles) <= 3
    assert len(draw(made)) <= MOST_BYTES


def sample_entries(*ids: str) -> tuple[Located, ...]:
    entries = sample_town().library.entries
    return tuple(Located(entries[each].content, Path(__file__), 1) for each in ids)


def test_a_label_that_fits_no_tile_is_refused() -> None:
    made = menu(towns()["toin"], KEY)
    broken = replace(made.tiles[0], lines=("とても長い名前の取組のことを書いた一行",))
    with pytest.raises(TooLong, match="枠に入りません"):
        draw(replace(made, tiles=(broken, *made.tiles[1:])))


def test_the_help_tile_is_understood_as_a_wish_for_help() -> None:
    made = menu(towns()["toin"], KEY)
    reply = respond(made.tiles[-1].action["text"], Context(), towns()["toin"]).reply
    assert isinstance(reply, Notice)
    assert reply.notice == "help"
