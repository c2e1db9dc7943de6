"""Where the text of a section stands today that is no longer in its plan: rows for a version, and the way through them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Max

from plans.lineage import lineage
from plans.models import PlanVersion, Section, SectionText, Successor

LARGE = 0.25  # of a section's text in another one is told though the section is still there
CLEAR = 0.5  # of a section's text make another what it became, where no rival has so much as RIVAL
RIVAL = 0.25


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


def heirs_of(section: Section, current: PlanVersion) -> list[Heir]:
    """Where the text of a section stands in the current version, that no longer has the section; largest share first.
    Three queries, however many versions lie between."""
    steps = _steps(section)
    last = dict(section.plan.identities.annotate(last=Max("texts__version__number")).values_list("pk", "last"))
    shares: dict[int, float] = defaultdict(float)
    waiting = [(section.pk, 1.0)]
    while waiting:
        pk, share = waiting.pop()
        if last[pk] == current.number:
            shares[pk] += share
            continue
        # What was told while it still stood is not what became of its last text.
        for step in steps[pk]:
            if last[pk] is not None and step.version.number > last[pk]:
                waiting.append((step.successor_id, share * step.share))
    texts = current.texts.filter(section__in=shares)
    return sorted((Heir(text, min(1.0, shares[text.section_id])) for text in texts), key=lambda one: -one.share)


def _steps(section: Section) -> dict[int, list[Successor]]:
    """The rows of the section's plan by section."""
    steps: dict[int, list[Successor]] = defaultdict(list)
    for row in Successor.objects.filter(version__plan=section.plan_id).select_related("version"):
        steps[row.section_id].append(row)
    return steps


def clear_heir(heirs: list[Heir]) -> Heir | None:
    """The one section that goes on as another, if there is no doubt."""
    if not heirs or heirs[0].share < CLEAR or any(other.share >= RIVAL for other in heirs[1:]):
        return None
    return heirs[0]
