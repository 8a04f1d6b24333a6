"""The help pages: each page of the staff's leads to one, their pictures are there, and no text can do harm."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from admin import guide, navigation, views
from admin.roles import Door, Role
from tests.admin.office import Office
from tests.admin.pictures import FOLDER, LARGEST, SHOTS

TEXTS = sorted(guide.TEXTS.glob("*.md"))
PATHS = {one.path for one in views.declared() if one.method == "GET"}


def is_there(address: str) -> bool:
    """Whether the page of a picture is there, in this state of the house."""
    bare = address.split("?", maxsplit=1)[0].split("{", maxsplit=1)[0].rstrip("/")
    path = bare[1:] if bare.startswith("//") else "/towns/{town}" + bare
    return path in PATHS


def test_every_button_that_a_text_names_is_on_a_page() -> None:
    folder = guide.TEXTS.parent
    pages = [*(folder / "templates").rglob("*.j2"), *(folder / "data").glob("*.yaml"), *(folder / "views").glob("*.py")]
    said = "".join(page.read_text(encoding="utf-8") for page in pages)
    for text in TEXTS:
        for button in re.findall("「([^」]+)」を押", text.read_text(encoding="utf-8")):
            parts = re.split("○|ウェブ|LINE|『|』", button)  # what the page fills in
            assert all(part in said for part in parts), f"{text.name}: no button 「{button}」"


def test_every_text_is_listed_once_and_begins_with_its_title() -> None:
    keys = [topic.key for chapter in guide.chapters() for topic in chapter.topics]
    assert sorted(keys) == [text.stem for text in TEXTS]
    assert all(topic.title and topic.body for topic in guide.topics().values())


@pytest.mark.parametrize("item", navigation._rows(), ids=lambda item: item["path"])
def test_every_item_of_the_menu_has_a_help_page_of_its_own(item: dict[str, str]) -> None:
    topic = guide.path_for(f"/towns/sample{item['path']}")
    below = guide.path_for(f"/towns/sample{item['path']}/1/edit")
    assert topic == below != guide.HOME
    assert item["path"] == "" or topic != guide.path_for("/towns/sample")


def test_pages_without_a_town_have_help_and_strange_ones_the_overview() -> None:
    assert guide.path_for("/towns") == "/help/towns"
    assert guide.path_for("/account") == "/help/sign-in"
    assert guide.path_for("/audit") == "/help/audit"
    assert guide.path_for("/towns/sample") == "/help/first-steps"
    assert guide.path_for("/") == guide.HOME == guide.path_for("/help/plans")


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.stem)
def test_every_picture_is_taken_by_the_script_and_small(text: Path) -> None:
    for name in guide.pictures(text.read_text(encoding="utf-8")):
        assert Path(name).stem in SHOTS, f"{name}: add it to SHOTS"
        if is_there(SHOTS[Path(name).stem]):
            picture = FOLDER / name
            assert picture.is_file(), "the page is there: python -m tests.admin.pictures"
            assert picture.stat().st_size <= LARGEST


def test_no_picture_lies_about_unused() -> None:
    used = {name for text in TEXTS for name in guide.pictures(text.read_text(encoding="utf-8"))}
    assert {picture.name for picture in FOLDER.iterdir()} <= used


@given(
    st.text() | st.sampled_from(["<script>x</script>", "[a](javascript:x)", '<img src=x onerror="x">', "![a](data:x)"])
)
def test_no_text_becomes_markup_that_does_something(text: str) -> None:
    made = guide.rendered(text + "\n\n終わり")
    tree = html.fromstring(f"<div>{made}</div>")
    assert tree.xpath("//script | //iframe | //@style | //@*[starts-with(name(), 'on')]") == []
    assert not [at for at in tree.xpath("//@href | //@src") if at.split(":")[0].lower() in ("javascript", "data")]


def test_a_clerk_goes_from_a_page_to_its_help_and_reads_it(office: Office) -> None:
    viewer = office.clerk(Role.VIEWER)
    link = viewer.get("/towns/sample/figures").tree.xpath("//a[text()='使い方']/@href")
    assert link == ["/help/figures"]
    page = viewer.get(link[0])
    assert page.heading == "集計を見る" and page.tree.xpath("//main//img/@alt")
    for picture in page.tree.xpath("//main//img/@src"):
        assert viewer.http.get(picture).headers["content-type"] == "image/webp"
    overview = viewer.get("/help")
    for link in overview.tree.xpath("//main//a/@href"):
        viewer.get(link)
    viewer.get("/help/nothing", 404)


def test_help_is_for_whoever_is_signed_in() -> None:
    least = {one.least for one in views.declared() if one.path.startswith(guide.HOME)}
    assert least == {Role.VIEWER} and not any(isinstance(one, Door) for one in least)
