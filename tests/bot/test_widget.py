"""The widget's file and the town's look: small, cacheable, loadable from elsewhere; who may ask from where."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from admin.views.settings import LABELS
from bot.channels.web.look import topics
from bot.channels.web.widget import script
from knowledge import loading, store
from knowledge.models import Town
from tests.bot.server import running, write_sample
from tests.databases import Databases
from tests.towns import towns

ROOT = Path(__file__).parents[2]
LOOK = "/api/v1/towns/sample"
ASK = f"{LOOK}/ask"
SITE = "https://www.town.example"
MOST_BYTES = 15 * 1024
PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
SET = {
    "telephone": "0123-45-6789",
    "notice": "13日はお休みです。",
    "colour": "#00554a",
    "closed_web": "点検のため休んでいます。",
    "allowed_origins": [SITE],
}


@pytest.fixture(scope="module")
def client(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Two towns; only the first one's staff set anything."""
    folder = tmp_path_factory.mktemp("widget")
    other = write_sample(folder / "towns") / ".." / "other"
    other.mkdir()
    for name in ("town.yaml", "entries.yaml"):
        content = (folder / "towns" / "sample" / name).read_text(encoding="utf-8")
        content = content.replace("id: sample\n", "id: other\n").replace("sample-2024", "other-2024")
        (other / name).write_text(content, encoding="utf-8")
    with databases.engine(folder) as engine:
        loading.load_all(engine, folder / "towns")
        with store.writing(engine) as session:
            town = session.get_one(Town, "sample")
            for name, value in SET.items():
                setattr(town, name, value)
        with running(engine, folder / "towns") as client:
            yield client


def test_is_at_most_fifteen_kilobytes_with_its_styles(client: httpx.Client) -> None:
    response = client.get("/widget.js", headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert int(response.headers["Content-Length"]) <= MOST_BYTES
    assert response.content == script().plain == gzip.decompress(script().compressed)


def test_is_served_plain_to_who_cannot_unpack_it(client: httpx.Client) -> None:
    response = client.get("/widget.js", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in response.headers
    assert response.text.startswith("(() => {")


def test_is_not_sent_again_while_it_is_the_same(client: httpx.Client) -> None:
    first = client.get("/widget.js")
    again = client.get("/widget.js", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "max-age=" in first.headers["Cache-Control"]


def test_may_be_loaded_by_other_websites_but_the_api_may_not(client: httpx.Client) -> None:
    assert client.get("/widget.js").headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert client.get(LOOK).headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert client.get("/t/sample").headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_tells_what_a_conversation_begins_with(client: httpx.Client) -> None:
    look = client.get(LOOK).json()
    assert look["greeting"].startswith("こんにちは。見本町")
    assert look["topics"] == ["デジタルデバイド対策", "書かない窓口"]
    assert (look["telephone"], look["notice"], look["colour"]) == ("0123-45-6789", "13日はお休みです。", "#00554a")
    assert look["closed"] == "点検のため休んでいます。"
    assert look["privacy"] == "/t/sample/privacy"


def test_suggests_what_is_typed_by_its_reading() -> None:
    assert towns()["toin"].library.suggest("ぎょうせいてつ", 5)[0] == "行政手続きのオンライン化"


def test_topics_stand_in_the_order_of_the_plan() -> None:
    assert topics(towns()["toin"])[:3] == [
        "マイナンバーカードの普及促進",
        "行政手続きのオンライン化",
        "窓口サービスのスマート化",
    ]


def test_tells_of_no_town_that_is_not_there(client: httpx.Client) -> None:
    assert client.get("/api/v1/towns/nowhere").status_code == 404


def test_a_listed_website_may_ask(client: httpx.Client) -> None:
    allowed = client.options(ASK, headers=PREFLIGHT | {"Origin": SITE})
    assert allowed.status_code == 204
    assert allowed.headers["Access-Control-Allow-Origin"] == SITE
    assert "Content-Type" in allowed.headers["Access-Control-Allow-Headers"]
    said = client.post(ASK, json={"text": "RPA"}, headers={"Origin": SITE})
    assert said.headers["Access-Control-Allow-Origin"] == SITE
    assert said.headers["Vary"] == "Origin"


def test_an_error_can_be_read_there_too(client: httpx.Client) -> None:
    refused = client.post(ASK, json={"text": ""}, headers={"Origin": SITE})
    assert refused.status_code == 422
    assert refused.headers["Access-Control-Allow-Origin"] == SITE


@pytest.mark.parametrize(
    "origin",
    ["https://www.town.example.evil.example", "http://www.town.example", "https://www.town.example:8443", "null", ""],
)
def test_no_other_website_may_ask(client: httpx.Client, origin: str) -> None:
    refused = client.options(ASK, headers=PREFLIGHT | {"Origin": origin})
    assert refused.status_code == 403
    said = client.post(ASK, json={"text": "RPA"}, headers={"Origin": origin})
    assert said.headers["Vary"] == "Origin"
    for response in (refused, said):
        assert "Access-Control-Allow-Origin" not in response.headers


def test_a_website_may_ask_its_own_town_only(client: httpx.Client) -> None:
    other = "/api/v1/towns/other/ask"
    assert client.options(other, headers=PREFLIGHT | {"Origin": SITE}).status_code == 403
    for path in (other, "/t/sample", "/healthz"):
        assert "Access-Control-Allow-Origin" not in client.get(path, headers={"Origin": SITE}).headers


def test_the_demonstration_carries_a_strict_policy(client: httpx.Client) -> None:
    page = client.get("/demo/sample")
    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert 'data-town="sample" defer' in page.text
    assert client.get("/demo/nowhere").status_code == 404


def test_the_demonstration_names_the_setting_as_staff_see_it(client: httpx.Client) -> None:
    assert f"「{LABELS['allowed_origins']}」" in client.get("/demo/sample").text


def test_the_guide_for_websites_tells_every_attribute_event_and_cause() -> None:
    guide = (ROOT / "docs/website.md").read_text(encoding="utf-8")
    source = script().plain.decode()
    attributes = re.search(r"ATTRIBUTES = \[(.*)\]", source)
    assert attributes
    told = {f"data-{name}=" for name in re.findall(r'"(\w+)"', attributes[1])}
    told |= {f"`dx-annai:{name}`" for name in set(re.findall(r'report\("(\w+)"', source)) - {"look"}}
    told |= {f"`{by}`" for by in re.findall(r'(?:, |Typed\()"(typed|suggestion|topic|choice|followup|api)"', source)}
    assert len(told) > 14
    assert {one for one in told if one not in guide} == set()
    assert "docs/website.md" in (ROOT / "README.md").read_text(encoding="utf-8")
