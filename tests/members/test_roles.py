"""Coordinators grant and withdraw roles in their city, and nowhere else."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from members import actions
from members.models import Membership, Role
from tests import factories


def roles_page(city):
    return reverse("members:roles", args=[city.slug])


def change(name, city, user, role=Role.EDITOR):
    return reverse(f"members:{name}", args=[city.slug, user.pk, role])


def names(response):
    return [row["user"].display_name for row in response.context["rows"]]


def test_the_page_shows_those_with_roles_and_finds_every_member(client_of, city, coordinator, editor):
    factories.person(city, Role.MEMBER, display_name="Işıl Şen")
    factories.person(city, Role.MEMBER, display_name="Çiğdem")
    browser = client_of(coordinator)
    assert names(browser.get(roles_page(city))) == ["Editör", "Koordinatör"]
    for words in ("isil", "IŞIL", "şen", "Sen"):
        assert names(browser.get(roles_page(city), {"ad": words})) == ["Işıl Şen"]
    assert names(browser.get(roles_page(city), {"ad": "yok"})) == []


def test_nobodys_address_is_on_the_page(client_of, city, coordinator, editor, member):
    page = client_of(coordinator).get(roles_page(city), {"ad": "e"}).content.decode()
    assert editor.display_name in page
    assert "@" not in page


def test_people_of_another_city_are_not_found(client_of, coordinator, city, other_city):
    factories.person(other_city, Role.EDITOR, display_name="Uzaktaki")
    assert names(client_of(coordinator).get(roles_page(city), {"ad": "uzak"})) == []


@pytest.mark.parametrize("role", ["member", "editor", "moderator", "stranger"])
def test_who_is_no_coordinator_does_not_enter(request, client_of, city, coordinator, another_member, role):
    browser = client_of(request.getfixturevalue(role))
    assert browser.get(roles_page(city)).status_code == 403
    assert browser.post(change("grant_role", city, another_member)).status_code == 403
    assert browser.post(change("withdraw_role", city, coordinator, Role.COORDINATOR)).status_code == 403
    assert not another_member.memberships.filter(role=Role.EDITOR).exists()


def test_a_visitor_is_asked_to_sign_in(client, city):
    assert client.get(roles_page(city)).url == f"{reverse('account_login')}?next={roles_page(city)}"


def test_a_coordinator_of_another_city_grants_nothing_here(client_of, city, other_city, member):
    elsewhere = factories.person(other_city, Role.COORDINATOR)
    assert client_of(elsewhere).post(change("grant_role", city, member)).status_code == 403


def test_a_role_is_granted_after_a_question(client_of, city, coordinator, member):
    browser, url = client_of(coordinator), change("grant_role", city, member)
    assert member.display_name in browser.get(url).content.decode()
    assert not member.memberships.filter(role=Role.EDITOR).exists()
    assert browser.post(url).url == roles_page(city)
    assert member.memberships.filter(role=Role.EDITOR, city=city).exists()
    assert city.editors in member.groups.all()


def test_a_role_is_granted_to_members_of_the_city_alone(client_of, city, coordinator, stranger):
    assert client_of(coordinator).post(change("grant_role", city, stranger)).status_code == 404


@pytest.mark.parametrize("role", ["member", "superuser"])
def test_only_the_three_roles_are_granted(client_of, city, coordinator, member, role):
    assert client_of(coordinator).post(change("grant_role", city, member, role)).status_code == 404


def test_a_role_is_withdrawn_after_a_question(client_of, city, coordinator, editor):
    browser, url = client_of(coordinator), change("withdraw_role", city, editor)
    assert browser.get(url).status_code == 200
    assert editor.memberships.filter(role=Role.EDITOR).exists()
    browser.post(url)
    assert not editor.memberships.filter(role=Role.EDITOR).exists()
    assert city.editors not in editor.groups.all()


@pytest.mark.parametrize("by", ["coordinator", "administrator"])
def test_nobody_withdraws_the_last_coordinator(request, city, coordinator, by):
    last = Membership.objects.get(user=coordinator, role=Role.COORDINATOR)
    with pytest.raises(actions.LastCoordinatorError):
        actions.withdraw_role(by=request.getfixturevalue(by), membership=last)
    assert Membership.objects.filter(pk=last.pk).exists()


def test_a_closed_account_does_not_count_as_a_coordinator(city, coordinator, administrator):
    other = factories.person(city, Role.COORDINATOR, is_active=False)
    with pytest.raises(actions.LastCoordinatorError):
        actions.withdraw_role(by=administrator, membership=coordinator.memberships.get(role=Role.COORDINATOR))
    actions.withdraw_role(by=administrator, membership=other.memberships.get(role=Role.COORDINATOR))


def test_the_page_says_why_the_last_coordinator_stays(client_of, city, coordinator):
    url = change("withdraw_role", city, coordinator, Role.COORDINATOR)
    page = client_of(coordinator).post(url, follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["error"]


def test_a_coordinator_steps_back_when_there_is_another(client_of, city, coordinator):
    factories.person(city, Role.COORDINATOR)
    url = change("withdraw_role", city, coordinator, Role.COORDINATOR)
    assert client_of(coordinator).post(url).url == reverse("members:profile")
    assert not coordinator.memberships.filter(role=Role.COORDINATOR).exists()


def test_the_editors_group_is_kept_while_one_editing_role_is_left(city, coordinator, editor):
    actions.grant_role(by=coordinator, user=editor, city=city, role=Role.COORDINATOR)
    actions.withdraw_role(by=coordinator, membership=editor.memberships.get(role=Role.EDITOR))
    assert city.editors in editor.groups.all()


def test_a_withdrawn_role_ends_at_once(city, coordinator, editor):
    membership = editor.memberships.select_related("user").get(role=Role.EDITOR)
    assert Role.EDITOR in membership.user.roles_in(city)
    actions.withdraw_role(by=coordinator, membership=membership)
    assert membership.user.roles_in(city) == {Role.MEMBER}


def test_an_editor_grants_nothing(editor, member, city):
    with pytest.raises(PermissionDenied):
        actions.grant_role(by=editor, user=member, city=city, role=Role.MODERATOR)


def test_the_page_runs_the_same_queries_for_two_and_for_many(
    client_of, city, coordinator, editor, django_assert_max_num_queries
):
    browser = client_of(coordinator)
    browser.get(roles_page(city))
    with django_assert_max_num_queries(25) as few:
        browser.get(roles_page(city))
    for _number in range(10):
        factories.person(city, Role.MODERATOR)
    with django_assert_max_num_queries(len(few)):
        browser.get(roles_page(city))
