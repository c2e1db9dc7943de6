"""Set the rule by which a city's platform adopts."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from members.models import City, User
from plans.models import Endorsement, QuorumChange, QuorumRule
from plans.permissions import can_set_quorum_rule
from plans.quorum import rule_of


class RuleInUseError(ValueError):
    """Organisations have begun to endorse: the rule by which they are counted stays until the version is adopted."""


@transaction.atomic
def set_quorum_rule(*, by: User, city: City, organisations: int, kinds: int) -> QuorumRule:
    """The rule from now on; who changed it from what to what stays on record. Raises PermissionDenied, RuleInUseError, or
    ValidationError for numbers that are no quorum."""
    if not can_set_quorum_rule(by, city):
        raise PermissionDenied
    city = City.objects.select_for_update(of=("self",)).get(pk=city.pk)  # two changes at once are two rows, in order
    counted = Endorsement.objects.filter(
        version__plan__city=city, version__adoption__isnull=True, withdrawn_at__isnull=True
    )
    if counted.exists():
        raise RuleInUseError
    rule = rule_of(city)
    before = rule.organisations, rule.kinds
    rule.organisations, rule.kinds = organisations, kinds
    rule.full_clean()
    rule.save()
    if before != (organisations, kinds):
        QuorumChange.objects.create(
            city=city,
            changed_by=by,
            organisations_before=before[0],
            kinds_before=before[1],
            organisations=organisations,
            kinds=kinds,
        )
    return rule
