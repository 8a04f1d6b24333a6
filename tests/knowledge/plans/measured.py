"""For `make measure`: seconds that `annai plan` takes for a plan of a hundred pages, as PDF, Word and Markdown."""

import json
import re
import time

from knowledge.plans import isolation
from tests.knowledge.plans.made import PLAN, as_pdf, as_word

PAGES = 100
COPIES = 49  # of the fixture's chapter of measures; PAGES pages of A4


def long_plan() -> str:
    """The fixture plan with its measures many times over, each time under other names."""
    before, rest = PLAN.read_text(encoding="utf-8").split("## 第4章 具体的な取組\n")
    chapter, after = rest.split("## 用語集")
    copies = [re.sub(r"\n(#{3,4} \S+) ", rf"\n\1 第{copy}期", chapter) for copy in range(1, COPIES + 1)]
    return before + "## 第4章 具体的な取組\n" + "".join(copies) + "## 用語集" + after


def main() -> None:
    """Prints one JSON object."""
    text = long_plan()
    seconds: dict[str, float] = {}
    pages = 0
    for name, data in (("plan.pdf", as_pdf(text)), ("plan.docx", as_word(text)), ("plan.md", text.encode())):
        begun = time.perf_counter()
        examined = isolation.examine(name, data)
        seconds[name.partition(".")[2]] = round(time.perf_counter() - begun, 2)
        pages = examined.document.lines[-1].page or pages
    print(json.dumps({"plan": {"pages": pages, "characters": len(text), "seconds": seconds}}, ensure_ascii=False))  # noqa: T201


if __name__ == "__main__":
    main()
