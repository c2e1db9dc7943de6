"""An organisation stands behind a version, or no longer does."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from members.models import Organisation, User
from plans.models import Endorsement, PlanPage, PlanVersion
from plans.permissions import can_endorse


def _locked(version: PlanVersion) -> PlanVersion:
    """The version with its plan as they are now; nobody adopts or publishes meanwhile."""
    plan = PlanPage.objects.select_for_update(of=("self",)).get(pk=version.plan_id)
    version = PlanVersion.objects.get(pk=version.pk)
    version.plan = plan
    return version


@transaction.atomic
def endorse_version(*, by: User, version: PlanVersion, organisation: Organisation) -> Endorsement:
    """Done twice, it changes nothing. Raises PermissionDenied."""
    version = _locked(version)
    if not can_endorse(by, version, organisation):
        raise PermissionDenied
    endorsement, _created = Endorsement.objects.get_or_create(
        version=version, organisation=organisation, withdrawn_at=None, defaults={"endorsed_by": by}
    )
    return endorsement


@transaction.atomic
def withdraw_endorsement(*, by: User, version: PlanVersion, organisation: Organisation) -> None:
    """Until the version is adopted. That the organisation once endorsed it stays on record. Raises PermissionDenied."""
    version = _locked(version)
    if not can_endorse(by, version, organisation):
        raise PermissionDenied
    standing = version.endorsements.filter(organisation=organisation, withdrawn_at__isnull=True)
    standing.update(withdrawn_at=timezone.now())
