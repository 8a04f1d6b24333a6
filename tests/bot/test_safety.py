"""Emergencies are recognised in residents' own words, and ordinary questions are left alone."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.crises import crises
from bot.likeness import examples
from bot.safety import crisis
from bot.signs import rule, views

HERE = Path(__file__).parent
CRISES: dict[str, list[str]] = yaml.safe_load((HERE / "crises.yaml").read_text(encoding="utf-8"))
LOOKALIKES: list[str] = yaml.safe_load((HERE / "lookalikes.yaml").read_text(encoding="utf-8"))
DAILY: dict[str, list[Any]] = yaml.safe_load((HERE / "daily.yaml").read_text(encoding="utf-8"))
UNSEEN: dict[str, list[Any]] = yaml.safe_load((HERE / "unseen.yaml").read_text(encoding="utf-8"))
# The numbers of which one must be named, by kind (reference: the national numbers as checked in 2026).
NUMBERS = {
    "fire": ["119"],
    "gas": ["119"],
    "ambulance": ["119"],
    "overdose": ["119"],
    "self_harm": ["0120-061-338", "0120-279-338"],
    "suicide": ["0120-061-338", "0120-279-338"],
    "rescue": ["119", "110"],
    "sea": ["118", "119"],
    "accident": ["119", "110"],
    "disaster": ["119", "110", "避難"],
    "relatives": ["171"],
    "poisoning": ["119", "#8000"],
    "child_ill": ["#8000", "119"],
    "ambulance_doubt": ["#7119", "119"],
    "police": ["110"],
    "stalking": ["110"],
    "bear": ["110"],
    "silent": ["110", "119"],
    "missing": ["110"],
    "fraud": ["188", "#9110", "110"],
    "child_abuse": ["189", "110"],
    "child_abused": ["189", "0120-0-78310", "110"],
    "parent_limit": ["189", "0120-279-338"],
    "dv": ["#8008", "0120-279-889", "110"],
    "sexual": ["#8891", "#8103", "110"],
    "bullying": ["0120-0-78310", "0120-061-338", "110"],
    "elder_abuse": ["110", "119", "地域包括支援センター"],
}
MESSAGES = [(kind, message) for kind, several in CRISES.items() for message in several]


@pytest.mark.parametrize("kind", CRISES)
def test_knows_each_crisis_in_eight_wordings_or_more(kind: str) -> None:
    assert len(CRISES[kind]) >= 8
    unseen = [message for message in CRISES[kind] if crisis(message) is None]
    assert not unseen


@pytest.mark.parametrize("kind", CRISES)
def test_names_a_number_that_fits(kind: str) -> None:
    replies = {message: found.message for message in CRISES[kind] if (found := crisis(message))}
    astray = [message for message, reply in replies.items() if not any(number in reply for number in NUMBERS[kind])]
    assert len(astray) <= len(replies) // 10, astray


def test_leaves_lookalikes_alone() -> None:
    assert len(LOOKALIKES) >= 60
    assert [message for message in LOOKALIKES if crisis(message)] == []


def test_names_a_fitting_number_in_messages_it_was_not_made_from() -> None:
    cases = [(message, group["numbers"]) for group in UNSEEN["crises"] for message in group["messages"]]
    met = [m for m, numbers in cases if (found := crisis(m)) and any(number in found.message for number in numbers)]
    assert len(cases) >= 100
    assert len(met) / len(cases) >= 0.92


def test_leaves_lookalikes_alone_that_it_was_not_made_from() -> None:
    assert len(UNSEEN["lookalikes"]) >= 100
    assert sum(crisis(message) is not None for message in UNSEEN["lookalikes"]) / len(UNSEEN["lookalikes"]) <= 0.03


def test_raises_no_alarm_about_daily_life() -> None:
    alarmed = [message for message in DAILY["ordinary"] if crisis(message)]
    assert len(DAILY["ordinary"]) >= 200
    assert len(alarmed) / len(DAILY["ordinary"]) <= 0.05, alarmed


def test_hears_emergencies_in_unprepared_words() -> None:
    cases = [(message, group["numbers"]) for group in DAILY["crises"] for message in group["messages"]]
    met = [m for m, numbers in cases if (found := crisis(m)) and any(number in found.message for number in numbers)]
    assert len(cases) >= 140
    assert len(met) / len(cases) >= 0.97


@pytest.mark.parametrize(
    "message",
    [
        "赤ちゃんが生まれました",
        "子どもが転校します",
        "財布を落としました",
        "受験に失敗した",
        "若い人が出ていってしまう",
        "道に大きな陥没がある",
        "息子の就職が決まらない",
        "父が免許を返したので足がない",
        "目が悪くて読めない",
        "子どものピアノの先生を探しています",
    ],
)
def test_what_is_only_unhappy_is_no_emergency(message: str) -> None:
    assert crisis(message) is None


@pytest.mark.parametrize(
    ("ordinary", "in_need"),
    [
        ("息子の嫁さんをさがしてる", "息子を探してるけどどこにもいない"),
        ("水道の水が濁っている", "土砂が流れ込んで川の水があふれそう"),
        ("友だちができない", "ともだち けが ちがでてる"),
        ("町のアプリがすぐ落ちる、完全に息してない", "父がスマホを持ったまま息してない"),
        ("電車が止まっていて帰れない", "車の中に閉じ込められて出られない"),
        ("畑がサルに荒らされた", "クマがゴミを荒らしてます"),
    ],
)
def test_a_broad_word_counts_only_where_it_means_need(ordinary: str, in_need: str) -> None:
    assert crisis(ordinary) is None
    assert crisis(in_need) is not None


@pytest.mark.parametrize(
    ("told", "in_earnest"),
    [
        ("納期に首を絞められてる、プリン買って帰る", "彼氏に首を絞められてる、いま隠れてる"),
        ("ボス戦で仲間が刺されて全滅した、やり直し", "仲間が腹を刺されて倒れた"),
        ("このスープ辛すぎて口から火が出た、完食", "台所のガス台から火が出た"),
        ("推理小説で医者が毒を飲まされて死んだ", "推理小説を読んでいた父が倒れて返事がない"),
        ("雪だるまが倒れて首がもげた", "父が倒れて首が曲がったまま"),
        ("学芸会で火事だとさけぶ役になった", "学校が火事だ"),
        ("今日は大笑いした、腹がよじれて死んだ", "今日は笑ったけど、やっぱり死にたい"),
    ],
)
def test_a_story_a_game_and_work_spoken_of_as_a_battle_are_no_crisis(told: str, in_earnest: str) -> None:
    assert crisis(told) is None
    assert crisis(in_earnest) is not None


@pytest.mark.parametrize(
    ("read", "suffered"),
    [
        ("「アジャイル」という言葉で止まってしまいました。かみくだいて説明お願いします", "父の心臓が止まりました"),
        ("横文字の説明に襲われた感じです、どういう意味ですか", "夜道で男に襲われた"),
        ("用語が多すぎてもう限界です", "毎日がつらくて、もう限界です"),
        ("申請の画面が息してない", "祖母が息してない"),
        ("計画を読んでいたら文章の山で遭難した", "山で遭難した"),
        ("用語集のページで迷子になった", "祭りで子どもが迷子になった"),
    ],
)
def test_words_texts_and_screens_that_stop_or_drown_are_no_crisis(read: str, suffered: str) -> None:
    assert crisis(read) is None
    assert crisis(suffered) is not None


def test_somebody_named_beside_a_text_is_heard() -> None:
    assert crisis("資料のページをめくっていた母が急に倒れた") is not None
    assert crisis("この文章を読んだら私はもういません。消えたい") is not None


@pytest.mark.parametrize(
    ("message", "number"),
    [
        ("鉈を持ち出して父が母を追いまわしてる", "110"),
        ("七輪を倒して畳から炎が上がった", "119"),
        ("背中が裂けるように痛くて脂汗が出る", "119"),
        ("山菜を食べてから家族が吐いてしびれてる", "119"),
        ("認知症の義父が畑から帰らない", "110"),
        ("部活の先輩に万引きしろって言われてる", "0120-0-78310"),
        ("点検商法で契約させられた、買わされた布団が三つ", "188"),
        ("地震の揺れのあと、兄の無事がわからない", "171"),
    ],
)
def test_hears_what_was_missed(message: str, number: str) -> None:
    found = crisis(message)
    assert found is not None
    assert number in found.message


@pytest.mark.parametrize(
    ("supposed", "happening"),
    [
        ("でかい地震きたら役場のサーバーの棚は倒れるの？", "でかい地震きた"),
        ("誰かに使い方を聞きたいが、駅まで出るのはもう無理でな", "誰かが家に来た、ドアを叩いている"),
        ("メロンの出荷で家族がぶっ倒れるくらい忙しい", "家族がぶっ倒れた"),
        ("夫は出張で月に一度しか帰らない", "夫が夕方から帰らない、認知症があります"),
        ("橋から池にボールが落ちて取れない", "橋から池に人が落ちてあがれない"),
    ],
)
def test_a_case_a_wish_a_degree_and_what_is_known_are_no_crisis(supposed: str, happening: str) -> None:
    assert crisis(supposed) is None
    assert crisis(happening) is not None


@pytest.mark.parametrize(
    ("message", "number"),
    [
        ("パソコンに『ウイルス感染、ここへ電話』って出た！かけたほうがいい？", "188"),
        ("外国の軍人さんと結婚の約束をして、荷物の保管料を送りました", "188"),
        ("むこうの古井戸の底から、人の呼ぶ声がします", "119"),
        ("荷物は全部片づけました。犬はもらい手がつきました。みなさんお世話になりました", "0120-061-338"),
    ],
)
def test_a_crisis_told_around_the_corner_names_its_number(message: str, number: str) -> None:
    found = crisis(message)
    assert found is not None
    assert number in found.message


def test_a_story_that_ends_in_a_question_about_a_service_is_a_question() -> None:
    told = "体育館を借りたいのに、平日の昼に電話しろって言われて困ってます。"
    assert crisis(told + "夜にスマホから予約できるようになりませんか？") is None


def test_one_gone_to_the_hills_is_missed_however_long_the_story() -> None:
    story = (
        "うちの主人なんですがね、若い頃から山が好きで、今朝も弁当を持って裏の峠を越えると言って出ていったんです。"
        "下の沢で釣りをしていた人に聞いても見ていないと言うし、役場に聞けば無線で流してもらえるのかしらと。"
    )
    found = crisis(story + "まだ戻らないんですが、どうしたものですか")
    assert found is not None
    assert found.key == "rescue"


def test_a_long_story_of_a_hard_life_with_a_question_in_it_is_no_crisis() -> None:
    story = (
        "父が夜中に何度も起きて歩きまわりますし、母は転んでから足が動かしづらくて、私も腰が痛くて眠れません。"
        "もう体がもたないと主人と話しております。毎日毎晩のことで、息をつくひまもありません。"
    )
    assert crisis(story + "それで家に手すりを付けたいのですが、その申し込みは家からでもできますか") is None
    assert crisis(story + "いま主人が倒れて息をしていません") is not None


def test_the_tested_sentences_are_not_those_the_weights_were_fitted_to() -> None:
    fitted = {message for several in examples().values() for message in several}
    assert not fitted & {message for _, message in MESSAGES}
    assert not fitted & set(LOOKALIKES)
    assert not fitted & {message for group in UNSEEN["crises"] for message in group["messages"]}
    assert not fitted & set(UNSEEN["lookalikes"])
    assert not fitted & {message for group in DAILY["crises"] for message in group["messages"]}
    assert not fitted & set(DAILY["ordinary"])


@pytest.mark.parametrize(
    "message", ["母ガタオレタ", "母 が た お れ た", "シニタイ", "火 事 で す", "I WANT TO DIE", "ｼﾆﾀｲ"]
)
def test_capitals_katakana_and_spaces_change_nothing(message: str) -> None:
    assert crisis(message) is not None


def test_finds_the_cry_at_the_end_of_a_long_ramble() -> None:
    ramble = "きょうは朝から役場の話をしていました。" * 400
    assert crisis(ramble) is None
    found = crisis(ramble + "それどころではない、母が倒れて息をしていません！")
    assert found is not None
    assert found.key == "ambulance"


def test_an_overdose_calls_for_an_ambulance_before_talk() -> None:
    found = crisis("もう死にたい。睡眠薬を全部飲んだ")
    assert found is not None
    assert found.key == "overdose"


def test_a_figure_of_speech_beside_a_cry_does_not_hide_it() -> None:
    assert crisis("死ぬほど忙しい") is None
    found = crisis("死ぬほど忙しくて、もう本当に死にたい")
    assert found is not None
    assert found.key == "suicide"


def test_what_has_not_happened_is_no_emergency() -> None:
    for message in (
        "母が倒れたときはどこに届け出ますか",
        "火事になった場合の届は",
        "子どもがいじめられないように何をしますか",
    ):
        assert crisis(message) is None


@pytest.mark.parametrize(
    "message",
    [
        "先週、職場の先輩の家でむりやりされました。だれにも言えません",
        "けさ出た父の漁船と無線がつながらず、もう半日です",
    ],
)
def test_a_word_of_the_past_or_of_a_machine_does_not_hide_need(message: str) -> None:
    assert crisis(message) is not None


@pytest.mark.parametrize(
    "message",
    [
        "町の情報が泥棒に盗まれたらたまらない。どんな守りを固めるの？",
        "電波で殺されるというデマを見たけど、5Gとは何？",
        "川があふれそうなときの情報はどう届きますか",
        "ストーカーのように広告が追ってくるのはなぜ？",
        "偽サイトに気をつける講習はありますか",
    ],
)
def test_a_strong_word_in_a_question_that_sounds_like_no_need_is_no_crisis(message: str) -> None:
    assert crisis(message) is None


def test_only_what_sounds_alike_is_doubtful() -> None:
    named, alike = crisis("母が倒れました"), crisis("もう疲れた")
    assert named and alike
    assert not named.doubtful
    assert alike.doubtful


def test_answers_english_with_an_english_line() -> None:
    english = crisis("My father collapsed, help")
    japanese = crisis("父が倒れた")
    romaji = crisis("chichi ga taoreta")
    assert english and japanese and romaji
    assert english.message.splitlines()[-1].isascii()
    assert romaji.message == japanese.message
    assert not any(line.isascii() for line in japanese.message.splitlines())


def test_messages_are_short_and_name_few_numbers() -> None:
    for kind in crises().kinds:
        assert len(kind.message) <= 160, kind.key
        assert kind.message.endswith("。"), kind.key
        assert kind.english.endswith("."), kind.key
        assert kind.message.count("0120") <= 2, kind.key
        assert kind.english.isascii(), kind.key


def test_every_rule_names_known_classes() -> None:
    for kind in crises().kinds:
        assert kind.rules
    assert rule("a > b & c ! d").chains == (("a", "b"), ("c",))
    assert rule("a > b & c ! d").unless == ("d",)


def test_latin_capitals_are_not_found_inside_words() -> None:
    assert crisis("I am waiting for the train again") is None


@given(st.text(max_size=400))
def test_never_raises(text: str) -> None:
    crisis(text)


@given(st.sampled_from(MESSAGES), st.sampled_from(["\u200b", "\u202e", "\ud800", "\x00"]))
def test_invisible_marks_do_not_hide_a_cry(case: tuple[str, str], mark: str) -> None:
    _, message = case
    assert crisis(mark.join(message)) == crisis(message)


@given(st.text(alphabet="母が倒れた。 abcア", max_size=5), st.integers(min_value=1, max_value=4_000))
def test_looks_at_a_bounded_part_of_any_flood(piece: str, times: int) -> None:
    assert all(len(view) <= 60_000 for view in views(piece * times))


@pytest.mark.parametrize(
    "message",
    [
        "家の前の道路に穴があいてて危ないです。スマホから役場に知らせられるようになりますか",
        "3歳の子を預けてます。先生たちは書き物に追われてるし、お便りは紙でどっさり",
        "えらい人が決めるだけじゃ現場は動かないべ。旗を振る役はどこがやるんだい",
        "yakuba wa kami no shorui ga ooi desu. watashi wa Betonamu kara kimashita",
        "Watashi wa hiru no jikan, yakuba ni ikemasen.",
    ],
)
def test_reports_to_the_town_and_daily_life_in_romaji_raise_no_alarm(message: str) -> None:
    assert crisis(message) is None


@pytest.mark.parametrize(
    "message",
    [
        "tasukete kudasai, ie ga moete imasu",
        "kodomo ga iki o shite imasen",
        "otto ga watashi o tatakimasu",
        "uchi no naka ni tojikomerareta",
        "musume ga ike ni ochita",
        "densha ni tobikomitai",
        "dareka ga mado o watte hairou to shite iru",
    ],
)
def test_need_in_romaji_is_heard(message: str) -> None:
    assert crisis(message) is not None


@pytest.mark.parametrize(
    ("message", "number"),
    [
        ("うちのなかにとじこめられた", "119"),
        ("むすめがいけにおちた", "119"),
        ("うらのやまがくずれてきた", "119"),
        ("どろぼうがいます", "110"),
        ("だれかがまどをわってはいろうとしている", "110"),
    ],
)
def test_need_is_heard_from_those_who_write_in_kana_alone(message: str, number: str) -> None:
    found = crisis(message)
    assert found is not None
    assert number in found.message


@pytest.mark.parametrize(
    "message",
    [
        "どろぼうのじょうほうをめーるでおしえてくれますか",
        "くるまのてつづきをねっとでしたい",
        "いけのまわりにわいふぁいはありますか",
    ],
)
def test_questions_in_kana_with_a_word_of_need_raise_no_alarm(message: str) -> None:
    assert crisis(message) is None
