"""What people type into the search box: words, "phrases", -exclusions, and narrowings such as tür:konu or tarih:2026.

Lenient: whatever is no narrowing that can be understood is words. Pure Python.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from search.turkish import fold, matches, tokens

# Names of narrowings, folded → what they narrow. Turkish and English.
_FACETS = {
    **dict.fromkeys(("tur", "type", "kind"), "kind"),
    **dict.fromkeys(("kent", "city"), "city"),
    **dict.fromkeys(("tema", "konu", "theme"), "theme"),
    **dict.fromkeys(("kurum", "organisation"), "organisation_kind"),
}
_SINCE, _UNTIL, _WITHIN = {"sonra", "after", "since"}, {"once", "before", "until"}, {"tarih", "date"}
_PIECE = re.compile(
    r'(?P<minus>[-−–])?(?:(?P<name>[^\W\d_]+):)?(?:["“”„«»](?P<phrase>[^"“”„«»]*)["“”„«»]?|(?P<word>[^\s"“”„«»]+))'
)
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?|(?:(\d{1,2})\.)?(?:(\d{1,2})\.)(\d{4})")

# A facet's name → its values with what people call them: {"parklar": "Parklar ve yeşil alan"}.
Choices = Callable[[str], Mapping[str, str]]


@dataclass
class Asked:
    """A query as it was understood; fields as in search.engines.base.Query."""

    words: list[str] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    only: dict[str, list[str]] = field(default_factory=dict)
    since: str = ""
    until: str = ""

    @property
    def text(self) -> str:
        return " ".join(self.words)


def understand(typed: str, choices: Choices) -> Asked:
    """What was typed, piece by piece."""
    asked = Asked()
    for piece in _PIECE.finditer(typed):
        name, phrase = fold(piece["name"] or ""), piece["phrase"]
        value = phrase if phrase is not None else piece["word"]
        if not piece["minus"] and name and _narrow(asked, name, value, choices):
            continue
        if piece["minus"] and tokens(value):
            asked.without.append(value)
        elif phrase is not None and len(tokens(phrase)) > 1:
            asked.phrases.append(phrase)
        elif name or value:
            asked.words.append(f"{piece['name']}:{value}" if name else value)
    return asked


def _narrow(asked: Asked, name: str, value: str, choices: Choices) -> bool:
    """Whether the piece was a narrowing that could be understood."""
    if name in _FACETS:
        facet = _FACETS[name]
        meant = [key for key, label in choices(facet).items() if fold(value) == fold(key) or matches(value, label)]
        if meant:
            asked.only.setdefault(facet, []).extend(meant)
        return bool(meant)
    span = _span(value)
    if span is None or name not in _SINCE | _UNTIL | _WITHIN:
        return False
    first, last = span
    if name not in _UNTIL:
        asked.since = max(asked.since, first)
    if name not in _SINCE:
        asked.until = min(asked.until or last, last) if last else asked.until
    return True


def _span(value: str) -> tuple[str, str] | None:
    """First and last day (ISO) of "2026", "2026-03", "03.2026", "15.03.2026" or "2026-01..2026-03"; "" where it is open."""
    begin, dots, end = value.partition("..")
    first, last = _days(begin), _days(end if dots else begin)
    if (begin and first is None) or (end and last is None) or not (first or last):
        return None
    return (first[0] if first else "", last[1] if last else "")


def _days(value: str) -> tuple[str, str] | None:
    """First and last day of a year, month or day; None of anything else."""
    found = _DAY.fullmatch(value)
    if not found:
        return None
    year, month, day = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    try:
        first = date(int(year), int(month or 1), int(day or 1))
        last_month = first.month if month else 12
        last_day = first.day if day else calendar.monthrange(first.year, last_month)[1]
        return first.isoformat(), date(first.year, last_month, last_day).isoformat()
    except ValueError:  # the 31st of February
        return None
