"""What the plan leaves open: which of the town's admissions a question asks for."""

from collections.abc import Sequence

from bot.understanding import Aspect
from bot.weighing import SPECIAL, Weighed
from knowledge.library import Candidate
from knowledge.names import fold, fold_whole

HARDLY = 0.3  # likeness and coverage below which an admission is hardly what was asked for
CLEARLY_ADMITTED = 0.6  # likeness by which an admission is what was asked for, whatever else tells the aspect
LIKER = 0.15  # … more than what the entry does tell of it
CLEARLY_LIKER = 0.3  # likeness by which an admission must lead to be what was asked for
A_LITTLE = 0.05  # … or this little, where it holds clearly more of the question besides
FULLER = 0.2
NEARBY = 0.65  # share of the best score that a named admission must have
HALF_LIKE = 0.5  # likeness by which an admission is asked for, where it is so much liker and fuller than what is told
SO_MUCH_LIKER = 0.08
WORDED = 0.75  # likeness by which an admission is asked for in nearly its own words
SO_MUCH_FULLER = 0.1
OF_THE_BEST = 0.4  # share of the score of what is told that such an admission must have
SURELY_TOLD = 0.7  # likeness of what is told, from which it is what was asked for
LOOKED_AT = 20  # of the best
SHORTEST_DENIED = 4  # folded letters of a name that is more than a common word (バス, 農業)


def named(weighed: Weighed) -> Candidate | None:
    """What the plan leaves open and the question names, of which the best facet says nothing (バスの自動運転)."""
    top = weighed.candidates[0]
    told = fold_whole("\n".join((top.entry.content.title, top.facet.text, *top.facet.items)))
    strange = {
        hit.owner
        for hit in weighed.asked.names
        if hit.sureness == 1.0 and len(fold(hit.name)) >= SHORTEST_DENIED and fold(hit.name) not in told
    }
    near = (c for c in weighed.of(strange) if c.score >= NEARBY * top.score)
    left_open = next((c for c in near if _is_left_open(c)), None)
    if left_open:
        return left_open
    if _is_left_open(top):
        return None if hardly_fits(top) or best_of(weighed) is not top else top
    return _left_open_in_so_many_words(weighed)


def best_of(weighed: Weighed) -> Candidate:
    """The best facet; not an entry that is there to admit, where one called by its name fits better.

    (The first holds more of the whole message: 「マイナポータルで何ができる？保育園のことで気になって」.)
    """
    top = weighed.candidates[0]
    if not _is_left_open(top):
        return top
    called = weighed.of(weighed.called - {top.entry.content.id})
    return next((c for c in called if c.score >= top.score and not c.facet.silent), top)


def hardly_fits(candidate: Candidate) -> bool:
    """Whether a facet is neither like the question nor holds much of it."""
    return candidate.likeness < HARDLY and candidate.coverage < HARDLY


def _is_left_open(candidate: Candidate) -> bool:
    """Whether an entry is there only to say what the plan leaves open."""
    return all(facet.silent for facet in candidate.entry.content.facets)


def _left_open_in_so_many_words(weighed: Weighed) -> Candidate | None:
    """Such an entry that is clearly liker to the question than the best facet, and holds clearly more of it.

    What is called by its name is asked for, whatever else is in the message.
    """
    best = weighed.candidates[0]
    if best.entry.content.id in weighed.called:
        return None
    for one in filter(_is_left_open, weighed.candidates):
        liker, fuller = one.likeness - best.likeness, one.coverage - best.coverage
        if one.likeness >= CLEARLY_ADMITTED and min(liker, fuller) >= CLEARLY_LIKER:
            return one
    return None


def admitted(aspect: Aspect, own: Sequence[Candidate]) -> Candidate | None:
    """The entry's admission of just what is asked for: liker to the question than all that it does say."""
    nearest = max(own, key=lambda c: c.likeness, default=None)
    if nearest is None or not nearest.facet.silent or nearest.likeness < CLEARLY_ADMITTED:
        return None
    telling = (c for c in own if not c.facet.silent and aspect.is_told_by(c.facet))
    told = (c.likeness for c in telling if c.facet.name in aspect.facets or c.coverage >= nearest.coverage)
    is_meant = nearest.likeness - max(told, default=0.0) >= LIKER
    return nearest if is_meant and aspect.is_told_by(nearest.facet) else None


def fitting_better(top: Candidate, weighed: Weighed) -> Candidate | None:
    """An admission, of whichever entry, that is liker to the question than what would be told and holds more of it."""
    if top.facet.silent or top.likeness >= SURELY_TOLD:
        return None
    named = [fold_whole(hit.name) for hit in weighed.asked.names if hit.sureness == 1.0]
    silences = [c for c in weighed.candidates[:LOOKED_AT] if c.facet.silent and c.facet.name not in SPECIAL]
    if top.entry.content.id in weighed.called:  # it is asked for, not what mentions it
        silences = [c for c in silences if c.entry.content.id in weighed.called]
    silences = [c for c in silences if not named or any(name in _all_of(c) for name in named)]
    fitting = [
        c
        for c in silences
        if c.likeness >= max(HALF_LIKE, top.likeness + SO_MUCH_LIKER)
        and c.coverage >= top.coverage + SO_MUCH_FULLER
        and c.score >= OF_THE_BEST * top.score
    ]
    return max(fitting, key=lambda c: c.likeness, default=None)


def asked_for(weighed: Weighed) -> Candidate | None:
    """An admission in nearly the question's words, of whichever entry: far liker than what is told, and fuller."""
    top = weighed.candidates[0]
    silences = [c for c in weighed.candidates[:LOOKED_AT] if c.facet.silent and c.likeness >= WORDED]
    meant = (c for c in silences if c.likeness >= top.likeness + LIKER and c.coverage >= top.coverage + SO_MUCH_FULLER)
    return None if top.facet.silent else next(meant, None)


def _all_of(candidate: Candidate) -> str:
    content, facet = candidate.entry.content, candidate.facet
    return fold_whole("\n".join((content.title, *content.aliases, facet.text, *facet.items)))


def much_liker(top: Candidate, weighed: Weighed) -> Candidate | None:
    """What the entry admits, where that is asked in so many words; a date or a department is asked by its aspect."""
    own = [c for c in weighed.of({top.entry.content.id}) if c.facet.silent and c.facet.name not in SPECIAL]
    return next((c for c in own if c.likeness >= CLEARLY_ADMITTED and leads(c, top)), None)


def leads(one: Candidate, other: Candidate) -> bool:
    """Whether a facet is clearly liker to the question, is as like and covers far more of it, or leads in both."""
    liker, fuller = one.likeness - other.likeness, one.coverage - other.coverage
    return liker >= 0 and (max(liker, fuller) >= CLEARLY_LIKER or (liker >= A_LITTLE and fuller >= FULLER))
