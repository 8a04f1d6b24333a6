"""A plan, a body, a service in quotation marks with the clause that says what it is."""

import re
from collections.abc import Iterator

from knowledge.plans import vocabulary
from knowledge.plans.mentions import LONGEST_COINED
from knowledge.plans.names import split_name

SHORTEST_CLAUSE = 8  # characters of 「…を取りまとめた」 that explain the name after it
_CLAUSE = re.compile(
    r"(?P<clause>[^。「」]*(?:「[^「」]*」[^。「」]*)*?(?:[しめげきいれえ]た|する|される|れる|ている|なる|に基づく))$"
)
_AFTER = re.compile(
    r"^(?:[（(][^（）()]{1,40}[）)])?(?:の)?(?:\d{1,4}\s?[人名])?(?P<verb>を置[きくい]|が?創設|を?設置|を?開設|を?選任|を?配置|を?任命|を?設け|を?導入し|を?組織|が設立|[がを]?公表|[をの]?策定|を(?:令和|平成)[^。、「」]{2,10}に(?:定め|作成|制定))"
)
_BODY = re.compile(
    r"(?P<clause>[^。「」]{8,120}(?:構成された|構成する|構成される|なる|として|組織である))「(?P<name>[^「」]{3,30})」"
)
_PURPOSE = re.compile(r"[^。「」]{10,}(?:とした|とする|である|いわゆる)$")
_DECIDED = re.compile(
    r"^[」]?\s?(?:[（(][^（）()]*(?:閣議決定|策定)[^（）()]*[）)]|(?:、「[^。]{1,120}」)?(?:が|を)閣議決定)"
)
_PARENT = re.compile("(?:上位計画|計画|構想)である$")


def named_in(sentence: str, match: re.Match[str]) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """The quoted name, its other names and its definition, where the sentence says what it is."""
    name = match["name"]
    outer = split_name(name)[0]
    if (
        len(outer) <= LONGEST_COINED
        and re.fullmatch(r"[A-Za-z0-9ァ-ヺー一-龥]+", outer)
        and _PURPOSE.search(sentence[: match.start()][-120:])
    ):
        yield name, (), sentence
        return
    if _PARENT.search(sentence[: match.start()]) and vocabulary.ends_as("named", outer):
        yield name, (), sentence
        return
    outer = re.sub(r"\s?\d{1,4}$", "", outer)  # ビジョン2040
    if not (vocabulary.ends_as("named", outer) or vocabulary.ends_as("bodies", outer)) or re.search(r"[。、]", name):
        return
    before, after = sentence[: match.start()], sentence[match.end() :]
    if _DECIDED.match(after) or re.search("閣議決定[^「」]*[）)]$", name):
        yield re.sub(r"[（(][^（）()]*閣議決定[^（）()]*[）)]$", "", name), (), sentence
        return
    clause = _CLAUSE.search(before[-300:].rstrip("、"))
    if (
        (
            clause is not None
            and len(clause["clause"]) >= SHORTEST_CLAUSE
            and not before.endswith(("に定める", "に定めた", "で定める", "で定めた", "に示す"))
        )
        or _AFTER.match(after)
        or (_BODY.search(sentence) and vocabulary.ends_as("bodies", outer))
    ):
        yield name, (), sentence
