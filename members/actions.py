"""Every write about membership: join a city, grant and withdraw roles, speak for an organisation."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from members.models import City, Membership, Organisation, Representation, Role, User
from members.permissions import can_confirm_representation, can_grant_role, can_join_city

# The roles that work in Wagtail on the city's pages.
_EDITING_ROLES = (Role.EDITOR, Role.COORDINATOR)


def _forget_cached_roles(user: User) -> None:
    user.__dict__.pop("_roles_by_city", None)


def _sync_editor_group(user: User, city: City) -> None:
    if city.editors is None:
        return
    if user.memberships.filter(city=city, role__in=_EDITING_ROLES).exists():
        user.groups.add(city.editors)
    else:
        user.groups.remove(city.editors)


@transaction.atomic
def join_city(*, user: User, city: City) -> Membership:
    """The person becomes a member of the city, and it becomes theirs. Joining twice changes nothing."""
    if not can_join_city(user, city):
        raise PermissionDenied
    membership, _created = Membership.objects.get_or_create(user=user, city=city, role=Role.MEMBER)
    user.city = city
    user.save(update_fields=["city"])
    _forget_cached_roles(user)
    return membership


@transaction.atomic
def grant_role(*, by: User, user: User, city: City, role: Role) -> Membership:
    """Give a person a role in a city; editors and coordinators enter Wagtail's group of the city."""
    if not can_grant_role(by, city):
        raise PermissionDenied
    membership, _created = Membership.objects.get_or_create(user=user, city=city, role=role)
    _sync_editor_group(user, city)
    _forget_cached_roles(user)
    return membership


@transaction.atomic
def withdraw_role(*, by: User, membership: Membership) -> None:
    if not can_grant_role(by, membership.city):
        raise PermissionDenied
    user, city = membership.user, membership.city
    membership.delete()
    _sync_editor_group(user, city)
    _forget_cached_roles(user)


@transaction.atomic
def request_representation(*, user: User, organisation: Organisation) -> Representation:
    """Ask to speak for an organisation; a coordinator of its city confirms."""
    representation, _created = Representation.objects.get_or_create(user=user, organisation=organisation)
    return representation


@transaction.atomic
def confirm_representation(*, by: User, representation: Representation) -> Representation:
    if not can_confirm_representation(by, representation):
        raise PermissionDenied
    representation.confirmed_at = timezone.now()
    representation.confirmed_by = by
    representation.save(update_fields=["confirmed_at", "confirmed_by"])
    return representation


@transaction.atomic
def end_representation(*, by: User, representation: Representation) -> None:
    """The person themselves, or a coordinator, ends it; what was posted for the organisation stays as posted."""
    if by.pk != representation.user_id and not can_confirm_representation(by, representation):
        raise PermissionDenied
    representation.delete()


@transaction.atomic
def change_display_name(*, user: User, display_name: str) -> None:
    user.display_name = display_name
    user.full_clean(exclude=["password"])
    user.save(update_fields=["display_name"])
