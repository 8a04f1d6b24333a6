"""Keys derived from ANNAI_SECRET_KEY, one for each purpose, so that a leak of one opens nothing else."""

import base64
import hashlib
import hmac
import secrets

from cryptography.fernet import Fernet, InvalidToken

TOKEN_BYTES = 32


class Unreadable(ValueError):
    """Something encrypted with another key, changed, or too old."""


def derived(key: bytes, purpose: str) -> bytes:
    """32 bytes for one purpose: HMAC-SHA256 as a key derivation, enough for a key of 32 random characters."""
    return hmac.new(key, f"annai/{purpose}".encode(), hashlib.sha256).digest()


def keyed_hash(key: bytes, purpose: str, *parts: str) -> str:
    """64 hexadecimal characters over the parts, which cannot run into each other."""
    message = "\0".join(part.replace("\0", "") for part in parts).encode()
    return hmac.new(derived(key, purpose), message, hashlib.sha256).hexdigest()


def token() -> str:
    """256 random bits, safe in an address and in a cookie."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(given: str) -> str:
    """What the store keeps of a token; the token is random, so no salt and no slow hash are needed."""
    return hashlib.sha256(given.encode()).hexdigest()


def sealed(key: bytes, purpose: str, text: str) -> str:
    """The text, encrypted and signed."""
    return _fernet(key, purpose).encrypt(text.encode()).decode()


def opened(key: bytes, purpose: str, given: str, *, within: int | None = None) -> str:
    """What was sealed, at most `within` seconds ago; raises Unreadable."""
    try:
        return _fernet(key, purpose).decrypt(given.encode(), ttl=within).decode()
    except (InvalidToken, UnicodeError):
        raise Unreadable("この内容は読み取れません。もう一度入力してください。") from None


def _fernet(key: bytes, purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(derived(key, purpose)))
