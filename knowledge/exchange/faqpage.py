"""A town's published entries as schema.org FAQPage in JSON-LD, for the town's website."""

import json
from collections.abc import Iterable

from knowledge.entries import EntryContent, Facet, FacetName, Kind
from knowledge.models import Source

CONTEXT = "https://schema.org"


def faqpage(entries: Iterable[tuple[EntryContent, Source]], town: str) -> str:
    """JSON-LD that may stand inside a script element: a question for each entry, its default facet as the answer.

    Each answer names its source: a search engine shows it alone, without the page it came from.

    Entries whose default facet only admits what a plan leaves open answer nothing and are left out.
    """
    questions = [_question(entry, source) for entry, source in entries if not entry.default_facet.silent]
    page = {"@context": CONTEXT, "@type": "FAQPage", "inLanguage": "ja", "name": town, "mainEntity": questions}
    said = json.dumps(page, ensure_ascii=False, indent=1)
    return said.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _question(entry: EntryContent, source: Source) -> dict[str, object]:
    answer = {"@type": "Answer", "text": _answer(entry.default_facet, source)}
    return {"@type": "Question", "name": asked_as(entry), "acceptedAnswer": answer}


def asked_as(entry: EntryContent) -> str:
    """The entry's title as a question."""
    if entry.title.endswith(("？", "?", "か")):
        return entry.title
    about = entry.default_facet.name is FacetName.DEFINITION and entry.kind is Kind.TERM
    return f"{entry.title}とは何ですか" if about else f"{entry.title}について教えてください"


def _answer(facet: Facet, source: Source) -> str:
    lines = [facet.text, *(f"・{item}" for item in facet.items)]
    if facet.as_of:
        lines.append(f"いつの数字か：{facet.as_of}")
    year, _, month = source.published.partition("-")
    published = f"（{year}年{int(month)}月）" if month else ""
    return "\n".join([*lines, f"出典：{source.title}{published}"])
