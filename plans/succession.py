"""Where the text of a section stands today that is no longer in its plan: rows for a version, and the way through them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
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


def texts_gone(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, dict[str, float]]:
    """By key of a section whose text has gone to others: their keys, and what share (0 to 1) of it stands there."""
    return {
        key: found
        for key, fate in lineage(before, after).items()
        if (found := {heir: share for heir, share in fate.others(key) if key not in after or share >= LARGE})
    }


def successors_of(
    version: PlanVersion, before: Mapping[str, str], after: Mapping[str, str], section_pks: Mapping[str, int]
) -> list[Successor]:
    """Unsaved rows for what `texts_gone` says; the mappings are texts and identities by key."""
    return [
        Successor(version=version, section_id=section_pks[key], successor_id=section_pks[heir], share=share)
        for key, found in texts_gone(before, after).items()
        for heir, share in found.items()
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


@dataclass(frozen=True)
class _Step:
    """With version `number`, so much of a section's text went to another one."""

    heir: int
    share: float
    number: int


class _Descent:
    """The way of texts through the rows of a plan, as far as one version."""

    def __init__(self, plan_pk: int, version: PlanVersion, since: int = 0) -> None:
        """`since`: the number of the version from which texts are followed; 0 for what each section last said."""
        self.plan_pk = plan_pk
        self.version = version
        self.since = since
        self.steps: dict[int, list[_Step]] = defaultdict(list)
        rows = Successor.objects.filter(version__plan=plan_pk, version__number__range=(since + 1, version.number))
        for pk, heir, share, number in rows.values_list("section_id", "successor_id", "share", "version__number"):
            self.steps[pk].append(_Step(heir, share, number))

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
            step = waiting.pop()
            last = self.last[step.heir] or 0
            if last == self.version.number:
                found[step.heir] += step.share
            else:
                waiting += self._next(step.heir, step.share, max(step.number, last))
        return {pk: min(1.0, share) for pk, share in found.items()}

    def _next(self, pk: int, share: float, number: int) -> list[_Step]:
        """The steps that came after a version, as shares of the text that was asked for. What was told while a section still
        stood is not what became of its last text."""
        steps = (step for step in self.steps.get(pk, ()) if step.number > number)
        return [replace(step, share=share * step.share) for step in steps]


def clear_heir(heirs: list[Heir]) -> Heir | None:
    """The one section that goes on as another, if there is no doubt."""
    return heirs[0] if is_clear([heir.share for heir in heirs]) else None
