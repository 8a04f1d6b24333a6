"""The table of LINE's limits: what breaks it is named, and what is fitted never breaks it."""

from functools import cache
from typing import Any

import pytest
import regex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.line.cutting import MARK, cut, units
from bot.channels.line.faults import weight
from bot.channels.line.limits import fit, problems
from bot.channels.line.shapes import (
    BUBBLE_BYTES,
    DEEPEST,
    SHAPES,
    Address,
    Data,
    Flag,
    Many,
    One,
    OneOf,
    Pattern,
    Rule,
    Whole,
    Words,
)

FAMILY = "👨‍👩‍👧‍👦"
TEXT = st.text(st.characters(), max_size=40) | st.sampled_from(["東員町です。", FAMILY, "か\u3099" * 30, "\ud800", " "])
LONG = st.builds(lambda text, times: text * times, TEXT, st.sampled_from([1, 7, 60, 700]))
LEAF = (
    st.none()
    | st.booleans()
    | st.integers()
    | LONG
    | st.sampled_from(["vertical", "#ffffff", "md", "https://example.jp/", "javascript:alert(1)", "tel:119", "8px"])
)


@cache
def object_of(names: tuple[str, ...], depth: int) -> st.SearchStrategy[Any]:
    return st.sampled_from(names).flatmap(lambda name: of_shape(name, depth))


@cache  # made once: most of the time would go into making strategies
def of_rule(rule: Rule, depth: int) -> st.SearchStrategy[Any]:  # noqa: PLR0911 - one a rule
    """Values as the rule wants them."""
    match rule:
        case One(names):
            return object_of(names, depth + 1)
        case Many(names):
            return st.lists(object_of(names, depth + 1), min_size=1, max_size=3)
        case Words():
            return st.builds(lambda text, times: "計" + text * times, TEXT, st.sampled_from([1, 7, 60, 700, 3_000]))
        case Data(most):
            return st.text("abc.", min_size=1, max_size=most)
        case Address():
            return st.sampled_from(["https://example.jp/", "tel:%237119", "line://nv/profile"])
        case OneOf(words):
            return st.sampled_from(sorted(words))
        case Pattern():
            return st.sampled_from(["#00118f", "md", "8px", "none"])
        case Whole(least, most):
            return st.integers(least, most)
        case Flag():
            return st.booleans()


@cache
def of_shape(name: str, depth: int) -> st.SearchStrategy[Any]:
    """Objects of the shape, most of whose values fit."""
    shape = SHAPES[name]

    def value(rule: Rule) -> st.SearchStrategy[Any]:
        if depth > DEEPEST + 4:
            return LEAF
        good = st.deferred(lambda: of_rule(rule, depth))
        return st.integers(0, 19).flatmap(lambda chance: LEAF if chance == 0 else good)

    must = {"type": st.just(shape.type)} if shape.type else {}
    must |= {key: value(rule) for key, rule in shape.must.items()}
    return st.fixed_dictionaries(must, optional={key: value(rule) for key, rule in shape.may.items()} | {"odd": LEAF})


JSON = st.recursive(LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3))
MESSAGE = object_of(("text message", "flex message"), 0) | JSON


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(MESSAGE, max_size=8) | JSON)
def test_whatever_is_fitted_has_no_problems(messages: Any) -> None:
    fitted = fit(messages)
    assert problems(fitted) == []
    assert fit(fitted) == fitted


def bubble(*contents: dict[str, Any]) -> dict[str, Any]:
    return {"type": "bubble", "body": {"type": "box", "layout": "vertical", "contents": list(contents)}}


def flex(*contents: dict[str, Any], alt: str = "お返事") -> dict[str, Any]:
    return {"type": "flex", "altText": alt, "contents": bubble(*contents)}


def text(words: str) -> dict[str, Any]:
    return {"type": "text", "text": words, "wrap": True}


def test_messages_that_fit_stay_as_they_are() -> None:
    messages = [{"type": "text", "text": "こんにちは。"}, flex(text("東員町です。"))]
    assert problems(messages) == []
    assert fit(messages) == messages


