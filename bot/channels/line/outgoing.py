"""What is sent for an event: the reply that is noted with it, as LINE messages."""

from collections.abc import Callable

from bot.channels.line import messages
from bot.channels.line.events import Kind
from bot.town import TownKnowledge
from knowledge.line_models import LineEvent

_FIXED: dict[Kind, Callable[[TownKnowledge], messages.Messages]] = {
    Kind.STICKER: messages.sticker,
    Kind.MEDIA: messages.only_text,
    Kind.LOCATION: messages.only_text,
    Kind.FOLLOW: messages.welcome,
    Kind.JOINED: messages.joined,
}
_MARKED: dict[str, Callable[[TownKnowledge], messages.Messages]] = {
    "apology": messages.apology,
    "too_many": messages.too_many,
    "gone": messages.gone,
}


def composed(event: LineEvent, town: TownKnowledge, key: bytes, public_url: str) -> messages.Messages:
    """The messages of an event whose reply is noted; they are made anew for each attempt."""
    reply = event.reply or {}
    for mark, fixed in _MARKED.items():
        if mark in reply:
            return fixed(town)
    if "voted" in reply:
        return messages.voted(town, reply["voted"])
    if "kind" not in reply:
        return _FIXED[Kind(event.kind)](town)
    return messages.compose(
        reply,
        town,
        turn=event.turn,
        conversation=event.conversation_id,
        user=event.talk,
        key=key,
        public_url=public_url,
    )
