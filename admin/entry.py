"""The entry that an address names, and the town's knowledge that it is shown and tried with."""

from admin.desk import Desk, Missing
from bot.published import read_town
from bot.town import TownKnowledge
from knowledge import revisions
from knowledge.days import today
from knowledge.entries import EntryContent
from knowledge.models import Entry, Revision, Source


def named(desk: Desk) -> Entry:
    """The entry of the address; its key begins with the town, so that it is no other town's. Raises Missing."""
    found = desk.session.get(Entry, revisions.entry_key(desk.here.id, desk.path["entry"]))
    if found is None:
        raise Missing
    return found


def address(desk: Desk, entry: str) -> str:
    """Where an entry's page is, by its id or its key over all towns."""
    return f"/towns/{desk.here.id}/entries/{entry.partition('/')[2] or entry}"


def content_of(revision: Revision) -> EntryContent:
    """What a revision says."""
    return EntryContent.model_validate(revision.content)


def source_of(desk: Desk, entry: Entry) -> Source:
    """The edition of the plan that an entry stands on."""
    return desk.session.get_one(Source, entry.source_id)


def town_knowledge(desk: Desk) -> TownKnowledge:
    """The town as residents are answered from it; what was published in the last second is read from the store."""
    known = desk.around.registry.towns.get(desk.here.id)
    if known is not None and known.revision == desk.here.revision:
        return known
    return read_town(desk.around.engine, desk.here.id, today())
