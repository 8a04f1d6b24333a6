"""Every regular expression of the code and the data, fed with floods made from itself; run as a process of its own.

Prints each pattern that is not through with so many characters in time, and how many were tried: 1,000, by which a
cubic expression is found as surely as by 2,000, in a quarter of the time, or as many as are named. A flood is what a
repetition repeats, again and again, behind what must stand before it, and ends with what fits nowhere: an expression
that can take one text in many ways tries them all.
"""

import ast
import importlib
import pkgutil
import re
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

ROOT = Path(__file__).parents[2]
PACKAGES = ("knowledge", "bot", "admin")
LENGTH = 1_000  # characters
SECONDS = 2.0  # of this process' own time for such a flood; a quadratic expression needs .25, a cubic thirty
OTHERS = ("a", "1", "ア", "漢", "あ", " ", "\n", "-", "（", "「", "。", "|", "<", "a1", "あ、", "第1")
NOWHERE = "\u2603"
Nodes = Any
Patterns = dict[tuple[str, int], str]


def compiled() -> Patterns:
    """Pattern and flags → where it stands: what is compiled at import, by a first question, or stands in a call."""
    found: Patterns = {}
    real = re.compile

    def note(pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        made = real(pattern, flags)
        frame = sys._getframe(1)
        place = Path(frame.f_code.co_filename)
        if isinstance(pattern, str) and any(place.is_relative_to(ROOT / package) for package in PACKAGES):
            found.setdefault((pattern, int(flags)), f"{place.relative_to(ROOT)}:{frame.f_lineno}")
        return made

    re.compile = note  # type: ignore[assignment]
    for package in PACKAGES:
        for module in pkgutil.walk_packages([str(ROOT / package)], f"{package}."):
            if "migrations" not in module.name:
                importlib.import_module(module.name)
    _ask()
    re.compile = real
    return found | _in_calls()


def _ask() -> None:
    """What is only compiled when a resident asks."""
    names = ("bot.opening", "bot.published", "knowledge.bundled")
    opening, published, bundled = map(importlib.import_module, names)
    town = published.from_bundled(bundled.read_town(bundled.town_folders(bundled.TOWNS)[0]))
    opening.warm([town])


def _in_calls() -> Patterns:
    found: Patterns = {}
    for file in (file for package in PACKAGES for file in (ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id="re")), args=[ast.Constant(value=str(said)), *_]):
                    found.setdefault((said, 0), f"{file.relative_to(ROOT)}:{node.lineno}")
    return found


def floods(pattern: str, flags: int, length: int) -> Iterator[str]:
    """The floods of one pattern, `length` characters each."""
    pairs = set(_repeated(parser.parse(pattern, flags))) | {("", other) for other in OTHERS}
    for before, again in pairs | {("", before + again) for before, again in pairs}:
        yield before + again * (length // max(1, len(again))) + NOWHERE


def _repeated(nodes: Nodes, before: str = "") -> Iterator[tuple[str, str]]:
    """What is repeated without a small bound, with an example of what stands before it."""
    for name, given in ((str(operator), given) for operator, given in nodes):
        if name.endswith("_REPEAT"):
            least, most, body = given
            if int(most) > 8 and _example(body):
                yield before, _example(body)
            yield from _repeated(body, before)
            before += _example(body) * int(least)
            continue
        for inner in _inner(name, given):
            yield from _repeated(inner, before)
        before += _example([(name, given)])


def _inner(name: str, given: Any) -> list[Nodes]:
    match name:
        case "SUBPATTERN":
            return [given[3]]
        case "BRANCH":
            return list(given[1])
        case "ASSERT" | "ASSERT_NOT":
            return [given[1]]
        case "ATOMIC_GROUP":
            return [given]
    return []


def _example(nodes: Nodes) -> str:
    """A text that fits, so far as it can be told from the nodes alone."""
    said = ""
    for operator, given in nodes:
        match str(operator):
            case "LITERAL":
                said += chr(given)
            case "NOT_LITERAL":
                said += "a" if given != ord("a") else "b"
            case "ANY":
                said += "a"
            case "IN":
                said += next((one for one in map(chr, _tried(given)) if re.fullmatch(_class(given), one)), "")
            case "SUBPATTERN" | "BRANCH" | "ATOMIC_GROUP" as name:
                said += _example(_inner(name, given)[0])
            case name if name.endswith("_REPEAT"):
                said += _example(given[2]) * max(1, int(given[0]))
    return said


def _tried(given: Any) -> list[int]:
    named = [
        value if str(kind) == "LITERAL" else value[0] for kind, value in given if str(kind) in ("LITERAL", "RANGE")
    ]
    return [*named, *map(ord, " a1あア漢-x。")]


def _class(given: Any) -> str:
    """A class of characters as it is written."""
    kinds = {"DIGIT": "d", "SPACE": "s", "WORD": "w"}
    said = ""
    for kind, value in given:
        match str(kind):
            case "NEGATE":
                said = "^"
            case "LITERAL":
                said += re.escape(chr(value))
            case "RANGE":
                said += f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
            case "CATEGORY":
                letter = kinds[str(value).rsplit("_", 1)[1]]
                said += "\\" + (letter.upper() if "NOT" in str(value) else letter)
    return f"[{said}]"


def _ends(pattern: re.Pattern[str], flood: str, seconds: float) -> bool:
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        pattern.fullmatch(flood)
        for _ in pattern.finditer(flood):
            pass
    except TimeoutError:
        return False
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return True


def _too_long(*_: object) -> None:
    raise TimeoutError


def slow(pattern: str, flags: int = 0, length: int = LENGTH) -> bool:
    """Whether some flood of `length` characters keeps the pattern busy for longer than a quadratic one would be."""
    made, seconds = re.compile(pattern, flags), SECONDS * (length / LENGTH) ** 2
    return not all(_ends(made, flood, seconds) for flood in floods(pattern, flags, length))


def main(length: int) -> None:
    """Tries all patterns."""
    found = compiled()
    for (pattern, flags), place in sorted(found.items(), key=lambda one: one[1]):
        if slow(pattern, flags, length):
            print(f"slow: {place} {pattern[:120]}", flush=True)  # noqa: T201
    print(f"patterns: {len(found)}")  # noqa: T201


signal.signal(signal.SIGVTALRM, _too_long)
if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else LENGTH)
