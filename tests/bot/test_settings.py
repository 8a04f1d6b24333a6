"""Settings come from the environment, from .env and from files; a bad one is named, and its value never shown."""

from pathlib import Path

import pytest

from bot.settings import BadSetting, read_settings, unknown_settings

KEY = "0123456789abcdef" * 2


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder as the working one, and no settings but the test's."""
    monkeypatch.chdir(tmp_path)
    for name in ("ANNAI_SECRET_KEY", "ANNAI_DATABASE_URL", "ANNAI_EVALUATION"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.mark.parametrize("place", [".env", "the environment"])
def test_a_secret_may_stand_in_a_file(folder: Path, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "key").write_text(KEY + "\n", encoding="ascii")
    if place == ".env":
        (folder / ".env").write_text(f"ANNAI_SECRET_KEY_FILE={folder}/key\n", encoding="utf-8")
    else:
        monkeypatch.setenv("ANNAI_SECRET_KEY_FILE", f"{folder}/key")
    given = read_settings()
    assert given.key == KEY.encode()
    assert KEY not in repr(given)
    assert not (folder / "var").exists(), "no key of its own"


@pytest.mark.parametrize(("content", "said"), [(None, "を読めません"), (" \n", "は空です")])
def test_a_secrets_file_that_holds_none_stops_the_start(
    folder: Path, content: str | None, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if content is not None:
        (folder / "key").write_text(content, encoding="ascii")
    monkeypatch.setenv("ANNAI_SECRET_KEY_FILE", f"{folder}/key")
    with pytest.raises(BadSetting, match=f"ANNAI_SECRET_KEY_FILE のファイル{said}"):
        read_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ANNAI_TRUSTED_PROXIES", "proxy.example.jp"),
        ("ANNAI_PUBLIC_PORT", "99999"),
        ("ANNAI_DATABASE_URL", "mysql://annai:secret@host/annai"),
        ("ANNAI_SECRET_KEY", "secret"),
    ],
)
def test_what_cannot_be_used_is_named_without_its_value(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSetting, match=name) as refused:
        read_settings()
    assert value not in str(refused.value)


def test_a_slip_of_the_pen_is_found_and_no_name_that_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ANNAI_TRUSTED_PROXYS", "ANNAI_PUBLIC_URL", "ANNAI_LINE_TOIN_CHANNEL_SECRET_FILE", "ANNAI_DOMAIN"):
        monkeypatch.setenv(name, "x")
    assert unknown_settings() == ["ANNAI_TRUSTED_PROXYS"]
