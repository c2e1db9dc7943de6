"""A city is chosen once and remembered; people join and leave cities."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from cms.actions import open_city
from members import actions
from members.models import Role
from tests import factories


def choose(client, city, **more):
    return client.post(reverse("members:choose_city"), {"city": city.slug, **more})


def city_shown(client, path="/tr/bilgi/sozluk/"):
    """The city that a page of no city in particular works with."""
    return client.get(path).context["current_city"] or None


def test_a_chosen_city_is_remembered_on_the_device(client, city):
    assert city_shown(client) is None
    assert choose(client, city).url == f"/tr/{city.slug}/"
    assert city_shown(client) == city


def test_opening_a_citys_page_shows_it_and_remembers_nothing(client, city, other_city):
    choose(client, city)
    response = client.get(other_city.page.get_url())
    assert response.context["current_city"] == other_city
    assert "kent" not in response.cookies
    assert city_shown(client) == city


def test_the_first_city_that_is_opened_goes_along_until_the_browser_is_closed(client, city, other_city):
    cookie = client.get(city.page.get_url()).cookies["kent"]
    assert (cookie.value, cookie["max-age"], cookie["expires"]) == (city.slug, "", "")
    assert city_shown(client) == city
    assert "kent" not in client.get(other_city.page.get_url()).cookies
    assert city_shown(client) == city


def test_a_members_own_city_stays_whatever_they_open(client_of, member, city, other_city):
    browser = client_of(member)
    assert "kent" not in browser.get(other_city.page.get_url()).cookies
    assert city_shown(browser) == city


def test_the_page_of_a_city_offers_to_remember_it(client, city):
    offer = f'action="{reverse("members:choose_city")}"'
    assert offer in client.get(city.page.get_url()).content.decode()
    choose(client, city)
    assert offer not in client.get(city.page.get_url()).content.decode()


def test_a_members_choice_follows_them_to_another_device(client_of, member, other_city):
    choose(client_of(member), other_city)
    elsewhere = client_of(type(member).objects.get(pk=member.pk))
    assert city_shown(elsewhere) == other_city


def test_choosing_a_city_makes_nobody_a_member(client_of, stranger, city):
    choose(client_of(stranger), city)
    assert not stranger.memberships.exists()


def test_a_cookie_with_an_unknown_city_is_no_choice(client, city):
    client.cookies["kent"] = "yok-boyle-kent"
    assert city_shown(client) is None


@pytest.mark.parametrize("target", ["https://kotu.example/", "//kotu.example", "javascript:alert(1)"])
def test_the_choice_returns_to_this_site_alone(client, city, target):
    assert choose(client, city, next=target).url == f"/tr/{city.slug}/"
    assert choose(client, city, next="/tr/bilgi/sozluk/").url == "/tr/bilgi/sozluk/"


def test_the_choice_is_a_post(client, city):
    assert client.get(reverse("members:choose_city")).status_code == 405
    assert Client(enforce_csrf_checks=True).post(reverse("members:choose_city"), {"city": city.slug}).status_code == 403


def test_all_cities_are_offered_in_turkish_order(client, city, other_city, administrator):
    open_city(by=administrator, name="Çınarlı")
    names = [found.name for found in client.get(reverse("members:cities")).context["city_list"]]
    assert names == ["Çınarlı", "Işıklı", "Örnekkent"]


def test_a_person_joins_a_city(client_of, stranger, city):
    response = client_of(stranger).post(reverse("members:join"), {"city": city.slug, "next": "/tr/bilgi/sozluk/"})
    assert response.url == "/tr/bilgi/sozluk/"
    assert "kent" not in response.cookies
    assert stranger.roles_in(city) == {Role.MEMBER}


def test_joining_twice_changes_nothing(stranger, city):
    assert actions.join_city(user=stranger, city=city) == actions.join_city(user=stranger, city=city)


def test_who_leaves_has_no_role_and_no_voice_there_any_more(client_of, editor, city, other_city, coordinator):
    actions.join_city(user=editor, city=city)
    organisation = factories.OrganisationFactory(city=city)
    actions.request_representation(user=editor, organisation=organisation)
    factories.person(other_city, Role.MEMBER)
    browser, url = client_of(editor), reverse("members:leave", args=[city.slug])
    assert browser.get(url).status_code == 200
    assert editor.memberships.exists()
    browser.post(url)
    editor = type(editor).objects.get(pk=editor.pk)
    assert not editor.roles_in(city)
    assert not editor.representations.exists()
    assert city.editors not in editor.groups.all()
    assert editor.city is None


def test_the_last_coordinator_cannot_leave(client_of, coordinator, city):
    browser = client_of(coordinator)
    page = browser.post(reverse("members:leave", args=[city.slug]), follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    assert coordinator.memberships.filter(role=Role.COORDINATOR).exists()


def test_nobody_leaves_a_city_they_are_not_in(stranger, city):
    with pytest.raises(PermissionDenied):
        actions.leave_city(user=stranger, city=city)
