"""Which beads are sure, so that nobody needs to look."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from plans.alignment.beads import TELLING, Bead, equal_bead
from plans.alignment.likeness import Index
from plans.alignment.pairing import CANDIDATES, Pairing

# How alike a changed sentence must be to be followed, by the number of sides (before it, behind it) on which its
# neighbours stayed with it.
ENOUGH = {0: 0.8, 1: 0.65, 2: 0.6}
ENOUGH_ONE_FOR_ONE = 0.5  # one sentence between two neighbours that stayed: little else can have happened
MOST_SUPPORT = 3  # for equal sentences: the same section, and the same neighbours on both sides
LONG_ENOUGH = 5  # words of a sentence are no coincidence where they stand again
MARGIN = 0.1  # better than any other explanation by so much
# Where a number has changed, the other words may hardly change: both together make another statement.
REST = 0.85
REST_ONE_FOR_ONE = 0.65


class Certainty:
    """Judges the beads of a pairing, each once."""

    def __init__(self, pairing: Pairing) -> None:
        self._pairing = pairing
        self._beads = pairing.beads
        self._before, self._after = pairing.before, pairing.after
        self._known: dict[Bead, bool] = {}

    def is_sure(self, bead: Bead) -> bool:
        """Whether this is what became of the sentences, or people have to decide."""
        if bead not in self._known:
            self._known[bead] = self._equal_is_sure(bead) if bead.equal else self._changed_is_sure(bead)
        return self._known[bead]

    # Equal sentences

    def _equal_is_sure(self, bead: Bead) -> bool:
        """Unless a copy may have come from, or gone to, the same place."""
        old, new = bead.old[0], bead.new[0]
        old_copies, new_copies = self._before.copies(old), self._after.copies(new)
        support = self._support(old, new)
        if self._is_rivalled(support, old_copies, self._beads.of_old, lambda i: self._support(i, new)):
            return False
        if self._is_rivalled(support, new_copies, self._beads.of_new, lambda j: self._support(old, j)):
            return False
        if self._is_short_entry(old) and not self._is_held(bead):
            return False
        if self._beads.equal_sides(old, new) == 2:
            return True
        if self._beads.continues(bead) and self._before.copies_in_section(old) == self._after.copies_in_section(new):
            return True
        others = [self._beads.of_old.get(i) for i in old_copies] + [self._beads.of_new.get(j) for j in new_copies]
        telling = len(self._before.sentences[old].words) >= TELLING
        return telling and all(other and other.equal and self._beads.continues(other) for other in others)

    def _is_short_entry(self, old: int) -> bool:
        sentence = self._before.sentences[old]
        return len(sentence.words) < (LONG_ENOUGH if sentence.is_entry else TELLING)

    def _is_held(self, bead: Bead) -> bool:
        """Whether what surrounds it holds it: neighbours that stayed in the section, or enough words that moved along. The
        same number in another row of a table, or the same owner of another activity, is another statement."""
        if self._beads.continues(bead) and self._pairing.context.of(bead)[0]:
            return True
        return self._beads.words_along(bead.old[0], bead.new[0]) >= LONG_ENOUGH

    def _support(self, old: int, new: int) -> int:
        """What speaks for a pair of equal sentences: the section and the neighbours."""
        return self._beads.continues(equal_bead(old, new)) + self._beads.equal_sides(old, new)

    @staticmethod
    def _is_rivalled(
        support: int, copies: list[int], beads: Mapping[int, Bead], support_of: Callable[[int], int]
    ) -> bool:
        """Whether as much speaks for a copy; more must speak for one that has an equal partner already."""
        for copy in copies:
            needed = support + (copy in beads and beads[copy].equal)
            if needed <= MOST_SUPPORT and support_of(copy) >= needed:
                return True
        return False

    # Changed sentences

    def _changed_is_sure(self, bead: Bead) -> bool:
        if self._copy_took_its_place(bead) or self._stood_in_another(bead):
            return False
        sides, alone = self._pairing.context.of(bead)
        one_for_one = sides == 2 and alone
        names, numbers = self._pairing.facts.changed(bead.old, bead.new)
        if names or numbers > 1:
            return False
        if not one_for_one and self._pairing.facts.turned_round(bead.old, bead.new):
            return False
        if not numbers:
            enough = ENOUGH_ONE_FOR_ONE if one_for_one else ENOUGH[sides]
            return bead.score >= enough and self._leads(bead, all_old=sides < 2)
        if self._rest(bead) < (REST_ONE_FOR_ONE if one_for_one else REST):
            return False
        held = sides == 2 or self._pairing.facts.has_name(bead.old)
        return held and self._leads(bead, all_old=not one_for_one)

    def _copy_took_its_place(self, bead: Bead) -> bool:
        """Whether one of its sentences may be unchanged: as the partner of one that was equal to it."""
        for old in bead.old:
            for new in self._after.places.get(self._before.sentences[old].plain, []):
                rival = self._beads.of_new.get(new)
                if rival and rival.equal and self._support(old, new) >= self._support(rival.old[0], new):
                    return True
        return False

    def _stood_in_another(self, bead: Bead) -> bool:
        """Whether one of its later sentences stood in the earlier text already, as a part of a sentence that has changed."""
        for new in bead.new:
            sentence = self._after.sentences[new]
            if len(sentence.words) >= LONG_ENOUGH and sentence.plain in self._all_before:
                others = (i for i in range(len(self._before.sentences)) if i not in bead.old)
                if any(sentence.plain in self._before.sentences[i].plain for i in others if not self._stays(i)):
                    return True
        return False

    def _stays(self, old: int) -> bool:
        return old in self._beads.of_old and self._beads.of_old[old].equal

    @cached_property
    def _all_before(self) -> str:
        return "\n".join(sentence.plain for sentence in self._before.sentences)

    def _rest(self, bead: Bead) -> float:
        """How alike the words are that are neither names nor numbers."""
        facts = self._pairing.facts.keys(bead.old, bead.new)
        return self._pairing.bags.likeness(bead.old, bead.new, facts)

    def _leads(self, bead: Bead, *, all_old: bool) -> bool:
        """Whether no other sentence explains the later one as well, nor is any other explained as well.

        With `all_old`, sentences that stand elsewhere unchanged count too: the later one may have been modelled on them.
        """
        bag = self._pairing.bags.of_old(bead.old)
        for j in self._new_index.like(bag, CANDIDATES):
            other = self._beads.of_new.get(j)
            rival = Bead(bead.old, range(j, j + 1), self._pairing.bags.likeness(bead.old, [j]))
            if j not in bead.new and (other is None or other.score < rival.score) and self._rivals(rival, bead):
                return False
        for i in self._old_index.like(self._pairing.bags.of_new(bead.new), CANDIDATES):
            rival = Bead(range(i, i + 1), bead.new, self._pairing.bags.likeness([i], bead.new))
            if i not in bead.old and (all_old or i not in self._beads.of_old) and self._rivals(rival, bead):
                return False
        return True

    def _rivals(self, rival: Bead, bead: Bead) -> bool:
        """Whether a bead is about as good as another: as alike, without more names and numbers changed."""
        close = rival.score > bead.score - MARGIN
        return close and self._changes(rival) <= self._changes(bead)

    def _changes(self, bead: Bead) -> int:
        facts = self._pairing.facts
        return sum(facts.changed(bead.old, bead.new)) + facts.turned_round(bead.old, bead.new)

    @cached_property
    def _new_index(self) -> Index:
        return Index(self._pairing.bags.new, range(len(self._after.sentences)), self._pairing.bags.weights)

    @cached_property
    def _old_index(self) -> Index:
        return Index(self._pairing.bags.old, range(len(self._before.sentences)), self._pairing.bags.weights)
