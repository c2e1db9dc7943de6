"""Where a quote stands after a plan's text has changed, and what became of its sections. Pure: no Django.

A quote goes where its sentences went (`plans.pairing`), and inside them where its words went. It is followed only where
both are sure; where they are not, the verdict is `check` and people decide.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from plans.folding import Word, normalise, normalise_with_offsets, words
from plans.pairing import Bead, Pairing

HALF = 0.5  # of a quote's words must have been followed, or it is another text
LONG_ENOUGH = 8  # words that stand once in each text are the same words, wherever they stand
HEIR = 0.6  # of a section's words make another section what it became
PORTION = 0.1  # of a section's words in another section are worth telling


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
class Lineage:
    """What became of a section. `fate`: kept, renamed (it has another key), split, merged or removed.

    `heirs`: (key in the later text, share from 0 to 1 of the section's words that went there), largest share first.
    """

    fate: str
    heirs: tuple[tuple[str, float], ...] = ()


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
    if text.startswith(exact, start):
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
        return self._relocate_words(quote.section, *_stripped(self.before[quote.section], *place))

    # Sections

    def lineage(self, key: str) -> Lineage:
        """What became of a section of the earlier text. Raises KeyError for a key that it does not have."""
        shares = self._shares(key)
        heirs = tuple((heir, share) for heir, share in shares if share >= PORTION)
        own = dict(shares).get(key, 0.0)
        others = [(heir, share) for heir, share in heirs if heir != key]
        if key in self.after and (not others or own >= others[0][1]):
            return Lineage("split" if any(heir not in self.before for heir, _share in others) else "kept", heirs)
        if not heirs:
            return Lineage("removed")
        if len(heirs) > 1:
            return Lineage("split", heirs)
        return Lineage("renamed" if self._comes_from(heirs[0][0], key) else "merged", heirs)

    def _shares(self, key: str) -> list[tuple[str, float]]:
        """(new key, share of the old section's words), largest first."""
        sentences = self._pairing.before.sentences
        numbers = self._pairing.before.sections[key]
        count: Counter[str] = Counter()
        for number in numbers:
            bead = self._pairing.of_old.get(number)
            if bead and self._pairing.is_sure(bead):
                count[self._pairing.after.span(bead.new)[0]] += len(sentences[number].words)
        total = sum(len(sentences[number].words) for number in numbers) or 1
        return sorted(((heir, words / total) for heir, words in count.items()), key=lambda one: (-one[1], one[0]))

    def _comes_from(self, new: str, old: str) -> bool:
        """Whether a section is new and no other has come into it."""
        sources = {
            self._pairing.before.span(bead.old)[0]
            for number in self._pairing.after.sections[new]
            if (bead := self._pairing.of_new.get(number))
        }
        return new not in self.before and sources == {old}

    def _relocate_section(self, key: str) -> Relocation:
        if key not in self.after:
            heir, share = next(iter(self._shares(key)), (None, 0.0))
            if heir is None or share < HEIR / 2:
                return ORPHAN
            return Relocation("moved" if share >= HEIR else "check", heir, 0, len(self.after[heir]), share)
        old, new = normalise(self.before[key]), normalise(self.after[key])
        if old == new:
            return Relocation("same", key, 0, len(self.after[key]), 1.0)
        share = dict(self._shares(key)).get(key, 0.0) if old else 1.0
        return Relocation("edited" if share >= HALF else "check", key, 0, len(self.after[key]), share)

    # Words

    def _relocate_words(self, section: str, start: int, end: int) -> Relocation:
        parts = list(self._parts(section, start, end))
        landings = [self._land(*part) for part in parts]
        found = [landing for landing in landings if landing]
        if not found:
            return self._elsewhere(section, start, end)
        weight = sum(len(words(self.before[section][first:last])) or 1 for _bead, first, last in parts)
        joined = _join(found, weight)
        verdict = self._verdict(section, start, end, joined)
        if verdict == "check":
            elsewhere = self._elsewhere(section, start, end)
            if elsewhere != ORPHAN:
                return elsewhere
        return Relocation(verdict, joined.section, joined.start, joined.end, joined.score)

    def _verdict(self, section: str, start: int, end: int, landing: Landing) -> str:
        if not landing.sure:
            return "check"
        if landing.section != section or not landing.line:
            return "moved"
        new = self.after[landing.section][landing.start : landing.end]
        return "same" if normalise(new) == normalise(self.before[section][start:end]) else "edited"

    def _parts(self, section: str, start: int, end: int) -> Iterator[tuple[Bead | None, int, int]]:
        """(bead or None, start, end) for each part of the quote whose sentences have a common fate."""
        text = self._pairing.before
        touched = [i for i in text.sections[section] if text.sentences[i].start < end and text.sentences[i].end > start]
        for bead, group in groupby(touched, key=self._pairing.of_old.get):
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
        sure = sure and self._pairing.is_sure(bead)
        weight = len(words(self.before[section][start:end])) or 1
        line = section != key or bead in self._pairing.in_line or not self._pairing.is_solid(bead)
        return Landing(key, offset + there, offset + to, weight, bead.score, sure, line)

    def _texts(self, bead: Bead) -> tuple[str, str]:
        key, start, end = self._pairing.before.span(bead.old)
        section, first, last = self._pairing.after.span(bead.new)
        return self.before[key][start:end], self.after[section][first:last]

    def _elsewhere(self, section: str, start: int, end: int) -> Relocation:
        """The only place with the same words, if they are many and were the only ones before."""
        exact = self.before[section][start:end]
        plain = normalise(exact)
        if len(words(exact)) < LONG_ENOUGH or sum(text.count(plain) for text in self._plain_before.values()) != 1:
            return ORPHAN
        homes = [key for key, text in self._plain_after.items() if plain in text]
        if len(homes) != 1 or self._plain_after[homes[0]].count(plain) != 1:
            return ORPHAN
        text, places = normalise_with_offsets(self.after[homes[0]])
        at = text.index(plain)
        return Relocation("check", homes[0], places[at], places[at + len(plain) - 1] + 1, 1.0)

    @cached_property
    def _plain_before(self) -> dict[str, str]:
        return {key: normalise(text) for key, text in self.before.items()}

    @cached_property
    def _plain_after(self) -> dict[str, str]:
        return {key: normalise(text) for key, text in self.after.items()}


class Rewording:
    """Where the words of one text went in another that it became."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self.equal = normalise(old) == normalise(new)

    def follow(self, start: int, end: int) -> tuple[int, int, bool] | None:
        """(start, end, sure) of what old[start:end] became; None if nothing of it is left."""
        if self.old == self.new:
            return start, end, True
        if start == 0 and end == len(self.old):
            return 0, len(self.new), True
        if self.equal:
            return (*self._follow_letters(start, end), True)
        return self._follow_words(start, end)

    def _follow_letters(self, start: int, end: int) -> tuple[int, int]:
        (_plain, old), (_same, new) = self._letters_old, self._letters_new
        first, last = bisect_left(old, start), bisect_left(old, end) - 1
        if first > last:
            return 0, len(self.new)
        return self._with_marks((start, old[first]), (old[last] + 1, end), new[first], new[last] + 1)

    def _only_place(self, start: int, end: int) -> tuple[int, int, bool] | None:
        """The words where they stand once in both."""
        plain = normalise(self.old[start:end])
        (old, before), (new, places) = self._letters_old, self._letters_new
        if not plain or old.count(plain) != 1 or new.count(plain) != 1:
            return None
        here, there = old.index(plain), new.index(plain)
        first, last = places[there], places[there + len(plain) - 1] + 1
        if _cuts_word(self.new, first) or _cuts_word(self.new, last):
            return None
        inner = before[here], before[here + len(plain) - 1] + 1
        return (*self._with_marks((start, inner[0]), (inner[1], end), first, last), True)

    def _follow_words(self, start: int, end: int) -> tuple[int, int, bool] | None:
        """By the words that stayed; those that were replaced stand between the same neighbours."""
        inside = [at for at, word in enumerate(self._words_old) if word.start < end and word.end > start]
        if not inside:
            return None
        first, last = inside[0], inside[-1]
        kept = [at for at in inside if at in self._map]
        before, behind = self._gap(first - 1, -1), self._gap(last + 1, 1)
        if kept:
            low, tight_before = _border(first - kept[0], self._map[kept[0]], before, -1)
            high, tight_behind = _border(last - kept[-1], self._map[kept[-1]], behind, 1)
        else:
            (_loose, floor), (_loose_too, ceiling) = before, behind
            low, high, tight_before, tight_behind = floor + 1, ceiling - 1, False, False
        if low > high:
            return None
        tight = tight_before and tight_behind
        share = len(kept) / len(inside)
        held = len(inside) > 1 or tight_before or tight_behind
        clear = tight or (share == 1 and held and not self._repeats(inside))
        sure = clear and share >= HALF and high + 1 - low <= 2 * len(inside) + 2
        old, new = self._words_old, self._words_new
        lead, tail = (start, max(start, old[first].start)), (min(end, old[last].end), end)
        return (*self._with_marks(lead, tail, new[low].start, new[high].end), sure)

    def _gap(self, at: int, step: int) -> tuple[int, int]:
        """(words that have gone, new place of the first that stayed) from an old word on, backwards or forwards."""
        gone = 0
        while 0 <= at < len(self._words_old):
            if at in self._map:
                return gone, self._map[at]
            gone, at = gone + 1, at + step
        return gone, -1 if step < 0 else len(self._words_new)

    def _repeats(self, inside: list[int]) -> bool:
        """Whether the words stand in one of the texts more than once."""
        part = [self._words_old[at].key for at in inside]
        return any(
            sum([word.key for word in text[at : at + len(part)]] == part for at in range(len(text))) > 1
            for text in (self._words_old, self._words_new)
        )

    def _with_marks(self, lead: tuple[int, int], tail: tuple[int, int], first: int, last: int) -> tuple[int, int]:
        """new[first:last] with the marks before and behind it that the quote has at its ends, old[lead] and old[tail]."""
        for mark in reversed(self.old[slice(*lead)]):
            if first and _same_mark(mark, self.new[first - 1]):
                first -= 1
        for mark in self.old[slice(*tail)]:
            if last < len(self.new) and _same_mark(mark, self.new[last]):
                last += 1
        return first, last

    @cached_property
    def _letters_old(self) -> tuple[str, Sequence[int]]:
        return normalise_with_offsets(self.old)

    @cached_property
    def _letters_new(self) -> tuple[str, Sequence[int]]:
        return normalise_with_offsets(self.new)

    @cached_property
    def _words_old(self) -> list[Word]:
        return words(self.old)

    @cached_property
    def _words_new(self) -> list[Word]:
        return words(self.new)

    @cached_property
    def _map(self) -> dict[int, int]:
        """Old word → new word, by the longest common line of words in any form."""
        pairs: dict[int, int] = {}
        old, new = [word.key for word in self._words_old], [word.key for word in self._words_new]
        for code in Indel.opcodes(old, new):
            if code.tag == "equal":
                pairs.update(enumerate(range(code.dest_start, code.dest_end), code.src_start))
        return pairs


def _border(missing: int, place: int, gap: tuple[int, int], step: int) -> tuple[int, bool]:
    """(new place of a quote's end, whether what stands beside it still does).

    `missing` of its words there have gone (signed), the first that stayed is at `place`; beside the quote `gap` has gone.
    What is new in between replaced both, in proportion.
    """
    gone, neighbour = gap
    lost, fresh = abs(missing), abs(neighbour - place) - 1
    taken = round(fresh * lost / (lost + gone)) if lost else 0
    return place + step * taken, gone == 0 and (lost > 0 or fresh == 0)


def _same_mark(one: str, other: str) -> bool:
    return not other.isalnum() and not other.isspace() and not one.isspace() and normalise(one) == normalise(other)


def _cuts_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the spaces at its ends."""
    part = text[start:end]
    return (
        (start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())) if part.strip() else (start, end)
    )


def _join(landings: list[Landing], weight: int) -> Landing:
    """The parts of a quote in one, where most of its `weight` words went. Sure if half of them are there, in order."""
    count: Counter[str] = Counter()
    for landing in landings:
        count[landing.section] += landing.weight
    home = max(count, key=lambda key: count[key])
    here = [landing for landing in landings if landing.section == home]
    surely = [landing for landing in here if landing.sure] or here
    start, end = min(one.start for one in surely), max(one.end for one in surely)
    ordered = all(one.end <= other.start for one, other in pairwise(surely))
    followed = sum(one.weight for one in surely if one.sure)
    doubtful = sum(one.weight for one in here if not one.sure)
    sure = ordered and followed >= HALF * weight and doubtful <= followed / 4
    score = sum(one.weight * one.score for one in here) / weight
    return Landing(home, start, end, weight, min(score, 1.0), sure, all(one.line for one in surely))
