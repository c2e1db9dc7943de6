"""Where the demo's plans have got to: Defnekent asks about its second version, Yıldızova has adopted its own and monitors."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from demo.dates import days_ago
from demo.people import Cast
from demo.reading import read_toml
from members.models import User
from plans.actions.adopt_version import adopt_version
from plans.actions.endorse_version import endorse_version
from plans.actions.enter_phase import enter_phase
from plans.actions.settle_anchor import settle_anchor
from plans.models import Adoption, Anchor, Endorsement, Phase, PlanPage, PlanVersion, Settlement

CONSULTATION_DAYS_AGO = 11
SETTLED_DAYS_AGO, ADOPTED_DAYS_AGO, MONITORING_DAYS_AGO = 9, 4, 2
# Who says for which organisation that it stands behind Yıldızova's second version, and when.
ENDORSEMENTS = [
    ("perihan", "ovadan-kadinlar", 8),
    ("ferda", "yildizova-universite", 7),
    ("kadriye", "yildizova-bakim-sen", 7),
    ("okan", "yildizova-hekimler", 6),
    ("derya", "yildizova-belediye", 5),
]


def enter(by: User, plan: PlanPage, kind: Phase.Kind, *, since: float, days: float | None = None) -> None:
    """A phase that began so many days ago and lasts so many; the consultation before it ends there."""
    plan.phases.filter(ends_at__isnull=False).exclude(ends_at__lt=days_ago(since)).update(ends_at=days_ago(since))
    # Comments are taken only while it runs: with its true end, a past one would take none of what follows.
    ends_at = None if days is None else timezone.now().replace(hour=20, minute=0, second=0) + timedelta(days=days)
    phase = enter_phase(by=by, plan=plan, kind=kind, ends_at=ends_at)
    Phase.objects.filter(pk=phase.pk).update(starts_at=days_ago(since))


def load_phases(cast: Cast) -> None:
    """What comes after the second versions."""
    asking, adopting = (PlanPage.objects.get(city__slug=slug) for slug in ("defnekent", "yildizova"))
    enter(cast.people["nermin"], asking, Phase.Kind.CONSULTATION, since=CONSULTATION_DAYS_AGO, days=21)
    _settle(cast, adopting)
    _adopt(cast, adopting)
    enter(cast.people["perihan"], adopting, Phase.Kind.MONITORING, since=MONITORING_DAYS_AGO)


def _settle(cast: Cast, plan: PlanPage) -> None:
    """What the authors and editors said about comments that the second version left without a sure place."""
    for row in read_toml(f"{plan.city.slug}/comments.toml")["comment"]:
        if "settle" in row:
            settlement = settle_anchor(
                by=cast.people[row["settle"]["by"]],
                anchor=_anchor(cast, plan.versions.get(number=1), row),
                decision=Settlement.Decision(row["settle"]["decision"]),
                seen=0,
                remark=row["settle"].get("remark", ""),
            )
            Settlement.objects.filter(pk=settlement.pk).update(decided_at=days_ago(SETTLED_DAYS_AGO))


def _anchor(cast: Cast, first: PlanVersion, row: dict[str, Any]) -> Anchor:
    section = first.texts.get(number=row["section"]).section
    return Anchor.objects.get(
        version=first.plan.current_version,
        quote__version=first,
        quote__section=section,
        quote__exact=row.get("quote", ""),
        quote__post__user=cast.people[row["author"]],
    )


def _adopt(cast: Cast, plan: PlanPage) -> None:
    version = plan.versions.get(number=2)
    for person, organisation, days in ENDORSEMENTS:
        endorsement = endorse_version(
            by=cast.people[person], version=version, organisation=cast.organisations[organisation]
        )
        Endorsement.objects.filter(pk=endorsement.pk).update(endorsed_at=days_ago(days))
    adoption = adopt_version(by=cast.people["perihan"], version=version)
    Adoption.objects.filter(pk=adoption.pk).update(adopted_at=days_ago(ADOPTED_DAYS_AGO))
    Phase.objects.filter(plan=plan, kind=Phase.Kind.ADOPTED).update(starts_at=days_ago(ADOPTED_DAYS_AGO))
