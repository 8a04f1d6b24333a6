"""The child process that parses a document: limits itself before it reads, answers in JSON lines on standard output."""

import json
import os
import resource
import sys
from dataclasses import asdict
from typing import Any

OUT = os.dup(1)  # whatever a library prints must not stand between our lines
EVERY = 5  # units of progress, so that a text of many parts does not flood the parent


def main() -> None:
    """One document from standard input: a line of JSON about it, then its bytes."""
    os.dup2(2, 1)
    asked = json.loads(sys.stdin.buffer.readline())
    _limit(asked["limits"])
    from knowledge.plans.refusals import UnreadablePlan  # noqa: PLC0415  nothing is imported before the limits stand

    try:
        _say(_answer(asked, sys.stdin.buffer.read()))
    except UnreadablePlan as refused:
        _say({"refused": refused.refusal})
    except MemoryError:
        _say({"refused": "too_large"})


def _answer(asked: dict[str, Any], data: bytes) -> dict[str, Any]:
    from knowledge.plans.reading import read  # noqa: PLC0415  see main

    document = read(asked["name"], data, _progress)
    answer = {"document": asdict(document)}
    if asked["find"]:
        try:
            from knowledge.plans.finding import find  # type: ignore[import-untyped, import-not-found, unused-ignore]  # noqa: PLC0415  see main

            answer["findings"] = asdict(find(document, asked["town"]))
        except MemoryError:
            raise
        except Exception:  # a fault of ours, not of the document: it must not be told as a broken file
            return {"refused": "failed"}
    return answer


def _limit(limits: dict[str, Any]) -> None:
    """Memory, processor time; no file may be written, no core left behind."""
    seconds, memory = int(limits["seconds"]) + 1, int(limits["memory_bytes"])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if sys.platform != "darwin":  # macOS refuses to limit the address space
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _progress(done: int, whole: int) -> None:
    if done % EVERY == 0 or done == whole:
        _say({"progress": [done, whole]})


def _say(message: dict[str, Any]) -> None:
    line = json.dumps(message, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
    while line:
        line = line[os.write(OUT, line) :]


if __name__ == "__main__":
    main()
