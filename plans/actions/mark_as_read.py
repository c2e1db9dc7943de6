"""Remember that a person has read a version of a plan, because they say so; or forget it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from members.models import User
from plans.models import PlanVersion, ReadMark
from plans.permissions import can_mark_as_read


@transaction.atomic
def mark_as_read(*, by: User, version: PlanVersion, wanted: bool) -> None:
    """The mark never goes back to an earlier version; not `wanted`, there is none any more. Raises PermissionDenied."""
    plan = version.plan
    if not can_mark_as_read(by, plan):
        raise PermissionDenied
    marks = ReadMark.objects.filter(user=by, plan=plan)
    if not wanted:
        marks.delete()
        return
    ReadMark.objects.get_or_create(user=by, plan=plan, defaults={"version": version})
    marks.filter(version__number__lt=version.number).update(version=version, read_at=timezone.now())
