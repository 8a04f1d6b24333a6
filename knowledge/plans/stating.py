"""What a number is of: the words around it in its sentence."""

import re
from dataclasses import replace

from knowledge.plans.blocks import Block
from knowledge.plans.dates import DATE
from knowledge.plans.findings import Figure
from knowledge.plans.names import without_number
from knowledge.plans.outline import Outline, place_of
from knowledge.plans.plain import folded, half, tidy
from knowledge.plans.scopes import scope_of
from knowledge.plans.section import Section
from knowledge.plans.units import is_number
from knowledge.plans.vocabulary import facet_of

LONGEST_WHAT = 120  # characters
LONGEST_LABEL = 40  # characters of a cell that names its row
WINDOW = 40  # characters around a date that are quoted
FEW = 6  # characters that say too little of what a number counts
_PARTICLE = re.compile(
    r"(?:について|に対する|において|における|として|のうち|により|によると|[はがをでもにへとの、])+$"
)
_INSERTED = re.compile(
    r"(?<=[^\s、。])[（(][^（）()]{6,}[）)](?=[をがはにでも])"
)  # what explains a word inside a sentence
_BEFORE = re.compile(r"[^、。]*$")
_AT = re.compile(r"^(?:末?時点|現在)(?:における|においての?|での?|の)?")
_NAMED = re.compile(r"(?:の|による|からなる|で構成する)「(?P<name>[^「」]{3,25})」")
_BESIDE = re.compile(r"[一-龥ァ-ヺー]{2,12}$")  # the noun right before a number
_SPAN = re.compile(rf"{DATE.pattern}\s?(?:から|まで?|~|～|より|-)?")


def figure_of(
    outline: Outline, section: Section, block: Block, what: str, value: str, as_of: str, sentence: str
) -> Figure:
    place = place_of(section, block.line, block.last, block)
    return Figure(
        tidy(what)[:LONGEST_WHAT], tidy(value), _date_only(as_of), place, scope_of(outline, section, sentence)
    )


def _date_only(text: str) -> str:
    return re.sub(r"\s?(?:時点|現在|調査|現時点)$", "", tidy(text))


def subject_of(before: str) -> str:
    """What a number belongs to: the words before it up to the comma, with the sentence's topic where they are few."""
    before = _INSERTED.sub("", before)
    clause = (_BEFORE.search(before) or [""])[0]
    what = _PARTICLE.sub("", _AT.sub("", _SPAN.sub("", clause).strip(" （(・《〔【")))
    if len(folded(what)) >= FEW:
        return what
    topics = re.findall(r"([^、。]{2,40}?)(?:では|は|が)、?", before[: len(before) - len(clause)])
    if topics:
        return tidy(f"{_PARTICLE.sub('', topics[-1])} {what}")
    return what or _PARTICLE.sub("", _SPAN.sub("", before).strip(" 、(（"))[-WINDOW:]


def counted_in(before: str, value: str, after: str) -> str:
    """What a number counts, by the words before it and after it: 46人の「推進リーダー会議」, 公用車6台のカメラ."""
    named = _NAMED.match(after)
    if named:
        return tidy(f"{subject_of(before)} {named['name']}")
    if value.endswith(("つの", "つ")) or re.match(r"の(?:[一-龥ァ-ヺ])", after):
        following = re.match(r"(?:の)?([^、。（(「」を]{2,40}?)(?=[をがはにで、。（(「」]|$)", after)
        what = following[1] if following else ""
        if value.endswith("つ") and re.search("[ぁ-ん]{3}$", what):  # 集落が3つ残っています
            return subject_of(before) or what
        beside = _BESIDE.search(before)
        return tidy(f"{beside[0] if beside else ''} {what}") if len(folded(what)) > 1 else subject_of(before)
    if before.endswith("から"):  # 申請から1週間以内で…
        return f"{subject_of(before)} {(re.match(r'[^、。]{0,24}', after) or [''])[0]}"
    return subject_of(before) or (re.match(r"[^、。]*", after) or [""])[0]


def row_label(row: Block) -> str:
    """The cell that names what a row of text speaks of: 3 ｜ 電子契約の導入 ｜ …; "" where the row has none."""
    words = [cell for cell in row.cells if cell and not is_number(half(cell))]
    if len(words) < 2 or len(words[0]) > LONGEST_LABEL or "。" in words[0]:  # noqa: PLR2004  nothing beside the label
        return ""
    return "" if facet_of(words[0]) else words[0]


def of_row(figure: Figure, label: str) -> Figure:
    """A figure that says of which row it is."""
    if not label or folded(label) in folded(figure.what):
        return figure
    return replace(figure, what=f"{without_number(label)} {figure.what}"[:LONGEST_WHAT])


def event_of(sentence: str, start: int, end: int) -> str:
    """What is said of a date: the name before its bracket, else the clauses around it."""
    opened = re.search(r"([^、。（()]{2,40}?)」?\s?[（(][^（）()]{0,12}$", sentence[max(0, start - 60) : start])
    if opened:
        name = opened[1].rpartition("「")[2]
        return tidy(f"{name} {(re.match(r'[^）)。]*', sentence[end:]) or [''])[0]}")
    before = _PARTICLE.sub("", sentence[:start].strip(" 、「・※:"))
    after = re.sub(r"^[をにはがでのも、)）\s]+", "", sentence[end:])
    return tidy(f"{_last_clauses(before)} {_first_clauses(after)}")


def _last_clauses(text: str) -> str:
    """The end of a text from a comma on, as long as the window."""
    if len(text) <= WINDOW:
        return text
    cut = text.find("、", len(text) - WINDOW)
    return text[cut + 1 :] if cut >= 0 else text[-WINDOW:]


def _first_clauses(text: str) -> str:
    """The beginning of a text up to a comma, and how its sentence ends."""
    text = text.split("。", 1)[0]
    if len(text) <= WINDOW:
        return text
    cut = text.rfind("、", 8, WINDOW)
    first = text[:cut] if cut >= 0 else text[:WINDOW]
    return f"{first} … {_last_clauses(text[len(first) :])}"
