"""Where a reply leads on: the rest of a long answer, the plan itself, a telephone."""

import re
from dataclasses import replace
from typing import Any

from bot.channels.line import bubbles
from bot.channels.line.bubbles import Component, linkable
from bot.channels.line.cutting import cut
from bot.channels.line.faults import fault
from bot.channels.line.shapes import Address
from bot.channels.line.shown import SOURCE, Shown
from bot.channels.line.telephones import telephones
from bot.channels.line.wordings import wording
from bot.town import TownKnowledge

LONGEST_SECTION = 500  # units: about a screen and a half of a small phone
MOST_ITEMS = 12
LABEL = 40  # units
ITEM = "・"
_NO_DIGIT = re.compile("[^0-9+]")


def shortened(reply: Shown) -> Shown:
    """The reply with short lists and each section cut at a sentence."""
    return replace(reply, sections=tuple(replace(one, body=_short(one.body)) for one in reply.sections))


def _short(body: str) -> str:
    lines = body.split("\n")
    items = [at for at, line in enumerate(lines) if line.startswith(ITEM)]
    if len(items) > MOST_ITEMS:
        dropped = set(items[MOST_ITEMS:])
        lines = [line for at, line in enumerate(lines) if at not in dropped]
        lines.insert(items[MOST_ITEMS], ITEM + wording("more_items", count=str(len(dropped))))
    return cut("\n".join(lines), LONGEST_SECTION)


def continued(whole: Shown, short: Shown, town: TownKnowledge, public_url: str) -> list[Component]:
    """A link to the entry's page for each entry of which something was left out."""
    pairs = zip(whole.sections, short.sections, strict=True)
    entries = dict.fromkeys(one.entry for one, other in pairs if one.body != other.body and one.entry)
    base = f"{public_url.rstrip('/')}/t/{town.library.town.id}/e/"
    links = []
    for entry in entries:
        title = town.library.entries[entry].content.title if entry in town.library.entries else ""
        label = wording("continued") if len(entries) == 1 else wording("continued_of", title=title)
        links.append(bubbles.button(cut(label, LABEL), linkable(base + entry)))
    return links


def source_address(line: str, said: dict[str, Any], town: TownKnowledge) -> str:
    """The address of the plan that a source's line names, where the town entered a usable one; else empty."""
    if not line.startswith(SOURCE):
        return ""
    known = [town.library.entries[part["entry"]] for part in said["parts"] if part["entry"] in town.library.entries]
    known = known or list(town.library.entries.values())
    for entry in known:
        if entry.source_address and line.startswith(SOURCE + entry.source.title):
            address = linkable(entry.source_address)
            return "" if fault(Address(), address) or not address.startswith("http") else address
    return ""


def calls(said: dict[str, Any], town: TownKnowledge) -> list[Component]:
    """A button for each number that the reply says: of a crisis, or of the office and departments it names."""
    if said["notice"] == "emergency":
        return [bubbles.call(each.number, each.whom, each.address) for each in telephones(said["text"])]
    office = town.office
    named = {contact.telephone: name for name, contact in office.contacts.items()} | {office.telephone: office.office}
    return [
        bubbles.button(cut(wording("call", whom=name), LABEL), f"tel:{digits}")
        for number, name in named.items()
        if number and number in said["text"] and (digits := _NO_DIGIT.sub("", number))
    ]
