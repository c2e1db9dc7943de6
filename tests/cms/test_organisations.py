"""Organisations in Wagtail's admin: written by the actions, and kept where people spoke for them."""

import pytest
from django.urls import reverse

from forum.actions import open_topic
from members.actions import confirm_representation, request_representation
from members.models import Organisation, OrganisationKind
from tests import factories


@pytest.fixture
def organisation(city) -> Organisation:
    return factories.OrganisationFactory(city=city, name="Mavi Dernek", kind=OrganisationKind.CIVIL_SOCIETY)


def address(view, *args) -> str:
    return reverse(Organisation.snippet_viewset.get_url_name(view), args=args)


def test_an_administrator_adds_one(client_of, administrator, city):
    browser = client_of(administrator)
    assert browser.get(address("add")).status_code == 200
    browser.post(address("add"), {"name": "Mavi Dernek", "kind": "academia", "city": city.pk})
    added = Organisation.objects.get()
    assert (added.name, added.kind, added.city) == ("Mavi Dernek", "academia", city)


def test_a_name_that_the_city_has_already_is_said(client_of, administrator, city, organisation):
    given = {"name": organisation.name, "kind": "academia", "city": city.pk}
    assert client_of(administrator).post(address("add"), given).status_code == 200
    assert Organisation.objects.get() == organisation


def test_name_and_kind_change_and_the_city_stays(client_of, administrator, city, other_city, organisation):
    browser, edit = client_of(administrator), address("edit", organisation.pk)
    assert browser.get(edit).status_code == 200
    browser.post(edit, {"name": "Yeşil Dernek", "kind": "academia", "city": other_city.pk})
    organisation.refresh_from_db()
    assert (organisation.name, organisation.kind, organisation.city) == ("Yeşil Dernek", "academia", city)


@pytest.mark.parametrize("view", ["add", "edit", "delete"])
def test_editors_write_none(client_of, editor, city, organisation, view):
    url = address(view) if view == "add" else address(view, organisation.pk)
    assert client_of(editor).post(url, {"name": "Yeni", "kind": "academia", "city": city.pk}).status_code == 302
    assert Organisation.objects.get().name == "Mavi Dernek"


def test_one_for_which_somebody_spoke_is_not_deleted(client_of, administrator, city, member, organisation):
    confirm_representation(
        by=administrator, representation=request_representation(user=member, organisation=organisation)
    )
    open_topic(author=member, board=factories.board(city), title="Banklar", body="Bank yok.", organisation=organisation)
    browser = client_of(administrator)
    answer = browser.post(address("delete", organisation.pk), follow=True)
    assert "Mavi Dernek” adına" in answer.content.decode()
    assert Organisation.objects.filter(pk=organisation.pk).exists()
    bulk = reverse("wagtail_bulk_action", args=["members", "organisation", "delete"])
    browser.post(f"{bulk}?id={organisation.pk}")
    assert Organisation.objects.filter(pk=organisation.pk).exists()


def test_one_for_which_nobody_spoke_is_deleted(client_of, administrator, organisation):
    client_of(administrator).post(address("delete", organisation.pk))
    assert not Organisation.objects.exists()
