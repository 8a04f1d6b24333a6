"""Personal data is masked before anything is kept, and ordinary figures are not."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digits import is_card, is_my_number
from bot.masking import mask, notice

PERSONAL = [
    ("私のマイナンバーは123456789018です", "my_number", "123456789018"),
    ("個人番号：１２３４　５６７８　９０１８", "my_number", "9018"),
    ("マイナンバーは一二三四五六七八九〇一八です", "my_number", "五六七八"),
    ("マイナンバー 1 2 3 4 5 6 7 8 9 0 1 8 です", "my_number", "7 8 9"),
    ("マイナンバーは1234ー5678―9018", "my_number", "5678"),
    ("マイナンバーは123456789012です", "declared", "123456789012"),
    ("個人番号 1234/5678/9018 で登録して", "my_number", "5678"),
    ("いちにーさんよん ごーろくななはち きゅーぜろいちはち がわたしのマイナンバー", "my_number", "きゅー"),
    ("090-1111-2222に電話ください", "telephone", "1111"),
    ("けいたいは 080／1111／2222", "telephone", "1111"),
    ("ﾃﾞﾝﾜ 080 ｰ 1111 ｰ 2222", "telephone", "1111"),
    ("電話は〇九〇の一二三四の五六七八", "telephone", "五六七八"),
    ("うちの電話 五六七の八九〇一", "telephone", "八九〇一"),
    ("ゼロハチゼロの、イチニサンヨンの、ゴロクナナハチ", "telephone", "ゴロク"),
    ("父の携帯、ぜろはちぜろの1111の2222まで", "telephone", "2222"),
    ("れいきゅうれい、1111、2222にかけて", "telephone", "2222"),
    ("アドレスは jiro あっと example てん jp です", "email", "jiro"),
    ("パスはsakura77です", "secret", "sakura77"),
    ("車のナンバーは水戸300い56-78", "declared", "56-78"),
    ("大正の10年の5月6日生まれ、男です", "birth", "5月6日"),
    ("田中良子って言います", "name", "良子"),
    ("祖母（田中ハル、92歳）の件です", "name", "ハル"),
    ("夫の名前はマイケル・ジョン・スミスです", "name", "スミス"),
    ("インスタは@jiro_99", "account_id", "jiro_99"),
    ("住所 茨城県鉾田市鉾田 1444-1 コーポ海", "address", "1444-1"),
    ("〒306-0392 茨城県猿島郡五霞町小福田1162", "address", "小福田"),
    ("山田大字中町101の自宅まで", "address", "101"),
    ("taro アット example ドット com", "email", "example"),
    ("taro[at]example[dot]com に送って", "email", "example"),
    ("メアドはタロウ あっとまーく ジーメールどっとこむ", "email", "タロウ"),
    ("口座番号は、いちにさんよんごろくなな", "account", "ごろく"),
    ("マイナンバーカードの4桁は、1 2 3 4", "secret", "2 3"),
    ("暗証番号、いち・に・さん・し に変えて", "secret", "に・さん"),
    ("奥多摩町氷川九百九十九の一です", "address", "九百"),
    ("とういんちょうやまだ１２３４ばんち", "address", "1234"),
    ("五霞町小福田1162-1、佐藤花子です", "name", "花子"),
    ("佐藤花子（さとうはなこ）と申す者です", "name", "はなこ"),
    ("わしは昭和の二十年八月十五日の生まれ", "birth", "八月"),
    ("電話は〇八〇の一二三四です、いや〇八〇ー一一一一ー二二二二です", "telephone", "二二二二"),
    ("自宅は（０２９９）３３ー１１１１です", "telephone", "1111"),
    ("+81 80 1111 2222へどうぞ", "telephone", "2222"),
    ("連絡先84-1111", "telephone", "84-1111"),
    ("33-1111に電話ください", "telephone", "33-1111"),
    ("メールはtaro.yamada@example.jpです", "email", "yamada"),
    ("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍに返事をください", "email", "taro"),
    ("カードは4111 1111 1111 1111です", "card", "1111"),
    ("口座番号は7654321です", "account", "7654321"),
    ("ゆうちょの普通 1234567", "account", "1234567"),
    ("保険証の記号12番号3456789", "insurance", "3456789"),
    ("介護保険の被保険者番号0001234567", "insurance", "0001234567"),
    ("免許証の番号は301234567890です", "licence", "301234567890"),
    ("パスポートはTK1234567です", "passport", "TK1234567"),
    ("暗証番号は4649です", "secret", "4649"),
    ("パスワードはsakura123!です", "secret", "sakura123"),
    ("LINE IDはhanako_99です", "account_id", "hanako_99"),
    ("住所は東員町大字山田1600です", "address", "1600"),
    ("奥多摩町氷川215-6に住んでいます", "address", "215-6"),
    ("五霞町小福田1162番地の者です", "address", "1162"),
    ("〒306-0392です", "address", "306-0392"),
    ("名前は山田花子です", "name", "花子"),
    ("私は鈴木一郎です", "name", "一郎"),
    ("高橋と申します", "name", "高橋"),
    ("氏名：佐藤 良子", "name", "良子"),
    ("My name is Hanako Sato.", "name", "Hanako"),
    ("生年月日は昭和30年4月1日です", "birth", "30年4月1日"),
    ("1955年4月1日生まれです", "birth", "1955"),
    ("生まれは昭和18年12月8日です", "birth", "18年12月8日"),
    ("電話してください 080 0123 0098", "telephone", "0098"),
    ("080 0000 4412 に かけなおしてください", "telephone", "4412"),
    ("うちの番号は0279の75の0000です", "telephone", "0000"),
    ("ゼロキュウゼロ いちにさんよん ごろくななはち に電話して", "telephone", "ななはち"),
    ("暗証番号は よんろくよんきゅう です", "secret", "よんきゅう"),
    ("VISAの裏の番号は123です", "secret", "123"),
    ("在留カードAB12345678CDを登録したい", "passport", "AB12345678CD"),
    ("わたしのLINEのIDは hanachan_0503 です", "account_id", "hanachan"),
    ("世帯主 高橋正夫です", "name", "正夫"),
    ("普通預金1234567、名義タナカサチコです", "name", "サチコ"),
    ("東員町山田1234に住んでいます", "address", "1234"),
    ("うちは山田1234の5です", "address", "1234"),
    ("こちら高橋です", "name", "高橋"),
]
ORDINARY = [
    "ISO 27001-2022は計画にありますか",
    "役場の郵便番号は198-0212ですか",
    "町役場の住所は東員町大字山田1600ですか",
    "JIS X 8341-3:2016のAA準拠ですか",
    "地方自治法第252条の17の2とは",
    "一、二、三、四の順で教えて",
    "5GとローカルLTEの違いは",
    "平成28年法律第103号とは",
    "2021～2026年の計画ですか",
    "2021-2026年度の計画の期間",
    "34.8%(令和4年1月1日)は何の割合",
    "31手続はどれ",
    "計画の15ページの表",
    "メールアドレスがないと申請できませんか",
    "費用は12345678円ですか",
    "人口は1234567890人ですか",
    "0120-061-338は何の番号ですか",
    "#8008と119番の違い",
    "施策3-2-1の担当課は",
    "令和3年度から令和7年度まで",
    "私は東員町です",
    "私は高齢者です",
    "私は学生です",
    "私は中野市民です",
    "この制度の名前は何ですか",
    "住所変更の手続きはネットでできますか",
    "電話番号を変えたいときは",
    "マイナンバーカードの普及率は72.7%ですか",
    "口座番号の登録はいつからですか",
    "パスワードを忘れました",
    "うつ病の人の相談窓口はありますか",
    "Wi-Fi6とLTEは使えますか",
    "R3.4.1時点の数字は",
    "役場の電話番号は0594-86-2800で合ってますか",
    "町役場 0594-86-2800 は代表？",
    "0800-123-4567は何の番号",
    "息子は東京に住んでいます",
    "父は関西の人です",
    "計画同士の親子関係を教えて",
    "いちごとにんじんとごぼうの産地",
    "計画は2021の1の2に書いてある？",
    "住所 変更 手続 2024",
    "住所変更は市の窓口で10分ですか",
    "パスはSuicaで払えますか",
    "名簿（中野区、港区）の例は",
    "ナンバーカードの普及率は58.4%ですか",
]


@pytest.mark.parametrize(("message", "kind", "secret"), PERSONAL)
def test_masks_what_is_personal_and_keeps_none_of_it(message: str, kind: str, secret: str) -> None:
    masked = mask(message)
    assert kind in masked.kinds
    assert secret not in masked.text
    assert secret not in masked.rest


@pytest.mark.parametrize("message", ORDINARY)
def test_ordinary_figures_and_words_are_left_alone(message: str) -> None:
    masked = mask(message)
    assert masked.kinds == ()
    assert "［" not in masked.text


@pytest.mark.parametrize(("message", "_kind", "_secret"), PERSONAL)
def test_nothing_is_left_to_answer_where_nothing_was_asked(message: str, _kind: str, _secret: str) -> None:
    assert "?" not in mask(message).rest
    if "です、いや" not in message:
        assert mask(message).rest == ""


KANA = ["ゼロ", "いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう"]
SPELLINGS = [
    lambda digits: "-".join((digits[:3], digits[3:7], digits[7:])),
    lambda digits: " ".join((digits[:3], digits[3:7], digits[7:])),
    lambda digits: "の".join((digits[:3], digits[3:7], digits[7:])),
    lambda digits: "".join(chr(0xFF10 + int(digit)) for digit in digits),
    lambda digits: "".join("〇一二三四五六七八九"[int(digit)] for digit in digits),
    lambda digits: " ".join(KANA[int(digit)] for digit in digits),
]


@given(st.text(alphabet="0123456789", min_size=8, max_size=8), st.sampled_from(SPELLINGS))
def test_no_run_of_a_telephone_survives_whatever_its_spelling(eight: str, spelt: Callable[[str], str]) -> None:
    masked = mask(f"{spelt('090' + eight)} に電話してください")
    assert re.fullmatch("［電話番号］ ?に?電話してください", masked.text)  # に is a two, read aloud
    assert masked.rest == ""


def test_a_reception_number_is_masked_without_a_warning() -> None:
    masked = mask("受付番号2468-1357-9010の者です。書かない窓口はいつごろできますか")
    assert masked.kinds == ()
    assert "2468" not in masked.text


def test_health_details_are_masked_without_a_warning() -> None:
    masked = mask("うつ病で通院していて手帳は2級です。家で手続きできますか")
    assert masked.kinds == ()
    assert "うつ病" not in masked.text
    assert "2級" not in masked.text
    assert masked.rest.endswith("家で手続きできますか")


def test_a_check_digit_tells_a_my_number_from_another() -> None:
    assert is_my_number("123456789018")
    assert is_my_number("111111111118")
    assert not is_my_number("123456789012")
    assert not is_my_number("12345678901")
    assert is_card("4111111111111111")
    assert not is_card("4111111111111112")


def test_the_sentence_to_residents_asks_not_to_write_personal_data() -> None:
    assert "個人情報は入力しないでください" in notice()


def test_a_bomb_for_email_patterns_is_read_through() -> None:
    assert mask("a@" * 20_000).kinds == ()
    assert mask("a" * 20_000 + "@").kinds == ()


def test_a_flood_of_digits_is_masked_as_one() -> None:
    assert mask("1 " * 5_000).text.strip() == "［番号］"


DIGITS = st.text(alphabet="0123456789", min_size=11, max_size=11)


@given(DIGITS, st.sampled_from(["", "-", " ", "ー", "－", "―"]), st.booleans())
def test_no_run_of_a_my_number_survives_whatever_its_spelling(eleven: str, separator: str, wide: bool) -> None:
    number = next(eleven + str(check) for check in range(10) if is_my_number(eleven + str(check)))
    written = separator.join((number[:4], number[4:8], number[8:]))
    if wide:
        written = written.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    masked = mask(f"マイナンバーは{written}です")
    assert masked.kinds
    assert not re.search("[0-9０-９]", masked.text + masked.rest)


@given(st.text(max_size=300))
def test_never_raises_and_masks_once(text: str) -> None:
    once = mask(text)
    assert mask(once.text).text == once.text


@given(st.lists(st.sampled_from([message for message, _, _ in PERSONAL] + ORDINARY), min_size=1, max_size=4))
def test_masking_what_is_masked_changes_nothing(messages: list[str]) -> None:
    once = mask("。".join(messages))
    assert mask(once.text).text == once.text
