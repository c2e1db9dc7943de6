"""From the database to the index: what happens when the engine is away, or its file is lost."""

import json
import os
import signal
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.urls import reverse

from forum.actions import edit_post, hide_post, remove_post, show_post
from forum.models import Post, Topic
from members.actions import change_profile
from search import engine, indexing, queries
from search.engine import current_engine
from search.engines.base import Document, EngineError
from search.models import Citation, OutboxEntry
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
    current_engine().rebuild([])
    call_command("search_index", "catch-up", verbosity=0)
    assert keys() == whole
    assert indexing.catch_up() == 0


def test_the_check_names_every_difference(topic, capsys):
    call_command("search_index", "catch-up", verbosity=0)
    call_command("search_index", "check")
    key = f"topic:{topic.pk}"
    assert indexing.compare().keys == []
    current_engine().remove([key])
    current_engine().put([Document("topic:0", "topic", "Yok", "")])
    with pytest.raises(CommandError):
        call_command("search_index", "check")
    assert indexing.compare() == indexing.Difference(missing=[key], outdated=[], superfluous=["topic:0"])
    current_engine().put([Document(key, "topic", "Eski", "", version=1)])
    assert indexing.compare().outdated == [key]
    assert f"missing     {key}" in capsys.readouterr().out


@pytest.mark.parametrize("what", ["rebuild", "catch-up", "check"])
def test_a_command_that_the_engine_does_not_answer_says_so(monkeypatch, what):
    monkeypatch.setattr(indexing, "current_engine", AwayEngine)
    with pytest.raises(CommandError, match="does not answer") as raised:
        call_command("search_index", what)
    assert raised.value.returncode == 1


def test_a_rebuild_has_what_the_database_has_and_nothing_else(topic, capsys):
    current_engine().put([Document("topic:0", "topic", "Yok", "")])
    call_command("search_index", "rebuild")
    assert indexing.compare().keys == []
    assert capsys.readouterr().out == f"{len(keys())} documents\n"


@pytest.fixture
def _own_signals():
    before = {sign: signal.getsignal(sign) for sign in (signal.SIGTERM, signal.SIGINT)}
    yield
    for sign, handler in before.items():
        signal.signal(sign, handler)


@pytest.mark.usefixtures("_own_signals")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_drains_until_it_is_told_to_stop(topic, sign):
    current_engine().rebuild([])
    OutboxEntry.objects.create(kind="topic", object_pk=str(topic.pk))

    def stop_when_all_is_drained():
        while OutboxEntry.objects.exists():
            pass
        os.kill(os.getpid(), sign)

    other = start(stop_when_all_is_drained)
    call_command("search_index", "worker")  # comes back, with no error
    other.join()
    assert keys() == {f"topic:{topic.pk}"}


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


def found(client, query):
    """The addresses of what the search page shows."""
    indexing.drain()
    return [hit["url"] for hit in client.get(reverse("search:search"), {"q": query}).context.get("hits", [])]


def test_an_opening_is_found_by_what_it_says_today(client, topic, member):
    address, opening = topic.get_absolute_url(), Post.objects.on(topic).get()
    assert address in found(client, "aydınlatma")
    edit_post(by=member, post=opening, body="Muşmula ağacı kesilmiş.")
    assert address in found(client, "muşmula")
    assert address not in found(client, "aydınlatma")
    factories.reply(opening, member, "Evet.")
    remove_post(by=member, post=opening)
    assert address not in found(client, "muşmula")
    assert address in found(client, "otobüs")  # its title


def test_nobody_is_found_by_their_name_old_or_new(client, city, topic):
    person = factories.person(city, "member", display_name="Feride Karabulut")
    post = factories.reply(Post.objects.on(topic).get(), person, "Durak karanlık.")
    assert post.get_absolute_url() not in found(client, "Feride Karabulut")
    change_profile(user=person, display_name="Zambakgülü", wants_mails=False)
    assert post.get_absolute_url() not in [*found(client, "Feride"), *found(client, "Zambakgülü")]
    assert post.get_absolute_url() in found(client, "karanlık")
    person.delete()
    page = client.get(topic.get_absolute_url()).content.decode()
    assert "Feride" not in page
    assert "Eski üye" in page


def test_a_post_that_is_hidden_links_nothing_until_it_is_shown_again(topic, another_member, moderator):
    reply = factories.reply(Post.objects.on(topic).get(), another_member)
    cited = {"section_key": "section:1", "cited_in": f"post:{reply.pk}", "cited_as": "2.3"}
    Citation.objects.create(discussion_key=f"topic:{topic.pk}", **cited)
    hide_post(by=moderator, post=reply, reason="Adres")
    cited = Citation.objects.filter(section_key="section:1").exclude(discussion_key="")
    assert not cited.exists()
    show_post(by=moderator, post=reply)
    assert cited.get().discussion_key == f"topic:{topic.pk}"
    remove_post(by=another_member, post=reply)
    assert not cited.exists()


def test_an_entry_of_a_kind_that_is_gone_stops_nothing(client, topic):
    current_engine().put([Document("removed_kind:1", "removed_kind", "Zerdali", "zerdali")])
    assert found(client, "zerdali") == []
    OutboxEntry.objects.create(kind="removed_kind", object_pk="1")
    later = factories.topic(topic.city, topic.author, title="Sonraki konu")
    indexing.drain()
    assert f"topic:{later.pk}" in keys()
    assert "removed_kind:1" not in keys()


def test_a_post_about_nothing_is_not_indexed_and_stops_nothing(topic, another_member):
    post = factories.reply(Post.objects.on(topic).get(), another_member)
    indexing.drain()
    Topic.objects.filter(pk=topic.pk).delete()
    post.save()
    indexing.drain()
    assert not OutboxEntry.objects.exists()
    indexing.rebuild()
    assert f"post:{post.pk}" not in keys()


class SlowEngine:
    """The current engine; `before_put` runs once, before the first documents are put."""

    def __init__(self, before_put):
        self.engine, self.before_put = current_engine(), before_put

    def __getattr__(self, name):
        return getattr(self.engine, name)

    def put(self, documents, order=0):
        self._first(documents := list(documents))
        self.engine.put(documents, order)

    def rebuild(self, documents, order=0):
        self._first(documents := list(documents))
        self.engine.rebuild(documents, order)

    def _first(self, documents):
        before_put = self.before_put
        if documents and before_put:
            self.before_put = None
            before_put()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("work", [indexing.drain, indexing.rebuild, indexing.catch_up])
def test_what_changes_while_the_index_is_written_is_not_overwritten(topic, monkeypatch, work):
    """Another process changes the topic, and drains, after this one has read it and before it has put it."""
    indexing.drain()
    current_engine().rebuild([])
    OutboxEntry.objects.create(kind="topic", object_pk=str(topic.pk))

    def change():
        changed = Topic.objects.get(pk=topic.pk)
        changed.title = "Yepyeni başlık"
        changed.save()
        indexing.drain()

    others = []
    slow = SlowEngine(lambda: others.append(start(change)))
    monkeypatch.setattr(indexing, "current_engine", lambda: slow)
    work()
    for other in others:
        other.join()
    indexing.drain()
    source = indexing.registry.source("topic")
    wanted = indexing.document_of(source, source.indexed().get(pk=topic.pk))
    assert wanted.title == "Yepyeni başlık"
    assert current_engine().keys_and_versions()[wanted.key] == wanted.version


def start(job):
    """The job in a thread that has been given time to come as far as it can."""

    def run():
        try:
            job()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=0.5)
    return thread
