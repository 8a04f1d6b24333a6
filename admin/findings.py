"""What the doctor says of one thing, and the one that a container asks every half minute: does an app answer.

Little is imported here: `annai doctor --quick` costs a share of the same core that serves residents.
"""

from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, Literal

from knowledge.packaged import packaged

Verdict = Literal["good", "look", "bad"]
WORDS = Path(__file__).parent / "data" / "doctor.yaml"
HEALTH_SECONDS = 3.0
OK = 200
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104  asked for here, not listened on


@dataclass(frozen=True)
class Finding:
    """One thing looked at: how it is, and what to do where it is not well."""

    verdict: Verdict
    sentence: str


@cache
def words() -> dict[str, str]:
    """The doctor's sentences by key."""
    read: dict[str, str] = packaged(WORDS)
    return read


def found(verdict: Verdict, key: str, **values: Any) -> Finding:
    """A finding in its sentence."""
    return Finding(verdict, words()[key].format(**values))


def answers(name: str, host: str, port: int, path: str) -> Finding:
    """Whether an app answers that listens on an address of this machine, or on all of them."""
    connection = HTTPConnection(EVERYWHERE.get(host, host), port, timeout=HEALTH_SECONDS)
    try:
        connection.request("GET", path)
        status = connection.getresponse().status
    except (OSError, HTTPException):
        return found("look", "silent_port", name=name, port=port)
    finally:
        connection.close()
    if status == OK:
        return found("good", "port", name=name, port=port)
    return found("bad", "port_not_ready", name=name, port=port, status=status)
