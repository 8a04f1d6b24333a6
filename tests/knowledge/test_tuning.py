"""Weights follow what is right, and a lexicon group that does nothing is found out."""

import numpy as np

from knowledge.documents import Document
from knowledge.lexicon import Group
from knowledge.tuning import Graded, cross_validated, fit, idle_groups, mean_ndcg, without_each_phrasing
from knowledge.weights import SIGNALS, load


def rows() -> list[Graded]:
    """Queries whose right document is told by "share" alone; "anywhere" is noise."""
    chance = np.random.default_rng(1)
    made = []
    for _ in range(30):
        signals, grades = np.zeros((12, len(SIGNALS))), np.zeros(12)
        right = int(chance.integers(12))
        grades[right] = 2
        signals[:, SIGNALS.index("anywhere")] = chance.random(12)
        signals[:, SIGNALS.index("share")] = 0.1
        signals[right, SIGNALS.index("share")] = 0.9
        made.append(Graded(signals, grades))
    return made


def test_the_signal_that_tells_right_from_wrong_gets_the_weight() -> None:
    weights = fit(rows())
    assert weights.of("share") > weights.of("anywhere") >= 0
    assert mean_ndcg(rows(), weights) == 1
    assert cross_validated(rows()) == 1


def test_a_group_that_changes_no_ranking_is_idle() -> None:
    documents = [Document("a", "携帯の教室", "習う"), Document("b", "絵の教室", "描く")]
    busy, idle = Group(("スマホ", "携帯"), place="1"), Group(("山", "峰"), place="2")
    assert idle_groups([(documents, ["スマホの教室", "山の教室", "絵"])], [busy, idle], load("collection")) == [idle]


def test_each_phrasing_is_left_out_once_and_asked() -> None:
    document = Document("a", "題", "文", ("一つめ", "二つめ"))
    rounds = [(documents[0].phrasings, list(asked)) for documents, asked in without_each_phrasing([document])]
    assert rounds == [(("二つめ",), ["一つめ"]), (("一つめ",), ["二つめ"])]
