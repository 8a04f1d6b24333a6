"""A message with one question or two: each is decided, and both are said in one reply."""

import re

from bot import followups, policy
from bot.alike import asked_alike, two_of_one
from bot.context import Context
from bot.reply import Answer, Reply, Unknown
from bot.sentences import asking_sentences
from bot.town import TownKnowledge
from bot.twofold import answered_half, halves, is_said_by_half, joined, of_one_thing, sides
from bot.understanding import Question, understand

_OF_EACH = re.compile("(?:何個|いくつ|何件)ずつ")  # one list tells it of all


def decide_each(question: Question, context: Context, town: TownKnowledge) -> Reply:
    """The reply to a message that is this town's matter: to both of its questions, where it holds two."""
    if question.compares or _OF_EACH.search(question.text):
        return policy.decide(question, context, town)
    apart = sides(question, town)
    alike = apart or asked_alike(question)
    both = alike or two_of_one(question) or halves(question)
    if not both:
        return _onward(question, context, town) or policy.decide(question, context, town)
    first, second = (policy.decide(half, context, town) for half in both)
    answer = joined(first, second, named=alike is not None) or _onward(question, context, town)
    if answer:
        return answer
    whole = policy.decide(question, context, town)
    left_open = alike is None and isinstance(whole, Unknown) and whole.known is not None
    if left_open and (isinstance(first, Unknown) or not both[0].aspects):
        return whole  # 「近所にも立つの？場所を教えて」: the second says what is asked of the first
    half = answered_half(first, second) if apart or is_said_by_half(whole, first, second) else None
    return half or whole


def _onward(question: Question, context: Context, town: TownKnowledge) -> Answer | None:
    """The answers to a question and to a second one about what the first is answered with."""
    pair = of_one_thing(question) or of_one_thing(understand("".join(asking_sentences(question.text)[-2:])))
    first = policy.decide(pair[0], context, town) if pair else None
    if pair is None or not isinstance(first, Answer):
        return None
    said = Context().after(tuple(map(followups.spoken, first.parts)))
    second = policy.decide(pair[1], said, town)
    told_both = isinstance(second, Answer) and second.parts[0].facet is first.parts[0].facet
    return first if told_both else joined(first, second)
