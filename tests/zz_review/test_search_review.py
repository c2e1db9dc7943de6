import pytest
from django.urls import reverse

from forum import actions
from forum.models import ModerationAct, Post, Topic
from members.actions import change_profile
from members.models import User
from search import indexing
from search.engine import current_engine
from search.engines.base import Document
from search.models import OutboxEntry
from tests import factories


@pytest.fixture(autouse=True)
def _empty_index(db):
    current_engine().clear()


def found(client, query, **parameters):
    indexing.drain()
    return client.get(reverse("search:search"), {"q": query, **parameters})


def urls(response):
    return [hit["url"] for hit in response.context.get("hits", [])]


def test_a_name_given_up_no_longer_finds_the_posts(client, city, member, another_member):
    topic = factories.topic(city, member)
    person = factories.person(city, "member", display_name="Feride Karabulut")
    reply = factories.reply(Post.objects.on(topic).get(), person, "Durak karanlık.")
    assert reply.get_absolute_url() in urls(found(client, "Feride Karabulut"))
    change_profile(user=person, display_name="Gölge", wants_mails=False)
    assert reply.get_absolute_url() not in urls(found(client, "Feride Karabulut"))


def test_the_new_name_finds_the_posts(client, city, member):
    topic = factories.topic(city, member)
    person = factories.person(city, "member", display_name="Feride Karabulut")
    reply = factories.reply(Post.objects.on(topic).get(), person, "Durak karanlık.")
    found(client, "Feride Karabulut")
    change_profile(user=person, display_name="Zambakgülü", wants_mails=False)
    assert reply.get_absolute_url() in urls(found(client, "Zambakgülü"))


def test_a_name_given_up_does_not_come_back_with_the_accounts_end(city, member, client):
    topic = factories.topic(city, member)
    person = factories.person(city, "member", display_name="Feride Karabulut")
    factories.reply(Post.objects.on(topic).get(), person, "Durak karanlık.")
    change_profile(user=person, display_name="Gölge", wants_mails=False)
    User.objects.get(pk=person.pk).delete()
    assert "Feride" not in client.get(topic.get_absolute_url()).content.decode()


def test_an_edited_opening_is_found_by_its_new_words(client, city, member):
    topic = factories.topic(city, member, title="Gece", body="Zerdali ağacı kesilmiş.")
    assert topic.get_absolute_url() in urls(found(client, "zerdali"))
    actions.edit_post(by=member, post=Post.objects.on(topic).get(), body="Muşmula ağacı kesilmiş.")
    assert topic.get_absolute_url() in urls(found(client, "muşmula"))


def test_a_removed_opening_is_not_found_by_its_words(client, city, member):
    topic = factories.topic(city, member, title="Gece", body="Zerdali ağacı kesilmiş.")
    assert topic.get_absolute_url() in urls(found(client, "zerdali"))
    actions.remove_post(by=member, post=Post.objects.on(topic).get())
    assert topic.get_absolute_url() not in urls(found(client, "zerdali"))


def test_a_poisonous_entry_does_not_stop_the_rest(city, member, another_member):
    topic = factories.topic(city, member)
    post = factories.reply(Post.objects.on(topic).get(), another_member)
    indexing.drain()
    Topic.objects.filter(pk=topic.pk).delete()
    post.save()
    later = factories.topic(city, member, title="Sonraki konu")
    try:
        indexing.drain()
    except Exception as error:
        print(repr(error))
    assert f"topic:{later.pk}" in current_engine().keys_and_versions()


def test_an_entry_of_a_kind_that_is_gone_does_not_stop_the_rest(city, member):
    OutboxEntry.objects.create(kind="removed_kind", object_pk="1")
    later = factories.topic(city, member)
    try:
        indexing.drain()
    except Exception as error:
        print(repr(error))
    assert f"topic:{later.pk}" in current_engine().keys_and_versions()


def test_an_unknown_kind_in_the_index_does_not_break_search(client, city, member):
    current_engine().put([Document("removed_kind:1", "removed_kind", "Zerdali", "zerdali")])
    assert found(client, "zerdali").status_code == 200


def test_what_is_written_during_a_rebuild_is_indexed(city, member, monkeypatch):
    factories.topic(city, member)
    engine = current_engine()
    put, made = engine.put, []

    class Slow:
        def __getattr__(self, name):
            return getattr(engine, name)

        def put(self, documents):
            put(documents)
            if not made:
                made.append(None)
            elif len(made) == 1 and any(key.startswith("topic:") for key in engine.keys_and_versions()):
                made.append(factories.topic(city, member, title="Yeniden kurulurken"))

    monkeypatch.setattr(indexing, "current_engine", Slow)
    indexing.rebuild()
    indexing.drain()
    assert len(made) == 2
    assert f"topic:{made[1].pk}" in engine.keys_and_versions()


def test_two_drains_at_once_leave_the_newest(city, member, monkeypatch):
    """The first drain has read the old text when the second reads and puts the new one."""
    topic = factories.topic(city, member, title="Eski başlık")
    engine = current_engine()
    original_put = engine.put
    state = {"inside": False}

    class Slow:
        def __getattr__(self, name):
            return getattr(engine, name)

        def put(self, documents):
            documents = list(documents)
            if not state["inside"] and any(d.key == f"topic:{topic.pk}" for d in documents):
                state["inside"] = True
                Topic.objects.get(pk=topic.pk)
                changed = Topic.objects.get(pk=topic.pk)
                changed.title = "Yepyeni başlık"
                changed.save()
                indexing.drain()  # another process
            original_put(documents)

    monkeypatch.setattr(indexing, "current_engine", Slow)
    indexing.drain()
    indexing.drain()
    current = indexing.document_of(indexing.registry.source("topic"), indexing.registry.source("topic").indexed().get(pk=topic.pk))
    assert engine.keys_and_versions()[f"topic:{topic.pk}"] == current.version


def test_search_page_queries(client, city, member, another_member, django_assert_max_num_queries):
    topic = factories.topic(city, member)
    opening = Post.objects.on(topic).get()
    counts = []
    for n in (1, 15):
        for i in range(n):
            factories.reply(opening, factories.UserFactory(), f"Zerdali ağacı {n} {i}")
        found(client, "zerdali")
        with django_assert_max_num_queries(300) as captured:
            client.get(reverse("search:search"), {"q": "zerdali"})
        counts.append(len(captured))
    assert counts[0] == counts[1], counts


def test_a_post_about_nothing_does_not_stop_the_index(city, member, another_member):
    """A topic deleted by hand (shell, admin, a later feature) leaves posts about nothing."""
    topic = factories.topic(city, member)
    post = factories.reply(Post.objects.on(topic).get(), another_member)
    indexing.drain()
    Topic.objects.filter(pk=topic.pk).delete()
    post.save()
    try:
        indexing.drain()
    except Exception as error:
        print(repr(error))
    assert not OutboxEntry.objects.exists()


def test_a_post_about_nothing_does_not_stop_a_rebuild(city, member, another_member):
    topic = factories.topic(city, member)
    factories.reply(Post.objects.on(topic).get(), another_member)
    Topic.objects.filter(pk=topic.pk).delete()
    indexing.rebuild()
