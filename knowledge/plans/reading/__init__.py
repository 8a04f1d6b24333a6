"""Reads a plan's file into a Document: which format it is, by its content, and the reader of that format.

Runs inside the child process of `knowledge/plans/isolation.py`; a new format is a new file here and a line below.
"""

from knowledge.plans.document import Document
from knowledge.plans.progress import Progress, silent
from knowledge.plans.reading import html, pdf, text, word
from knowledge.plans.reading.admission import refuse_what_is_no_plan
from knowledge.plans.reading.formats import Format, recognise
from knowledge.plans.refusals import Refusal, UnreadablePlan

READERS = {Format.TEXT: text.read, Format.PDF: pdf.read, Format.WORD: word.read, Format.HTML: html.read}


def read(name: str, data: bytes, progress: Progress = silent) -> Document:
    """The document's lines; `progress` hears pages done and pages in all. Raises UnreadablePlan and nothing else."""
    try:
        document = READERS[recognise(name, data)](name, data, progress)
    except UnreadablePlan:
        raise
    except MemoryError:
        raise UnreadablePlan(Refusal.TOO_LARGE, name) from None
    except Exception as error:  # the libraries raise whatever a broken file provokes
        raise UnreadablePlan(Refusal.BROKEN, name) from error
    refuse_what_is_no_plan(document)
    return document
