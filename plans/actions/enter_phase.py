"""Enter the next phase of a plan."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from members.models import User
from plans.models import Phase, PlanPage
from plans.permissions import can_enter_phase


class PhaseError(ValueError):
    """A phase that cannot be entered as it was asked for."""


class MissingEndError(PhaseError):
    """A consultation without a closing date."""


class EndInThePastError(PhaseError):
    """It would be over before it began."""


class NothingPublishedError(PhaseError):
    """A consultation on a plan of which nothing is published."""


class AdoptedInTheOpenError(PhaseError):
    """A plan that has been adopted is not taken away from those who are no members."""


@transaction.atomic
def enter_phase(
    *,
    by: User,
    plan: PlanPage,
    kind: Phase.Kind,
    audience: Phase.Audience = Phase.Audience.PUBLIC,
    ends_at: datetime | None = None,
) -> Phase:
    """The plan is in this phase from now on, until `ends_at` where it has an end. A running consultation is prolonged or
    shortened by entering it anew. Raises PermissionDenied or PhaseError."""
    plan = PlanPage.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if not can_enter_phase(by, plan, kind):
        raise PermissionDenied
    now = timezone.now()
    if kind == Phase.Kind.CONSULTATION:
        if ends_at is None:
            raise MissingEndError
        if not plan.versions.exists():
            raise NothingPublishedError
    if audience == Phase.Audience.MEMBERS and plan.has_been_adopted:
        raise AdoptedInTheOpenError
    if ends_at is not None and ends_at <= now:
        raise EndInThePastError
    return Phase.objects.create(plan=plan, kind=kind, audience=audience, starts_at=now, ends_at=ends_at, entered_by=by)
