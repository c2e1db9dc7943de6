"""Where the words of one text went in another that it became."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from rapidfuzz.distance import Indel

from plans.alignment.folding import Word, normalise, normalise_with_offsets, words

HALF = 0.5  # of a quote's words must have been followed, or it is another text


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
