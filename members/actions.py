"""Every write about membership: join and leave a city, grant and withdraw roles, speak for an organisation."""

from contextlib import suppress

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from members.models import City, Membership, Organisation, OrganisationKind, Representation, Role, User
from members.names import NAME_IS_TAKEN, name_key, numbered
from members.permissions import (
    EDITING_ROLES,
    can_add_organisation,
    can_change_organisation,
    can_confirm_representation,
    can_end_representation,
    can_grant_role,
    can_join_city,
    can_leave_city,
    can_request_representation,
)


class LastCoordinatorError(ValueError):
    """A city would be left without anybody who can grant roles."""


def _forget_cached_roles(user: User) -> None:
    user.__dict__.pop("roles_by_city", None)


def _sync_editor_group(user: User, city: City) -> None:
    if city.editors is None:
        return
    if user.memberships.filter(city=city, role__in=EDITING_ROLES).exists():
        user.groups.add(city.editors)
    else:
        user.groups.remove(city.editors)


def _withdraw(user: User, city: City, roles: list[str]) -> None:
    """Take roles away. Locking the city makes two coordinators who withdraw each other wait: the second is refused."""
    City.objects.select_for_update().get(pk=city.pk)
    coordinators = city.memberships.filter(role=Role.COORDINATOR, user__is_active=True)
    if Role.COORDINATOR in roles and not coordinators.exclude(user=user).exists():
        raise LastCoordinatorError
    user.memberships.filter(city=city, role__in=roles).delete()
    _sync_editor_group(user, city)
    _forget_cached_roles(user)


@transaction.atomic
def choose_city(*, user: User, city: City) -> None:
    """The city that the person wants to see, on every device. It makes nobody a member."""
    user.city = city
    user.save(update_fields=["city"])


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
def leave_city(*, user: User, city: City) -> None:
    """Give up every role in a city, and the voice of its organisations. Raises LastCoordinatorError."""
    if not can_leave_city(user, city):
        raise PermissionDenied
    _withdraw(user, city, list(user.roles_in(city)))
    user.representations.filter(organisation__city=city).delete()
    if user.city_id == city.pk:
        latest = user.memberships.select_related("city").order_by("-created_at").first()
        user.city = latest.city if latest else None
        user.save(update_fields=["city"])


@transaction.atomic
def grant_role(*, by: User, user: User, city: City, role: Role) -> Membership:
    """Give a member of the city a role in it; editors and coordinators enter Wagtail's group of the city. Membership itself
    is nobody's to grant: people join."""
    if not can_grant_role(by, city) or role == Role.MEMBER or Role.MEMBER not in user.roles_in(city):
        raise PermissionDenied
    membership, _created = Membership.objects.get_or_create(user=user, city=city, role=role)
    _sync_editor_group(user, city)
    _forget_cached_roles(user)
    return membership


@transaction.atomic
def withdraw_role(*, by: User, membership: Membership) -> None:
    """Take a role back. Raises LastCoordinatorError, whoever asks."""
    if not can_grant_role(by, membership.city):
        raise PermissionDenied
    _withdraw(membership.user, membership.city, [membership.role])


@transaction.atomic
def add_organisation(*, by: User, city: City, name: str, kind: OrganisationKind) -> Organisation:
    """A new member body of the city. Raises ValidationError when the city has one of that name."""
    if not can_add_organisation(by, city):
        raise PermissionDenied
    organisation = Organisation(city=city, name=name, kind=kind)
    organisation.full_clean()
    organisation.save()
    return organisation


@transaction.atomic
def change_organisation(*, by: User, organisation: Organisation, name: str, kind: OrganisationKind) -> Organisation:
    """Another name or kind; its city stays, of whose members some speak for it. What was said for it before keeps the old
    ones. Raises ValidationError when the city has another one of that name."""
    if not can_change_organisation(by, organisation):
        raise PermissionDenied
    organisation.name, organisation.kind = name, kind
    organisation.full_clean()
    organisation.save(update_fields=["name", "kind"])
    return organisation


@transaction.atomic
def request_representation(*, user: User, organisation: Organisation) -> Representation:
    """Ask to speak for an organisation; a coordinator of its city confirms. Asking twice changes nothing."""
    if not can_request_representation(user, organisation):
        raise PermissionDenied
    representation, _created = Representation.objects.get_or_create(user=user, organisation=organisation)
    return representation


@transaction.atomic
def confirm_representation(*, by: User, representation: Representation) -> Representation:
    """Confirmed already, it keeps who did so and when."""
    if not can_confirm_representation(by, representation):
        raise PermissionDenied
    if representation.confirmed_at is not None:
        return representation
    representation.confirmed_at = timezone.now()
    representation.confirmed_by = by
    representation.save(update_fields=["confirmed_at", "confirmed_by"])
    return representation


@transaction.atomic
def end_representation(*, by: User, representation: Representation) -> None:
    """The person themselves, or a coordinator, ends it; what was posted for the organisation stays as posted."""
    if not can_end_representation(by, representation):
        raise PermissionDenied
    representation.delete()


@transaction.atomic
def settle_in(*, user: User) -> None:
    """The first sign-in: the name becomes the person's own, with a number where somebody has taken it meanwhile; they join
    the city that they chose when they signed up."""
    for name in numbered(user.display_name):
        user.display_name, user.name_key = name, name_key(name)
        with suppress(IntegrityError), transaction.atomic():
            user.save(update_fields=["display_name"])
            break
    if user.city is not None:
        join_city(user=user, city=user.city)


@transaction.atomic
def change_profile(*, user: User, display_name: str, wants_mails: bool) -> None:
    """Raises ValidationError when it is no name (members/names.py)."""
    user.display_name, user.wants_mails = display_name, wants_mails
    user.full_clean(exclude=["password"])
    try:
        with transaction.atomic():
            user.save(update_fields=["display_name", "wants_mails"])
    except IntegrityError as error:  # taken at the same moment
        raise ValidationError({"display_name": NAME_IS_TAKEN}) from error
