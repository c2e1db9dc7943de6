"""Member bodies of a city, and who may speak for them."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from members import actions
from members.models import Organisation, OrganisationKind, Representation, Role
from members.permissions import can_speak_for
from tests import factories


@pytest.fixture
def organisation(city):
    return factories.OrganisationFactory(city=city, name="Mor Dayanışma")


def organisations_page(city):
    return reverse("members:organisations", args=[city.slug])


def test_everybody_reads_the_member_bodies_in_turkish_order(client, city, organisation):
    factories.OrganisationFactory(city=city, name="Çınar Derneği")
    factories.OrganisationFactory(city=city, name="İklim Grubu")
    page = client.get(organisations_page(city)).content.decode()
    assert page.index("Çınar Derneği") < page.index("İklim Grubu") < page.index("Mor Dayanışma")


def test_who_speaks_for_them_is_shown_to_coordinators_alone(client, client_of, city, organisation, member, coordinator):
    representation = actions.request_representation(user=member, organisation=organisation)
    actions.confirm_representation(by=coordinator, representation=representation)
    asking = factories.person(city, Role.MEMBER, display_name="Soran")
    actions.request_representation(user=asking, organisation=organisation)
    for browser in (client, client_of(member)):
        page = browser.get(organisations_page(city))
        assert (page.context["waiting"], page.context["confirmed"]) == ([], [])
        assert "Soran" not in page.content.decode()
    page = client_of(coordinator).get(organisations_page(city)).content.decode()
    assert "Soran" in page
    assert member.display_name in page
    assert "@" not in page


def test_a_coordinator_adds_an_organisation(client_of, city, coordinator):
    url = reverse("members:add_organisation", args=[city.slug])
    response = client_of(coordinator).post(url, {"name": "Tekerlekli Sandalye Grubu", "kind": "civil_society"})
    assert response.url == organisations_page(city)
    assert Organisation.objects.get(city=city).name == "Tekerlekli Sandalye Grubu"


def test_an_organisation_stands_once_in_a_city(client_of, city, other_city, coordinator, organisation):
    url = reverse("members:add_organisation", args=[city.slug])
    page = client_of(coordinator).post(url, {"name": organisation.name, "kind": "academia"})
    assert list(page.context["form"].errors) == ["name"]
    assert f'value="{organisation.name}"' in page.content.decode()
    with pytest.raises(ValidationError):
        actions.add_organisation(by=coordinator, city=city, name=organisation.name, kind=OrganisationKind.ACADEMIA)
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize("role", ["member", "editor", "moderator"])
def test_who_is_no_coordinator_adds_none(request, client_of, city, role):
    person = request.getfixturevalue(role)
    assert client_of(person).get(reverse("members:add_organisation", args=[city.slug])).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.add_organisation(by=person, city=city, name="Korsan", kind=OrganisationKind.ACADEMIA)


def test_a_coordinator_changes_one_and_nobody_else(organisation, coordinator, editor):
    new = {"name": "Mor Dayanışma Derneği", "kind": OrganisationKind.TRADE_UNION}
    with pytest.raises(PermissionDenied):
        actions.change_organisation(by=editor, organisation=organisation, **new)
    actions.change_organisation(by=coordinator, organisation=organisation, **new)
    organisation.refresh_from_db()
    assert (organisation.name, organisation.kind) == (new["name"], new["kind"])


def test_a_member_asks_to_speak_and_a_coordinator_confirms(client_of, city, organisation, member, coordinator):
    client_of(member).post(reverse("members:request_representation"), {"organisation": organisation.pk})
    representation = Representation.objects.get(user=member)
    assert not can_speak_for(member, organisation)
    url = reverse("members:confirm_representation", args=[representation.pk])
    assert client_of(member).post(url).status_code == 403
    client_of(coordinator).post(url)
    assert can_speak_for(member, organisation)


def test_one_asks_for_organisations_of_ones_own_cities_alone(client_of, other_city, member):
    foreign = factories.OrganisationFactory(city=other_city)
    page = client_of(member).post(reverse("members:request_representation"), {"organisation": foreign.pk})
    assert page.status_code == 200
    assert list(page.context["representation_form"].errors) == ["organisation"]
    assert not Representation.objects.exists()
    with pytest.raises(PermissionDenied):
        actions.request_representation(user=member, organisation=foreign)


def test_a_coordinator_turns_a_request_down_after_a_question(client_of, organisation, member, coordinator):
    representation = actions.request_representation(user=member, organisation=organisation)
    browser, url = client_of(coordinator), reverse("members:end_representation", args=[representation.pk])
    assert browser.get(url).status_code == 200
    assert Representation.objects.exists()
    assert browser.post(url).url == organisations_page(organisation.city)
    assert not Representation.objects.exists()


def test_a_person_stops_speaking_for_an_organisation(client_of, organisation, member, coordinator):
    representation = actions.request_representation(user=member, organisation=organisation)
    actions.confirm_representation(by=coordinator, representation=representation)
    url = reverse("members:end_representation", args=[representation.pk])
    assert client_of(member).post(url).url == reverse("members:profile")
    assert not can_speak_for(member, organisation)


def test_nobody_else_ends_it(client_of, organisation, member, another_member, moderator):
    representation = actions.request_representation(user=member, organisation=organisation)
    url = reverse("members:end_representation", args=[representation.pk])
    for person in (another_member, moderator):
        assert client_of(person).post(url).status_code == 403
    assert Representation.objects.exists()
