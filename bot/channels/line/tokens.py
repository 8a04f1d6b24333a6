"""Reply tokens at rest: encrypted, and bound to their event, so that one cannot be moved to another."""

import base64
import os
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES = 12  # NIST SP 800-38D


def seal(token: str, town: str, event: str, key: bytes) -> str:
    """The token as it may be stored; empty stays empty."""
    if not token:
        return ""
    nonce = os.urandom(NONCE_BYTES)
    sealed = _cipher(key).encrypt(nonce, token.encode(errors="replace"), f"{town}\0{event}".encode())
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(stored: str, town: str, event: str, key: bytes) -> str:
    """The token again; empty where it was erased, or sealed with another ANNAI_SECRET_KEY."""
    raw = base64.urlsafe_b64decode(stored)
    try:
        return _cipher(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], f"{town}\0{event}".encode()).decode()
    except (InvalidTag, ValueError):
        return ""


@cache
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, None, b"annai line reply token").derive(key))
