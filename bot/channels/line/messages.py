"""A reply as LINE messages: a bubble that reads well on a small phone, its alternative text, its quick replies."""

from typing import Any

from bot.channels.line import bubbles
from bot.channels.line.bubbles import Component
from bot.channels.line.cutting import cut, units
from bot.channels.line.limits import fit
from bot.channels.line.linking import calls, continued, shortened, source_address
from bot.channels.line.quick import Signer, begin_with, choices, go_on, with_items
from bot.channels.line.shown import Shown, shown
from bot.channels.line.wordings import wording
from bot.town import TownKnowledge

ALT_UNITS = 1_500
Messages = list[dict[str, Any]]


def compose(
    said: dict[str, Any], town: TownKnowledge, *, turn: int, conversation: str, user: str, key: bytes, public_url: str
) -> Messages:
    """1 to 5 LINE messages, within every limit, for a reply in the contract's form.

    `user` is the pseudonym that alone may tap the buttons. Long answers are cut where `public_url` gives an address
    at which the rest stands; without one only LINE's own limits cut them.
    """
    if said["kind"] == "notice" and said["notice"] != "emergency":
        return fit([with_items(_text(said["text"]), _after_notice(said, town))])
    signer = Signer(turn, conversation, user, key)
    whole = shown(said, town)
    short = shortened(whole) if public_url else whole
    footer = [*calls(said, town), *continued(whole, short, town, public_url)]
    message = bubbles.message(_alternative(short), _body(short, said, town, signer), footer)
    return fit([with_items(message, go_on(said, town, signer))])


def _text(words: str) -> Component:
    return {"type": "text", "text": words}


def _after_notice(said: dict[str, Any], town: TownKnowledge) -> list[Component]:
    return begin_with(town) if said["notice"] in ("greeting", "help", "personal") else []


def _body(reply: Shown, said: dict[str, Any], town: TownKnowledge, signer: Signer) -> list[Component]:
    body = [bubbles.small(reply.lead)] if reply.lead else []
    for at, section in enumerate(reply.sections):
        if at and section.title:
            body.append(bubbles.separator())
        body += [bubbles.heading(section.title)] if section.title else []
        body += [bubbles.label(section.label)] if section.label else []
        body.append(bubbles.paragraph(section.body))
    body += [bubbles.paragraph(reply.contacts)] if reply.contacts else []
    for action, words in zip(choices(said, signer), _numbered(reply), strict=True):
        body.append(bubbles.tappable(words, {**action, "label": cut(action["label"], 40)}))
    if reply.sources:
        body.append(bubbles.separator())
        body += [bubbles.small(line, source_address(line, said, town)) for line in reply.sources]
    return body


def _numbered(reply: Shown) -> list[str]:
    """The choices as they are listed; a number can be typed too."""
    numbers = [f"{at}. {label}" for at, label in enumerate(reply.choices, start=1)]
    return [*numbers, f"0. {wording('none_of_these')}"] if reply.none_offered else numbers


def _alternative(reply: Shown) -> str:
    """The same words for where no bubble is shown (notifications, screen readers); sources stay where it is cut."""
    told = [reply.lead]
    for section in reply.sections:
        told += [section.title, section.label, section.body]
    before = "\n".join(filter(None, [*told, reply.contacts, *_numbered(reply)]))
    sources = "\n".join(reply.sources)
    return "\n".join(filter(None, [cut(before, ALT_UNITS - units(sources) - 1), sources]))


def welcome(town: TownKnowledge) -> Messages:
    """For a new friend: what this is, how words are kept, topics to begin with."""
    greeting = town.office.greeting
    hello = wording("greeted", greeting=greeting) if greeting else wording("welcome", name=town.office.name)
    privacy = wording("privacy", office=town.office.office)
    return fit([_text(hello), with_items(_text(privacy), begin_with(town))])


def only_text(town: TownKnowledge) -> Messages:
    """For a picture, a voice, a file, a place: only words are read."""
    return fit([with_items(_text(wording("only_text")), begin_with(town))])


def sticker(town: TownKnowledge) -> Messages:
    """For a sticker: thanks, and topics to begin with."""
    return fit([with_items(_text(wording("sticker")), begin_with(town))])


def joined(town: TownKnowledge) -> Messages:
    """For a group that the account was asked into, or a new member of it: when it answers."""
    return fit([_text(wording("joined", name=town.office.name))])


def voted(town: TownKnowledge, helpful: bool) -> Messages:
    """For a vote: thanks, or an apology and where else to ask."""
    key = "voted_helpful" if helpful else "voted_unhelpful"
    return fit([_text(wording(key, office=town.office.office))])


def gone(town: TownKnowledge) -> Messages:
    """For a button whose turn was taken back, or is past its retention."""
    return fit([with_items(_text(wording("gone")), begin_with(town))])


def too_many(_: TownKnowledge) -> Messages:
    """For whoever sends faster than anybody types: to wait, and where help is."""
    return fit([_text(wording("too_many"))])


def apology(_: TownKnowledge) -> Messages:
    """For what could not be answered by our own fault."""
    return fit([_text(wording("unsendable"))])
