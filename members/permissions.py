"""Who may do what with roles and organisations; and what every app's permissions are made of: `is_signed_in`, `has_role`."""

from typing import TypeGuard

from django.contrib.auth.models import AnonymousUser

from members.models import City, Organisation, Representation, Role, User

Person = User | AnonymousUser

# The roles that work in Wagtail on the city's pages.
EDITING_ROLES = frozenset({Role.EDITOR, Role.COORDINATOR})


def is_signed_in(user: Person) -> TypeGuard[User]:
    """Whether this is a person with an account in use, of whatever city or of none."""
    return isinstance(user, User) and user.is_active


def has_role(user: Person, city: City | None, *roles: Role) -> bool:
    """Whether the person holds one of the roles in the city. Coordinators hold every role, administrators everywhere. As a
    query: City.objects.with_role."""
    if not is_signed_in(user):
        return False
    if user.is_superuser:
        return True
    return bool(user.roles_in(city) & {*roles, Role.COORDINATOR})


def is_member_of(user: Person, city: City | None) -> bool:
    """Whether the person belongs to the city: any role makes one a member."""
    return has_role(user, city, *Role)


def can_moderate_city(user: Person, city: City | None) -> bool:
    return has_role(user, city, Role.MODERATOR)


def can_edit_city(user: Person, city: City | None) -> bool:
    return has_role(user, city, Role.EDITOR)


def can_coordinate_city(user: Person, city: City | None) -> bool:
    return has_role(user, city)


def can_enter_desk(user: Person) -> bool:
    """Whether Wagtail's admin is open to the person. Its groups follow the roles (members/actions.py), so that a page which
    links to it asks for no permission of Django's."""
    if not is_signed_in(user):
        return False
    return user.is_superuser or any(roles & EDITING_ROLES for roles in user.roles_by_city.values())


def can_grant_role(user: Person, city: City) -> bool:
    return can_coordinate_city(user, city)


def can_join_city(user: Person, city: City) -> bool:
    return is_signed_in(user)


def can_leave_city(user: Person, city: City) -> bool:
    return isinstance(user, User) and bool(user.roles_in(city))


def can_add_organisation(user: Person, city: City) -> bool:
    return can_coordinate_city(user, city)


def can_change_organisation(user: Person, organisation: Organisation) -> bool:
    return can_coordinate_city(user, organisation.city)


def can_request_representation(user: Person, organisation: Organisation) -> bool:
    """Members of the organisation's city."""
    return is_member_of(user, organisation.city)


def can_confirm_representation(user: Person, representation: Representation) -> bool:
    """A coordinator confirms others; nobody confirms themselves, except an administrator."""
    if not isinstance(user, User):
        return False
    own = representation.user_id == user.pk
    return user.is_superuser or (not own and can_coordinate_city(user, representation.organisation.city))


def can_end_representation(user: Person, representation: Representation) -> bool:
    """The person themselves, or a coordinator."""
    own = isinstance(user, User) and representation.user_id == user.pk
    return own or can_coordinate_city(user, representation.organisation.city)


def can_speak_for(user: Person, organisation: Organisation) -> bool:
    return Organisation.objects.spoken_for_by(user).filter(pk=organisation.pk).exists()
