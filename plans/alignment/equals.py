"""Pairs of sentences that say the same, in the order of how much speaks for them."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import Indel

from plans.alignment.beads import TELLING, Beads


def pair_equals(beads: Beads) -> None:
    """Unchanged sections first; then sentences that are unique, with their neighbours; then what is left, in order."""
    _pair_unchanged_sections(beads)
    _pair_unique(beads)
    _pair_in_order(beads)


def _pair_unchanged_sections(beads: Beads) -> None:
    """Sections of the same key, or that are the only ones with their text."""
    contents = {
        text: {key: tuple(s.plain for s in text.sentences[r.start : r.stop]) for key, r in text.sections.items()}
        for text in (beads.before, beads.after)
    }
    old, new = contents.values()
    once_old, once_new = (Counter(content.values()) for content in (old, new))
    home = {sentences: key for key, sentences in new.items()}
    for key, sentences in old.items():
        alone = once_old[sentences] == 1 == once_new[sentences]
        target = key if new.get(key) == sentences else home[sentences] if alone else None
        if target is not None:
            beads.add_equal(beads.before.sections[key], beads.after.sections[target])


def _pair_unique(beads: Beads) -> None:
    """Sentences that stand once in each text, and from them on their neighbours."""
    found = []
    for plain, (old, *more) in beads.before.places.items():
        places = beads.after.places.get(plain, [])
        once = not more and len(places) == 1 and len(beads.before.sentences[old].words) >= TELLING
        if once and old not in beads.of_old and places[0] not in beads.of_new:
            found.append((old, places[0]))
    for old, new in found:
        beads.add_equal([old], [new])
    _spread(beads, found)


def _spread(beads: Beads, pairs: Iterable[tuple[int, int]]) -> None:
    """Equal neighbours of paired sentences are pairs."""
    queue = deque(pairs)
    while queue:
        old, new = queue.popleft()
        for step in (-1, 1):
            here, there = old + step, new + step
            free = here not in beads.of_old and there not in beads.of_new
            plain = beads.before.plain(old, step)
            if free and plain is not None and plain == beads.after.plain(new, step):
                beads.add_equal([here], [there])
                queue.append((here, there))


def _pair_in_order(beads: Beads) -> None:
    """What is left of a section and of the one it became, in order."""
    for key, target in _successions(beads):
        old = [i for i in beads.before.sections[key] if i not in beads.of_old]
        new = [j for j in beads.after.sections[target] if j not in beads.of_new]
        plain_old = [beads.before.sentences[i].plain for i in old]
        plain_new = [beads.after.sentences[j].plain for j in new]
        for code in Indel.opcodes(plain_old, plain_new):
            if code.tag == "equal":
                beads.add_equal(old[code.src_start : code.src_end], new[code.dest_start : code.dest_end])


def _successions(beads: Beads) -> Iterator[tuple[str, str]]:
    """(old key, new key) of sections that go on under the same or a new key."""
    for key in beads.before.sections:
        if key in beads.after.sections:
            yield key, key
        else:
            homes = Counter(
                beads.sections(bead)[1] for i in beads.before.sections[key] if (bead := beads.of_old.get(i))
            )
            if homes:
                yield key, homes.most_common(1)[0][0]
