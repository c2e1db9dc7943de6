"""Remind a city's members that a consultation ends soon."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from members.models import User
from plans.mails import tell_closing
from plans.models import Phase, PlanPage

REMIND_BEFORE = timedelta(days=3)


def remind_of_closing() -> int:
    """A mail to every member of the city who wants reminders, once a consultation, within three days of its end. Gives the
    number of mails. The site itself does this (`manage.py remind`, daily), nobody in particular."""
    now = timezone.now()
    ending = Phase.objects.filter(
        kind=Phase.Kind.CONSULTATION, reminded_at__isnull=True, ends_at__gt=now, ends_at__lte=now + REMIND_BEFORE
    )
    return sum(_remind(pk) for pk in ending.values_list("pk", flat=True))


def _remind(pk: int) -> int:
    """The mails go out once, whatever else is reminding at the same time."""
    with transaction.atomic():
        phase = Phase.objects.select_for_update(of=("self",)).select_related("plan__city").get(pk=pk)
        plan = PlanPage.objects.live().filter(pk=phase.plan_id).first()
        if phase.reminded_at is not None or plan is None or plan.phase != phase:
            return 0
        phase.reminded_at = timezone.now()
        phase.save(update_fields=["reminded_at"])
    members = User.objects.filter(memberships__city=plan.city).distinct()
    return sum(tell_closing(phase, member) for member in members)
