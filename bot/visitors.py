"""Who is asking, without knowing who: keyed hashes of the address, changing every day, and of LINE's IDs."""

import hashlib
import hmac
import ipaddress
from collections.abc import Mapping
from datetime import date

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
PSEUDONYM_BYTES = 16
LINE_BITS = 64  # of an IPv6 address that a provider gives one line


class BadNetwork(ValueError):
    """A trusted proxy that is neither an address nor a network."""


def networks(setting: str) -> tuple[Network, ...]:
    """`ANNAI_TRUSTED_PROXIES` as networks; raises BadNetwork."""
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in setting.split(",") if part.strip())
    except ValueError:
        raise BadNetwork("10.0.0.1 や 10.0.0.0/8 のように、コンマで区切って書いてください") from None


def address(peer: str, headers: Mapping[str, str], trusted: tuple[Network, ...]) -> str:
    """The visitor's address: the last one in X-Forwarded-For that no trusted proxy wrote, else the peer's.

    Of an IPv6 address the first 64 bits: the rest is the visitor's own to choose (RFC 4291).
    """
    if not is_trusted(peer, trusted):
        return _line_of(peer)
    hops = [hop.strip() for hop in headers.get("x-forwarded-for", "").split(",") if hop.strip()]
    for hop in reversed(hops):
        if not is_trusted(hop, trusted):
            return _line_of(hop)
    return _line_of(peer)


def _line_of(text: str) -> str:
    """An IPv6 address as the network of its line; any other as it is."""
    try:
        ip = ipaddress.IPv6Address(text)
    except ValueError:
        return text
    return str(ip.ipv4_mapped or ipaddress.IPv6Network((int(ip), LINE_BITS), strict=False))


def is_trusted(text: str, trusted: tuple[Network, ...]) -> bool:
    """Whether an address belongs to a trusted proxy."""
    try:
        ip = ipaddress.ip_address(text)
    except ValueError:
        return False
    return any(ip in network for network in trusted)


def pseudonym(visitor: str, town: str, day: date, key: bytes) -> str:
    """The visitor's name for one town and one day; 32 hexadecimal characters that lead back to nobody."""
    message = f"{town}\0{day.isoformat()}\0{visitor}".encode()
    return hmac.new(key, message, hashlib.sha256).digest()[:PSEUDONYM_BYTES].hex()


def line_pseudonym(kind: str, given: str, town: str, key: bytes) -> str:
    """The name of an ID of LINE (`kind`: user, group, room, message) in one town; lasting, so that a talk goes on."""
    message = f"line {kind}\0{town}\0{given}".encode(errors="replace")
    return hmac.new(key, message, hashlib.sha256).digest()[:PSEUDONYM_BYTES].hex()
