"""What a reply names as its sources: each plan once, with all the sections that the parts come from."""

from collections.abc import Iterable
from dataclasses import replace

from bot.reply import Cited, Part

BETWEEN = "、"


def cited_by(parts: Iterable[Part]) -> list[Cited]:
    """The sources of the parts in their order, one for each plan; two that were confirmed apart stay apart."""
    plans: dict[tuple[str, ...], list[Cited]] = {}
    for source in (source for part in parts for source in part.sources):
        plan = (source.title, source.edition, source.published, source.address, source.confirmed_on)
        plans.setdefault(plan, []).append(source)
    return [_as_one(sources) for sources in plans.values()]


def _as_one(sources: list[Cited]) -> Cited:
    return replace(
        sources[0],
        section=_joined(source.section for source in sources),
        lines=_joined(source.lines for source in sources),
        period_shown=any(source.period_shown for source in sources),
    )


def _joined(lists: Iterable[str]) -> str:
    return BETWEEN.join(dict.fromkeys(one for names in lists for one in names.split(BETWEEN)))
