"""Roles as a question about one city, and as a query over all of them: the same rule."""

import pytest
from django.contrib.auth.models import AnonymousUser

from members.actions import confirm_representation, grant_role, request_representation, withdraw_role
from members.models import City, Organisation, Role, User
from members.permissions import can_enter_desk, can_speak_for, has_role, is_signed_in
from tests import factories

PEOPLE = ["member", "editor", "moderator", "coordinator", "stranger", "administrator", "left", "anonymous"]


@pytest.fixture
def person_called(request, city, other_city):
    """`person_called(name)`: one of PEOPLE; "left" is a moderator whose account is not in use any more."""

    def find(name):
        if name == "anonymous":
            return AnonymousUser()
        if name == "left":
            return factories.person(city, Role.MODERATOR, is_active=False)
        return request.getfixturevalue(name)

    return find


@pytest.mark.parametrize("roles", [(), (Role.MODERATOR,), (Role.EDITOR, Role.MODERATOR), tuple(Role)])
@pytest.mark.parametrize("name", PEOPLE)
def test_the_query_finds_the_cities_in_which_one_has_the_role(person_called, name, roles):
    person = person_called(name)
    expected = {city for city in City.objects.all() if has_role(person, city, *roles)}
    found = list(City.objects.with_role(person, *roles))
    assert set(found) == expected
    assert len(found) == len(expected)


def test_several_roles_in_a_city_find_it_once(city, moderator, administrator):
    grant_role(by=administrator, user=moderator, city=city, role=Role.COORDINATOR)
    assert list(City.objects.with_role(moderator, Role.MODERATOR)) == [city]


@pytest.mark.parametrize("name", PEOPLE)
def test_the_desk_is_open_to_those_whom_wagtail_lets_in(person_called, name):
    person = person_called(name)
    assert can_enter_desk(person) is person.has_perm("wagtailadmin.access_admin")


def test_who_gives_an_editing_role_up_has_no_desk_any_more(city, editor, coordinator):
    assert can_enter_desk(editor)
    withdraw_role(by=coordinator, membership=editor.memberships.get(role=Role.EDITOR))
    assert not can_enter_desk(User.objects.get(pk=editor.pk))


@pytest.mark.parametrize(("name", "expected"), [("stranger", True), ("left", False), ("anonymous", False)])
def test_signed_in_is_who_has_an_account_in_use(person_called, name, expected):
    assert is_signed_in(person_called(name)) is expected


def test_one_speaks_for_an_organisation_once_it_is_confirmed(city, member, another_member, coordinator):
    organisation, waiting = factories.OrganisationFactory(city=city), factories.OrganisationFactory(city=city)
    for asked in (organisation, waiting):
        request_representation(user=member, organisation=asked)
    confirm_representation(by=coordinator, representation=member.representations.get(organisation=organisation))
    assert list(Organisation.objects.spoken_for_by(member)) == [organisation]
    assert can_speak_for(member, organisation)
    assert not can_speak_for(member, waiting)
    for other in (another_member, AnonymousUser()):
        assert not Organisation.objects.spoken_for_by(other).exists()
