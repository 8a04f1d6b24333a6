"""Replies as LINE messages: valid for all that the towns can say, the same in words, and nothing lost."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.channels.line import messages
from bot.channels.line.cutting import units
from bot.channels.line.limits import problems
from bot.channels.line.messages import ALT_UNITS, compose
from bot.channels.line.postbacks import ChoiceTaken, FacetAsked, TopicAsked, Voted, read
from bot.context import Context
from bot.crises import crises
from bot.rendering import Contact
from bot.reply import Answer, Choices, Notice, Unknown
from bot.responder import respond
from bot.safety import crisis
from bot.town import TownKnowledge
from knowledge.entries import FacetName
from tests.bot.channels.line import description
from tests.bot.channels.line.replies import CONVERSATION, KEY, USER, all_replies, said
from tests.bot.sample import sample_town
from tests.towns import towns

TOWN_IDS = ("goka", "hokota", "nakanojo", "okutama", "toin")
WORDS = {"text", "altText", "label", "displayText", "data", "uri"}
PUBLIC = "https://dx.example.lg.jp"


def composed(one: dict[str, Any], town: TownKnowledge, public_url: str = PUBLIC) -> list[dict[str, Any]]:
    return compose(one, town, turn=3, conversation=CONVERSATION, user=USER, key=KEY, public_url=public_url)


def texts(component: dict[str, Any]) -> Iterator[str]:
    """The words of a bubble from top to bottom."""
    if component.get("type") == "text":
        yield component["text"]
    for key in ("header", "body", "footer"):
        if key in component:
            yield from texts(component[key])
    for each in component.get("contents", ()):
        yield from texts(each)


def actions(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "action" in value:
            yield value["action"]
        value = list(value.values())
    for each in value if isinstance(value, list) else ():
        yield from actions(each)


def form(value: Any, key: str = "") -> Any:
    """A message without its words, for what is alike in all else; the like of a piece counts once."""
    if isinstance(value, dict):
        return frozenset((name, form(each, name)) for name, each in value.items())
    if isinstance(value, list):
        return frozenset(form(each) for each in value)
    return "" if key in WORDS else value


def squeezed(text: str) -> str:
    return "".join(text.split())


def said_by(town: TownKnowledge, every: int) -> list[dict[str, Any]]:
    """The hundred longest replies that a town can give, where words may be lost, and of the others one in `every`."""
    replies = [said(reply, town, masked=number % 7 == 0) for number, reply in enumerate(all_replies(town))]
    replies.sort(key=lambda one: len(one["text"]), reverse=True)
    return replies[:100] + replies[100::every]


@pytest.mark.no_cover  # a thousand replies through lines that the tests below run
@pytest.mark.parametrize("town_id", TOWN_IDS)
@pytest.mark.parametrize("every", [5, pytest.param(1, marks=pytest.mark.long)])
def test_everything_a_town_can_say_is_within_the_limits_and_loses_no_word(town_id: str, every: int) -> None:
    town = towns()[town_id]
    for one in said_by(town, every):
        (message,) = composed(one, town, public_url="")
        assert problems([message]) == []
        words = list(texts(message["contents"]))
        alternative = message["altText"]
        assert alternative == "\n".join(words) or units(alternative) > ALT_UNITS - 60
        shown = squeezed("".join(words))
        assert all(squeezed(line) in shown for line in one["text"].split("\n"))
        short = composed(one, town)
        assert problems(short) == []
        assert all(source in short[0]["altText"] for source in sources_of(one))


@pytest.mark.no_cover
@pytest.mark.skipif(description.path() is None, reason="ANNAI_EVALUATION is not set")
@pytest.mark.parametrize("town_id", TOWN_IDS)
@pytest.mark.parametrize("every_one", [False, pytest.param(True, marks=pytest.mark.long)])
def test_what_a_town_can_say_is_valid_by_lines_own_description(town_id: str, every_one: bool) -> None:
    town = towns()[town_id]
    composed_all = (composed(said(reply, town), town) for reply in all_replies(town))
    by_length = sorted(composed_all, key=lambda one: len(str(one)))
    longest = {form(one): one for one in by_length}
    assert len(longest) >= 5
    for one in by_length if every_one else longest.values():
        assert description.faults(one) == []


def sources_of(one: dict[str, Any]) -> list[str]:
    return [line for line in one["text"].split("\n") if line.startswith("出典：")]


@pytest.mark.skipif(description.path() is None, reason="ANNAI_EVALUATION is not set")
def test_the_description_refuses_what_line_refuses() -> None:
    good = [{"type": "text", "text": "あ"}]
    assert description.faults(good) == []
    assert description.faults([{"type": "text"}])
    assert description.faults([{"type": "text", "text": "あ", "surprise": 1}])
    assert description.faults([{"type": "flex", "altText": "あ", "contents": {"type": "bubble", "size": "huge"}}])


def reply_to(question: str, town: TownKnowledge) -> dict[str, Any]:
    return said(respond(question, Context(), town).reply, town)


def test_an_answer_shows_title_body_source_and_what_may_follow() -> None:
    town = sample_town()
    (message,) = composed(reply_to("スマホ教室はありますか", town), town)
    words = list(texts(message["contents"]))
    assert words[0] == "デジタルデバイド対策"
    assert any(line.startswith("出典：見本町DX計画") for line in words)
    assert "計画期間は2026年3月まで" in words
    items = [item["action"] for item in message["quickReply"]["items"]]
    taken = [read(item["data"], KEY, USER) for item in items]
    assert FacetAsked(FacetName.DEPARTMENT, 3, CONVERSATION) in taken
    assert taken[-2:] == [Voted(3, True, CONVERSATION), Voted(3, False, CONVERSATION)]
    assert all(item["displayText"] for item in items)


def test_parts_are_labelled_only_where_one_entry_says_two_kinds_of_things() -> None:
    town = sample_town()
    entry, other = town.library.entries["smartphone-class"], town.library.entries["rpa"]
    actions_, schedule, _ = (town.part(entry, facet) for facet in entry.content.facets)
    one = composed(said(Answer((actions_, schedule), 1.0), town), town)[0]["contents"]
    assert [line for line in texts(one) if line in ("取り組む内容", "時期")] == ["取り組む内容", "時期"]
    two = composed(said(Answer((actions_, town.part(other, other.content.facets[0])), 1.0), town), town)[0]["contents"]
    assert [line for line in texts(two) if line in ("デジタルデバイド対策", "取り組む内容", "RPA", "意味・内容")] == [
        "デジタルデバイド対策",
        "RPA",
    ]


def test_choices_can_be_tapped_in_the_bubble_and_below_it() -> None:
    town = sample_town()
    entries = list(town.library.entries.values())[:3]
    one = said(Choices(town.choices((e, e.content.facets[0]) for e in entries), 0.5), town)
    (message,) = composed(one, town)
    wanted = [ChoiceTaken(3, number, CONVERSATION) for number in (1, 2, 3, 0)]
    for place in (message["contents"], message["quickReply"]):
        assert [read(action["data"], KEY, USER) for action in actions(place)] == wanted
    assert "1. RPA" in list(texts(message["contents"]))
    assert "0. どれでもない" in message["altText"]


def test_a_long_answer_is_cut_at_a_sentence_and_links_to_the_rest() -> None:
    town = sample_town()
    entry = town.library.entries["rpa"]
    long = entry.content.facets[0].model_copy(update={"text": "RPAは、決まった作業を自動化することです。" * 40})
    one = said(Answer((town.part(entry, long),), 1.0), town)
    (short,) = composed(one, town)
    body = list(texts(short["contents"]))
    assert body[1].endswith("。…")
    assert [a["uri"] for a in actions(short["contents"])] == [f"{PUBLIC}/t/sample/e/rpa"]
    assert body[-1].startswith("出典：") and short["altText"].endswith(body[-1])
    (whole,) = composed(one, town, public_url="")
    assert long.text in list(texts(whole["contents"]))
    assert not list(actions(whole["contents"]))


def test_a_long_list_is_shortened_and_says_how_many_more() -> None:
    town = sample_town()
    entry = town.library.entries["policies"]
    long = entry.content.facets[0].model_copy(update={"items": tuple(f"方針{n}" for n in range(1, 31))})
    (message,) = composed(said(Answer((town.part(entry, long),), 1.0), town), town)
    body = "\n".join(texts(message["contents"]))
    assert "・方針12\n・ほか18件" in body
    assert "方針13" not in body


def test_an_admission_shows_what_is_known_under_its_entrys_title_and_what_else_that_says() -> None:
    town = sample_town()
    (message,) = composed(reply_to("スマホ教室の料金はいくらですか", town), town)
    words = list(texts(message["contents"]))
    assert words[0].startswith("「デジタルデバイド対策」の料金")
    known = "計画でわかること：計画では、高齢の方向けのスマホ教室を開くとしています。"
    assert words[1:3] == ["デジタルデバイド対策", known]
    taken = [read(item["action"]["data"], KEY, "anybody") for item in message["quickReply"]["items"]]
    assert taken == [
        TopicAsked("smartphone-class", "sample", facet) for facet in (FacetName.SCHEDULE, FacetName.DEPARTMENT)
    ]


@pytest.mark.parametrize("masked", [False, True])
def test_a_silent_plan_is_admitted_under_the_entrys_title(masked: bool) -> None:
    town = sample_town()
    entry = town.library.entries["smartphone-class"]
    silent = entry.content.facets[0].model_copy(update={"text": "教室の日は書かれていません。", "silent": True})
    (message,) = composed(said(Unknown("silent", known=town.part(entry, silent)), town, masked=masked), town)
    words = list(texts(message["contents"]))[masked:]
    assert words[:2] == ["デジタルデバイド対策", "教室の日は書かれていません。"]
    assert words[2].startswith("くわしくは")


def test_an_admission_that_is_cut_links_to_the_rest() -> None:
    town = sample_town()
    entry = town.library.entries["policies"]
    long = entry.content.facets[0].model_copy(update={"items": tuple(f"方針{n}" for n in range(1, 31))})
    (message,) = composed(said(Unknown("missing", "三つの方針", "料金", town.part(entry, long)), town), town)
    assert "・ほか18件" in "\n".join(texts(message["contents"]))
    assert [a["uri"] for a in actions(message["contents"]) if "uri" in a] == [f"{PUBLIC}/t/sample/e/policies"]


def test_the_source_links_to_the_plan_where_the_town_entered_its_address() -> None:
    town = sample_town()
    entry = town.library.entries["rpa"]
    town.library.entries["rpa"] = replace(entry, source_address="https://example.lg.jp/計画.pdf")
    try:
        (message,) = composed(reply_to("RPAとは", town), town)
    finally:
        town.library.entries["rpa"] = entry
    linked = [a["uri"] for a in actions(message["contents"])]
    assert linked == ["https://example.lg.jp/%E8%A8%88%E7%94%BB.pdf"]


def test_an_unusable_address_of_the_plan_is_no_link() -> None:
    town = sample_town()
    entry = town.library.entries["rpa"]
    town.library.entries["rpa"] = replace(entry, source_address="javascript:alert(1)")
    try:
        (message,) = composed(reply_to("RPAとは", town), town)
    finally:
        town.library.entries["rpa"] = entry
    assert not list(actions(message["contents"]))


def test_every_crisis_can_be_called_with_one_tap() -> None:
    town = sample_town()
    for kind in crises().kinds:
        (message,) = composed(said(Notice("emergency", "emergency", kind.message), town), town)
        assert problems([message]) == []
        assert message["altText"] == kind.message
        numbers = [action["uri"] for action in actions(message["contents"])]
        assert numbers and all(uri.startswith("tel:") for uri in numbers), kind.key
        assert "quickReply" not in message


def test_a_fire_calls_119_first_and_a_hash_is_part_of_a_number() -> None:
    town = sample_town()
    fire = crisis("家が燃えています助けて")
    assert fire is not None
    (message,) = composed(said(Notice("emergency", "emergency", fire.message), town), town)
    first = next(actions(message["contents"]))
    assert (first["label"], first["uri"]) == ("119（消防・救急）", "tel:119")
    (message,) = composed(said(Notice("emergency", "emergency", "迷うときは #7119 へ。"), town), town)
    assert next(actions(message["contents"]))["uri"] == "tel:%237119"


def test_a_department_can_be_called_where_staff_entered_its_number() -> None:
    town = sample_town()
    office = replace(town.office, contacts={"企画課": Contact("0270-12-3456")})
    town = replace(town, office=office)
    (message,) = composed(reply_to("スマホ教室の担当課はどこですか", town), town)
    assert [(a["label"], a["uri"]) for a in actions(message["contents"])] == [("企画課に電話する", "tel:0270123456")]
    assert "企画課：電話 0270-12-3456" in message["altText"]


def test_other_notices_are_plain_texts() -> None:
    town = sample_town()
    (hello,) = composed(reply_to("こんにちは", town), town)
    assert hello["type"] == "text"
    assert [item["action"]["type"] for item in hello["quickReply"]["items"]][:1] == ["message"]
    (closed,) = composed(said(Notice("closed", "closed", "ただいま休んでいます。"), town), town)
    assert closed == {"type": "text", "text": "ただいま休んでいます。"}


@pytest.mark.parametrize("town_id", TOWN_IDS)
def test_the_other_events_are_answered_within_the_limits(town_id: str) -> None:
    town = towns()[town_id]
    sent = [
        messages.welcome(town),
        messages.only_text(town),
        messages.sticker(town),
        messages.joined(town),
        messages.voted(town, True),
        messages.voted(town, False),
        messages.too_many(town),
        messages.gone(town),
    ]
    for one in sent:
        assert problems(one) == []
        assert description.path() is None or description.faults(one) == []
    assert town.office.name in sent[0][0]["text"]
    assert "個人情報" in sent[0][1]["text"] and "自動" in sent[0][1]["text"]
    assert all("{" not in message["text"] for one in sent for message in one)


def test_nothing_is_written_in_markdown() -> None:
    for town in towns().values():
        for reply in list(all_replies(town))[::17]:
            (message,) = composed(said(reply, town), town)
            assert not any(mark in message["altText"] for mark in ("**", "](", "```", "\n# ", "<br"))
