"""Where the text of a section stands today that is no longer in its plan: rows for a version, and the way through them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Max, Q

from plans.lineage import is_clear, lineage
from plans.models import PlanVersion, Section, SectionText, Successor

LARGE = 0.25  # of a section's text in another one is told though the section is still there


@dataclass(frozen=True)
class Heir:
    """A text of the current version with its share (0 to 1) of what a section last said."""

    text: SectionText
    share: float

    @property
    def percent(self) -> int:
        return round(100 * self.share)


def successors_of(
    version: PlanVersion, before: Mapping[str, str], after: Mapping[str, str], section_pks: Mapping[str, int]
) -> list[Successor]:
    """Unsaved rows for the sections whose text has gone to others; the mappings are texts and identities by key."""
    return [
        Successor(version=version, section_id=section_pks[key], successor_id=section_pks[heir], share=share)
        for key, fate in lineage(before, after).items()
        for heir, share in fate.others(key)
        if key not in after or share >= LARGE
    ]


def heirs_of(section: Section, version: PlanVersion) -> list[Heir]:
    """Where the text of a section stands in a version that no longer has the section; largest share first. Three queries,
    however many versions lie between."""
    shares = _Descent(section.plan_id, version).shares(section.pk)
    texts = version.texts.filter(section__in=shares)
    return sorted((Heir(text, shares[text.section_id]) for text in texts), key=lambda one: -one.share)


def heirs_between(earlier: PlanVersion, later: PlanVersion) -> dict[int, dict[int, float]]:
    """By section, in which others its text of the earlier version stands in the later one, and what share of it (0 to 1);
    of the sections of which that was written down. At most two queries."""
    descent = _Descent(later.plan_id, later, since=earlier.number)
    return {pk: found for pk in list(descent.steps) if (found := descent.shares(pk))}


class _Descent:
    """The way of texts through the rows of a plan, as far as one version."""

    def __init__(self, plan_pk: int, version: PlanVersion, since: int = 0) -> None:
        """`since`: the number of the version from which texts are followed; 0 for what each section last said."""
        self.plan_pk = plan_pk
        self.version = version
        self.since = since
        self.steps: dict[int, list[Successor]] = defaultdict(list)
        until = Successor.objects.filter(version__plan=plan_pk, version__number__lte=version.number)
        for row in until.filter(version__number__gt=since).select_related("version"):
            self.steps[row.section_id].append(row)

    @cached_property
    def last(self) -> dict[int, int | None]:
        """The number of the version in which each section last stood."""
        last = Max("texts__version__number", filter=Q(texts__version__number__lte=self.version.number))
        return dict(Section.objects.filter(plan=self.plan_pk).annotate(last=last).values_list("pk", "last"))

    def shares(self, section_pk: int) -> dict[int, float]:
        """Heir → share of the section's text."""
        found: dict[int, float] = defaultdict(float)
        told_since = self.since or self.last[section_pk] or 0
        waiting = self._next(section_pk, 1.0, told_since)
        while waiting:
            pk, share, number = waiting.pop()
            if self.last[pk] == self.version.number:
                found[pk] += share
            else:
                waiting += self._next(pk, share, max(number, self.last[pk] or 0))
        return {pk: min(1.0, share) for pk, share in found.items()}

    def _next(self, pk: int, share: float, number: int) -> list[tuple[int, float, int]]:
        """(successor, share, version's number) of the rows that came after a version. What was told while a section still
        stood is not what became of its last text."""
        rows = (row for row in self.steps.get(pk, ()) if row.version.number > number)
        return [(row.successor_id, share * row.share, row.version.number) for row in rows]


def clear_heir(heirs: list[Heir]) -> Heir | None:
    """The one section that goes on as another, if there is no doubt."""
    return heirs[0] if is_clear([heir.share for heir in heirs]) else None
