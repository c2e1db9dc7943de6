"""From the database to the index: what happens when the engine is away, or its file is lost."""

import json

import pytest
from django.core.management import call_command
from django.urls import reverse

from forum.actions import remove_post
from forum.models import Post
from search import engine, indexing, queries
from search.engine import current_engine
from search.engines.base import Document, EngineError
from search.models import OutboxEntry
from tests import factories


@pytest.fixture(autouse=True)
def _full_index(db):
    indexing.rebuild()


@pytest.fixture
def topic(city, member):
    return factories.topic(city, member, title="Gece otobüsü", body="Durakların aydınlatması yetersiz.")


def keys() -> set[str]:
    return set(current_engine().keys_and_versions())


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
    assert f"topic:{topic.pk}" in keys()


def test_catching_up_mends_whatever_is_wrong_with_the_index(topic, another_member):
    indexing.drain()
    whole = keys()
    assert f"topic:{topic.pk}" in whole
    current_engine().remove([f"topic:{topic.pk}"])
    current_engine().put(
        [Document("topic:0", "topic", "Yok", ""), Document("removed_kind:1", "removed_kind", "Yok", "")]
    )
    call_command("search_index", "catch-up", verbosity=0)
    assert keys() == whole
    current_engine().clear()
    call_command("search_index", "catch-up", verbosity=0)
    assert keys() == whole
    assert indexing.catch_up() == 0


def test_what_is_removed_leaves_the_index(topic, another_member):
    reply = factories.reply(Post.objects.on(topic).get(), another_member, "Tramvay hattı gerekir.")
    indexing.drain()
    assert f"post:{reply.pk}" in keys()
    remove_post(by=another_member, post=reply)
    indexing.drain()
    assert f"post:{reply.pk}" not in keys()


def test_the_command_prints_json(topic, capsys):
    call_command("search_index", "rebuild")
    capsys.readouterr()
    call_command("search", "otobus", "--json")
    first = json.loads(capsys.readouterr().out)[0]
    assert set(first) == {"kind", "id", "title", "url", "score"}
    assert (first["kind"], first["id"]) == ("topic", topic.pk)
