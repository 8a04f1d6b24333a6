"""What a tap on a button asks for: a closed union, signed so that a forged tap does nothing."""

import base64
import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from knowledge.entries import ENTRY_ID, FacetName

LONGEST = 300  # UTF-16 units of a postback's data, by LINE's description; all of ours is ASCII
MAC_BYTES = 16
_TAP = re.compile(r"1\.([cfv])\.([0-9a-f]{0,32})\.(\d{1,7})\.([a-z0-9-]{1,12})")
_TOPIC = re.compile(r"1\.t\.([a-z0-9-]{1,40})\.([a-z0-9-]{1,160})(?:\.([a-z0-9-]{1,12}))?")


@dataclass(frozen=True)
class ChoiceTaken:
    """A もしかして of a turn: its number from 1; 0 is どれでもない."""

    turn: int
    number: int
    conversation: str = ""


@dataclass(frozen=True)
class FacetAsked:
    """Another facet of the entry that a turn spoke of."""

    facet: FacetName
    turn: int
    conversation: str = ""


@dataclass(frozen=True)
class Voted:
    """役に立った or 役に立たなかった on a turn."""

    turn: int
    helpful: bool
    conversation: str = ""


@dataclass(frozen=True)
class TopicAsked:
    """An entry, or one facet of it: a topic of the town's menu, what follows an admission. It names no resident."""

    entry: str
    town: str
    facet: FacetName | None = None


Postback = ChoiceTaken | FacetAsked | Voted | TopicAsked


def sign(action: Postback, key: bytes, user: str) -> str:
    """The data of a button that only `user` (the pseudonym) can tap; a topic's for every resident of its town."""
    match action:
        case ChoiceTaken(turn, number, conversation):
            payload = _tap("c", conversation, turn, str(number))
        case FacetAsked(facet, turn, conversation):
            payload = _tap("f", conversation, turn, facet.value)
        case Voted(turn, helpful, conversation):
            payload = _tap("v", conversation, turn, str(int(helpful)))
        case TopicAsked(entry, town, facet):
            payload, user = f"1.t.{town}.{entry}" + (f".{facet.value}" if facet else ""), ""
        case _:
            assert_never(action)
    return f"{payload}.{_mac(payload, key, user)}"


def read(data: str, key: bytes, user: str) -> Postback | None:
    """What a tap asks for; None where it is forged, another resident's, or of another program."""
    payload, _, mac = data.rpartition(".")
    if len(data) > LONGEST or not data.isascii():
        return None
    topic = _TOPIC.fullmatch(payload)
    if not hmac.compare_digest(mac, _mac(payload, key, "" if topic else user)):
        return None
    if topic:
        return _topic(topic[1], topic[2], topic[3] or "")
    tap = _TAP.fullmatch(payload)
    return _KINDS[tap[1]](int(tap[3]), tap[4], tap[2]) if tap else None


def _tap(kind: str, conversation: str, turn: int, what: str) -> str:
    return f"1.{kind}.{conversation}.{turn}.{what}"


def _choice(turn: int, what: str, conversation: str) -> Postback | None:
    return ChoiceTaken(turn, int(what), conversation) if what in ("0", "1", "2", "3") else None


def _facet(turn: int, what: str, conversation: str) -> Postback | None:
    return FacetAsked(FacetName(what), turn, conversation) if what in tuple(FacetName) else None


def _topic(town: str, entry: str, facet: str) -> Postback | None:
    known = ENTRY_ID.fullmatch(entry) and (not facet or facet in tuple(FacetName))
    return TopicAsked(entry, town, FacetName(facet) if facet else None) if known else None


def _vote(turn: int, what: str, conversation: str) -> Postback | None:
    return Voted(turn, what == "1", conversation) if what in ("0", "1") else None


_KINDS: dict[str, Callable[[int, str, str], Postback | None]] = {"c": _choice, "f": _facet, "v": _vote}


def _mac(payload: str, key: bytes, user: str) -> str:
    """Base64 (URL) of the first 16 bytes of HMAC-SHA256 over what is asked and by whom."""
    message = f"line postback\0{user}\0{payload}".encode()
    digest = hmac.new(key, message, hashlib.sha256).digest()[:MAC_BYTES]
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
