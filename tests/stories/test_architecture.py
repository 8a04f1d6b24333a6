"""ARCHITECTURE.md has every module in one row, and the commands and files that our documents name are there."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
CODE = ("knowledge", "bot", "admin")
DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/operation.md", "docs/line.md", "docs/website.md")
SECTION = re.compile(r"^## `(\w[\w/]*/)`.*\n((?:(?!## ).*\n)*)", re.MULTILINE)
ROW = re.compile(r"^\| (`.+?) \|", re.MULTILINE)
LOCAL = re.compile(r"`((?:admin|bot|docs|knowledge|scripts|tests)/[\w./-]+)`|\]\(([\w./-]+)\)")


def described() -> Counter[str]:
    """What stands in the first cells, as paths, by how often."""
    cells = ((folder, cell) for folder, body in SECTION.findall(TEXT) for cell in ROW.findall(body))
    return Counter(folder + name for folder, cell in cells for name in re.findall("`([^`]+)`", cell))


def test_every_module_stands_in_one_row_under_its_folder() -> None:
    files = (path.relative_to(ROOT) for folder in CODE for path in (ROOT / folder).rglob("*.py"))
    modules = {str(file) for file in files if file.name != "__init__.py" and "migrations" not in file.parts}
    rows = described()
    assert len(modules) > 200
    assert modules - rows.keys() == set()
    assert {name for name, times in rows.items() if times > 1} == set()


def test_what_stands_in_a_row_is_there() -> None:
    assert [name for name in described() if not (ROOT / name).exists()] == []


def test_every_file_that_a_document_names_is_there() -> None:
    for document in map(ROOT.joinpath, DOCUMENTS):
        named = [path or link for path, link in LOCAL.findall(document.read_text(encoding="utf-8"))]
        gone = [name for name in named if not (ROOT / name).exists() and not (document.parent / name).exists()]
        assert gone == [], document.name
