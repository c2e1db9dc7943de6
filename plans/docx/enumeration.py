"""Numbers typed before headings: "1.2 ", "BÖLÜM II ", "BİRİNCİ BÖLÜM", "IV. ", "B) "."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

PART, ROMAN, LETTER, DECIMAL = range(4)  # forms of numbers, the outer ones of a plan first
_ORDINALS = "birinci|ikinci|üçüncü|dördüncü|beşinci|altıncı|yedinci|sekizinci|dokuzuncu|onuncu"
_PART = re.compile(
    rf"^(?:(?:b[öo]l[üu]m|kısım)\s+(?:\d{{1,2}}|[IVX]+)\b|(?:on\s+)?(?:{_ORDINALS})\s+(?:bölüm|kısım)\b)\s*[.:)–—-]*\s*",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"^([IVX]{1,6})\s*[.)–—-]\s*(?=\S)")
_LETTER = re.compile(r"^([A-Z])\s*[.)]\s+(?=\S)")
_DECIMAL = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)(\s*[.:)–—-]+(?!\d))?(\s*)(?=[^\W\d]|[\"“‘(])")


@dataclass(frozen=True)
class Enumeration:
    """A number before a heading: its form, its parts ("1.2" is (1, 2)), and how many characters it takes.

    `is_marked`: a sign stands behind it, or dots in it, so that it counts nothing else ("1 Mayıs Mahallesi").
    """

    form: int
    parts: tuple[int, ...]
    length: int
    is_marked: bool = True

    @property
    def rank(self) -> int:
        """Numbers of a lower rank stand above: a "BÖLÜM" above "1.", "1." above "1.1"."""
        return self.form + (len(self.parts) - 1 if self.form == DECIMAL else 0)


def _roman_value(digits: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[digit] for digit in digits.upper()]
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def typed_number(text: str) -> Enumeration | None:
    """What looks like a number before a heading; whether it counts, `counting` says."""
    if match := _PART.match(text):
        return Enumeration(PART, (), match.end())
    if match := _ROMAN.match(text):
        return Enumeration(ROMAN, (_roman_value(match[1]),), match.end())
    if match := _LETTER.match(text):
        return Enumeration(LETTER, (ord(match[1]) - ord("A") + 1,), match.end())
    match = _DECIMAL.match(text)
    if match is None:
        return None
    parts = tuple(int(part) for part in match[1].split("."))
    is_marked = bool(match[2]) or len(parts) > 1
    if not is_marked and (not match[3] or text[match.end()].islower()):
        return None  # "5 yıllık hedefler"
    return Enumeration(DECIMAL, parts, match.end(), is_marked)


def counting(numbers: Iterable[Enumeration | None]) -> list[bool]:
    """For each number whether it counts headings. "12. Kalkınma Planı" begins with a number that counts something
    else: there is no heading 11 and no heading 13. A first number counts if it is written as one, or if a second follows."""
    numbers = list(numbers)
    known = {(number.form, number.parts) for number in numbers if number}

    def counts(number: Enumeration | None) -> bool:
        if number is None or number.form == PART:
            return number is not None
        *above, last = number.parts
        beside = {(number.form, (*above, last + step)) for step in (-1, 1)}
        return bool(beside & known) or (last == 1 and number.is_marked and number.form in (ROMAN, DECIMAL))

    return [counts(number) for number in numbers]


def is_only_a_number(text: str) -> bool:
    """ "BİRİNCİ BÖLÜM" on a line of its own: the heading is the next line."""
    match = _PART.match(text)
    return match is not None and match.end() == len(text)
