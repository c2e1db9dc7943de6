"""Which sections differ between two states of a plan, and how. Pure: no Django."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from plans.text.plaintext import readable_text

SAME = "same"


@dataclass(frozen=True)
class SectionState:
    """A section (or chapter) as it stands in one state of a plan; `chapter` is the key of the chapter that holds it."""

    key: str
    chapter: str
    number: str
    heading: str
    text: str
    html: str = ""

    @property
    def readable(self) -> str:
        """The text as people look at it: table rows as lines."""
        return readable_text(self.html) if self.html else self.text


@dataclass(frozen=True)
class Difference:
    """One section in both states. `kind`: added, removed, edited, renamed or moved, the first that holds; else same: a
    section that another one was put before has only another number, and does not differ. One of the states is None where
    it was added or removed."""

    kind: str
    state: SectionState  # the later one, or the last
    before: SectionState | None = None
    after: SectionState | None = None
    is_moved: bool = False

    @property
    def key(self) -> str:
        return self.state.key

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind that holds."""
        if self.before is None or self.after is None:
            return (self.kind,)
        return tuple(kind for kind, holds in _kinds(self.before, self.after, is_moved=self.is_moved) if holds)


def compare_states(before: Sequence[SectionState], after: Sequence[SectionState]) -> list[Difference]:
    """The sections that differ, in the order of `align_states`."""
    return [one for one in align_states(before, after) if one.kind != SAME]


def align_states(before: Sequence[SectionState], after: Sequence[SectionState]) -> list[Difference]:
    """All sections in the order of the later state, what was removed at the place where it stood."""
    old = {state.key: state for state in before}
    new_keys = {state.key for state in after}
    moved = _moved(before, after)
    aligned: list[Difference] = []
    waiting = deque(before)
    for state in after:
        while waiting and (waiting[0].key not in new_keys or waiting[0].key in moved):
            aligned += _removed(waiting.popleft(), new_keys)
        if waiting and waiting[0].key == state.key:
            waiting.popleft()
        aligned.append(_difference(old.get(state.key), state, is_moved=state.key in moved))
    for state in waiting:
        aligned += _removed(state, new_keys)
    return aligned


def _removed(state: SectionState, new_keys: set[str]) -> list[Difference]:
    return [] if state.key in new_keys else [Difference("removed", state, before=state)]


def _difference(old: SectionState | None, new: SectionState, *, is_moved: bool) -> Difference:
    if old is None:
        return Difference("added", new, after=new)
    kind = next((kind for kind, holds in _kinds(old, new, is_moved=is_moved) if holds), SAME)
    return Difference(kind, new, old, new, is_moved)


def _kinds(old: SectionState, new: SectionState, *, is_moved: bool) -> tuple[tuple[str, bool], ...]:
    return ("edited", old.text != new.text), ("renamed", old.heading != new.heading), ("moved", is_moved)


def _moved(before: Sequence[SectionState], after: Sequence[SectionState]) -> set[str]:
    """The keys in another chapter, or that left the order which most of those in both states keep."""
    new = {state.key: state for state in after}
    stayed = [state for state in before if state.key in new]
    elsewhere = {state.key for state in stayed if state.chapter != new[state.key].chapter}
    order_before = [state.key for state in stayed if state.key not in elsewhere]
    present = set(order_before)
    order_after = [state.key for state in after if state.key in present]
    kept: set[str] = set()
    for code in LCSseq.opcodes(order_before, order_after):
        if code.tag == "equal":
            kept.update(order_before[code.src_start : code.src_end])
    return elsewhere | (present - kept)
