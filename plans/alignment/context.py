"""Whether the neighbours of sentences stayed with them."""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Mapping

from plans.alignment.beads import Bead, Beads
from plans.alignment.text import Text


class Context:
    """The beads that others may rely on (`is_solid`) and that keep their order (`in_line`)."""

    def __init__(self, beads: Beads, is_solid: Callable[[Bead], bool]) -> None:
        self._beads = beads
        self._nearest = {
            (text, step): _nearest(text, of, is_solid, step)
            for text, of in ((beads.before, beads.of_old), (beads.after, beads.of_new))
            for step in (-1, 1)
        }
        groups: dict[tuple[str, str], list[Bead]] = defaultdict(list)
        for bead in beads.in_order():
            if is_solid(bead):
                groups[beads.sections(bead)].append(bead)
        self.in_line = {bead for group in groups.values() for bead in _longest_line(group)}

    def of(self, bead: Bead) -> tuple[int, bool]:
        """On how many sides (0 to 2) its neighbours stayed with it, and whether nothing else changed between these."""
        sides, loose = 0, 0
        for step in (-1, 1):
            here, loose_here = self._neighbour(bead, self._beads.before, self._beads.of_old, bead.old, step)
            there, loose_there = self._neighbour(bead, self._beads.after, self._beads.of_new, bead.new, step)
            ends = here is None and there is None and self._beads.continues(bead)
            sides += ends or (here is not None and here is there)
            loose += loose_here + loose_there
        return sides, loose == 0

    def _neighbour(
        self, bead: Bead, text: Text, beads: Mapping[int, Bead], numbers: range, step: int
    ) -> tuple[Bead | None, int]:
        """The nearest bead that keeps its order between the same two sections, and how many sentences before it have
        changed or are new or gone."""
        nearest, sections = self._nearest[text, step], self._beads.sections(bead)
        number, loose = nearest[numbers[-1] if step > 0 else numbers[0]]
        while number is not None:
            other = beads[number]
            if self._beads.sections(other) == sections and other in self.in_line:
                return other, loose
            number, passed = nearest[number]
            loose += passed
        return None, loose


def _nearest(
    text: Text, beads: Mapping[int, Bead], is_solid: Callable[[Bead], bool], step: int
) -> list[tuple[int | None, int]]:
    """For each sentence the nearest one of its section, in the direction of `step`, whose bead is solid, and how many others
    stand between."""
    nearest: list[tuple[int | None, int]] = [(None, 0)] * len(text.sentences)
    numbers = range(len(text.sentences))
    for number in numbers if step < 0 else reversed(numbers):
        beside = number + step
        if beside in text.section(number):
            bead = beads.get(beside)
            further, between = nearest[beside]
            nearest[number] = (beside, 0) if bead and is_solid(bead) else (further, between + 1)
    return nearest


def _longest_line(beads: list[Bead]) -> list[Bead]:
    """The longest part of beads in the order of the earlier text that is in the order of the later one too.

    Patience sorting (Fredman 1975, On computing the length of longest increasing subsequences).
    """
    tails: list[int] = []
    ends: list[Bead] = []
    previous: dict[Bead, Bead | None] = {}
    for bead in beads:
        at = bisect(tails, bead.new.start)
        previous[bead] = ends[at - 1] if at else None
        tails[at : at + 1] = [bead.new.start]
        ends[at : at + 1] = [bead]
    line = []
    last = ends[-1] if ends else None
    while last is not None:
        line.append(last)
        last = previous[last]
    return line
