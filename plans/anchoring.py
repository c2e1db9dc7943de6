"""Where a quote stands after a plan's text has changed. Pure: no Django.

A quote goes where its sentences went (`plans.alignment`), and inside them where its words went. It is followed only where
both are sure; where they are not, the verdict is `check` and people decide.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, pairwise

from rapidfuzz import fuzz

from plans.alignment.beads import TELLING, Bead
from plans.alignment.certainty import LONG_ENOUGH, Certainty
from plans.alignment.folding import normalise, normalise_with_offsets, words
from plans.alignment.pairing import Pairing
from plans.alignment.rewording import HALF, Rewording
from plans.lineage import shares

FAR = 2  # times as many words as it had is too long for what became of a quote
FEW = 0.25  # of these, in doubt or elsewhere, do not count
HEIR = 0.6  # of a section's words make another section what it became
NEAR = 30  # characters: longer than a number written in words
_WITHIN_A_NUMBER = re.compile(r" ?|[.,]")  # "yirmi iki", "5.000", "42,5"


@dataclass(frozen=True)
class Quote:
    """Words of a section's plain text; `exact` is empty for the whole section, `start` counts characters."""

    section: str
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 0


@dataclass(frozen=True)
class Relocation:
    """`verdict`: same, moved, edited, check or orphan. The place is None for an orphan; `score` is from 0 to 1."""

    verdict: str
    section: str | None
    start: int | None
    end: int | None
    score: float


ORPHAN = Relocation("orphan", None, None, None, 0.0)


@dataclass(frozen=True)
class Landing:
    """Where a part of a quote, `weight` words long, came to stand.

    `sure`: nobody needs to look. `line`: it kept its order in its section.
    """

    section: str
    start: int
    end: int
    weight: int
    score: float
    sure: bool
    line: bool


def locate(exact: str, prefix: str, suffix: str, start: int, text: str) -> tuple[int, int] | None:
    """(start, end) of the words in a text that has them: at `start`, or the occurrence whose surroundings fit best."""
    if not exact:
        return None
    if start >= 0 and text.startswith(exact, start):
        return start, start + len(exact)
    places = [match.start() for match in re.finditer(f"(?={re.escape(exact)})", text)]
    if not places:
        return None

    def misfit(place: int) -> tuple[float, int]:
        before, after = text[max(0, place - len(prefix)) : place], text[place + len(exact) :][: len(suffix)]
        return -(fuzz.ratio(before, prefix) + fuzz.ratio(after, suffix)), abs(place - start)

    best = min(places, key=misfit)
    return best, best + len(exact)


def relocate(quote: Quote, before: Mapping[str, str], after: Mapping[str, str]) -> Relocation:
    """Where one quote stands after a revision; `before` and `after` give each section's plain text by key."""
    return Revision(before, after).relocate(quote)


