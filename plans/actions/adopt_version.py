"""The platform adopts a version."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from members.models import User
from plans.models import Adoption, Phase, PlanPage, PlanVersion
from plans.permissions import can_adopt
from plans.quorum import standing_of


class AdoptionError(ValueError):
    """A version that cannot be adopted as it stands."""


class NewerVersionError(AdoptionError):
    """There is a newer version."""


class OpenItemsError(AdoptionError):
    """Comments whose place is uncertain or lost, and about which nobody has decided; `count` says how many."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


class NoQuorumError(AdoptionError):
    """Too few organisations, or of too few kinds, stand behind it."""


@transaction.atomic
def adopt_version(*, by: User, version: PlanVersion) -> Adoption:
    """The newest version is the city's plan from now on. Raises PermissionDenied or AdoptionError."""
    plan = PlanPage.objects.select_for_update(of=("self",)).get(pk=version.plan_id)
    if not can_adopt(by, plan):
        raise PermissionDenied
    if version != plan.current_version:
        raise NewerVersionError
    version.plan = plan
    standing = standing_of(version)
    if standing.open_count:
        raise OpenItemsError(standing.open_count)
    if not standing.has_quorum:
        raise NoQuorumError
    rule = standing.rule
    adoption = Adoption.objects.create(
        version=version, adopted_by=by, organisations=rule.organisations, kinds=rule.kinds
    )
    Phase.objects.create(plan=plan, kind=Phase.Kind.ADOPTED, entered_by=by)
    return adoption
