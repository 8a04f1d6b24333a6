"""Who looks after an entry and when it is looked at again; on which edition of a plan it stands."""

from datetime import date

from sqlmodel import Session

from knowledge import publishing
from knowledge.models import Entry, Source
from knowledge.publishing import WrongState


def set_owner(session: Session, key: str, owner: str, review_date: date | None) -> Entry:
    """The department or person that looks after an entry, and the day of the next look; residents see neither."""
    entry = publishing.held_entry(session, key)
    entry.owner, entry.review_date = owner, review_date
    return entry


def set_source(session: Session, key: str, source_id: str) -> Entry:
    """The edition that replies name as the source, from the next second on; raises WrongState for another town's."""
    entry = publishing.held_entry(session, key)
    source = session.get(Source, source_id)
    if source is None or source.town_id != entry.town_id:
        raise WrongState("その計画書はありません。画面を開き直して、もう一度選んでください。")
    if entry.source_id != source_id:
        entry.source_id = source_id
        publishing.move_town(session, entry.town_id)
    return entry
