"""The fixture plan in every format, made once a session."""

import pytest

from tests.knowledge.plans.made import PLAN, as_html, as_pdf, as_word


@pytest.fixture(scope="session")
def plan_text() -> str:
    """The invented town's plan as Markdown."""
    return PLAN.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def plan_files(plan_text: str) -> dict[str, bytes]:
    """The same plan by file name."""
    return {
        "mihon.md": plan_text.encode(),
        "mihon.txt": plan_text.encode("cp932"),
        "mihon.pdf": as_pdf(plan_text),
        "mihon.docx": as_word(plan_text),
        "mihon.html": as_html(plan_text, "Shift_JIS"),
    }
