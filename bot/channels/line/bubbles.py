"""The pieces of a Flex bubble in the Digital Agency's colours; texts wrap and grow with the resident's own setting."""

from typing import Any
from urllib.parse import quote

Component = dict[str, Any]
STRONG, TEXT, SECONDARY = "#1a1a1a", "#333333", "#4d4d4d"
LINK, FILL, ON_FILL, HAIRLINE = "#00118f", "#0017c1", "#ffffff", "#949494"


def words(text: str, *, size: str = "md", color: str = TEXT, **more: Any) -> Component:
    """A text that wraps."""
    return {"type": "text", "text": text, "wrap": True, "scaling": True, "size": size, "color": color, **more}


def heading(text: str) -> Component:
    """An entry's title."""
    return words(text, size="lg", color=STRONG, weight="bold")


def label(text: str) -> Component:
    """Which part of the entry follows."""
    return words(text, size="sm", color=SECONDARY, weight="bold")


def paragraph(text: str) -> Component:
    """What is answered, line for line."""
    return words(text, lineSpacing="6px")


def small(text: str, address: str = "") -> Component:
    """A source or a remark; with an address it opens it."""
    if not address:
        return words(text, size="sm", color=SECONDARY)
    action = {"type": "uri", "label": "出典を開く", "uri": address}
    return words(text, size="sm", color=LINK, decoration="underline", action=action)


def separator() -> Component:
    """A line between what is said and where it comes from."""
    return {"type": "separator", "color": HAIRLINE, "margin": "lg"}


def tappable(text: str, action: Component) -> Component:
    """A choice whose words wrap, which a button's would not."""
    return {
        "type": "box",
        "layout": "vertical",
        "paddingAll": "12px",
        "cornerRadius": "8px",
        "borderWidth": "1px",
        "borderColor": FILL,
        "contents": [words(text, color=LINK)],
        "action": action,
    }


def button(label: str, address: str) -> Component:
    """A button that opens an address or calls a number."""
    action = {"type": "uri", "label": label, "uri": address}
    look = {"style": "link", "color": LINK, "height": "sm", "adjustMode": "shrink-to-fit", "scaling": True}
    return {"type": "button", **look, "action": action}


def call(number: str, whom: str, address: str) -> Component:
    """A filled button for an emergency: the number large, whom it reaches under it, and nothing shrunk or cut."""
    told = [words(number, size="xl", color=ON_FILL, weight="bold", align="center")]
    told += [words(whom, size="sm", color=ON_FILL, align="center")] if whom else []
    look = {"backgroundColor": FILL, "cornerRadius": "8px", "paddingAll": "12px", "spacing": "none"}
    action = {"type": "uri", "label": f"{number}（{whom}）" if whom else number, "uri": address}
    return box(told, **look, action=action)


def box(contents: list[Component], **more: Any) -> Component:
    """Components under each other."""
    return {"type": "box", "layout": "vertical", "spacing": "md", **more, "contents": contents}


def message(alt: str, body: list[Component], footer: list[Component]) -> Component:
    """A Flex message with one bubble."""
    bubble: Component = {"type": "bubble", "size": "mega", "body": box(body)}
    if footer:
        bubble["footer"] = box(footer, spacing="sm")
    return {"type": "flex", "altText": alt, "contents": bubble}


def linkable(address: str) -> str:
    """An address as LINE takes it: what is not ASCII is percent-encoded."""
    return quote(address.strip(), safe="%/:?#[]@!$&'()*+,;=~")
