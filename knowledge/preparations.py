"""What was read of the towns' texts, kept in the store, so that a start reads only what has changed since.

Made from published texts alone, by this program for itself: a preparation that is missing, of another release or
damaged only costs the time to read the texts again.
"""

import hashlib
import json
import unicodedata
from functools import cache
from importlib.metadata import version
from pathlib import Path

import structlog
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from knowledge import lexicon, store
from knowledge.lexicon import Lexicon
from knowledge.models import Preparation, Town
from knowledge.prepared import NOTHING, Prepared, Unusable, from_bytes, to_bytes

HERE = Path(__file__).parent
PATTERNS = ("*.py", "*.txt", "lexicon/*.py", "weights/*.py")  # more than analyses a text, so that none is forgotten
PARTS = ("sudachipy", "sudachidict-core")
KEPT_WITHIN = 5.0  # seconds: whoever keeps it has other work to do
log = structlog.get_logger()


def stored(session: Session, town_id: str, words: Lexicon) -> Prepared:
    """What was read of a town's texts with this lexicon by this release; nothing where that cannot be had."""
    kept = select(Preparation.fingerprint, Preparation.content).where(col(Preparation.town_id) == town_id)
    row = session.exec(kept).first()
    if row is None:
        return NOTHING
    made_with, content = row
    if made_with != fingerprint(words):
        log.info("texts read again", town=town_id, why="another release or lexicon")
        return NOTHING
    try:
        return from_bytes(content, words)
    except Unusable as error:
        log.warning("texts read again", town=town_id, why=str(error))
        return NOTHING


def keep(engine: Engine, town_id: str, prepared: Prepared) -> bool:
    """Keeps what was read of a town's texts, in place of what is kept; False where just this is, or the town is gone.

    Any process may do so at any time: whoever comes last is kept. Raises SQLAlchemyError.
    """
    made_with = fingerprint(prepared.readings.lexicon)
    texts = hashlib.sha256(b"".join(prepared.readings.digests)).hexdigest()
    with store.reading(engine, KEPT_WITHIN) as session:
        columns = select(Preparation.fingerprint, Preparation.texts).where(col(Preparation.town_id) == town_id)
        if session.exec(columns).first() == (made_with, texts):
            return False
    content = to_bytes(prepared)
    with store.writing(engine, KEPT_WITHIN) as session:
        if session.get(Town, town_id, with_for_update={"key_share": True}) is None:
            return False
        session.merge(Preparation(town_id=town_id, fingerprint=made_with, texts=texts, content=content))
    return True


def fingerprint(words: Lexicon) -> str:
    """All that the reading of a text hangs on beside the text: these modules, the dictionary, the lexicon."""
    return f"{_program()}{_groups(words)}"


@cache
def _program() -> str:
    digest = hashlib.sha256(unicodedata.unidata_version.encode())
    for part in PARTS:
        digest.update(f"{part} {version(part)}\n".encode())
    for path in sorted(path for pattern in PATTERNS for path in HERE.glob(pattern)):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _groups(words: Lexicon) -> str:
    return _digest_of_bundled() if words is lexicon.bundled() else _digest(words)


@cache
def _digest_of_bundled() -> str:
    return _digest(lexicon.bundled())


def _digest(words: Lexicon) -> str:
    groups = json.dumps([(group.words, group.broader) for group in words.groups])
    return hashlib.sha256(groups.encode()).hexdigest()
