"""A start takes over what was read of a town's texts, and whatever became of that, the answers are the same."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from structlog.testing import capture_logs

from bot.published import read_towns
from bot.town import TownKnowledge
from knowledge import leaving, loading, names, preparations, publishing, revisions, store, text
from knowledge.days import today
from knowledge.entries import EntryContent
from knowledge.models import LexiconGroup, Preparation, Town
from knowledge.prepared import to_bytes
from tests.bot.server import write_sample

SAID = "盆踊りの太鼓は誰がたたくの"


@pytest.fixture
def town(engine: Engine, tmp_path: Path) -> Engine:
    """A database whose one town was read and kept."""
    loading.load_all(engine, write_sample(tmp_path))
    assert preparations.keep(engine, "sample", opened(engine).library.prepared)
    return engine


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are read for an index, a speller or the names from now on."""
    texts: list[str] = []

    def noted(reads: Callable[..., object], said: str, *rest: object, **more: object) -> object:
        texts.append(said)
        return reads(said, *rest, **more)

    monkeypatch.setattr("knowledge.readings.analyse", partial(noted, text.analyse))
    monkeypatch.setattr("knowledge.sounds.normalise", partial(noted, text.normalise))
    monkeypatch.setattr("knowledge.names.heard", partial(noted, names.heard))
    return texts


def opened(engine: Engine) -> TownKnowledge:
    """The town as a process that starts now has it."""
    return read_towns(engine, {}, today())["sample"]


def kept(engine: Engine) -> Preparation:
    with store.reading(engine) as session:
        return session.exec(select(Preparation)).one()


def content_of(town: TownKnowledge) -> bytes:
    return to_bytes(town.library.prepared)


def rephrase(engine: Engine) -> None:
    """Publishes an entry with one more phrasing."""
    with store.writing(engine) as session:
        latest = revisions.latest(session, "sample/rpa")
        content = EntryContent.model_validate(latest.content)
        changed = content.model_copy(update={"phrasings": (*content.phrasings, SAID)})
        draft = publishing.save_draft(session, "sample/rpa", changed, based_on=latest.number, author="職員")
        publishing.publish(session, "sample/rpa", draft.number, by="承認者")


def test_a_start_reads_no_text_again(town: Engine, read: list[str]) -> None:
    assert content_of(opened(town)) == kept(town).content
    assert read == []


def test_a_start_reads_what_was_published_since(town: Engine, read: list[str]) -> None:
    rephrase(town)
    assert SAID in opened(town).library.entries["rpa"].content.phrasings
    assert SAID in read
    assert not any("スマホ教室" in said for said in read)


def test_what_is_kept_is_written_once(town: Engine) -> None:
    assert not preparations.keep(town, "sample", opened(town).library.prepared)
    rephrase(town)
    assert preparations.keep(town, "sample", opened(town).library.prepared)
    assert kept(town).content == content_of(opened(town))


def test_with_words_of_its_own_a_town_is_read_again(town: Engine, read: list[str]) -> None:
    with store.writing(town) as session:
        session.add(LexiconGroup(town_id="sample", words=["ぽちぽち会", "スマホ教室"]))
    known = opened(town)
    assert read
    preparations.keep(town, "sample", known.library.prepared)
    read.clear()
    assert content_of(opened(town)) == content_of(known)
    assert read == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda row: row.sqlmodel_update({"fingerprint": "another release"}),
        lambda row: row.sqlmodel_update({"content": row.content[:-9]}),
        lambda row: row.sqlmodel_update({"content": b"nonsense"}),
    ],
)
def test_what_cannot_be_used_is_read_again_and_said_once(town: Engine, damage: Callable[[Preparation], object]) -> None:
    before = kept(town).content
    with store.writing(town) as session:
        damage(session.get_one(Preparation, "sample"))
    with capture_logs() as logged:
        assert content_of(opened(town)) == before
    assert [(line["event"], line["town"]) for line in logged] == [("texts read again", "sample")]


def test_what_is_missing_is_read_again(town: Engine) -> None:
    before = kept(town).content
    with store.writing(town) as session:
        session.delete(session.get_one(Preparation, "sample"))
    assert content_of(opened(town)) == before


def test_two_may_keep_at_once(town: Engine) -> None:
    rephrase(town)
    with store.writing(town) as session:
        session.delete(session.get_one(Preparation, "sample"))
    prepared = opened(town).library.prepared
    with ThreadPoolExecutor(4) as threads:
        assert any(threads.map(lambda _: preparations.keep(town, "sample", prepared), range(4)))
    assert kept(town).content == to_bytes(prepared)


def test_nothing_is_kept_of_a_town_that_is_gone(town: Engine) -> None:
    prepared = opened(town).library.prepared
    leaving.delete_town(town, "sample")
    assert not preparations.keep(town, "sample", prepared)
    with store.reading(town) as session:
        assert session.exec(select(Preparation)).all() == session.exec(select(Town)).all() == []


def test_a_change_of_a_module_that_reads_texts_is_noticed(
    town: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = kept(town).fingerprint
    lexicon = opened(town).library.index.lexicon
    for name in ("text.py", "stopwords.txt"):
        (tmp_path / name).write_bytes((preparations.HERE / name).read_bytes() + b"\n")
    monkeypatch.setattr(preparations, "HERE", tmp_path)
    preparations._program.cache_clear()
    assert preparations.fingerprint(lexicon) != before
    monkeypatch.undo()
    preparations._program.cache_clear()
    assert preparations.fingerprint(lexicon) == before
