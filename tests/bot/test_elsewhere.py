"""Another town's matter is told from this town's."""

import pytest

from bot.elsewhere import is_elsewhere
from tests.bot.talking import ask

OWN = frozenset({"東員町", "東員", "三重県"})
OTHERS = frozenset({"鉾田", "五霞", "奥多摩", "中之条"})
KNOWN = "東員町デジタル化推進計画 三重県 みえデジタル戦略推進計画"


@pytest.mark.parametrize(
    "question",
    [
        "四日市市の普及率は",
        "鉾田のスマホ教室に行きたい",
        "5つの町で一番進んでいるのはどこ",
        "名古屋ではどうなっていますか",
        "横浜市では何をしていますか",
        "水戸市役所の書かない窓口は何階",
        "桑名市に住んでいますが、桑名市のごみの日はいつ",
        "鈴鹿市の補助金は鈴鹿市で働く人だけですか",
        "東員に越してきて半年になります。慣れてきましたが、前に住んでいたところも気になりまして、桑名市の普及率はいくつでしょうか",
    ],
)
def test_another_towns_matter_is_elsewhere(question: str) -> None:
    assert is_elsewhere(question, OWN, KNOWN, OTHERS)


@pytest.mark.parametrize(
    "question",
    [
        "東員町の普及率は",
        "三重県の計画との関係",
        "市町村の計画とは",
        "隣の家のおばあさんがスマホを習いたいと言っています",
        "東京に出た息子も使えますか",
        "仕事が名古屋で帰りが遅いので、夜に手続きできますか",
        "平日は四日市で夜まで仕事。マイナンバーカード作りたいんやけど、役場が開いとる時間に行けへん",
        "横浜市から転入しました。普及率は",
        "娘が四日市市に住んでいます。代わりに申請できますか",
        "デジタル田園都市国家構想って何",
        "構想の甲府金は使う予定ですか",
        "よその市はもうパソコンで出せるって聞いたもので、入札はどうするつもりですか",
        "いづがらいづまでやんだっぺ",
        "寄り合いでよその町では商品券をスマホで配っとる、えらい便利になったもんやという話が出ましてな、うらやましい限りで。東員も何か考えとるんやろか",
    ],
)
def test_this_towns_matter_is_not(question: str) -> None:
    assert not is_elsewhere(question, OWN, KNOWN, OTHERS)


def test_a_prefecture_miswritten_is_ones_own() -> None:
    assert "72.3%" in ask("hokota", "茨木県のマイナンバーカードの保有率は")["body"]


def test_what_is_asked_over_there_is_elsewhere_though_a_relative_lives_there() -> None:
    assert ask("goka", "実家が幸手市なんですけど、あっちのDX計画は何年までなんですか")["kind"] == "unknown"


def test_another_towns_own_plan_is_elsewhere_though_ours_names_the_town() -> None:
    assert ask("okutama", "檜原村のDX方針では、窓口の改革は何年度にやるの？")["kind"] == "unknown"


def test_a_stop_on_the_way_is_no_place() -> None:
    assert "2025年度" in ask("goka", "いまの町のDXの計画って、何年度で一区切りですか")["body"]
