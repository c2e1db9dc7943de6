"""Which sections differ between two states of a plan, and how. Pure: no Django."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq


@dataclass(frozen=True)
class SectionState:
    """A section (or chapter) as it stands in one state of a plan; `chapter` is the key of the chapter that holds it."""

    key: str
    chapter: str
    number: str
    heading: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One section that is not as it was. `kind`: added, removed, edited, renamed or moved, the first that holds; a section
    that another one was put before has only another number, and is no difference. One of the states is None where it
    was added or removed."""

    kind: str
    state: SectionState  # the later one, or the last
    before: SectionState | None = None
    after: SectionState | None = None

    @property
    def key(self) -> str:
        return self.state.key


def compare_states(before: Sequence[SectionState], after: Sequence[SectionState]) -> list[Difference]:
    """The differences in the order of the later state, what was removed at the place where it stood."""
    old = {state.key: state for state in before}
    new_keys = {state.key for state in after}
    moved = _moved(before, after)
    differences: list[Difference] = []
    waiting = list(before)
    for state in after:
        while waiting and (waiting[0].key not in new_keys or waiting[0].key in moved):
            differences += _removed(waiting.pop(0), new_keys)
        if waiting and waiting[0].key == state.key:
            waiting.pop(0)
        differences += _difference(old.get(state.key), state, moved)
    for state in waiting:
        differences += _removed(state, new_keys)
    return differences


def _removed(state: SectionState, new_keys: set[str]) -> list[Difference]:
    return [] if state.key in new_keys else [Difference("removed", state, before=state)]


def _difference(old: SectionState | None, new: SectionState, moved: set[str]) -> list[Difference]:
    if old is None:
        return [Difference("added", new, after=new)]
    if old.text != new.text:
        return [Difference("edited", new, old, new)]
    if old.heading != new.heading:
        return [Difference("renamed", new, old, new)]
    if new.key in moved:
        return [Difference("moved", new, old, new)]
    return []


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
