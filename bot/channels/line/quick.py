"""The buttons under the last message: choices, other facets, votes, topics to begin with."""

from dataclasses import dataclass
from typing import Any

from bot.channels.line.cutting import cut
from bot.channels.line.postbacks import ChoiceTaken, FacetAsked, Postback, TopicAsked, Voted, sign
from bot.channels.line.topics import help_topic, topics
from bot.channels.line.wordings import wording
from bot.town import TownKnowledge, facet_labels
from knowledge.entries import FacetName

Item = dict[str, Any]
LABEL = 20  # units
MOST_TOPICS = 6
MOST_FACETS = 8


@dataclass(frozen=True)
class Signer:
    """Whose turn of which conversation the buttons belong to."""

    turn: int
    conversation: str
    user: str
    key: bytes

    def choice(self, number: int, label: str) -> dict[str, Any]:
        """The action that takes a choice; 0 is どれでもない."""
        return self._tap(ChoiceTaken(self.turn, number, self.conversation), label, label)

    def facet(self, facet: FacetName) -> dict[str, Any]:
        """The action that asks for another facet of the entry just spoken of."""
        label = facet_labels()[facet]
        asked = wording("facet_asked", facet=label)
        return self._tap(FacetAsked(facet, self.turn, self.conversation), label, asked)

    def facet_of(self, entry: str, town: str, facet: FacetName) -> dict[str, Any]:
        """The action that asks for a facet of an entry, whatever was spoken of."""
        label = facet_labels()[facet]
        return self._tap(TopicAsked(entry, town, facet), label, wording("facet_asked", facet=label))

    def vote(self, helpful: bool) -> dict[str, Any]:
        """The action that votes on the turn."""
        label = wording("helpful" if helpful else "unhelpful")
        return self._tap(Voted(self.turn, helpful, self.conversation), label, label)

    def _tap(self, action: Postback, label: str, shown: str) -> dict[str, Any]:
        data = sign(action, self.key, self.user)
        return {"type": "postback", "label": label, "data": data, "displayText": shown}


def with_items(message: dict[str, Any], actions: list[dict[str, Any]]) -> dict[str, Any]:
    """The message with its quick replies, their labels short enough."""
    if not actions:
        return message
    items = [{"type": "action", "action": {**each, "label": cut(each["label"], LABEL)}} for each in actions]
    return {**message, "quickReply": {"items": items}}


def go_on(said: dict[str, Any], town: TownKnowledge, signer: Signer) -> list[Item]:
    """What may follow a reply: the choices it offers, else the entry's other facets and a vote."""
    if said["kind"] == "answer":
        one_entry = len({part["entry"] for part in said["parts"]}) == 1
        facets = [FacetName(name) for name in said["followups"][:MOST_FACETS]] if one_entry else []
        return [*map(signer.facet, facets), signer.vote(True), signer.vote(False)]
    if said["kind"] == "notice":
        return []
    return [*choices(said, signer), *_of_known(said, town, signer)] or begin_with(town)


def _of_known(said: dict[str, Any], town: TownKnowledge, signer: Signer) -> list[Item]:
    """After an admission: what else its entry says, named by the entry, for the turn answered with no part of it."""
    known = said.get("known")
    entry = town.library.entries.get(known["entry"]) if known else None
    if not known or entry is None:
        return []
    others = {facet.name: None for facet in entry.content.facets if not facet.silent}
    others.pop(FacetName(known["facet"]), None)
    return [signer.facet_of(entry.content.id, town.library.town.id, facet) for facet in list(others)[:MOST_FACETS]]


def choices(said: dict[str, Any], signer: Signer) -> list[dict[str, Any]]:
    """The actions of the choices that a reply offers; どれでもない where it asks which one is meant."""
    actions = [signer.choice(at, each["label"]) for at, each in enumerate(said["choices"], start=1)]
    return [*actions, signer.choice(0, wording("none_of_these"))] if said["kind"] == "choices" else actions


def begin_with(town: TownKnowledge) -> list[Item]:
    """Topics of the town and the help, sent as the resident's own words."""
    return [
        {"type": "message", "label": topic.label, "text": topic.ask}
        for topic in (*topics(town, MOST_TOPICS), help_topic())
    ]
