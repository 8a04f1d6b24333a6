"""What the staff's stories need of the residents' side: asking in vain, and asking again."""

from datetime import UTC, datetime

from bot.asking import Asking, ask
from bot.published import read_town
from knowledge import publishing, revisions, store
from knowledge.days import today
from knowledge.entries import EntryContent
from tests.admin.office import Office

VAIN = "プールの営業時間を教えて"
CLASS = "smartphone-class"


def resident(office: Office, *questions: str, channel: str = "web", visitor: str = "v") -> list[str]:
    """What a resident reads, by the engine of every channel; turns and inquiries are kept."""
    town = read_town(office.engine, "sample", today())
    asked = (Asking(visitor=f"{visitor}{number}", channel=channel, text=text) for number, text in enumerate(questions))
    return [str(ask(one, town, office.engine, datetime.now(UTC))["text"]) for one in asked]


def draft(office: Office, *phrasings: str, entry: str = CLASS, author: str = "山田", **changes: object) -> str:
    """A draft of an entry with more phrasings; as an address names it."""
    key = revisions.entry_key("sample", entry)
    with store.writing(office.engine) as session:
        newest = revisions.latest(session, key)
        content = EntryContent.model_validate(newest.content)
        changed = content.model_copy(update={"phrasings": (*content.phrasings, *phrasings), **changes})
        revision = publishing.save_draft(session, key, changed, based_on=newest.number, author=author, reason="直し")
    return f"{entry}:{revision.number}"
