"""Half-typed kana are completed to the words that they begin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.mistyped import completed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("町でもやるkとになった", "町でもやることになった"),
        ("まちは これkらなにするの", "まちは これからなにするの"),
        ("計画にはいってまsか", "計画にはいってますか"),
        ("いつかr始まるの", "いつから始まるの"),
        ("全部おしeて", "全部おしえて"),
        ("どうnにゅう", "どうnにゅう"),
    ],
)
def test_completes_everyday_words(typed: str, meant: str) -> None:
    assert completed(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("おーぷんでーtって", "おーぷんでーたって"),
        ("どうnにゅうはいつ", "どうにゅうはいつ"),
        ("けんshうの中身", "けんしゅうの中身"),
    ],
)
def test_completes_words_that_the_town_uses(typed: str, meant: str) -> None:
    assert completed(typed, {"おぷんでた", "どうにゆう", "けんしゆう"}) == meant


@pytest.mark.parametrize("text", ["aiって何", "dxとは", "これはtシャツ", "5gって", "itの町", "3dの地図", "ai・rpaは"])
def test_leaves_abbreviations_alone(text: str) -> None:
    assert completed(text) == text


@given(st.text(max_size=200))
def test_never_raises(text: str) -> None:
    assert isinstance(completed(text), str)
