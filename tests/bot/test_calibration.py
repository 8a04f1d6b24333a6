"""The confidence is fitted from dialogs, and what is fitted separates right from wrong."""

from bot import calibration
from bot.calibration import Sample, at, fit, held_out, probability, samples
from bot.dialogs import Dialog
from tests.bot.sample import sample_town


def dialog(question: str, expect: str = "answer", fact: str = "") -> Dialog:
    return Dialog("a", "sample", "term", (question,), expect, ((fact,),) if fact else (), ())  # type: ignore[arg-type]


def test_a_sample_knows_whether_the_best_entry_is_right() -> None:
    found = samples([dialog("RPAって何", fact="自動化"), dialog("RPAって何", fact="天気")], {"sample": sample_town()})
    assert [row.right for row in found] == [True, False]


def test_a_better_score_gives_more_confidence() -> None:
    low, high = [0.1] * len(calibration.NAMES), [0.9] * len(calibration.NAMES)
    rows = [Sample(dialog("x"), tuple(low), False), Sample(dialog("y"), tuple(high), True)] * 10
    weights = fit(rows)
    assert probability(weights, high) > 0.5 > probability(weights, low)
    assert len(held_out(rows)) == len(rows)


def test_a_limit_says_what_it_gives() -> None:
    rows = [Sample(dialog("x"), (), True), Sample(dialog("y"), (), False), Sample(dialog("z", "decline"), (), False)]
    assert at(0.5, rows, [0.9, 0.4, 0.6]) == {"limit": 0.5, "right": 0.5, "wrong": 0.0, "false_answer": 1.0}