@pytest.mark.parametrize(
    ("message", "place"),
    [
        ({"type": "text", "text": "あ" * 5_001}, "messages[0].text"),
        ({"type": "text", "text": "😀" * 2_501}, "messages[0].text"),
        ({"type": "text", "text": ""}, "messages[0].text"),
        ({"type": "text"}, "messages[0]"),
        ({"type": "sticker", "packageId": "1", "stickerId": "1"}, "messages[0]"),
        (flex(text("あ"), alt="あ" * 1_501), "messages[0].altText"),
        (flex(text("あ" * 2_001)), "messages[0].contents.body.contents[0].text"),
        (flex(*[text("あ" * 1_800)] * 3), "messages[0].contents"),
        (flex({**text("あ"), "color": "blue"}), "messages[0].contents.body.contents[0].color"),
        (flex({**text("あ"), "onclick": "x"}), "messages[0].contents.body.contents[0]"),
        (
            flex({"type": "button", "action": {"type": "uri", "label": "開く", "uri": "javascript:alert(1)"}}),
            "messages[0].contents.body.contents[0].action.uri",
        ),
        (
            flex({"type": "button", "action": {"type": "uri", "label": "あ" * 41, "uri": "tel:119"}}),
            "messages[0].contents.body.contents[0].action.label",
        ),
        (
            {"type": "text", "text": "あ", "quickReply": {"items": [{"type": "action", "action": {}}] * 14}},
            "messages[0].quickReply.items",
        ),
    ],
)
def test_names_the_place_of_what_line_would_refuse(message: dict[str, Any], place: str) -> None:
    assert any(line.startswith(place + ":") for line in problems([message])), problems([message])


def test_refuses_no_message_and_six() -> None:
    assert problems([]) and problems([{"type": "text", "text": "あ"}] * 6)


def test_a_bubble_is_lightened_at_a_sentence_and_its_source_stays() -> None:
    long, source = "東員町の計画です。" * 200, "出典：東員町デジタル化推進計画"
    fitted = fit([flex(text(long), text(long), text(long), text(source))])
    body = fitted[0]["contents"]["body"]["contents"]
    assert any(part["text"].endswith("。" + MARK) for part in body)
    assert body[3]["text"] == source
    assert BUBBLE_BYTES * 0.9 < weight(fitted[0]["contents"]) <= BUBBLE_BYTES


def test_a_flex_message_that_cannot_be_saved_is_sent_as_its_alternative_text() -> None:
    assert fit([{"type": "flex", "altText": "お返事です。", "contents": {"type": "bubble"}}]) == [
        {"type": "text", "text": "お返事です。"}
    ]


def test_a_button_without_a_usable_address_is_left_out() -> None:
    button = {"type": "button", "action": {"type": "uri", "label": "開く", "uri": "ftp://example.jp/"}}
    assert fit([flex(text("あ"), button)]) == [flex(text("あ"))]


def test_a_text_of_emoji_is_counted_in_utf_16_units_and_none_is_torn() -> None:
    (message,) = fit([{"type": "text", "text": "😀" * 3_000}])
    assert message["text"] == "😀" * 2_499 + MARK


def test_a_carousel_keeps_the_bubbles_that_fit() -> None:
    heavy = bubble(*[text("あ" * 1_400)] * 3)
    carousel = {"type": "carousel", "contents": [heavy] * 13}
    (message,) = fit([{"type": "flex", "altText": "お返事", "contents": carousel}])
    assert problems([message]) == []
    assert 1 <= len(message["contents"]["contents"]) <= 12


def test_boxes_nested_deeper_than_line_draws_them_are_refused_and_become_text() -> None:
    nested = text("あ")
    for _ in range(DEEPEST + 1):
        nested = {"type": "box", "layout": "vertical", "contents": [nested]}
    assert any("deeper" in line for line in problems([flex(nested)]))
    assert fit([flex(nested)]) == [{"type": "text", "text": "お返事"}]


def test_more_than_five_messages_keep_the_last_quick_replies() -> None:
    quick = {"items": [{"type": "action", "action": {"type": "message", "label": "担当", "text": "担当は？"}}]}
    given_ = [{"type": "text", "text": str(n)} for n in range(6)] + [{"type": "text", "text": "7", "quickReply": quick}]
    fitted = fit(given_)
    assert len(fitted) == 5
    assert fitted[-1]["quickReply"] == quick


@given(st.text(), st.integers(min_value=1, max_value=60))
def test_a_cut_text_fits_and_splits_no_grapheme(words: str, most: int) -> None:
    short = cut(words, most)
    assert units(short) <= most
    if short != words:
        graphemes = regex.findall(r"\X", words)
        kept = short.removesuffix(MARK)
        starts = ["".join(graphemes[:n]).rstrip() for n in range(len(graphemes) + 1)]
        assert kept in starts or any(kept == start.rstrip() for start in starts)


def test_cuts_at_the_end_of_a_sentence() -> None:
    assert (
        cut("計画では、開くとしています。担当は企画課です。申し込みは役場です。", 26)
        == "計画では、開くとしています。担当は企画課です。" + MARK
    )


def test_a_family_is_not_torn_apart() -> None:
    assert cut(FAMILY * 2, 15) == FAMILY + MARK
    assert cut(FAMILY, 5) == MARK
