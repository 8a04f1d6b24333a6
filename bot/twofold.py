"""Two questions in one message, or one question of two subjects: each is answered, in one reply."""

import re
from dataclasses import replace

from bot.alike import lent_aspect
from bot.reply import Answer, Reply, Unknown
from bot.sentences import is_tag
from bot.thresholds import thresholds
from bot.town import TownKnowledge
from bot.understanding import Question, understand
from knowledge.names import fold

SHORTEST = 6
LONGEST = 90  # characters; a longer message is a story with one question
SURE = 0.7  # confidence from which each half is a question of its own
_BREAK = re.compile(r"(?<=[?？。!！])|、?(?:あと|それと(?!も)|それから|ついでに|そして)、?|(?<=か)、")
_SENTENCE = re.compile(r"(?<=[?？。!！])")
_THEN = re.compile("(?:あと|それと(?!も)|それから|ついでに|そして)")
_ALSO = re.compile(r"[、。\s](?:あと|それと(?!も)|それから|ついでに)")  # 「デジタル庁いつできた、あと実行計画は」
_ASKS = re.compile(r"(?:[?？]|か|の|かな|教えて|知りたい|って何|とは|ください)[。?？!！]*$")
_AND = re.compile("(?:と|や)、?(?:あと|それと|それから)?")
_INSIDE = re.compile(
    "(?:どこ|いつ|何|なに|だれ|誰|どう|どれ|どの|いくつ|なぜ).{0,16}[^すんのい]か、?$"
)  # …を走っているか、
_EACH = re.compile("^[、の]*(?:両方|りょうほう|それぞれ|どちらも|どっちも|二つ|2つ)?(?:とも)?")
_ASKED_OF = re.compile(
    "教え|おしえ|知りたい|しりたい|何|なに|なん|とは|説明|いつ|担当|意味|詳しく|くわしく|誰|だれ|どんな|どう"
)
_OF_BOTH = re.compile("連携|一緒|いっしょ|同じ|合わせ|あわせ|関|つな|比|間|組")  # what two things are to each other
_ONWARD = ("それで何", "それで、何", "それって何", "そこで何", "それは何", "それはどう", "それはいつ", "そこでは何")
_OTHERWISE = ("それとも", "または", "あるいは", "もしくは")  # one question with two answers to choose from
LONGEST_NAME = 24
LONGEST_ASKING = 20


def sides(question: Question, town: TownKnowledge) -> tuple[Question, Question] | None:
    """「テレワークとオープンデータについて教えて」 as a question of each; None where two names are not asked alike."""
    for found in _AND.finditer(question.text, 0, LONGEST_NAME):
        one, rest = question.text[: found.start()], question.text[found.end() :]
        end = _name_ends(rest, town)
        asking = _EACH.sub("", rest[end:])
        alike = _ASKED_OF.search(asking) and not _OF_BOTH.search(asking) and len(asking) <= LONGEST_ASKING
        if end and alike and _is_name(one, town) and not _is_called(question.text[: found.end() + end], town):
            return understand(one + asking), understand(rest[:end] + asking)
    return None


def _name_ends(text: str, town: TownKnowledge) -> int:
    """Where the name ends with which a text begins; 0 where it begins with none."""
    longest = max((hit.end for hit in town.library.names.find(text, slips=False) if hit.start == 0), default=0)
    return next((at for at in range(1, len(text) + 1) if len(fold(text[:at])) >= longest), 0) if longest else 0


def _is_name(text: str, town: TownKnowledge) -> bool:
    """Whether a text is a name and nothing else, as written or with a slip."""
    hits = town.library.names.find(text)
    return any(hit.sureness < 1.0 or (hit.start, hit.end) == (0, len(fold(text))) for hit in hits)


def _is_called(text: str, town: TownKnowledge) -> bool:
    """Whether a text is a written name: 「AIとRPA」 may be one thing's."""
    return any((hit.start, hit.end) == (0, len(fold(text))) for hit in town.library.names.find(text, slips=False))


def halves(question: Question) -> tuple[Question, Question] | None:
    """The two questions of a message, or None where it holds one."""
    if len(question.text) > LONGEST:
        return None
    parts = [part.strip() for part in _BREAK.split(question.text) if part and len(part.strip()) >= SHORTEST]
    if len(parts) != 2 or not (_ASKS.search(parts[0]) or _ALSO.search(question.text)):  # noqa: PLR2004
        return None
    if _INSIDE.search(parts[0]) or is_tag(parts[1]) or parts[1].startswith(_OTHERWISE):
        return None
    first, second = (understand(part) for part in parts)
    second = lent_aspect(first, second)
    asks = _ASKS.search(parts[1]) or _THEN.search(question.text) or second.aspects
    return (first, second) if asks and not second.leans else None


def of_one_thing(question: Question) -> tuple[Question, Question] | None:
    """「書かない窓口って何？担当は？」: two questions of which the second is about what the first is."""
    parts = [part.strip() for part in _SENTENCE.split(question.text) if part.strip()]
    if len(question.text) > LONGEST or len(parts) != 2 or len(parts[0]) < SHORTEST:  # noqa: PLR2004
        return None
    first, second = (understand(part) for part in parts)
    new = [aspect for aspect in second.required if aspect not in first.aspects]
    asks = _ASKS.search(parts[0]) and (_ASKS.search(parts[1]) or second.leans)
    onward = (new and not first.required) or (second.leans and second.text.startswith(_ONWARD))
    return (first, second) if onward and asks and not second.compares else None


def joined(first: Reply, second: Reply, *, named: bool = False) -> Answer | None:
    """Both answers in one, if they are of different entries and both sure, or `named`: each asked for by its name."""
    if not isinstance(first, Answer) or not isinstance(second, Answer):
        return None
    one, other = first.parts[0], second.parts[0]
    sure = min(first.confidence, second.confidence)
    same = one.entry == other.entry and one.facet is other.facet
    if same or (sure < SURE and not named):
        return None
    told = other.facet.name.value if one.entry == other.entry else ""
    return Answer((one, other), sure, tuple(name for name in first.followups if name != told))


def is_said_by_half(whole: Reply, first: Reply, second: Reply) -> bool:
    """Whether what is said to the whole message answers one of its questions, and the other surely has no answer."""
    if not isinstance(whole, Answer):
        return True
    for one, other in ((first, second), (second, first)):
        hopeless = isinstance(other, Unknown) and other.reason == "nothing" and other.confidence < thresholds().near
        if hopeless and isinstance(one, Answer) and one.parts[0].entry == whole.parts[0].entry:
            return True
    return False


def answered_half(first: Reply, second: Reply) -> Answer | None:
    """The answer to the one question that is surely answered, with the admission that the other is not."""
    sure = [one for one in (first, second) if isinstance(one, Answer) and one.confidence >= SURE]
    return replace(sure[0], half=True) if len(sure) == 1 else None
