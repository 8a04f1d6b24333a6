"""The publish flow: drafts out together, then the town's test questions asked of what residents now get."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine

from bot.examining import keep_score
from bot.published import read_town
from knowledge import publications, store
from knowledge.curation import TestScore
from knowledge.days import today
from knowledge.publications import Draft


def release(engine: Engine, town_id: str, drafts: Sequence[Draft], *, by: str, now: datetime) -> TestScore | None:
    """Publishes all of the drafts or none, and keeps the score of the test questions; None where there are none.

    Raises what `publications.publish_together` raises; nothing is then published.
    """
    with store.writing(engine) as session:
        publications.publish_together(session, drafts, by=by, now=now)
    return score(engine, town_id, now)


def score(engine: Engine, town_id: str, now: datetime) -> TestScore | None:
    """Asks the town's test questions of what is published now, and keeps how they went; None where there are none."""
    return keep_score(engine, read_town(engine, town_id, today()), now)
