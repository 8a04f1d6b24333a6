"""Passwords: Argon2 hashes, and a check of strength whose sentences say what to change."""

import secrets
import threading
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path

from pwdlib import PasswordHash

SHORTEST = 12  # NIST SP 800-63B asks for 8 beside a second factor and 15 without; 12 suits both kinds of account here
LONGEST = 128
FEWEST_SIGNS = 5  # different characters; fewer is a pattern, not a password
COMMON = Path(__file__).parent / "data" / "common_passwords.txt"
AT_ONCE = threading.BoundedSemaphore(2)  # a hash takes 64 MB and a core: a flood of sign-ins waits in a queue
_hashes = PasswordHash.recommended()


class WeakPassword(ValueError):
    """A password that would be guessed; the sentence says why."""


def normal(password: str) -> str:
    """The same password from every keyboard: full-width letters and voiced marks in one form (NFKC)."""
    return unicodedata.normalize("NFKC", password)


@cache
def _common() -> frozenset[str]:
    lines = COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _letters(text: str) -> str:
    return "".join(sign for sign in normal(text).lower() if sign.isalnum())


def check(password: str, names: Iterable[str] = ()) -> None:
    """Raises WeakPassword for one that is short, common, a pattern, or made of the town's or the person's name."""
    password = normal(password)
    if not SHORTEST <= len(password) <= LONGEST:
        raise WeakPassword(f"パスワードは{SHORTEST}文字から{LONGEST}文字までにしてください。")
    letters = _letters(password)
    if len(set(letters)) < FEWEST_SIGNS or _is_run(letters):
        raise WeakPassword("同じ文字のくり返しや、順にならんだ文字は使えません。ほかの文字を混ぜてください。")
    rest = letters
    for name in sorted({_letters(name) for name in names} | _common(), key=len, reverse=True):
        rest = rest.replace(name, "") if name else rest
    if len(rest.strip("0123456789")) < FEWEST_SIGNS and len(rest) < SHORTEST - FEWEST_SIGNS:
        raise WeakPassword(
            "自治体名、ログイン名、よく使われる言葉だけのパスワードは使えません。関係のない言葉を3つほど並べてください。"
        )


def problem(password: str, names: Iterable[str] = ()) -> str:
    """Why a password will not do, for a form; empty where it will."""
    try:
        check(password, names)
    except WeakPassword as error:
        return str(error)
    return ""


def _is_run(letters: str) -> bool:
    steps = [ord(after) - ord(before) for before, after in pairwise(letters)]
    return sum(step in (-1, 0, 1) for step in steps) > len(steps) * 0.7


def hashed(password: str) -> str:
    """An Argon2id hash with pwdlib's recommended strength."""
    with AT_ONCE:
        return _hashes.hash(normal(password))


def verify(password: str, against: str) -> bool:
    """Whether it is the password; takes as long for an account that is not there (`against` empty)."""
    with AT_ONCE:
        matched = _hashes.verify(normal(password)[:LONGEST], against or _nobodys())
    return matched and bool(against)


@cache
def _nobodys() -> str:
    return _hashes.hash(secrets.token_hex())


def one_time() -> str:
    """A password for the first operator: 80 random bits in groups that can be typed."""
    signs = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(signs) for _ in range(4)) for _ in range(4))
