"""What became of the sections of a plan: in which later ones their text stands. Pure: no Django."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plans.alignment.pairing import Pairing

PORTION = 0.1  # of a section's words in another section are worth telling
CLEAR = 0.5  # of a section's text make another what it became, where no rival has so much as RIVAL
RIVAL = 0.25


@dataclass(frozen=True)
class Lineage:
    """What became of a section. `fate`: kept, renamed (all of it stands under one new key), merged (into a section that
    has other text too), split (over several) or removed.

    `heirs`: (key in the later text, share of the section's words that stand there, from 0 to 1), largest share first.
    """

    fate: str
    heirs: tuple[tuple[str, float], ...] = ()

    def others(self, key: str) -> tuple[tuple[str, float], ...]:
        """The heirs that are not the section itself."""
        return tuple((heir, share) for heir, share in self.heirs if heir != key)


def is_clear(shares: Sequence[float]) -> bool:
    """Whether the first heir is what a section became, without doubt; its heirs' shares, largest first."""
    return bool(shares) and shares[0] >= CLEAR and all(share < RIVAL for share in shares[1:])


def lineage(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, Lineage]:
    """What became of each section of the earlier text; both mappings are plain text by key."""
    return lineage_of(Pairing(before, after))


def lineage_of(pairing: Pairing) -> dict[str, Lineage]:
    return {key: _lineage(pairing, key) for key in pairing.before.sections}


def shares(pairing: Pairing, key: str) -> dict[str, float]:
    """Later key → share of the earlier section's words that stand in it, largest first. Sentences that are only a little
    alike do not count."""
    sentences = pairing.before.sentences
    numbers = pairing.before.sections[key]
    weights = {number: len(sentences[number].words) or 1 for number in numbers}
    count: Counter[str] = Counter()
    for number in numbers:
        bead = pairing.beads.of_old.get(number)
        if bead and pairing.is_solid(bead):
            count[pairing.beads.sections(bead)[1]] += weights[number]
    total = sum(weights.values()) or 1
    ranked = sorted(count.items(), key=lambda one: (-one[1], one[0]))
    return {heir: words / total for heir, words in ranked}


def _lineage(pairing: Pairing, key: str) -> Lineage:
    found = shares(pairing, key)
    if not pairing.before.sections[key] and key in pairing.after.sections:  # a section without text
        return Lineage("kept", ((key, 1.0),))
    heirs = tuple((heir, share) for heir, share in found.items() if share >= PORTION)
    if key in pairing.after.sections:
        strays = [share for heir, share in heirs if heir != key]
        return Lineage("split" if strays and max(strays) > found.get(key, 0.0) else "kept", heirs)
    if not heirs:
        return Lineage("removed")
    if len(heirs) > 1:
        return Lineage("split", heirs)
    return Lineage("renamed" if _takes_over(pairing, heirs[0][0], key) else "merged", heirs)


def _takes_over(pairing: Pairing, new: str, old: str) -> bool:
    """Whether a section is new and has text of no other."""
    beads = [pairing.beads.of_new.get(number) for number in pairing.after.sections[new]]
    sources = {pairing.beads.sections(bead)[0] for bead in beads if bead}
    return new not in pairing.before.sections and sources == {old}
