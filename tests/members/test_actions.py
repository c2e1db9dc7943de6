import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from members import actions
from members.actions import confirm_representation, grant_role, request_representation
from members.models import Role, User
from members.permissions import can_speak_for, has_role
from tests import factories
from tests.factories import OrganisationFactory
from tests.forum.test_at_once import at_once


def test_an_editor_enters_the_wagtail_group_of_the_city(editor, city):
    assert city.editors in editor.groups.all()


def test_a_role_in_one_city_is_none_in_another(moderator, city, other_city):
    assert has_role(moderator, city, Role.MODERATOR)
    assert not has_role(moderator, other_city, Role.MODERATOR)


def test_a_coordinator_holds_every_role(coordinator, city):
    assert has_role(coordinator, city, Role.EDITOR)
    assert has_role(coordinator, city, Role.MODERATOR)


def test_a_member_grants_no_role(member, another_member, city):
    with pytest.raises(PermissionDenied):
        grant_role(by=member, user=another_member, city=city, role=Role.EDITOR)


def test_a_representative_speaks_only_after_a_coordinator_confirmed(member, coordinator, city):
    organisation = OrganisationFactory(city=city)
    representation = request_representation(user=member, organisation=organisation)
    assert not can_speak_for(member, organisation)
    with pytest.raises(PermissionDenied):
        confirm_representation(by=member, representation=representation)
    confirm_representation(by=coordinator, representation=representation)
    assert can_speak_for(member, organisation)


def test_a_coordinator_does_not_confirm_themselves(coordinator, city):
    representation = request_representation(user=coordinator, organisation=OrganisationFactory(city=city))
    with pytest.raises(PermissionDenied):
        confirm_representation(by=coordinator, representation=representation)


def test_membership_is_nobodys_to_grant_and_roles_are_for_members(city, coordinator, stranger):
    for role in Role:
        with pytest.raises(PermissionDenied):
            actions.grant_role(by=coordinator, user=stranger, city=city, role=role)


def test_a_second_confirmation_changes_nothing(city, coordinator, administrator, member):
    organisation = factories.OrganisationFactory(city=city)
    asked = actions.request_representation(user=member, organisation=organisation)
    first = actions.confirm_representation(by=coordinator, representation=asked)
    at = first.confirmed_at
    again = actions.confirm_representation(by=administrator, representation=asked)
    assert (again.confirmed_at, again.confirmed_by) == (at, coordinator)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_who_take_a_name_at_once_one_is_told(city):
    people = [factories.UserFactory() for _number in range(2)]

    def take(person):
        actions.change_profile(user=person, display_name="Aynı Ad", wants_mails=True)

    assert [type(error) for error in at_once(*[lambda p=p: take(p) for p in people])] == [ValidationError]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_newcomers_of_one_name_who_come_at_once_have_one_each(city):
    people = [User.objects.create(email=f"yeni{n}@example.org", display_name="Aynı", name_key=None) for n in range(3)]
    assert at_once(*[lambda p=p: actions.settle_in(user=p) for p in people]) == []
    assert set(User.objects.filter(pk__in=[p.pk for p in people]).values_list("name_key", flat=True)) == {
        "ayni",
        "ayni2",
        "ayni3",
    }
