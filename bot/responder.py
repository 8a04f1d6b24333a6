"""Message and conversation in, reply out: the heart of the bot, readable in one sitting."""

from dataclasses import dataclass, replace

from bot import carrying, followups, grouping, membership, places
from bot.composing import said
from bot.confidence import confidence
from bot.context import Context
from bot.each import decide_each
from bot.elsewhere import is_elsewhere
from bot.hearing import Heard, hear
from bot.masking import notice
from bot.reply import Answer, Choices, Notice, Reply, Unknown
from bot.smalltalk import SmallTalk, foreign_words, is_hostile_or_noise, is_order, small_talk
from bot.thresholds import thresholds
from bot.town import TownKnowledge
from bot.understanding import Question, understand
from bot.weighing import weigh
from knowledge.entries import FacetName

NOTICES = {"greeting": "greeting", "thanks": "greeting", "goodbye": "greeting"}


@dataclass(frozen=True)
class Outcome:
    """A reply with the conversation after it, and what may be kept of the message."""

    reply: Reply
    context: Context
    kept: str
    masked: bool = False
    english: bool = False


def respond(message: str, context: Context, town: TownKnowledge) -> Outcome:
    """The reply to one message; never raises on any text. `kept` is masked and may be stored."""
    return respond_to(hear(message), context, town)


def respond_to(heard: Heard, context: Context, town: TownKnowledge) -> Outcome:
    """The reply to a message that was heard, now or earlier."""
    danger, personal = heard.danger, heard.personal
    if danger and not (danger.doubtful and _is_taken_otherwise(heard.question, town)):
        return Outcome(Notice("emergency", "emergency", danger.message), context, heard.kept, personal)
    if personal and not heard.question:
        return Outcome(Notice("personal", "personal", notice()), context, heard.kept, personal)
    question = understand(heard.question)
    reply, after = _reply(question, context, town)
    return Outcome(reply, after, heard.kept, personal, question.english)


def _is_taken_otherwise(message: str, town: TownKnowledge) -> bool:
    """Whether a message that only sounds like need is an attack, small talk or surely a topic of the town's."""
    talk = small_talk(message)
    courtesy = talk is not None and (talk.key != "nothing" or is_hostile_or_noise(message))
    return courtesy or is_well_known(message, town)


def entry_asked(entry_id: str, context: Context, town: TownKnowledge) -> tuple[Reply, Context]:
    """The reply to a topic taken from a menu: the entry's own facet, if it is still published."""
    entry = town.library.entries.get(entry_id)
    if entry is None:
        return Unknown("nothing"), Context(spoken=context.spoken)
    reply = said(town.part(entry, entry.content.default_facet), town)
    return reply, remember(reply, context)


def is_well_known(message: str, town: TownKnowledge) -> bool:
    """Whether the message surely asks for an entry of the town."""
    weighed = weigh(understand(message), town)
    return bool(weighed.candidates) and confidence(weighed) >= thresholds().answer


def _reply(question: Question, context: Context, town: TownKnowledge) -> tuple[Reply, Context]:
    picked = followups.picked(question.text, context)
    if picked is not None:
        return choose(picked, context, town)
    talk = small_talk(question.text)
    if talk and not (talk.key == "nothing" and _means_something(question, context, town)):
        return _small(talk), context
    if is_elsewhere(question.text, town.own_places, town.library.vocabulary, town.other_towns):
        return Unknown("elsewhere"), context
    whole = carrying.made_whole(question, context, town)
    reply = _found(whole, context if whole.text == question.text else carrying.lent(context), town)
    if whole.text != question.text and not carrying.is_told(reply, context):
        whole, reply = question, _found(question, context, town)
    return reply, carrying.remembered(whole, reply, remember(reply, context))


def _found(question: Question, context: Context, town: TownKnowledge) -> Reply:
    """The reply to a question that is this town's matter: from a list by an item or its place, else by search."""
    return (
        grouping.decide(question, context, town)
        or membership.decide(question, context, town)
        or places.decide(question, context, town)
        or decide_each(question, context, town)
    )


def _means_something(question: Question, context: Context, town: TownKnowledge) -> bool:
    """Whether a message that says nothing by itself names an entry or a foreign word, or leans on the one before."""
    if is_order(question.text):
        return False
    named = bool(town.library.names.find(question.text, slips=False))
    if named or any(map(town.library.is_known, foreign_words(question.text))):
        return True
    return followups.leans(question, context, town.library.ready(question.text), town)


def choose(number: int, context: Context, town: TownKnowledge) -> tuple[Reply, Context]:
    """The reply to a choice taken: 1 to 3, or 0 for どれでもない."""
    if not 1 <= number <= len(context.offered):
        return Unknown("none_of_these"), Context(spoken=context.spoken)
    part = town.part_at(context.offered[number - 1])
    if part is None:
        return Unknown("nothing"), Context(spoken=context.spoken)
    reply = said(part, town)
    return reply, remember(reply, context)


def facet_of_last(name: FacetName, context: Context, town: TownKnowledge) -> tuple[Reply, Context]:
    """The reply to a follow-up button: a facet of the entry last spoken of."""
    if not context.spoken:
        return Unknown("empty"), context
    reply = followups.facet_reply(name, context.spoken[0], town)
    return reply, remember(reply, context)


def remember(reply: Reply, context: Context) -> Context:
    """The conversation's context once this was said."""
    match reply:
        case Answer(parts=parts):
            return context.after(tuple(followups.spoken(p) for p in parts), parts[0].item)
        case Choices(choices=choices):
            return context.offering(tuple(followups.spoken(c.part) for c in choices), tuple(c.label for c in choices))
        case Unknown(known=known, near=near):
            spoken = (followups.spoken(known),) if known else ()
            return replace(
                context.after(spoken),
                offered=tuple(followups.spoken(c.part) for c in near),
                labels=tuple(c.label for c in near),
            )
        case Notice():
            return context


def _small(talk: SmallTalk) -> Notice:
    kind = "greeting" if talk.key in NOTICES else "help"
    return Notice("greeting" if kind == "greeting" else "help", talk.key)
