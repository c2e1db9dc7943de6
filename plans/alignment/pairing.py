"""Which sentences of an earlier text became which of a later one.

Equal sentences are paired first, so that what stood in the earlier text already can never be taken for something that has
changed. Changed sentences are looked for only among what is left. A bead is only a guess; whether it is sure is asked in
a second step (`plans.alignment.certainty`), which knows all the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plans.alignment.beads import TELLING, Bead, Beads
from plans.alignment.context import Context
from plans.alignment.equals import pair_equals
from plans.alignment.facts import Facts
from plans.alignment.likeness import Bags, Index
from plans.alignment.text import Text

# Two unrelated sentences of the same plan share about a third of their words' weight, rarely half.
FLOOR = 0.5
FLOOR_IN_PLACE = 0.3  # between the same two neighbours, what shares so much may be a new wording: people decide
SOLID = 0.7  # how alike sentences are whose words alone speak for them, wherever they stand
CONTEXT = 0.1  # how much a neighbour on one side adds to the likeness, when beads compete for a sentence
CANDIDATES = 8  # for each sentence, by their rare words


class Pairing:
    """The beads of two states of a plan, with what their certainty depends on."""

    def __init__(self, before: Mapping[str, str], after: Mapping[str, str]) -> None:
        self.before, self.after = Text(before), Text(after)
        self.beads = Beads(self.before, self.after)
        self.bags = Bags(self.before, self.after)
        self.facts = Facts(self.before, self.after)
        self._solid: dict[Bead, bool] = {}
        pair_equals(self.beads)
        self.context = Context(self.beads, self.is_solid)
        if self.beads.free_old() and self.beads.free_new():
            self._pair_changed()
            self.context = Context(self.beads, self.is_solid)

    def is_solid(self, bead: Bead) -> bool:
        """Whether its words alone speak for it, wherever it stands, so that its neighbours may rely on it."""
        if bead not in self._solid:
            unchanged = bead.equal or not any(self.facts.changed(bead.old, bead.new))
            self._solid[bead] = bead.score >= SOLID and unchanged
        return self._solid[bead]

    def _pair_changed(self) -> None:
        """The likeliest beads of what is left, best first."""
        ranked = sorted(self._guesses(), key=lambda one: (-one[0], one[1].extent, one[1].old.start, one[1].new.start))
        for _rank, bead in ranked:
            if not any(i in self.beads.of_old for i in bead.old) and not any(j in self.beads.of_new for j in bead.new):
                self.beads.add(bead)

    def _guesses(self) -> set[tuple[float, Bead]]:
        """(rank, bead) for all that could be."""
        index = Index(self.bags.new, self.beads.free_new(), self.bags.weights)
        guesses = set()
        for old in self.beads.free_old():
            for new in {*index.like(self.bags.old[old], CANDIDATES), *self._opposite(old)}:
                single = self._bead(range(old, old + 1), range(new, new + 1))
                for bead in {single, self._grow(single)}:
                    sides, alone = self.context.of(bead)
                    in_place = sides == 2 and (bead.score >= FLOOR_IN_PLACE or (alone and self._is_short(bead)))
                    if bead.score >= FLOOR or in_place:
                        guesses.add((bead.score + CONTEXT * sides, bead))
        return guesses

    def _is_short(self, bead: Bead) -> bool:
        old, new = self.before.sentences[bead.old[0]], self.after.sentences[bead.new[0]]
        return len(old.words) < TELLING and len(new.words) < TELLING

    def _opposite(self, old: int) -> list[int]:
        """Free sentences right after the partner of the sentence before, or right before that of the one behind."""
        found = []
        for step in (-1, 1):
            neighbour = self.beads.of_old.get(old + step) if old + step in self.before.section(old) else None
            if neighbour:
                new = neighbour.new[-1] + 1 if step < 0 else neighbour.new[0] - 1
                if new in self.after.section(neighbour.new[0]) and new not in self.beads.of_new:
                    found.append(new)
            elif old + step not in self.before.section(old):
                there = self.after.sections.get(self.before.sentences[old].section, range(0))
                found += [new for new in there[:1] if step < 0 and new not in self.beads.of_new]
                found += [new for new in there[-1:] if step > 0 and new not in self.beads.of_new]
        return found

    def _bead(self, old: range, new: range) -> Bead:
        equal = len(old) == 1 == len(new) and self.before.sentences[old[0]].plain == self.after.sentences[new[0]].plain
        return Bead(old, new, self.bags.likeness(old, new), equal)

    def _grow(self, bead: Bead) -> Bead:
        """The bead with those neighbours on one of its sides that make it more alike: split or merged sentences."""
        while True:
            larger = [self._bead(old, new) for old, new in self._extensions(bead)]
            best = max(larger, key=lambda one: one.score, default=bead)
            if best.score <= bead.score:
                return bead
            bead = best

    def _extensions(self, bead: Bead) -> Iterator[tuple[range, range]]:
        """Ranges with one more free sentence, half of whose words must stand on the other side."""
        section = self.before.section(bead.old[0])
        for i, old in _longer(bead.old, section):
            if i not in self.beads.of_old and self.bags.share([i], bead.new) >= FLOOR:
                yield old, bead.new
        section = self.after.section(bead.new[0])
        for j, new in _longer(bead.new, section):
            if j not in self.beads.of_new and self.bags.share_back([j], bead.old) >= FLOOR:
                yield bead.old, new


def _longer(numbers: range, section: range) -> Iterator[tuple[int, range]]:
    """(new member, range) with one more number before or behind."""
    if numbers.start > section.start:
        yield numbers.start - 1, range(numbers.start - 1, numbers.stop)
    if numbers.stop < section.stop:
        yield numbers.stop, range(numbers.start, numbers.stop + 1)
