"""How far a version is from being adopted."""

from __future__ import annotations

from dataclasses import dataclass

from members.models import City
from plans.models import Anchor, Endorsement, PlanVersion, QuorumRule


@dataclass(frozen=True)
class Standing:
    """What stands behind a version, and what its city's rule asks for."""

    endorsements: list[Endorsement]
    rule: QuorumRule
    open_count: int

    @property
    def organisation_count(self) -> int:
        return len(self.endorsements)

    @property
    def kind_count(self) -> int:
        return len({endorsement.organisation.kind for endorsement in self.endorsements})

    @property
    def has_quorum(self) -> bool:
        return self.organisation_count >= self.rule.organisations and self.kind_count >= self.rule.kinds

    @property
    def can_be_adopted(self) -> bool:
        return self.has_quorum and not self.open_count


def rule_of(city: City) -> QuorumRule:
    """The city's rule, or the one that holds where it has set none (unsaved)."""
    return QuorumRule.objects.filter(city=city).first() or QuorumRule(city=city)


def standing_of(version: PlanVersion) -> Standing:
    """Three queries."""
    endorsements = version.endorsements.filter(withdrawn_at__isnull=True).select_related("organisation", "endorsed_by")
    return Standing(
        endorsements=list(endorsements),
        rule=rule_of(version.plan.city),
        open_count=Anchor.objects.open().filter(version=version).count(),
    )
