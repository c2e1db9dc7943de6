"""To whom a session belongs: the person comes with their roles, as they are now."""

from django.urls import reverse

from members.actions import grant_role
from members.backends import MemberBackend
from members.models import City, Membership, Role, User


def read(pk):
    return MemberBackend().get_user(pk)


def test_the_person_comes_with_their_roles_in_one_query(city, member, coordinator, django_assert_num_queries):
    elsewhere = City.objects.create(name="Komşukent", slug="komsukent")
    Membership.objects.create(user=member, city=elsewhere, role=Role.MEMBER)
    grant_role(by=coordinator, user=member, city=city, role=Role.EDITOR)
    with django_assert_num_queries(1):
        person = read(member.pk)
        held = person.roles_by_city
    assert held == {city.pk: {Role.MEMBER, Role.EDITOR}, elsewhere.pk: {Role.MEMBER}}
    assert held == User.objects.get(pk=member.pk).roles_by_city


def test_who_has_no_role_is_a_person_all_the_same(stranger, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert read(stranger.pk).roles_by_city == {}


def test_a_role_that_is_withdrawn_is_gone_with_the_next_request(client_of, city, moderator):
    browser = client_of(moderator)
    address = reverse("forum:moderation", args=[city.slug])
    assert browser.get(address).status_code == 200
    Membership.objects.filter(user=moderator, role=Role.MODERATOR).delete()
    assert browser.get(address).status_code == 403


def test_a_session_of_who_was_deactivated_or_is_gone_is_nobodys(member):
    User.objects.filter(pk=member.pk).update(is_active=False)
    assert read(member.pk) is None
    assert read(0) is None
