"""Beads: which sentences of the earlier text are taken for which of the later one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from plans.alignment.text import Text

# A sentence of so many words is no coincidence where it stands once in each text. Shorter ones (cells of tables, entries
# of lists) need neighbours that say the same.
TELLING = 3


@dataclass(frozen=True)
class Bead:
    """Sentences of the earlier text that became sentences of the later one; `score` is how alike they are, from 0 to 1.

    The term is that of sentence alignment (Gale and Church 1993, A program for aligning sentences in bilingual corpora,
    Computational Linguistics 19(1)).
    """

    old: range
    new: range
    score: float
    equal: bool = False

    @property
    def extent(self) -> int:
        return len(self.old) + len(self.new)


class Beads:
    """The beads found so far; `of_old` and `of_new` give the one that a sentence is part of."""

    def __init__(self, before: Text, after: Text) -> None:
        self.before, self.after = before, after
        self.of_old: dict[int, Bead] = {}
        self.of_new: dict[int, Bead] = {}
        self._origins: dict[str, str] | None = None

    def add(self, bead: Bead) -> None:
        self.of_old.update(dict.fromkeys(bead.old, bead))
        self.of_new.update(dict.fromkeys(bead.new, bead))
        self._origins = None

    def add_equal(self, old: Iterable[int], new: Iterable[int]) -> None:
        for i, j in zip(old, new, strict=True):
            self.add(equal_bead(i, j))

    def in_order(self) -> list[Bead]:
        """All of them in the order of the earlier text."""
        return list(dict.fromkeys(self.of_old[i] for i in sorted(self.of_old)))

    def free_old(self) -> list[int]:
        return [i for i in range(len(self.before.sentences)) if i not in self.of_old]

    def free_new(self) -> list[int]:
        return [j for j in range(len(self.after.sentences)) if j not in self.of_new]

    def sections(self, bead: Bead) -> tuple[str, str]:
        """Where a bead's sentences stood and stand."""
        return self.before.sentences[bead.old[0]].section, self.after.sentences[bead.new[0]].section

    def continues(self, bead: Bead) -> bool:
        """Whether the one section goes on as the other."""
        old, new = self.sections(bead)
        return old == new or (new not in self.before.sections and self.origins.get(new) == old)

    @property
    def origins(self) -> dict[str, str]:
        """Later section → the earlier one from which most of its unchanged sentences come, as far as these stood only there.
        A changed sentence does not vouch for its section: it may be a new one."""
        if self._origins is None:
            self._origins = {}
            for key, numbers in self.after.sections.items():
                equal = [bead for j in numbers if (bead := self.of_new.get(j)) and bead.equal]
                sources = Counter(self.sections(bead)[0] for bead in equal if not self.before.copies(bead.old[0]))
                if sources:
                    self._origins[key] = sources.most_common(1)[0][0]
        return self._origins

    def equal_sides(self, old: int, new: int) -> int:
        """On how many sides (0 to 2) two sentences have neighbours that say the same."""
        return sum(self.before.plain(old, step) == self.after.plain(new, step) for step in (-1, 1))

    def words_along(self, old: int, new: int) -> int:
        """How many words stand in the sentences around two that say the same, as far as these say the same too."""
        count = 0
        for step in (-1, 1):
            far = step
            while (plain := self.before.plain(old, far)) is not None and plain == self.after.plain(new, far):
                count += len(self.before.sentences[old + far].words)
                far += step
        return count


def equal_bead(old: int, new: int) -> Bead:
    return Bead(range(old, old + 1), range(new, new + 1), 1.0, equal=True)
