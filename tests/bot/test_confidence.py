"""How sure a reply is: more words that fit say more, whatever the size of the town's knowledge."""

from bot.confidence import clarity, confidence, features
from bot.understanding import understand
from bot.weighing import weigh
from tests.bot.sample import sample_town


def sure(text: str) -> float:
    return confidence(weigh(understand(text), sample_town()))


def test_one_common_word_is_less_sure_than_a_whole_wish() -> None:
    assert sure("使い方") < sure("年寄りにスマホの使い方を教えてほしい")


def test_evidence_is_bounded_and_counts_in_rare_words() -> None:
    short = features(weigh(understand("窓口"), sample_town()))["evidence"]
    long = features(weigh(understand("申請書を手で書かずに済ませたい窓口"), sample_town()))["evidence"]
    assert 0 < short < long <= 2


def test_the_plan_is_spoken_of_even_where_its_words_are_common() -> None:
    assert features(weigh(understand("計画は何年間か"), sample_town()))["plan"] == 1.0
    assert features(weigh(understand("RPAとは"), sample_town()))["plan"] == 0.0


def test_clarity_does_not_grow_with_the_length_of_a_message() -> None:
    weighed = weigh(understand("RPA"), sample_town())
    assert clarity(weighed) >= confidence(weighed)
