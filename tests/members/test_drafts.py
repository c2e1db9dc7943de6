"""Words sent after the session has ended wait for their writer."""

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
    browser.post(url, {"title": "Bank", "body": "Gölgesiz bank"})
    browser.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    browser.post(url, {"title": "Bank", "body": "Gölgesiz bank"})
    assert "Gölgesiz bank" not in browser.get(url).content.decode()


def test_they_wait_at_their_own_address_alone(city, member):
    topic = factories.topic(city, member)
    browser = Client()
    browser.post(reverse("forum:reply_to_topic", args=[topic.pk]), {"body": "Katılıyorum, çünkü"})
    browser.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
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
