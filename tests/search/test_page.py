"""The search page: what is found, and what is not."""

import pytest
from django.urls import reverse

from forum.actions import hide_post, moderate_topic
from forum.models import ModerationAct, Post
from search import indexing
from search.engine import current_engine
from search.models import OutboxEntry
from tests import factories

HOSTILE = [
    "'",
    '"',
    "*",
    "a AND",
    "NEAR(",
    "%",
    "-",
    ":",
    "a" * 10_000,
    "İıŞğ" * 50,
    "😀",
    "{}",
    "(((",
    "ç OR ç NOT",
]


@pytest.fixture(autouse=True)
def _empty_index(db):
    current_engine().rebuild([])


@pytest.fixture
def topic(city, member):
    return factories.topic(city, member, title="Gece otobüsü", body="Durakların aydınlatması yetersiz.")


def found(client, query, **parameters) -> str:
    indexing.drain()
    response = client.get(reverse("search:search"), {"q": query, **parameters})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("query", ["durak aydinlatma", "DURAKLARIN", "otobusu", "Otobüs'ün"])
def test_inflected_and_unaccented_words_are_found(client, topic, query):
    assert topic.get_absolute_url() in found(client, query)


def test_hits_are_marked_in_their_own_spelling(client, topic):
    assert "<mark>aydınlatması</mark>" in found(client, "aydinlatma")


@pytest.mark.parametrize("query", HOSTILE)
def test_no_input_is_an_error(client, topic, query):
    found(client, query)


def test_filters_narrow_and_unknown_values_find_nothing(client, topic):
    assert topic.get_absolute_url() in found(client, "durak", tur="topic", kent="ornekkent", tema="parklar")
    assert topic.get_absolute_url() not in found(client, "durak", kent="baska")


def test_what_is_hidden_is_not_found_even_by_a_stale_index(client, client_of, topic, moderator):
    indexing.drain()
    moderate_topic(by=moderator, topic=topic, verb=ModerationAct.Verb.HIDE_TOPIC, reason="Karışık")
    OutboxEntry.objects.all().delete()  # the index has not heard of it
    assert topic.get_absolute_url() not in found(client, "otobüs")
    assert topic.get_absolute_url() in found(client_of(moderator), "otobüs")


def test_a_hidden_post_is_not_found(client, topic, moderator, another_member):
    reply = factories.reply(Post.objects.on(topic).get(), another_member, "Tramvay hattı gerekir.")
    assert "Tramvay" in found(client, "tramvay")
    hide_post(by=moderator, post=reply, reason="Kişisel")
    assert "Tramvay" not in found(client, "tramvay")


def test_too_many_searches_are_answered_with_429(client, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "search": "2/m"}
    statuses = [client.get(reverse("search:search"), {"q": "a"}).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
