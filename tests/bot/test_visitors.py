"""A visitor's address is believed only from trusted proxies, and kept only as a keyed hash."""

from datetime import date

import pytest

from bot.visitors import BadNetwork, address, networks, pseudonym

KEY = b"k" * 32


def test_a_stranger_cannot_choose_their_address() -> None:
    assert address("203.0.113.9", {"x-forwarded-for": "10.1.1.1"}, networks("10.0.0.0/8")) == "203.0.113.9"


def test_a_trusted_proxy_is_believed_up_to_the_last_stranger() -> None:
    headers = {"x-forwarded-for": "198.51.100.1, 203.0.113.9, 10.0.0.2"}
    assert address("10.0.0.1", headers, networks("10.0.0.0/8")) == "203.0.113.9"


def test_the_addresses_of_one_ipv6_line_are_one_visitor() -> None:
    assert address("2001:db8:1:2::1", {}, ()) == address("2001:db8:1:2:ffff::9", {}, ())
    assert address("2001:db8:1:2::1", {}, ()) != address("2001:db8:1:3::1", {}, ())
    assert address("::ffff:203.0.113.9", {}, ()) == "203.0.113.9"


def test_a_bad_network_is_named() -> None:
    with pytest.raises(BadNetwork, match=r"10\.0\.0\.0/8"):
        networks("not-a-network")


def test_a_pseudonym_changes_with_town_day_and_key() -> None:
    day = date(2026, 4, 1)
    names = {
        pseudonym("203.0.113.9", "toin", day, KEY),
        pseudonym("203.0.113.9", "goka", day, KEY),
        pseudonym("203.0.113.9", "toin", date(2026, 4, 2), KEY),
        pseudonym("203.0.113.9", "toin", day, b"x" * 32),
    }
    assert len(names) == 4
    assert pseudonym("203.0.113.9", "toin", day, KEY) in names
