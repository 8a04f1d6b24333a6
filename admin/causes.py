"""Why a database cannot be used, in plain words, and without what the driver says: that may hold part of a password.

(Of `…:se@cret@host` the driver takes `cret@host` for the host, and names it.)
"""

import re
from functools import cache
from pathlib import Path

import yaml
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

WORDS = Path(__file__).parent / "data" / "causes.yaml"


@cache
def _causes() -> tuple[tuple[re.Pattern[str], str], ...]:
    read = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return tuple((re.compile(one["said"], re.IGNORECASE), one["means"]) for one in read)


def cause_of(error: SQLAlchemyError) -> str:
    """What is wrong and what to do, or the error's kind where nobody wrote a sentence for it."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    said = str(cause)[:1_000]
    means = (sentence for pattern, sentence in _causes() if pattern.search(said))
    return next(means, f"{type(cause).__name__}。ANNAI_DATABASE_URL と、データベースが動いているかを確かめてください")
