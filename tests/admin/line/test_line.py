"""`annai line` against a stand-in of LINE: the menu is replaced safely, faults are named with the place."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from PIL import Image
from pydantic import SecretStr
from sqlalchemy import Engine
from typer.testing import CliRunner

from admin.cli import command
from admin.line.account import Account, Refused
from admin.line.check import Checked, findings
from admin.line.menus import Replaced, replace_menu
from admin.line.sentences import refusal
from bot.channels.line.menu import Menu, menu
from bot.channels.line.postbacks import TopicAsked, read
from bot.settings import LineAccount, settings
from knowledge import loading
from tests.admin.line.platform import TOKEN, Platform, serving
from tests.bot.sample import sample_town
from tests.bot.server import write_sample

SECRET, KEY = "0123456789abcdef" * 2, "k" * 40
PUBLIC = "https://dx.example.lg.jp"
WEBHOOK = f"{PUBLIC}/line/sample/webhook"
GIVEN = LineAccount(channel_secret=SecretStr(SECRET), channel_access_token=SecretStr(TOKEN))
CHECKED = Checked(GIVEN, sample_town(), PUBLIC, KEY.encode())
THEIRS = {
    "name": "ほかのメニュー",
    "size": {"width": 2500, "height": 843},
    "selected": False,
    "chatBarText": "メニュー",
    "areas": [],
}


@pytest.fixture
def platform() -> Iterator[Platform]:
    with serving() as platform:
        platform.webhook = {"endpoint": WEBHOOK, "active": True}
        platform.delivery = {"success": True, "statusCode": 200, "reason": "OK"}
        yield platform


def made() -> Menu:
    return menu(sample_town(), KEY.encode())


def setup(platform: Platform) -> Replaced:
    with Account(TOKEN, platform.base) as account:
        return replace_menu(account, made())


def shows_our_menu(platform: Platform) -> None:
    """As after a setup, without drawing."""
    platform.shown = "richmenu-ours"
    platform.menus[platform.shown] = made().request()


def check(platform: Platform, checked: Checked = CHECKED, answers: bool | None = None) -> list[str]:
    """The findings as the clerk reads them."""
    token = checked.given.channel_access_token.get_secret_value()
    with Account(token, platform.base) as account:
        return [f"{found.mark} {found.text}" for found in findings(checked, account, lambda _: answers)]


def test_setup_makes_the_menu_and_shows_it_to_all_and_sets_nothing_else(platform: Platform) -> None:
    done = setup(platform)
    assert list(platform.menus) == [done.menu] == [platform.shown]
    tap = platform.menus[done.menu]["areas"][0]["action"]
    assert read(tap["data"], KEY.encode(), "anybody") == TopicAsked("smartphone-class", "sample")
    assert [call for call in platform.calls if not call.startswith("GET")] == [
        "POST /v2/bot/richmenu/validate",
        "POST /v2/bot/richmenu",
        f"POST /v2/bot/richmenu/{done.menu}/content",
        f"POST /v2/bot/user/all/richmenu/{done.menu}",
    ]


def test_setup_again_replaces_its_own_menu_and_leaves_others_alone(platform: Platform) -> None:
    platform.menus["richmenu-theirs"] = THEIRS
    platform.shown = "richmenu-theirs"
    first = setup(platform)
    assert first.foreign_before
    second = setup(platform)
    assert (second.deleted, second.foreign_before) == (1, False)
    assert platform.shown == second.menu != first.menu
    assert set(platform.menus) == {"richmenu-theirs", second.menu}


@pytest.mark.parametrize("step", ["richmenu/{menu}/content", "user/all/richmenu/{menu}"])
def test_a_menu_that_cannot_be_finished_changes_nothing(platform: Platform, step: str) -> None:
    before = setup(platform).menu
    coming = f"richmenu-{len(platform.calls) + 4}"
    platform.fails[f"POST /v2/bot/{step.format(menu=coming)}"] = 500
    with pytest.raises(Refused) as refused:
        setup(platform)
    assert "LINEがエラーを返しました" in refusal(refused.value.status, refused.value.what)
    assert platform.shown == before
    assert list(platform.menus) == [before]


def test_check_finds_a_good_account_good_and_leaves_to_the_clerk_what_line_does_not_tell(platform: Platform) -> None:
    shows_our_menu(platform)
    found = check(platform)
    assert [line[0] for line in found] == ["○"] * 8 + ["？"] * 3
    assert "東員町DX案内" in found[1]
    assert "Webhookの再送" in found[-3]
    assert "応答メッセージ" in found[-2]
    assert any(message["type"] == "flex" for message in platform.validated)
    assert check(platform, answers=True)[-1].startswith("○")
    assert check(platform, answers=False)[-1].startswith("×")


NOT_THERE = f"Webhook URLがまだありません。LINE Developersコンソールの「Messaging API設定」→「Webhook URL」に {WEBHOOK}"
OTHER_TOWN = f"{PUBLIC}/line/goka/webhook"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"webhook": None}, NOT_THERE),
        ({"webhook": {"endpoint": OTHER_TOWN, "active": True}}, f"{WEBHOOK} に直してください"),
        ({"webhook": {"endpoint": WEBHOOK.replace("https", "http"), "active": True}}, "https:// で始まる必要"),
        ({"webhook": {"endpoint": WEBHOOK, "active": False}}, "「Webhookの利用」をオン"),
        ({"delivery": {"success": False, "statusCode": 401, "reason": "Unauthorized"}}, "署名が合いません"),
        ({"delivery": {"success": False, "statusCode": 404, "reason": "Not Found"}}, "Webhookがありません"),
        ({"delivery": {"success": False, "statusCode": 0, "reason": "COULD_NOT_CONNECT"}}, "（COULD_NOT_CONNECT"),
        ({"fails": {"POST /v2/bot/message/validate/reply": 400}}, "返事の形がLINEの検査に通りません"),
        ({"fails": {"GET /v2/bot/info": 429}}, "問い合わせが多すぎます"),
        ({"garbage": {"GET /v2/bot/info"}}, "LINEにつながりません"),
    ],
)
def test_check_names_what_is_wrong_and_where_to_mend_it(
    platform: Platform, change: dict[str, object], says: str
) -> None:
    shows_our_menu(platform)
    for name, value in change.items():
        setattr(platform, name, value)
    wrong = [line for line in check(platform) if line.startswith("×")]
    assert len(wrong) == 1
    assert says in wrong[0]


def test_check_minds_a_chat_that_is_on_and_a_menu_that_is_not_there(platform: Platform) -> None:
    platform.bot["chatMode"] = "chat"
    wrong = [line for line in check(platform) if line.startswith("×")]
    assert ["チャットがオンです" in wrong[0], "annai line setup --town sample" in wrong[1]] == [True, True]


def test_check_stops_where_the_token_is_wrong(platform: Platform) -> None:
    given = GIVEN.model_copy(update={"channel_access_token": SecretStr("x" * 170)})
    assert "チャネルアクセストークンが正しくありません" in check(platform, replace(CHECKED, given=given))[-1]
    assert platform.calls == ["GET /v2/bot/info"]


def test_check_stops_where_line_cannot_be_reached() -> None:
    assert "LINEにつながりません" in check(Platform(base="http://127.0.0.1:9"))[-1]


def test_check_knows_the_form_of_a_secret_and_of_a_token(platform: Platform) -> None:
    given = LineAccount(channel_secret=SecretStr("short"), channel_access_token=SecretStr("short"))
    found = check(platform, replace(CHECKED, given=given))
    assert "チャネルシークレットは英数字32文字" in found[0]
    assert "チャネルアクセストークンが短すぎます" in found[1]


@pytest.fixture
def annai(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Result]]:
    """The command, in this process: its settings, its store with the sample town, what it prints."""
    loading.load_all(engine, write_sample(tmp_path / "towns"))
    monkeypatch.setenv("ANNAI_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("ANNAI_SECRET_KEY", KEY)

    def run(*words: str, **environment: str) -> Result:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        settings.cache_clear()
        return CliRunner().invoke(command("line"), ["line", *words])

    yield run
    settings.cache_clear()


@pytest.mark.one_database
def test_the_command_draws_sets_up_and_checks(tmp_path: Path, platform: Platform, annai: Callable[..., Result]) -> None:
    picture = tmp_path / "menu.png"
    drawn = annai("setup", "--town", "sample", "--draw", str(picture))
    assert (drawn.exit_code, platform.calls) == (0, []), drawn.output
    with Image.open(picture) as image:
        assert image.size == (2_500, 1_686)
    without = annai("setup", "--town", "sample")
    assert (without.exit_code, platform.calls) == (2, [])
    assert "ANNAI_LINE_SAMPLE_CHANNEL_SECRET" in without.stderr
    done = annai(
        "setup",
        "--town",
        "sample",
        ANNAI_LINE_SAMPLE_CHANNEL_SECRET=SECRET,
        ANNAI_LINE_SAMPLE_CHANNEL_ACCESS_TOKEN=TOKEN,
        ANNAI_LINE_API_BASE=platform.base,
        ANNAI_PUBLIC_URL=PUBLIC,
    )
    assert "リッチメニューを作り" in done.stdout, done.output
    checked = annai("check", "--town", "sample")
    assert checked.exit_code == 0, checked.output
    platform.fails["GET /v2/bot/info"] = 401
    assert annai("check", "--town", "sample").exit_code == 1
    unknown = annai("check", "--town", "nowhere")
    assert (unknown.exit_code, "sample" in unknown.stderr) == (2, True)
    assert TOKEN not in drawn.output + done.output + checked.output
