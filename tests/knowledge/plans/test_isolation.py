"""The child process: bounded in time, memory and answer, without the settings; the parent hears how far it is."""

import os
import zlib
from pathlib import Path

import pytest

from knowledge.plans import isolation
from knowledge.plans.isolation import Limits
from knowledge.plans.refusals import Refusal, UnreadablePlan


def refused(name: str, data: bytes, limits: Limits) -> Refusal:
    with pytest.raises(UnreadablePlan) as error:
        isolation.read(name, data, limits=limits)
    return error.value.refusal


def children() -> list[str]:
    return [entry.name for entry in Path("/proc").iterdir() if entry.name.isdigit() and _is_ours(entry.name)]


def _is_ours(process: str) -> bool:
    try:
        command = Path(f"/proc/{process}/cmdline").read_bytes()
        parent = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[1]
    except OSError:
        return False
    return b"knowledge.plans.child" in command and parent == str(os.getpid())


def test_the_child_gives_the_lines_and_tells_how_far_it_is(plan_files: dict[str, bytes]) -> None:
    heard: list[tuple[int, int]] = []
    document = isolation.read("mihon.pdf", plan_files["mihon.pdf"], lambda *step: heard.append(step))
    assert document.name == "mihon.pdf"
    assert any("書かない窓口の導入" in line.text for line in document.lines)
    assert heard[-1] == (4, 4)
    assert children() == []


def test_a_refusal_of_the_child_is_the_parents(plan_files: dict[str, bytes]) -> None:
    assert refused("計画.pdf", plan_files["mihon.pdf"][:300], Limits()) is Refusal.BROKEN


def test_a_file_that_is_too_large_starts_no_child() -> None:
    assert refused("計画.txt", b"x" * 101, Limits(file_bytes=100)) is Refusal.TOO_LARGE


def test_an_answer_that_is_too_large_is_refused(plan_files: dict[str, bytes]) -> None:
    assert refused("計画.md", plan_files["mihon.md"], Limits(answer_bytes=1000)) is Refusal.TOO_LARGE


def test_what_takes_too_long_is_given_up(plan_files: dict[str, bytes]) -> None:
    assert refused("計画.pdf", plan_files["mihon.pdf"], Limits(seconds=0.01)) is Refusal.TOO_LONG
    assert children() == []


def bomb(size: int) -> bytes:
    """A PDF whose one page's content unpacks to `size` bytes."""
    content = zlib.compress(b"q Q " * (size // 4), 1)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(content), content),
    ]
    data = b"%PDF-1.4\n" + b"".join(b"%d 0 obj%sendobj\n" % (n, o) for n, o in enumerate(objects, start=1))
    return data + b"trailer<</Root 1 0 R>>\n"


def test_a_stream_that_unpacks_to_too_much_is_refused_within_bounds() -> None:
    limits = Limits(memory_bytes=500_000_000)
    assert refused("計画.pdf", bomb(204_000_000), limits) is Refusal.TOO_LARGE
    assert children() == []


def test_the_child_knows_no_database_and_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNAI_SECRET_KEY", "k" * 40)
    monkeypatch.setenv("ANNAI_DATABASE_URL", "sqlite:///x")
    assert not [name for name in isolation.environment() if name.startswith("ANNAI_")]


def test_every_refusal_has_a_sentence_with_the_files_name() -> None:
    for refusal in Refusal:
        assert str(UnreadablePlan(refusal, "計画.pdf")).startswith("「計画.pdf」")
