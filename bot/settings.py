"""Every setting, read from the environment: `.env.example` documents each; a bad value stops the start."""

import os
import re
import secrets
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Self

from dotenv import dotenv_values
from pydantic import BaseModel, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.visitors import networks

VAR = Path("var")
PREFIX = "ANNAI_"
# Read by the sample proxy, and by those who take the pictures.
ELSEWHERE = frozenset({"domain", "upstream", "pictures", "width"})
KEY_BYTES = 32
SHORTEST_KEY = 32


class BadSetting(Exception):
    """A setting that cannot be used; the sentence names it and says what to do."""


class LineAccount(BaseModel):
    """A town's LINE account: the secret that signs its webhook (two while one is being changed), the token to send."""

    channel_secret: SecretStr
    channel_access_token: SecretStr
    channel_secret_previous: SecretStr = SecretStr("")

    @property
    def secrets(self) -> tuple[bytes, ...]:
        """The secrets that a signature may be of."""
        given = (self.channel_secret, self.channel_secret_previous)
        return tuple(secret.get_secret_value().encode() for secret in given if secret.get_secret_value())


class Settings(BaseSettings):
    """The installation's settings; a secret may stand in a file named by `…_FILE`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore")

    database_url: str = "sqlite:///var/annai.db"
    public_host: str = "127.0.0.1"
    public_port: int = Field(default=8000, ge=1, le=65535)
    admin_host: str = "127.0.0.1"
    admin_port: int = Field(default=8001, ge=1, le=65535)
    metrics_port: int = Field(default=0, ge=0, le=65535)
    public_url: str = ""
    trusted_proxies: str = ""
    secret_key: SecretStr = SecretStr("")
    semantic: bool = False
    evaluation: str = ""
    line_api_base: str = "https://api.line.me"
    line_accounts: dict[str, LineAccount] = Field(default_factory=dict)

    @field_validator("database_url")
    @classmethod
    def _is_one_of_two_databases(cls, value: str) -> str:
        if not re.match(r"(sqlite:///|postgresql\+psycopg://)", value):
            raise ValueError("sqlite:///… か postgresql+psycopg://… と書いてください")
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, value: str) -> str:
        networks(value)
        return value

    @model_validator(mode="after")
    def _has_a_key_where_machines_share_it(self) -> Self:
        key = self.secret_key.get_secret_value()
        if self.database_url.startswith("postgresql") and not key:
            raise ValueError("ANNAI_SECRET_KEY が要ります（PostgreSQL では、すべてのプロセスで同じ値にしてください）")
        if key and len(key) < SHORTEST_KEY:
            raise ValueError(f"ANNAI_SECRET_KEY は{SHORTEST_KEY}文字以上にしてください")
        return self

    @property
    def key(self) -> bytes:
        """The secret key; SQLite's default installation keeps one in `var/`."""
        given = self.secret_key.get_secret_value()
        return given.encode() if given else _own_key(VAR / "secret_key")


def _own_key(path: Path) -> bytes:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip().encode()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(KEY_BYTES))
    return path.read_text(encoding="ascii").strip().encode()


def _secrets_from_files(given: Mapping[str, str]) -> dict[str, str]:
    """`…_file`: the content of the file that it names. Raises BadSetting where there is none."""
    found = {}
    for name, path in given.items():
        if name.endswith("_file"):
            try:
                content = Path(path).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError):
                content, problem = "", "を読めません。場所と読み取りの権限を確かめてください。"
            else:
                problem = "は空です。値を一行で書いてください。"
            if not content:
                raise BadSetting(f"{PREFIX}{name.upper()} のファイル{problem}")
            found[name.removesuffix("_file")] = content
    return found


def _from_environment() -> dict[str, str]:
    """`ANNAI_…` of .env and, before it, of the environment."""
    given = {**dotenv_values(".env"), **os.environ}
    return {
        name.removeprefix(PREFIX).lower(): value.strip()
        for name, value in given.items()
        if name.startswith(PREFIX) and value
    }


def unknown_settings() -> list[str]:
    """Names that begin as ours and that nobody reads: slips of the pen."""
    known = Settings.model_fields.keys() | ELSEWHERE
    given = (name.removesuffix("_file") for name in _from_environment())
    return sorted(PREFIX + name.upper() for name in given if name not in known and not _LINE.fullmatch(name))


_LINE = re.compile(r"line_([a-z0-9_]{1,40}?)_(channel_secret_previous|channel_secret|channel_access_token)")


def _line_accounts(given: Mapping[str, str]) -> dict[str, LineAccount]:
    """The towns' accounts of `line_<town>_…`; a town's hyphen is an underscore there. Raises BadSetting."""
    found: dict[str, dict[str, str]] = {}
    for name, value in given.items():
        if (parts := _LINE.fullmatch(name)) and value:
            found.setdefault(parts[1].replace("_", "-"), {})[parts[2]] = value
    for town, values in found.items():
        for needed in ("channel_secret", "channel_access_token"):
            if needed not in values:
                name = f"ANNAI_LINE_{town.replace('-', '_')}_{needed}".upper()
                raise BadSetting(f"設定 {name} がありません。LINE Developers の値を入れてください。")
    return {town: LineAccount.model_validate(values) for town, values in found.items()}


def read_settings() -> Settings:
    """The settings as they stand now; raises BadSetting with a Japanese sentence that names the setting."""
    given = _from_environment()
    from_files = _secrets_from_files(given)
    files = {name: value for name, value in from_files.items() if name in Settings.model_fields}
    accounts = _line_accounts({**given, **from_files})
    try:
        return Settings(**files, line_accounts=accounts)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = "ANNAI_" + "_".join(str(step) for step in first["loc"]).upper() if first["loc"] else ""
        problem = _problem(first["type"], first["msg"], first.get("ctx", {}))
        raise BadSetting(f"設定 {name} を使えません：{problem}".replace("設定  を", "設定を")) from None


def _problem(kind: str, said: str, limits: Mapping[str, Any]) -> str:
    """What is wrong with a value: our own sentence, or one for what pydantic says in English."""
    match kind:
        case "value_error":
            return said.removeprefix("Value error, ")
        case "int_parsing":
            return "数を書いてください"
        case "less_than_equal":
            return f"{limits['le']} までの数にしてください"
        case "greater_than_equal":
            return f"{limits['ge']} 以上の数にしてください"
    return ".env.example の説明のとおりに書いてください"


@cache
def settings() -> Settings:
    """The settings, read once."""
    return read_settings()
