"""A person's own page."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from members import actions
from members.models import Role, User
from tests import factories

PROFILE = "members:profile"


def test_it_shows_cities_roles_and_ones_own_address(client_of, city, editor):
    page = client_of(editor).get(reverse(PROFILE))
    assert page.context["own_cities"] == [{"city": city, "roles": [Role.EDITOR, Role.MEMBER]}]
    assert editor.email in page.content.decode()


def test_a_visitor_is_asked_to_sign_in(client, db):
    assert client.get(reverse(PROFILE)).url == f"{reverse('account_login')}?next={reverse(PROFILE)}"


def test_the_display_name_is_changed(client_of, member):
    client_of(member).post(reverse(PROFILE), {"display_name": "Çiçek Abla"})
    member.refresh_from_db()
    assert member.display_name == "Çiçek Abla"


@pytest.mark.parametrize("name", ["", "x", "ben@example.org", "gizli\u200b\u200bad", "a" * 51])
def test_a_bad_name_is_refused_and_stays_in_the_form(client_of, member, name):
    page = client_of(member).post(reverse(PROFILE), {"display_name": name})
    assert list(page.context["form"].errors) == ["display_name"]
    assert page.context["form"]["display_name"].value() == name
    assert page.context["user"].display_name == member.display_name
    with pytest.raises(ValidationError):
        actions.change_profile(user=User.objects.get(pk=member.pk), display_name=name, wants_mails=True)


def test_organisations_asked_for_are_not_offered_again(client_of, city, member):
    organisation = factories.OrganisationFactory(city=city)
    browser = client_of(member)
    assert browser.get(reverse(PROFILE)).context["representation_form"] is not None
    actions.request_representation(user=member, organisation=organisation)
    assert browser.get(reverse(PROFILE)).context["representation_form"] is None


def test_nobodys_address_but_ones_own_is_shown_anywhere(client, client_of, city, member, another_member, coordinator):
    topic = factories.topic(city, another_member)
    addresses = [topic.get_absolute_url(), reverse("forum:index", args=[city.slug]), city.page.get_url()]
    for browser in (client, client_of(coordinator)):
        for address in addresses:
            page = browser.get(address).content.decode()
            assert another_member.display_name in page
            assert another_member.email not in page
