"""LINE's webhook body read tolerantly: what has to be answered or erased, and why the rest is passed over.

LINE adds types and fields without notice, so only what is needed is looked at, and nothing is required but that.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Literal

from bot.channels.line.mentions import addressed_text

Why = Literal["unknown", "nothing_to_do", "standby", "not_addressed", "malformed", "forged", "operator"]
OPERATOR = frozenset({"module", "activated", "deactivated", "botSuspended", "botResumed"})
NOTHING_TO_DO = frozenset(
    {"memberLeft", "videoPlayComplete", "beacon", "accountLink", "membership", "delivery"},
)
MEDIA = frozenset({"image", "video", "audio", "file"})
_EVENT_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")


class Kind(StrEnum):
    """What an event asks for."""

    TEXT = "text"
    STICKER = "sticker"
    MEDIA = "media"
    LOCATION = "location"
    FOLLOW = "follow"
    JOINED = "joined"
    POSTBACK = "postback"
    UNSEND = "unsend"
    UNFOLLOW = "unfollow"
    LEAVE = "leave"


ERASING = frozenset({Kind.UNSEND, Kind.UNFOLLOW, Kind.LEAVE})


@dataclass(frozen=True)
class Incoming:
    """An event to be stored: raw, as LINE sent it, and never to be logged.

    `said` is the message's text (without a mention of the bot) or the button's data; `message` LINE's message id, for
    UNSEND that of the message taken back.
    """

    id: str
    kind: Kind
    source: str
    source_id: str
    user_id: str
    sent_at: datetime | None
    redelivered: bool
    token: str = ""
    said: str = ""
    message: str = ""

    @property
    def one_to_one(self) -> bool:
        """Whether it was said to the account alone, not in a group."""
        return self.source == "user"


@dataclass(frozen=True)
class PassedOver:
    """An event that asks for nothing; `type` is LINE's name of it, "unknown" for one that we do not know."""

    type: str
    why: Why


_PLAIN: dict[str, Kind | PassedOver] = {
    "join": Kind.JOINED,
    "memberJoined": Kind.JOINED,
    "follow": Kind.FOLLOW,
    "unfollow": Kind.UNFOLLOW,
    "unsend": Kind.UNSEND,
    "leave": Kind.LEAVE,
}


def read_event(raw: object) -> Incoming | PassedOver:
    """One event of the webhook's list; never raises on any JSON value."""
    if not isinstance(raw, dict):
        return PassedOver("unknown", "malformed")
    given: dict[str, Any] = raw
    kind = _kind(given)
    if isinstance(kind, PassedOver):
        return kind
    if given.get("mode") == "standby" and kind not in ERASING:
        return PassedOver(kind, "standby")
    source = _object(given, "source")
    origin, source_id = _origin(source)
    if not source_id and kind is not Kind.UNSEND:
        return PassedOver(kind, "malformed")  # from nobody: a reply would reach nobody that we could tell apart
    message = _object(given, "message")
    said = _said(kind, given, in_group=origin != "user")
    if said is None:
        return PassedOver(kind, "not_addressed")
    return Incoming(
        id=_event_id(given),
        kind=kind,
        source=origin,
        source_id=source_id,
        user_id=_text(source, "userId"),
        sent_at=_time(given.get("timestamp")),
        redelivered=_object(given, "deliveryContext").get("isRedelivery") is True,
        token=_text(given, "replyToken"),
        said=said,
        message=_text(_object(given, "unsend"), "messageId") if kind is Kind.UNSEND else _text(message, "id"),
    )


def _kind(given: Mapping[str, Any]) -> Kind | PassedOver:
    """What an event asks for, by its type and its message's type."""
    name = given.get("type")
    if name in OPERATOR:
        return PassedOver(str(name), "operator")
    if name in NOTHING_TO_DO:
        return PassedOver(str(name), "nothing_to_do")
    if name == "message":
        return _message_kind(_object(given, "message"))
    if name == "postback":
        return _postback_kind(_object(given, "postback"))
    return _PLAIN.get(str(name), PassedOver("unknown", "unknown"))


def _message_kind(message: Mapping[str, Any]) -> Kind | PassedOver:
    name = message.get("type")
    if name in ("text", "sticker", "location"):
        return Kind(name)
    if name not in MEDIA:
        return PassedOver("message", "unknown")
    number = _object(message, "imageSet").get("index")
    is_later = isinstance(number, int) and number > 1  # pictures sent together are answered once
    return PassedOver("message", "nothing_to_do") if is_later else Kind.MEDIA


def _postback_kind(postback: Mapping[str, Any]) -> Kind | PassedOver:
    """A tap; one that only switches the rich menu asks for nothing."""
    switches = "newRichMenuAliasId" in _object(postback, "params")
    return PassedOver("postback", "nothing_to_do") if switches else Kind.POSTBACK


def _said(kind: Kind, given: Mapping[str, Any], *, in_group: bool) -> str | None:
    """The words or the button's data; None for what is said in a group without addressing the bot."""
    if kind is Kind.TEXT:
        return addressed_text(_object(given, "message"), in_group=in_group)
    if kind is Kind.POSTBACK:
        return _text(_object(given, "postback"), "data")
    return None if in_group and kind in (Kind.STICKER, Kind.MEDIA, Kind.LOCATION) else ""


def _origin(source: Mapping[str, Any]) -> tuple[str, str]:
    """The kind of the source and its id: a group's or room's where there is one, else the resident's."""
    for kind in ("group", "room", "user"):
        found = _text(source, f"{kind}Id")
        if found:
            return kind, found
    return "", ""


def _event_id(given: Mapping[str, Any]) -> str:
    """The webhookEventId (a ULID); the event's digest where it is missing or of another form."""
    found = _text(given, "webhookEventId")
    if _EVENT_ID.fullmatch(found):
        return found
    same = {name: value for name, value in given.items() if name != "deliveryContext"}
    return hashlib.sha256(repr(sorted(same.items())).encode(errors="replace")).hexdigest()


def _time(given: object) -> datetime | None:
    """A time in milliseconds since 1970; None where there is none."""
    if not isinstance(given, int | float) or isinstance(given, bool):
        return None
    try:
        return datetime.fromtimestamp(given / 1000, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def _object(given: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = given.get(name)
    return found if isinstance(found, dict) else {}


def _text(given: Mapping[str, Any], name: str) -> str:
    found = given.get(name)
    return found if isinstance(found, str) else ""
