"""The search page and the index behind it: what is found, what is not, and what happens when the engine is away."""

import json

import pytest
from django.core.management import call_command
from django.urls import reverse

from forum.actions import hide_post, moderate_topic
from forum.models import ModerationAct, Post
from search import engine, indexing, queries
from search.engine import current_engine
from search.engines.base import EngineError
from search.models import OutboxEntry
from tests import factories

HOSTILE = [
    "'",
    '"',
    "*",
    "a AND",
    "NEAR(",
    "\x00",
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
    current_engine().clear()


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


class AwayEngine:
    def __getattr__(self, name):
        def refuse(*args, **kwargs):
            raise EngineError("away")

        return refuse


def test_posting_goes_on_while_the_engine_is_away(
    client, city, member, monkeypatch, django_capture_on_commit_callbacks
):
    for module in (indexing, queries):
        monkeypatch.setattr(module, "current_engine", AwayEngine)
    with django_capture_on_commit_callbacks(execute=True):
        topic = factories.topic(city, member)
    assert OutboxEntry.objects.exists()
    assert client.get(topic.get_absolute_url()).status_code == 200
    assert client.get(reverse("search:search"), {"q": "bank"}).status_code == 200
    monkeypatch.setattr(indexing, "current_engine", engine.current_engine)
    monkeypatch.setattr(queries, "current_engine", engine.current_engine)
    call_command("search_index", "catch-up", verbosity=0)
    assert not OutboxEntry.objects.exists()
    assert topic.get_absolute_url() in found(client, "bank")


def test_the_command_prints_json(topic, capsys):
    call_command("search_index", "rebuild")
    capsys.readouterr()
    call_command("search", "otobus", "--json")
    first = json.loads(capsys.readouterr().out)[0]
    assert set(first) == {"kind", "id", "title", "url", "score"}
    assert (first["kind"], first["id"]) == ("topic", topic.pk)


def test_too_many_searches_are_answered_with_429(client, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "search": "2/m"}
    statuses = [client.get(reverse("search:search"), {"q": "a"}).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
