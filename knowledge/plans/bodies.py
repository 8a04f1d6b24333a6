"""The bodies that carry a plan, and the laws that it names."""

import re
from collections.abc import Iterator

from knowledge.plans import vocabulary
from knowledge.plans.mentions import bodies_in
from knowledge.plans.outline import Outline
from knowledge.plans.plain import tidy

LONGEST_TEXT = 20_000  # characters of a block that are searched for laws
_LAW = re.compile(
    r"[A-Za-z一-龥ァ-ヺー・]{2,30}(?:基本法|手続法|保護法|標準化法|関連法|推進法|番号法|整備法|番号利用法)|[A-Za-z一-龥ァ-ヺー・]{2,30}(?:の[一-龥ァ-ヺー]{2,12})?(?:等?に関する|のための)[一-龥]{0,8}法律"
)
_BODY_BEFORE = re.compile(r"^(?:本町の|本市の|新たに|各課|全庁的な|町の|市の)")


def find_bodies(outline: Outline) -> tuple[str, ...]:
    """The bodies that carry the plan: named in the chapters on its organisation."""
    found: dict[str, None] = {}
    for section, block in outline.blocks():
        inside = any(vocabulary.is_chapter("bodies", above.name) for above in outline.above(section))
        for name in _body_names(block.text, inside):
            found.setdefault(name, None)
        if inside:
            for name in _body_names(section.name, True):
                found.setdefault(name, None)
    return tuple(name for name in found if not any(name != other and other.endswith(name) for other in found))


def _body_names(text: str, inside: bool) -> Iterator[str]:
    quoted = re.findall(r"「([^「」]{3,30})」", text)
    for name in quoted:
        after = text[text.index(name) + len(name) :][:40]
        if vocabulary.ends_as("bodies", name) and (inside or "設置" in after):
            yield name
    if inside:
        yield from bodies_in(text)
    bare = tidy(text)
    if inside and len(bare) <= 30 and vocabulary.ends_as("bodies", bare) and len(bare) > 4:  # noqa: PLR2004
        yield bare


def find_laws(outline: Outline) -> tuple[str, ...]:
    """The laws that the plan names, each once, in order."""
    found: dict[str, None] = {}
    for _, block in outline.blocks():
        for match in _LAW.finditer(block.text[:LONGEST_TEXT]):
            found.setdefault(_BODY_BEFORE.sub("", match[0]), None)
    return tuple(found)
