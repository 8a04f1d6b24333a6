"""Titles and phrasings are read as a question is, and answer besides to what residents say for their words."""

from knowledge import lexicon
from knowledge.bundled import TOWNS, read_town
from knowledge.documents import Document
from knowledge.readings import read
from knowledge.text import analyse

KANA = Document(
    "kana", "あれこれ", "窓口の話。", ("なにをしてくれるところ", "まどぐちはどこですか", "どうすれば", "？")
)


def test_phrasings_are_read_as_questions_are() -> None:
    contents = [one.content for one in read_town(TOWNS / "toin").entries[:40]]
    documents = [Document(one.id, one.title, one.facets[0].text, one.phrasings) for one in contents]
    documents.append(KANA)
    readings = read(documents, lexicon.bundled())
    terms = readings.terms()
    rows = readings.spoken_as(terms, documents)
    texts = [text for one in documents for text in (one.title, *one.phrasings)]
    broader = {text: [f">{f.group}" for f in lexicon.bundled().found_broader(analyse(text))] for text in texts}
    assert [sorted(rows.row(number)) for number in range(len(texts))] == [
        sorted({*terms.of(analyse(text)), *(terms.numbers["groups"][one] for one in broader[text])}) for text in texts
    ]


def test_a_token_that_no_document_has_any_more_has_no_number() -> None:
    before = read([KANA, Document("cat", "猫の証明書", "猫。", ("猫",))], lexicon.bundled())
    after = read([KANA], lexicon.bundled(), before)
    assert "猫" in before.terms().numbers["words"]
    assert after.terms().numbers == read([KANA], lexicon.bundled()).terms().numbers
