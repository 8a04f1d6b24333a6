"""The program's own data files are read safely, and a broken one is named with its line."""

from pathlib import Path

import pytest
import yaml

from knowledge.packaged import packaged


def test_a_file_is_read_as_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "words.yaml"
    file.write_text("窓口: [受付, 'カウンター']\n数: 3\n", encoding="utf-8")
    assert packaged(file) == {"窓口": ["受付", "カウンター"], "数": 3}


def test_a_file_makes_no_objects(tmp_path: Path) -> None:
    file = tmp_path / "words.yaml"
    file.write_text("a: !!python/object/apply:os.getcwd []\n", encoding="utf-8")
    with pytest.raises(yaml.YAMLError):
        packaged(file)


def test_a_broken_file_says_in_which_line(tmp_path: Path) -> None:
    file = tmp_path / "words.yaml"
    file.write_text("a: [1\nb: 2\n", encoding="utf-8")
    with pytest.raises(yaml.MarkedYAMLError) as broken:
        packaged(file)
    assert broken.value.problem_mark is not None
    assert broken.value.problem_mark.line == 1
