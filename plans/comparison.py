"""Two versions of a plan, section by section: what became of each, and which earlier text it is compared with. Pure: no
Django."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from plans.changes import SAME, Difference, SectionState, align_states
from plans.lineage import is_clear

CHANGED = "changed"
Heirs = Mapping[str, Mapping[str, float]]  # earlier key → later key → share (0 to 1) of the earlier section's text


@dataclass(frozen=True)
class ComparedSection:
    """A section (or chapter) of either version.

    `merged`: earlier sections that are no sections any more and went on in this one, in their order. `heirs`: the later
    sections in which text of this one stands now, `origins`: the earlier ones of whose text part stands in this one.
    """

    difference: Difference
    merged: tuple[SectionState, ...] = ()
    heirs: tuple[SectionState, ...] = ()
    origins: tuple[SectionState, ...] = ()

    @property
    def state(self) -> SectionState:
        return self.difference.state

    @property
    def after(self) -> SectionState | None:
        return self.difference.after

    @property
    def earlier(self) -> tuple[SectionState, ...]:
        """The sections with whose text this one is compared."""
        own = self.difference.before
        return (own, *self.merged) if own else self.merged

    @property
    def old_text(self) -> str:
        return "\n".join(state.text for state in self.earlier if state.text)

    @property
    def new_text(self) -> str:
        return self.after.text if self.after else ""

    @property
    def old_readable(self) -> str:
        return "\n".join(state.readable for state in self.earlier if state.text)

    @property
    def new_readable(self) -> str:
        return self.after.readable if self.after else ""

    @property
    def is_chapter(self) -> bool:
        return self.state.key == self.state.chapter

    @property
    def status(self) -> str:
        """same, changed, added or removed."""
        if self.after is None:
            return "removed"
        if not self.earlier:
            return "added"
        return CHANGED if self.facts else SAME

    @property
    def facts(self) -> tuple[str, ...]:
        """What is to be said of it: added, removed, remade (one earlier section goes on in it, which was another), merged,
        split, edited, renamed, moved."""
        if self.after is None:
            return ("split",) if len(self.heirs) > 1 else ("removed",)
        if not self.earlier:
            return ("added",)
        [first, *others] = self.earlier
        facts = ["merged"] if others else ["remade"] if self.merged else []
        facts += ["split"] if self.heirs else []
        facts += ["edited"] if self.old_text != self.new_text else []
        facts += ["renamed"] if first.heading != self.after.heading else []
        return (*facts, "moved") if self.is_moved else tuple(facts)

    @property
    def is_moved(self) -> bool:
        if self.difference.before is None:
            return bool(self.after and self.merged and self.merged[0].chapter != self.after.chapter)
        return self.difference.is_moved


@dataclass
class ComparedChapter:
    """A chapter with its sections; those taken out stand in the chapter in which they stood."""

    row: ComparedSection
    sections: list[ComparedSection] = field(default_factory=list)


def compare(before: Sequence[SectionState], after: Sequence[SectionState], heirs: Heirs) -> list[ComparedChapter]:
    """Both states by chapter, in the order of the later one. Every section of the earlier state is in one row of its own, or
    `merged` in one."""
    found = _Sources(before, after, heirs)
    chapters: dict[str, ComparedChapter] = {}
    sections = []
    for one in align_states(before, after):
        if one.key in found.gone_into:
            continue
        row = ComparedSection(
            one, tuple(found.merged[one.key]), tuple(found.heirs.get(one.key, ())), tuple(found.origins[one.key])
        )
        if row.is_chapter:
            chapters[one.key] = ComparedChapter(row)
        else:
            sections.append(row)
    for row in sections:  # one that was taken out may stand before its chapter, where the chapter has moved
        chapters[row.state.chapter].sections.append(row)
    return list(chapters.values())


class _Sources:
    """`heirs` the other way round: by later key, the earlier sections that went on in it alone (`merged`; `gone_into` has
    their keys), and those of whose text part stands in it (`origins`)."""

    def __init__(self, before: Sequence[SectionState], after: Sequence[SectionState], heirs: Heirs) -> None:
        new = {state.key: state for state in after}
        self.heirs: dict[str, list[SectionState]] = {}
        self.merged: dict[str, list[SectionState]] = defaultdict(list)
        self.origins: dict[str, list[SectionState]] = defaultdict(list)
        self.gone_into: set[str] = set()
        for state in before:
            shares = {key: share for key, share in heirs.get(state.key, {}).items() if key in new}
            ranked = sorted(shares, key=lambda key: (-shares[key], key))
            if state.key not in new and is_clear([shares[key] for key in ranked]):
                self.gone_into.add(state.key)
                self.merged[ranked[0]].append(state)
                ranked = ranked[1:]
            for key in ranked:
                self.origins[key].append(state)
            self.heirs[state.key] = [new[key] for key in ranked]


def counts_of(chapters: Sequence[ComparedChapter]) -> Counter[str]:
    """Sections by status; and `chapters`, those that are not as they were."""
    found = Counter(section.status for chapter in chapters for section in chapter.sections)
    found["chapters"] = sum(chapter.row.status != SAME for chapter in chapters)
    return found
