"""Digit runs in a message, and which of them are personal: My Number, telephone, payment card."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

KANJI_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
MOST_GROUPS = 16  # a card or My Number written digit by digit with spaces
LONGEST_RUN = 64  # groups; what is longer is one number, whatever it is
_RUN = re.compile(
    r"(?:\+|(?<![0-9a-z〇零一二三四五六七八九]))[0-9〇零一二三四五六七八九]"
    r"(?:[ \-.・()]{0,3}[0-9〇零一二三四五六七八九])*"
)
_GROUP = re.compile("[0-9〇零一二三四五六七八九]+")
_PUBLIC_LINES = ("0120", "0570", "0800", "0180", "0990")


@dataclass(frozen=True)
class Number:
    """Groups of digits standing together: `digits` half-width, the place in the text, and whether a + leads.

    `first` are the digits of the first group: 0800-123-4567 is free to call, 080-0123-4567 somebody's own.
    """

    digits: str
    start: int
    end: int
    plus: bool
    grouped: bool
    first: str

    @property
    def is_public_line(self) -> bool:
        """Whether it is free to call, or a service's."""
        return self.first.startswith(_PUBLIC_LINES) and (
            self.first != self.digits or not self.digits.startswith("0800")
        )


def numbers(text: str) -> Iterator[list[Number]]:
    """For each run of digits in folded text the numbers that begin at its first, second, … group."""
    for run in _RUN.finditer(text):
        groups = list(_GROUP.finditer(text, run.start(), run.end()))
        if len(groups) > LONGEST_RUN:
            yield [_number(text, groups)]
            continue
        for first in range(len(groups)):
            last = min(first + MOST_GROUPS, len(groups))
            yield [_number(text, groups[first:end]) for end in range(last, first, -1)]


def _number(text: str, groups: list[re.Match[str]]) -> Number:
    digits = "".join(group[0] for group in groups).translate(KANJI_DIGITS)
    start = groups[0].start()
    plus = start > 0 and text[start - 1] == "+"
    if start > 0 and text[start - 1] == "(":
        start -= 1
    return Number(digits, start - plus, groups[-1].end(), plus, len(groups) > 1, groups[0][0].translate(KANJI_DIGITS))


def is_my_number(digits: str) -> bool:
    """Whether twelve digits carry the check digit of an Individual Number (マイナンバー).

    Order for the enforcement of the My Number Act (平成26年総務省令第85号), article 5: with P(n) the n-th digit
    from the right of the first eleven, and Q(n) = n + 1 for n ≤ 6, n − 5 for n ≥ 7, the check digit is
    11 − (Σ P(n)·Q(n) mod 11), or 0 where the remainder is 0 or 1.
    """
    if len(digits) != 12 or not digits.isdecimal():  # noqa: PLR2004 - the length the law gives
        return False
    total = sum(int(p) * (n + 1 if n <= 6 else n - 5) for n, p in enumerate(reversed(digits[:11]), start=1))  # noqa: PLR2004
    remainder = total % 11
    return int(digits[11]) == (0 if remainder <= 1 else 11 - remainder)


def is_card(digits: str) -> bool:
    """Whether 14 to 16 digits have a card's leading digit and pass Luhn's check (ISO/IEC 7812-1, annex B)."""
    if not 14 <= len(digits) <= 16 or digits[0] not in "3456":  # noqa: PLR2004
        return False
    doubled = [int(d) * (2 if place % 2 else 1) for place, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0  # noqa: PLR2004


def is_telephone(number: Number) -> bool:
    """Whether it is a Japanese subscriber's number; free and crisis lines are nobody's own."""
    digits = number.digits
    if digits.startswith("81") and (number.plus or number.grouped):
        return len(digits) in (11, 12, 13) and not digits.startswith("8120")
    if number.is_public_line or not digits.startswith("0") or digits.startswith("00"):
        return False
    if re.match("0[5-9]0", digits):
        return len(digits) == 11  # noqa: PLR2004 - mobile and IP telephones
    return len(digits) == 10  # noqa: PLR2004 - fixed lines
