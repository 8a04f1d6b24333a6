"""The question beside personal data is answered; a wish to be called back, written to or paid is no question."""

import pytest

from bot.masking import mask


@pytest.mark.parametrize(
    ("message", "rest"),
    [
        ("電話は090-1111-2222です。マイナンバーカードの普及率は？", "マイナンバーカードの普及率は?"),
        ("鈴木花子と申します。スマホ教室はありますか", "スマホ教室はありますか"),
        ("call me at 090-1111-2222 please. What is RPA?", "What is RPA?"),
        ("私は山田太郎です、書かない窓口はいつからですか", "書かない窓口はいつからですか"),
        ("マイナンバー123456789018 登録おねがいします", ""),
        ("RPAとは何ですか", "RPAとは何ですか"),
        ("090-2222-0000の者やけど、普及率なんぼ？", "普及率なんぼ?"),
        ("k-yama@example.orgに送ってほしいけど、まずオープンデータとは？", "まずオープンデータとは?"),
        ("高木と申しますが、テレワークの意味を教えて下さい", "テレワークの意味を教えて下さい"),
        ("090-1111-2222の鈴木です、資料はどこでもらえますか", "資料はどこでもらえますか"),
        ("佐々木といいます、090-3333-0000。スマホ教室", "スマホ教室"),
    ],
)
def test_the_question_beside_the_personal_piece_remains(message: str, rest: str) -> None:
    assert mask(message).rest == rest


@pytest.mark.parametrize(
    "message",
    [
        "マイナンバーは三〇四〇の五〇六〇の七〇八八やけど、これで手続きできる？",
        "My residence card number is AB00112233CD. Please register me for the smartphone class.",
        "マイナンバー 2024 0000 3515 でポイントの申請って通ってますか",
        "折り返しは0279-00-0123か、けいたい 080 0000 4567 まで",
        "隣の鈴木一郎さん、090-0000-3344なんだけど役場からかけてやって",
        "My mail is Ken.Sato+town@EXAMPLE.org, please reply",
        "あとで０８０ー３３３３ー０００１まで折り返していただけますでしょうか",
        "090-1111-2222に電話くれませんか",
        "5555555555554444で引き落としてください",
        "連絡先は090-1111-2222です。待ってます",
        "マイナンバーは123456789018です。登録しといて",
        "マイナンバーは 1234 5678 9018 であってる？",
        "鈴木健太と申します。折り返しお電話ください",
        "東員町山田1-2-3に住んでます、資料を郵送してください",
        "こちら高橋、080-1111-0000。申請書を郵送してもらえますか",
        "口座は三菱の普通1234567、タカハシヨシコです",
        "パスポート TK1234567 を控えておいて",
        "免許 301234567890 これでいい？",
        "クレジットは4111 1111 1111 1111で、2028年9月までのやつ",
        "0299.33.0001 夜7時以降にお願いします",
        "役場の人、090-1111-2222に電話して",
    ],
)
def test_a_wish_for_a_call_a_letter_or_a_payment_asks_nothing(message: str) -> None:
    assert mask(message).kinds
    assert mask(message).rest == ""
