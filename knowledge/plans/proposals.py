"""Phrasings proposed for a drafted entry: its name in questions, in the lexicon's words, the heading above it."""

from collections.abc import Iterator

from knowledge.entries import Kind
from knowledge.lexicon import Lexicon
from knowledge.names import fold
from knowledge.plans.wording import patterns
from knowledge.text import analyse

MOST = 6
LONGEST_HEADING = 30


def phrasings(kind: Kind, name: str, heading: str, lexicon: Lexicon) -> tuple[str, ...]:
    """At most six, each different when folded."""
    found: dict[str, str] = {}
    for phrasing in (*_asked(kind, name), *_in_other_words(name, lexicon), *_by_heading(name, heading)):
        found.setdefault(fold(phrasing), phrasing)
    return tuple(found.values())[:MOST]


def _asked(kind: Kind, name: str) -> Iterator[str]:
    for pattern in patterns()["phrasings"].get(kind.value, ()):
        yield str(pattern).format(name=name)


def _in_other_words(name: str, lexicon: Lexicon) -> Iterator[str]:
    """The name with one of its words as residents may say it."""
    for found in lexicon.found(analyse(name)):
        group = lexicon.groups[found.group]
        if found.member not in name or found.member == name or group.broader:  # sayings are no other words for a name
            continue
        for word in group.words:
            if word not in name and word not in found.member:
                yield name.replace(found.member, word, 1)
                break


def _by_heading(name: str, heading: str) -> Iterator[str]:
    if heading and fold(heading) != fold(name) and len(heading) <= LONGEST_HEADING:
        yield heading