class Revision:
    """Two states of a plan, each a mapping of section key to plain text, with their sentences paired."""

    def __init__(self, before: Mapping[str, str], after: Mapping[str, str]) -> None:
        self.before, self.after = before, after
        self._pairing = Pairing(before, after)
        self._certainty = Certainty(self._pairing)
        self._rewordings: dict[Bead, Rewording] = {}

    def relocate(self, quote: Quote) -> Relocation:
        """Where the quote stands in the later text. A quote whose words the earlier text does not have is an orphan."""
        if quote.section not in self.before:
            return ORPHAN
        if not quote.exact:
            return self._relocate_section(quote.section)
        place = locate(quote.exact, quote.prefix, quote.suffix, quote.start, self.before[quote.section])
        if place is None:
            return ORPHAN
        if self.before[quote.section] == self.after.get(quote.section):
            return Relocation("same", quote.section, *place, 1.0)
        start, end = _stripped(self.before[quote.section], *place)
        found = self._relocate_words(quote.section, start, end)
        if not normalise(quote.exact):  # nothing but spaces and signs that nobody sees
            return replace(found, verdict="check") if found.section is not None else found
        if found.section is None or found.start is None or found.end is None:
            return found
        cut_before = _cuts_words(self.before[quote.section], start, end)
        cut_after = _cuts_words(self.after[found.section], found.start, found.end)
        # "5 nurseries" is not in "15 nurseries", nor "two" in "twenty two", nor "two night" in "two nightclubs".
        return replace(found, verdict="check") if cut_after - cut_before else found

    # Sections

    def _relocate_section(self, key: str) -> Relocation:
        """A comment on a whole section goes where most of its text went."""
        found = shares(self._pairing, key)
        if key not in self.after:
            heir, share = next(iter(found.items()), ("", 0.0))
            if share < HEIR / 2:
                return ORPHAN
            return Relocation("moved" if share >= HEIR else "check", heir, 0, len(self.after[heir]), share)
        old, new = normalise(self.before[key]), normalise(self.after[key])
        if old == new:
            return Relocation("same", key, 0, len(self.after[key]), 1.0)
        share = found.get(key, 0.0) if old else 1.0
        return Relocation("edited" if share >= HALF else "check", key, 0, len(self.after[key]), share)

    # Words

    def _relocate_words(self, section: str, start: int, end: int) -> Relocation:
        parts = list(self._parts(section, start, end))
        found = [landing for part in parts if (landing := self._land(*part))]
        if not found:
            return self._elsewhere(section, start, end)
        plain = normalise(self.before[section][start:end])
        weight = sum(_weight(self.before[section][first:last]) for _bead, first, last in parts)
        landing = self._made_whole(self._join(found, weight), plain)
        verdict = self._verdict(section, plain, landing)
        if verdict == "check" or self._still_stands(plain, landing):
            elsewhere = self._elsewhere(section, start, end)
            if elsewhere != ORPHAN:
                return elsewhere
        return Relocation(verdict, landing.section, landing.start, landing.end, landing.score)

    def _words_at(self, landing: Landing) -> str:
        return normalise(self.after[landing.section][landing.start : landing.end])

    def _made_whole(self, landing: Landing, plain: str) -> Landing:
        """The landing with what is missing at its ends, where the words still stand there as they were."""
        if self._plain_after[landing.section].count(plain) != 1 or self._words_at(landing) == plain:
            return landing
        start, end = self._find(plain, landing.section)
        return replace(landing, start=start, end=end) if start < landing.end and landing.start < end else landing

    def _still_stands(self, plain: str, landing: Landing) -> bool:
        """Whether the words have changed where they are taken to be, and yet stand as often as before: then it is not
        they that have changed."""
        return self._words_at(landing) != plain and self._all_after.count(plain) >= self._all_before.count(plain)

    def _find(self, plain: str, section: str) -> tuple[int, int]:
        """(start, end) of words that the later section has."""
        text, places = normalise_with_offsets(self.after[section])
        at = text.index(plain)
        return places[at], places[at + len(plain) - 1] + 1

    def _verdict(self, section: str, plain: str, landing: Landing) -> str:
        if not landing.sure:
            return "check"
        if landing.section != section or not landing.line:
            return "moved"
        return "same" if self._words_at(landing) == plain else "edited"

    def _parts(self, section: str, start: int, end: int) -> Iterator[tuple[Bead | None, int, int]]:
        """(bead or None, start, end) for each part of the quote whose sentences have a common fate."""
        text = self._pairing.before
        touched = [i for i in text.sections[section] if text.sentences[i].start < end and text.sentences[i].end > start]
        for bead, group in groupby(touched, key=self._pairing.beads.of_old.get):
            numbers = list(group)
            first, last = text.sentences[numbers[0]].start, text.sentences[numbers[-1]].end
            yield bead, max(start, first), min(end, last)

    def _land(self, bead: Bead | None, start: int, end: int) -> Landing | None:
        """Where a part of one bead stands; None if it has gone."""
        if bead is None:
            return None
        if bead not in self._rewordings:
            self._rewordings[bead] = Rewording(*self._texts(bead))
        section, first, _last = self._pairing.before.span(bead.old)
        key, offset, _end = self._pairing.after.span(bead.new)
        followed = self._rewordings[bead].follow(start - first, end - first)
        if followed is None:
            return None
        there, to, sure = followed
        sure = sure and self._certainty.is_sure(bead)
        weight = _weight(self.before[section][start:end])
        line = section != key or bead in self._pairing.context.in_line or not self._pairing.is_solid(bead)
        return Landing(key, offset + there, offset + to, weight, bead.score, sure, line)

    def _texts(self, bead: Bead) -> tuple[str, str]:
        key, start, end = self._pairing.before.span(bead.old)
        section, first, last = self._pairing.after.span(bead.new)
        return self.before[key][start:end], self.after[section][first:last]

    def _join(self, landings: list[Landing], weight: int) -> Landing:
        """The parts of a quote of `weight` words in one, where most of them went. Sure if half of them are there, in order
        and not far from each other."""
        count: Counter[str] = Counter()
        for landing in landings:
            count[landing.section] += landing.weight
        home = max(count, key=lambda key: count[key])
        here = [landing for landing in landings if landing.section == home]
        surely = [landing for landing in here if landing.sure] or here
        start, end = min(one.start for one in surely), max(one.end for one in surely)
        together = all(one.end <= other.start for one, other in pairwise(surely)) and (
            len(surely) == 1 or _weight(self.after[home][start:end]) <= FAR * weight
        )
        followed = sum(one.weight for one in surely if one.sure)
        doubtful = sum(one.weight for one in landings if not one.sure or one.section != home)
        sure = together and followed >= HALF * weight and doubtful <= FEW * followed
        score = min(1.0, sum(one.weight * one.score for one in here) / weight)
        return Landing(home, start, end, weight, score, sure, all(one.line for one in surely))

    def _elsewhere(self, section: str, start: int, end: int) -> Relocation:
        """Where the same words stand, for people to decide: a copy of what has gone. In the same section if they can."""
        exact = self.before[section][start:end]
        if _weight(exact) < (TELLING if self._is_whole(section, start, end) else LONG_ENOUGH):
            return ORPHAN
        plain = normalise(exact)
        for key in [section, *self.after] if section in self.after else self.after:
            if plain in self._plain_after[key]:
                return Relocation("check", key, *self._find(plain, key), 1.0)
        return ORPHAN

    def _is_whole(self, section: str, start: int, end: int) -> bool:
        """Whether a quote begins and ends with a sentence."""
        sentences = [self._pairing.before.sentences[i] for i in self._pairing.before.sections[section]]
        return start in {one.start for one in sentences} and end in {one.end for one in sentences}

    @cached_property
    def _all_before(self) -> str:
        return "\n".join(normalise(text) for text in self.before.values())

    @cached_property
    def _all_after(self) -> str:
        return "\n".join(self._plain_after.values())

    @cached_property
    def _plain_after(self) -> dict[str, str]:
        return {key: normalise(text) for key, text in self.after.items()}


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the spaces at its ends."""
    part = text[start:end]
    if not part.strip():
        return start, end
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())


def _weight(text: str) -> int:
    """The number of words, at least 1."""
    return len(words(text)) or 1


def _cuts_words(text: str, start: int, end: int) -> set[str]:
    """At which of its ends a span begins or stops inside a word or a number."""
    return {name for name, at in (("start", start), ("end", end)) if _is_inside(text, at)}


def _is_inside(text: str, at: int) -> bool:
    letters = text[max(0, at - 1) : at + 1]
    if len(letters) == 2 and letters.isalnum():
        return True
    first, last = max(0, at - NEAR), at + NEAR
    before, behind = words(text[first:at])[-1:], words(text[at:last])[:1]
    if not (before and behind and before[0].number and behind[0].number):
        return False
    return _WITHIN_A_NUMBER.fullmatch(text[first + before[0].end : at + behind[0].start]) is not None
