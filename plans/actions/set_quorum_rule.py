"""Set the rule by which a city's platform adopts."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from members.models import City, User
from plans.models import Endorsement, QuorumRule
from plans.permissions import can_set_quorum_rule
from plans.quorum import rule_of


class RuleInUseError(ValueError):
    """Organisations have begun to endorse: the rule by which they are counted stays until the version is adopted."""


@transaction.atomic
def set_quorum_rule(*, by: User, city: City, organisations: int, kinds: int) -> QuorumRule:
    """Raises PermissionDenied, RuleInUseError, or ValidationError for numbers that are no quorum."""
    if not can_set_quorum_rule(by, city):
        raise PermissionDenied
    counted = Endorsement.objects.filter(
        version__plan__city=city, version__adoption__isnull=True, withdrawn_at__isnull=True
    )
    if counted.exists():
        raise RuleInUseError
    rule = rule_of(city)
    rule.organisations, rule.kinds = organisations, kinds
    rule.full_clean()
    rule.save()
    return rule
