"""A question's aspect is understood in many wordings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import aspects, number, understand
from knowledge.entries import Facet, FacetName


@pytest.mark.parametrize(
    ("message", "aspect"),
    [
        ("それの担当は？", "department"),
        ("どこの課がやってるんですか", "department"),
        ("kimari wo tsukuru no wa nannendo", "schedule"),
        ("たんとうは どこの かですか", "department"),
        ("いつから始まるの", "schedule"),
        ("もう始まってる？", "already"),
        ("期限はいつまで", "until"),
        ("この計画はいつ作られたもの", "made"),
        ("これを作ったのは何年何月", "made"),
        ("この ほうしんを なおしたのは いつ ですか", "made"),
        ("which department is in charge of the Wi-Fi?", "department"),
        ("What is the goal of telework?", "goal"),
        ("what company makes the system", "supplier"),
        ("what does EBPM mean?", "definition"),
        ("手数料はいくらですか", "fee"),
        ("申し込みの電話番号を教えて", "contact"),
        ("RPAとは", "definition"),
        ("RPAはどこの会社の製品ですか", "supplier"),
        ("委託先はどこ", "supplier"),
        ("拠点は何か所ある", "places"),
        ("事業費はいくら", "fee"),
        ("デジタルにいくらお金かけてるの", "fee"),
        ("税金をどれくらい使ったんだ", "fee"),
        ("この取組は何のため", "goal"),
        ("最寄りの窓口はどこにありますか", "address"),
        ("窓口はきょうやっていますか", "hours"),
        ("入れる会社の名前は？", "supplier"),
        ("維持費は幾らですか", "fee"),
        ("新庁舎は何億円かかる", "fee"),
        ("このシステムを作った業者はどこ", "supplier"),
        ("次の講座は何月何日ですか", "hours"),
        ("次はいつやるの、行ってみたい", "hours"),
        ("標準化は何時までに終えるの", "schedule"),
        ("いくつかの課でやるそうやけど、どこどこ？", "department"),
        ("センターの人か、役場のどこかの課か", "department"),
        ("市長さんのお名前", "person"),
        ("日曜に証明書を取りに行きたいけど、役場の窓口は開いてますか", "days-off"),
        ("データの公開は途中の年から始めるの", "schedule"),
        ("いろいろな課がからむらしいけど、具体的にはどこ", "department"),
        ("標準化は何時まで", "until"),
        ("データを出しとるのは、広報の課さん？", "department"),
        ("進めとるのって総務だけ？", "department"),
        ("計画をつくったきっかけは", "situation"),
        ("使える病院はどこですか", "shops"),
        ("町に今なんか所あるの", "places"),
        ("先週送った届け、もう受理された？", "my-case"),
        ("集めて選ぶって何の力のこと", "definition"),
        ("委員長って誰がやってるの", "chair"),
        ("ページのURLください", "page"),
        ("会議の議事録はどこで読める", "minutes"),
        ("kakanai madoguchi wa nan-ji kara desu ka", "hours"),
        ("窓口の手数料はPayPayで払える？", "brand"),
        ("タブレットを壊したらどうなる", "damage"),
        ("パソコンを持って帰ってもいい？", "taking-home"),
        ("会議は年に何回ある", "times"),
        ("ライセンスは何本もらった", "licences"),
        ("住民の満足度は何点", "marks"),
        ("どの店で住民票が取れる", "shops"),
        ("会員登録は必要ですか", "registering"),
        ("カードの有効期限は何年", "validity"),
        ("教室は町外の人でも参加できる？", "eligibility"),
        ("削減時間の実績を出して", "results"),
        ("機械は何を買えばいいの", "buying"),
        ("CSVで落とせる？", "format"),
        ("パスワードを忘れた", "password"),
        ("土日も窓口あいてる？", "days-off"),
        ("令和4年度から？", "schedule"),
        ("ソフトはどこのメーカーですか", "supplier"),
        ("持っている人は何パーセント", "share"),
        ("普及率なんぼ", "share"),
        ("利用者の数はいくら", "figure"),
        ("RPAって要するに何なの", "definition"),
        ("横文字でさっぱり、かみくだいて説明して", "definition"),
        ("tesuuryou wa ikura desuka", "fee"),
        ("全部で何年間の計画ですか", "until"),
        ("until what year is this policy", "until"),
        ("公開中のものは第何版ですか", "made"),
        ("これで行くと決める権限はどこにあるの", "department"),
        ("ほかに関わる課はありますか", "department"),
        ("いちばん先に入れることになっていたのはどれ", "schedule"),
        ("土曜のバスの時刻表を見たい", "hours"),
        ("機械を買う補助は何割ですか", "benefit"),
        ("何が心配ごとなんですか", "situation"),
        ("誰のための取組ですか", "goal"),
        ("nannendo kara tsukaeru no", "schedule"),
        ("from which year can I pay by card", "schedule"),
        ("窓口で待つ時間は何分短くなる", "duration"),
        ("受け取りは郵送でもらえますか", "receipt"),
        ("システムはどの会社が落札したの", "supplier"),
        ("診断はどこのコンサルに頼んだんですか", "supplier"),
        ("受付は何階ですか", "address"),
        ("来月はどこの集会所に来てくれる", "address"),
        ("こわしたときの修理代は町が持ってくれるの", "benefit"),
        ("買う費用をいくらか出してくれますか", "benefit"),
        ("GISを入れる年度だけ教えて", "schedule"),
        ("次の体験会、次回はいつやるんですか", "booking"),
        ("えーあいの本格導入は何時からの予定", "schedule"),
        ("てびきをいつつくってだれがなおしたの", "made"),
        ("使っている人は?%で教えて", "share"),
        ("the village have any plan for wifi", "actions"),
        ("お年寄り に 何を して くれる んですか", "actions"),
        ("窓口の改革は令和6年度には終わりますか", "schedule"),
        ("外から来る専門家の給料はいくら", "fee"),
        ("払うとポイントがつきますか", "benefit"),
        ("申し込んだら何日で届くの", "duration"),
        ("残業はどのくらい減りましたか", "duration"),
        ("電子母子手帳のアプリ名は", "product"),
        ("タブレットは貸してくれますか", "lending"),
        ("支援員の募集はしていますか", "recruiting"),
        ("自動応答は24時間使える？", "hours"),
        ("規定を作るのはどの年ですか", "schedule"),
        ("届出のネット化は年度が決まってますか", "schedule"),
        ("入れるのはもう決めたんですか", "decided"),
        ("まだ考えてるだけなんでしょう", "decided"),
        ("この担当に福祉が入ってるのはどうして", "why-they"),
        ("うちらに何かいいことありますか", "goal"),
        ("うちの市は何か対策してますか", "actions"),
        ("それは福祉の課？教育の課？", "department"),
        ("この方針はいつで終わりますか", "until"),
        ("how many % of people have the card", "share"),
        ("止めるにはどこに電話したらいい", "contact"),
        ("なんていう名前のアプリですか", "product"),
        ("案をつくるのは役所のどこなんですか", "department"),
        ("どのくらいの日数で出るの", "duration"),
        ("二つの動き出す年度は同じなん", "schedule"),
        ("会をわざわざ作るのは、どういうわけなんですか", "situation"),
        ("その後手直ししたのは", "made"),
        ("どの建物に入るの", "address"),
        ("日曜日も市役所の窓口って開いてますか", "days-off"),
        ("もし起きたときのために何をしとくんですか", "actions"),
        ("出しとるのは政策課さんで合ってますか", "department"),
        ("土日でも窓口で受け取れる？", "days-off"),
        ("日本語だと何の力のこと？", "definition"),
    ],
)
def test_hears_what_is_asked_of_the_subject(message: str, aspect: str) -> None:
    assert understand(message).asks(aspect)


@pytest.mark.parametrize("message", ["普及率なんぼ", "利用者の数はいくら"])
def test_how_much_of_a_number_is_no_price(message: str) -> None:
    assert not understand(message).asks("fee")


@pytest.mark.parametrize(
    ("message", "aspect"),
    [
        ("カードの期限がもうじき切れます", "until"),
        ("払う期限が近づくたびに出かけるのがつらい", "schedule"),
        ("専門家がいないなら誰に聞いて進めるの", "department"),
        ("権限はどこにあるんですか", "address"),
        ("運用は何時からの予定", "hours"),
        ("手続きが大変なんです", "definition"),
        ("申請するときに手を貸してくれますか", "lending"),
        ("開庁時間しか予約できないのは困ります", "hours"),
        ("できたら業者は何が楽になる", "supplier"),
        ("どんな会社が申し込めるの", "supplier"),
        ("下水の使用料はどの会計に入るの", "fee"),
        ("あの表でTYPEなんぼですか", "fee"),
        ("それって税金が安くなる制度なの", "fee"),
        ("道の地図を公開するのは何年度から", "address"),
        ("職員のスケジュールをみんなで見られる？", "schedule"),
        ("この担当に福祉が入ってるのはどうして", "department"),
        ("役場の書類ってなんでもハンコ", "situation"),
        ("令和の時代にいつまでやってるんですか", "schedule"),
        ("言われとるのは何と何？", "definition"),
        ("Society5.0って何のバージョンですか", "made"),
        ("本部まで作るのはどうしてなんですか", "definition"),
    ],
)
def test_what_only_sounds_alike_is_not_asked(message: str, aspect: str) -> None:
    assert not understand(message).asks(aspect)


def test_a_share_of_those_who_have_begun_asks_no_date() -> None:
    assert not understand("もう導入してる市は何パーセントですか").asks("already")
    assert understand("もう導入してる？").asks("already")


def test_a_list_named_with_its_number_is_wanted_whole() -> None:
    assert understand("基幹系業務 20業務").wants_whole
    assert not understand("対象は20業務").wants_whole


def test_a_correction_leans_on_what_was_said() -> None:
    assert understand("始まる年を聞いてるんですけど").leans
    assert understand("町長じゃなくて、職員は").leans


@pytest.mark.parametrize(
    ("text", "told"), [("令和4〜7年度に行います。", False), ("計画は4年間です。", True), ("対象は31手続です。", True)]
)
def test_a_year_is_no_number_of_things(text: str, told: bool) -> None:
    figure = next(aspect for aspect in aspects() if aspect.name == "figure")
    assert figure.is_told_by(Facet(name=FacetName.ACTIONS, text=text, section="1")) is told


def test_how_many_in_all_is_no_wish_for_the_whole_list() -> None:
    assert not understand("全部で何種類あるんですか").wants_whole
    assert understand("全部教えて").wants_whole


def test_what_a_thing_does_is_not_what_it_means() -> None:
    assert not understand("RPAって何するの").asks("definition")


@pytest.mark.parametrize("message", ["役場でもやるの？", "学校にもできますか", "会社員も対象ですか"])
def test_one_more_to_whom_it_may_apply_leans_on_what_was_said(message: str) -> None:
    assert understand(message).leans


@pytest.mark.parametrize("message", ["困りごとはどこを直すの", "町の人とあとは誰", "やることは決まったの"])
def test_a_word_that_ends_like_the_question_asks_no_meaning(message: str) -> None:
    assert not understand(message).asks("definition")


def test_where_to_apply_asks_for_the_department_if_it_says_so() -> None:
    assert [aspect.name for aspect in understand("スマホ教室の申し込み先、何課ですか").required] == ["department"]


def test_whom_people_ask_is_no_question_for_a_department() -> None:
    assert not understand("80代の人はだれに相談してるの").asks("department")
    assert not understand("20代の女性は誰に相談が多い").asks("department")
    assert understand("スマホのことはだれに相談すればいい").asks("department")


def test_a_question_for_the_end_is_not_one_for_any_date() -> None:
    assert [aspect.name for aspect in understand("計画はいつまでですか").required] == ["until"]


@pytest.mark.parametrize("message", ["標準化とはなんですか", "これはなんでしょう"])
def test_what_a_thing_is_is_not_why(message: str) -> None:
    assert not understand(message).asks("situation")


@pytest.mark.parametrize("message", ["いつでも使える仕組み", "いつまでもこのままか", "思いつきで決める"])
def test_takes_no_word_that_only_looks_like_a_question_of_time(message: str) -> None:
    assert not understand(message).asks("schedule")


@pytest.mark.parametrize(("said", "meant"), [("3番目は？", 3), ("第2番目", 2), ("十二番目のは", 12), ("７つ目", 7)])
def test_hears_the_place_in_a_list(said: str, meant: int) -> None:
    assert understand(said).ordinal == meant


def test_hears_english_but_not_an_abbreviation() -> None:
    assert understand("What does RPA mean in the plan?").english
    assert not understand("RPAとは").english


@pytest.mark.parametrize(("digits", "value"), [("3", 3), ("十", 10), ("十一", 11), ("二十", 20), ("二十三", 23)])
def test_reads_japanese_numbers(digits: str, value: int) -> None:
    assert number(digits) == value


@given(st.text())
def test_never_raises(text: str) -> None:
    understand(text)


def test_what_the_town_thinks_of_is_no_question_of_a_meaning() -> None:
    assert not understand("更新しやすくすることは考えてくれてますか").asks("definition")


def test_five_in_kana_asks_for_no_time() -> None:
    assert not understand("いつつの すてっぷを おしえて").asks("schedule")


def test_half_typed_kana_are_understood() -> None:
    assert understand("いつかr始まるの").asks("schedule")


@pytest.mark.parametrize(
    ("message", "aspect"),
    [
        ("ローカル5Gってドコモの5Gと違うの", "brand"),
        ("デジタル化の柱は何本あるの", "licences"),
        ("本部と各部署の情報のやりとり", "department"),
        ("手書きの申込用紙を機械で読み取る技術", "booking"),
        ("近くで教えてもらえる機会はある", "address"),
        ("手の空いた職員さんは何をするの", "actions"),
        ("役場も手が足りないだろう", "lacking"),
        ("令和の時代にいつまでやってるんですか", "until"),
        ("いつ策定する予定ですか", "made"),
        ("国の規制は何時までになくなるの", "hours"),
        ("消火器がどこに置いてあるかの一覧は出ている", "address"),
        ("リテラシーとは何をする力", "actions"),
        ("空いた人手はどこへ回すつもりなんですか", "definition"),
        ("入れ替えの間、窓口が何日も止まりませんか", "schedule"),
        ("標準化は何時まで", "hours"),
        ("何年も前に作った計画のままでいいの", "made"),
        ("ネットで出せる届けはもうあるの", "already"),
        ("無料で使える電波を増やして", "fee"),
        ("機械だけ入れて仕事のやり方は昔のまま？", "how-to"),
        ("役所って何か入れても入れっぱなし", "definition"),
        ("介護と車では受け持つ役所が違うの", "department"),
        ("満足度を数字で見えるようにしたもの", "figure"),
    ],
)
def test_words_that_only_look_like_an_aspect_ask_for_none(message: str, aspect: str) -> None:
    assert not understand(message).asks(aspect)


def test_a_sentence_that_only_asks_whether_the_plan_says_it_is_left_out() -> None:
    assert (
        understand("家から仕事ができるようになりますか。計画にありますか？").text
        == "家から仕事ができるようになりますか。"
    )


def test_the_day_of_a_figure_is_no_date_of_a_start_but_the_start_itself_is() -> None:
    schedule = next(aspect for aspect in aspects() if aspect.name == "schedule")
    rate = Facet(
        name=FacetName.FIGURE, text="普及率は、令和4年12月末の時点で58%です。", as_of="令和4年12月末", section="一"
    )
    start = Facet(name=FacetName.FIGURE, text="町は令和元年度から整備してきました。", as_of="令和元年度", section="一")
    assert not schedule.is_told_by(rate)
    assert schedule.is_told_by(start)


def test_what_is_set_aside_as_the_states_is_not_asked() -> None:
    assert understand("国の言うDXじゃなくて、市としてはDXをどう決めてるんですか").text.startswith("市として")


def test_too_short_a_rest_keeps_what_is_set_aside() -> None:
    assert "国" in understand("国のじゃなくて、町のは？").text


def test_of_a_word_said_before_the_meaning_is_asked_alone() -> None:
    assert understand("職員のデジタルリテラシーというけど、リテラシーって何?").text.startswith("リテラシーって")
    assert understand("Society5.0と書いてあるけど、5.0って何だい").text.startswith("society")


def test_an_aside_after_a_question_that_points_back_is_left_out() -> None:
    assert understand("それで何ができるの?上の子が一年生なので").text == "それで何ができるの?"


def test_by_the_table_is_no_part_of_what_is_asked() -> None:
    assert understand("商店への手助けは、予定表だと何年度から始まるの").text == "商店への手助けは、何年度から始まるの"


def test_a_ka_inside_another_word_wants_no_whole_list() -> None:
    assert not understand("いきなりでっかくやって失敗しないの").wants_whole


def test_an_abbreviation_said_twice_is_said_once() -> None:
    assert understand("DXDXって言うけど、要は何").text.startswith("dxって")
    assert "paypay" in understand("PayPayは使えますか").text
    assert understand("リテラシー、リテラシーって言うけど何").text.startswith("リテラシーって")
