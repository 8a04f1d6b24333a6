"""LINE's limits as a table: the messages we send, each property with what it may hold.

It knows only what this bot sends (text and Flex messages with quick replies), and is narrower than LINE where LINE's
description and its documentation differ: lengths are UTF-16 units, the largest of LINE's differing counts.
Sources: LINE's OpenAPI description (messaging-api.yml) and, marked docs, the Messaging API reference.
"""

from collections.abc import Mapping
from dataclasses import dataclass

MOST_MESSAGES = 5
BUBBLE_BYTES = 30 * 1024  # docs; in the \\uXXXX-escaped form that the SDK sends
CAROUSEL_BYTES = 50 * 1024  # docs
DEEPEST = 10  # boxes within boxes (docs)


@dataclass(frozen=True)
class Words:
    """A text that residents read: 1 to `most` units; what is longer can be cut."""

    most: int


@dataclass(frozen=True)
class Data:
    """A text that means something only as a whole: 1 to `most` units; what is longer cannot be sent."""

    most: int


@dataclass(frozen=True)
class Address:
    """A URI that LINE opens: http, https, line, tel."""

    most: int = 1_000


@dataclass(frozen=True)
class OneOf:
    """One of some words."""

    words: frozenset[str]


@dataclass(frozen=True)
class Pattern:
    """A short text of a form: a colour, a size."""

    form: str


@dataclass(frozen=True)
class Whole:
    """A whole number."""

    least: int
    most: int


@dataclass(frozen=True)
class Flag:
    """True or false."""


@dataclass(frozen=True)
class One:
    """An object of one of these shapes, told apart by its `type`."""

    shapes: tuple[str, ...]


@dataclass(frozen=True)
class Many:
    """A list of 1 to `most` objects of these shapes."""

    shapes: tuple[str, ...]
    most: int


Rule = Words | Data | Address | OneOf | Pattern | Whole | Flag | One | Many


@dataclass(frozen=True)
class Shape:
    """An object: its `type` ("" where it has none), what it must hold, and what it may."""

    type: str
    must: Mapping[str, Rule]
    may: Mapping[str, Rule]
    bytes: int = 0  # the most as escaped JSON; 0 for no limit of its own


def _words(words: str) -> OneOf:
    return OneOf(frozenset(words.split()))


_COLOUR = Pattern("#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?")
_SPACE = Pattern("none|xs|sm|md|lg|xl|xxl|[0-9]{1,3}px")
_SIZE = Pattern("xxs|xs|sm|md|lg|xl|xxl|[345]xl|[0-9]{1,3}px")
_LAYOUT: dict[str, Rule] = {
    "margin": _SPACE,
    "flex": Whole(0, 100),
    "offsetTop": _SPACE,
    "offsetStart": _SPACE,
}
_PADDING: dict[str, Rule] = {f"padding{side}": _SPACE for side in ("All", "Top", "Bottom", "Start", "End")}
_COMPONENTS = ("box", "text", "button", "separator")
_FLEX_ACTIONS = tuple(f"flex action: {kind}" for kind in ("postback", "message", "uri"))
_QUICK_ACTIONS = tuple(f"quick action: {kind}" for kind in ("postback", "message", "uri"))


def _actions(where: str, label: int) -> dict[str, Shape]:
    """The actions of a place whose labels hold `label` units."""
    named: dict[str, Rule] = {"label": Words(label)}
    return {
        f"{where} action: postback": Shape(
            "postback",
            named | {"data": Data(300)},
            {
                "displayText": Words(300),
                "inputOption": _words("closeRichMenu openRichMenu openKeyboard openVoice"),
            },
        ),
        f"{where} action: message": Shape("message", named | {"text": Data(300)}, {}),
        f"{where} action: uri": Shape("uri", named | {"uri": Address()}, {}),
    }


SHAPES: dict[str, Shape] = {
    "text message": Shape("text", {"text": Words(5_000)}, {"quickReply": One(("quick reply",))}),
    "flex message": Shape(
        "flex",
        {"altText": Words(1_500), "contents": One(("bubble", "carousel"))},
        {"quickReply": One(("quick reply",))},
    ),
    "quick reply": Shape("", {"items": Many(("quick item",), 13)}, {}),
    "quick item": Shape("action", {"action": One(_QUICK_ACTIONS)}, {}),
    "carousel": Shape("carousel", {"contents": Many(("bubble",), 12)}, {}, CAROUSEL_BYTES),
    "bubble": Shape(
        "bubble",
        {"body": One(("box",))},
        {
            "size": _words("nano micro deca hecto kilo mega giga"),
            "direction": _words("ltr rtl"),
            "header": One(("box",)),
            "footer": One(("box",)),
            "styles": One(("styles",)),
        },
        BUBBLE_BYTES,
    ),
    "styles": Shape("", {}, {part: One(("style",)) for part in ("header", "body", "footer")}),
    "style": Shape("", {}, {"backgroundColor": _COLOUR, "separator": Flag(), "separatorColor": _COLOUR}),
    "box": Shape(
        "box",
        {"layout": _words("vertical horizontal"), "contents": Many(_COMPONENTS, 100)},
        _LAYOUT
        | _PADDING
        | {
            "spacing": _SPACE,
            "backgroundColor": _COLOUR,
            "borderColor": _COLOUR,
            "borderWidth": Pattern("none|light|normal|medium|semi-bold|bold|[0-9]{1,3}px"),
            "cornerRadius": _SPACE,
            "justifyContent": _words("center flex-start flex-end space-between space-around space-evenly"),
            "alignItems": _words("center flex-start flex-end"),
            "action": One(_FLEX_ACTIONS),
        },
    ),
    "text": Shape(
        "text",
        {"text": Words(2_000)},
        _LAYOUT
        | {
            "size": _SIZE,
            "color": _COLOUR,
            "weight": _words("regular bold"),
            "decoration": _words("none underline line-through"),
            "align": _words("start end center"),
            "gravity": _words("top bottom center"),
            "lineSpacing": Pattern("[0-9]{1,3}px"),
            "wrap": Flag(),
            "scaling": Flag(),
            "maxLines": Whole(0, 100),
            "action": One(_FLEX_ACTIONS),
        },
    ),
    "button": Shape(
        "button",
        {"action": One(_FLEX_ACTIONS)},
        _LAYOUT
        | {
            "color": _COLOUR,
            "style": _words("primary secondary link"),
            "height": _words("sm md"),
            "gravity": _words("top bottom center"),
            "adjustMode": _words("shrink-to-fit"),
            "scaling": Flag(),
        },
    ),
    "separator": Shape("separator", {}, {"margin": _SPACE, "color": _COLOUR}),
    **_actions("flex", 40),
    **_actions("quick", 20),
}
MESSAGES = ("text message", "flex message")
