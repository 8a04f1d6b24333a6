"""HTML around the words of a message: pasted from a page, or written to see whether it works."""

import re

_ATTRIBUTES = r"(?:\s[^<>]{0,300})?/?>"
_WITHIN = re.compile(
    "</?(?:a|abbr|b|big|del|em|font|i|ins|mark|rb|rp|rt|ruby|s|small|span|strong|sub|sup|u|wbr)" + _ATTRIBUTES, re.I
)
_AROUND = re.compile(
    "</?(?:blockquote|body|br|center|div|h[1-6]|hr|html|li|ol|p|pre|table|tbody|td|th|tr|ul)" + _ATTRIBUTES, re.I
)


def without_markup(message: str) -> str:
    """The message without tags that only shape text; its words stay. Code is left to be seen as such."""
    if "<" not in message:
        return message
    return _AROUND.sub(" ", _WITHIN.sub("", message))
