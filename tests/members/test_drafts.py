"""Words sent after the session has ended wait for their writer."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from members.models import Draft
from tests import factories
from tests.factories import PASSWORD


def test_words_sent_signed_out_are_in_the_form_after_sign_in(city, member):
    url = reverse("forum:new_topic", args=[city.slug, "parklar"])
    browser = Client()
    asked = browser.post(url, {"title": "Bank", "body": "Gölgesiz bank"})
    assert asked.url == f"{reverse('account_login')}?next={url}"
    back = browser.post(asked.url, {"login": member.email, "password": PASSWORD})
    for _again in range(2):  # a reload does not lose them either
        page = browser.get(back.url).content.decode()
        assert "Gölgesiz bank" in page
        assert 'value="Bank"' in page


def test_they_are_forgotten_once_sent(city, member):
    url = reverse("forum:new_topic", args=[city.slug, "parklar"])
    browser = Client()
    asked = browser.post(url, {"title": "Bank", "body": "Gölgesiz bank"})
    browser.post(asked.url, {"login": member.email, "password": PASSWORD})
    browser.post(url, {"title": "Bank", "body": "Gölgesiz bank"})
    assert "Gölgesiz bank" not in browser.get(url).content.decode()


def test_they_wait_at_their_own_address_alone(city, member):
    topic = factories.topic(city, member)
    browser = Client()
    asked = browser.post(reverse("forum:reply_to_topic", args=[topic.pk]), {"body": "Katılıyorum, çünkü"})
    browser.post(asked.url, {"login": member.email, "password": PASSWORD})
    assert "Katılıyorum" not in browser.get(reverse("forum:new_topic", args=[city.slug, "parklar"])).content.decode()


def test_a_preview_or_a_refusal_leaves_what_waits(client_of, city, member, another_member):
    url, browser = reverse("forum:reply_to_topic", args=[factories.topic(city, member).pk]), client_of(another_member)
    Draft.objects.create(user=another_member, path=url, fields={"body": "Katılıyorum, çünkü"})
    for sent in ({"body": "Katılıyorum", "onizle": "1"}, {"body": ""}):
        assert browser.post(url, sent).status_code == 200
        assert "Katılıyorum, çünkü" in browser.get(url).content.decode()
    assert browser.post(url, {"body": "Katılıyorum, çünkü öyle."}).status_code == 302
    assert not another_member.drafts.exists()


def test_who_is_signed_out_leaves_no_more_than_a_form_has(client, city, member):
    url = reverse("forum:reply_to_topic", args=[factories.topic(city, member).pk])
    client.post(url, {f"alan{number}": "x" for number in range(500)})
    assert len(client.session["form_draft"]["fields"]) <= 40


def test_what_one_typed_is_not_shown_to_the_next_who_signs_in_elsewhere(client, city, member, another_member):
    topic = factories.topic(city, member)
    url = reverse("forum:reply_to_topic", args=[topic.pk])
    client.post(url, {"body": "Adayın sırrı burada"})
    sign_in = f"{reverse('account_login')}?next={topic.get_absolute_url()}"
    client.post(sign_in, {"login": another_member.email, "password": PASSWORD})
    assert "Adayın sırrı" not in client.get(url).content.decode()


def test_nor_to_who_signs_in_without_being_sent(client, city, member, another_member):
    url = reverse("forum:reply_to_topic", args=[factories.topic(city, member).pk])
    client.post(url, {"body": "Adayın sırrı burada"})
    client.post(reverse("account_login"), {"login": another_member.email, "password": PASSWORD})
    assert "Adayın sırrı" not in client.get(url).content.decode()


def test_whose_session_ended_finds_their_words_by_whatever_way_they_sign_in(client, city, member, another_member):
    """By a new password, for example, which leads to the sign-in page without an address to return to."""
    url = reverse("forum:reply_to_topic", args=[factories.topic(city, member).pk])
    account = {"login": another_member.email, "password": PASSWORD}
    client.post(reverse("account_login"), account)
    del client.cookies[settings.SESSION_COOKIE_NAME]
    client.post(url, {"body": "Yarım kalan sözüm"})
    client.post(reverse("account_login"), account)
    assert "Yarım kalan sözüm" in client.get(url).content.decode()


def test_a_newcomers_first_words_wait_until_the_account_is_confirmed(client, city, member):
    url = reverse("forum:reply_to_topic", args=[factories.topic(city, member).pk])
    sign_in = client.get(client.post(url, {"body": "İlk sözüm"}).url).content.decode()
    ways = {unescape(way) for way in re.findall(rf'href="({reverse("account_signup")}[^"]*)"', sign_in)}
    assert [parse_qs(urlsplit(way).query) for way in ways] == [{"next": [url]}] * len(ways)  # in the frame, too
    sign_up = ways.pop()
    form = {"display_name": "Deniz", "email": "deniz@example.org", "password1": PASSWORD, "password2": PASSWORD}
    client.post(sign_up, form | {"city": city.pk, "next": client.get(sign_up).context["redirect_field_value"]})
    confirm = re.search(r"https?://[^/\s]+(/\S+)", mail.outbox[0].body)[1]
    assert client.post(confirm).url == url
    assert "İlk sözüm" in client.get(url).content.decode()
