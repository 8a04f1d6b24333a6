"""Parses a plan in a child process: bounded in time and memory, without the database and without the settings.

What a document can break is the child; the parent gets lines and findings as JSON, or a refusal.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from pydantic import TypeAdapter

from knowledge.plans.document import Document
from knowledge.plans.findings import Findings
from knowledge.plans.progress import Progress, silent
from knowledge.plans.refusals import Refusal, UnreadablePlan

HOUSE = Path(__file__).parents[2]  # what must be importable in the child
KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "HOME", "TMPDIR", "VIRTUAL_ENV")
CHUNK = 65_536


@dataclass(frozen=True)
class Limits:
    """What a document may cost: bytes of the file, seconds in all, bytes of memory, bytes of the answer.

    A plan of 300 pages takes some 30 s and 300 MB; the memory also bounds what a PDF's streams unpack to.
    """

    file_bytes: int = 50_000_000
    seconds: float = 180.0
    memory_bytes: int = 1_500_000_000
    answer_bytes: int = 100_000_000


@dataclass(frozen=True)
class Examined:
    """A plan as it was read, and what was found in it."""

    document: Document
    findings: Findings


LIMITS = Limits()


def read(name: str, data: bytes, progress: Progress = silent, limits: Limits = LIMITS) -> Document:
    """The document's lines; raises UnreadablePlan."""
    answer = _ask_child({"name": name, "find": False}, data, progress, limits)
    return TypeAdapter(Document).validate_python(answer["document"])


def examine(name: str, data: bytes, town: str = "", progress: Progress = silent, limits: Limits = LIMITS) -> Examined:
    """The document and its findings; `town` is the town's official name where it is known. Raises UnreadablePlan."""
    answer = _ask_child({"name": name, "find": True, "town": town}, data, progress, limits)
    return TypeAdapter(Examined).validate_python(answer)


def _ask_child(asked: dict[str, Any], data: bytes, progress: Progress, limits: Limits) -> dict[str, Any]:
    name = str(asked["name"])
    if len(data) > limits.file_bytes:
        raise UnreadablePlan(Refusal.TOO_LARGE, name)
    with tempfile.TemporaryFile() as given:
        given.write(json.dumps(asked | {"limits": asdict(limits)}).encode() + b"\n" + data)
        given.seek(0)
        with _child(given) as child:
            for message in _messages(child, name, limits):
                if "progress" in message:
                    progress(*message["progress"])
                elif "refused" in message:
                    raise UnreadablePlan(Refusal(message["refused"]), name)
                else:
                    return message
            raise UnreadablePlan(_ending(child.poll()), name)


def _ending(code: int | None) -> Refusal:
    """Why a child ended without an answer: its time was up, its memory (PDFium aborts then), or the file broke it."""
    if code == -signal.SIGXCPU:
        return Refusal.TOO_LONG
    out_of_memory = (-signal.SIGABRT, -signal.SIGTRAP, -signal.SIGILL, -signal.SIGKILL)
    return Refusal.TOO_LARGE if code in out_of_memory else Refusal.BROKEN


@contextmanager
def _child(given: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """A fresh interpreter (a fork would carry our threads' locks along); killed however we leave."""
    command = [sys.executable, "-m", "knowledge.plans.child"]
    # What the libraries complain about may hold the document's words: it goes nowhere.
    process = subprocess.Popen(  # noqa: S603  our own module, no words of the document
        command, stdin=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment(), cwd="/"
    )
    try:
        yield process
    finally:
        process.kill()
        if process.stdout:
            process.stdout.close()
        process.wait()


def environment() -> dict[str, str]:
    """What the child knows of ours: where programs and our modules are, and no setting."""
    kept = {key: value for key, value in os.environ.items() if key in KEPT}
    return kept | {"PYTHONPATH": str(HOUSE), "PYTHONDONTWRITEBYTECODE": "1"}


def _messages(child: subprocess.Popen[bytes], name: str, limits: Limits) -> Iterator[dict[str, Any]]:
    """One JSON object a line, until the child ends; raises UnreadablePlan when a limit is passed."""
    assert child.stdout is not None  # noqa: S101  it was opened as a pipe
    until, size, rest = time.monotonic() + limits.seconds, 0, bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while True:
            left = until - time.monotonic()
            if left <= 0 or not selector.select(left):
                raise UnreadablePlan(Refusal.TOO_LONG, name)
            chunk = os.read(child.stdout.fileno(), CHUNK)
            size += len(chunk)
            if size > limits.answer_bytes:
                raise UnreadablePlan(Refusal.TOO_LARGE, name)
            if not chunk:
                child.wait(max(0.1, left))
                return
            rest += chunk
            if b"\n" in chunk:
                *whole, last = rest.split(b"\n")
                yield from (json.loads(line) for line in whole)
                rest = bytearray(last)
