"""The outbox is drained beside the requests; an engine that is away, hangs or is full delays nobody, and loses nothing."""

import threading

import pytest
from django.core.management import call_command
from django.urls import reverse

from search import drainer, indexing
from search.engines import elastic
from search.engines.base import EngineUnavailableError
from search.models import OutboxEntry
from tests import factories
from tests.search.ailing import TROUBLES, draining


class Drains:
    """Stands in for `drain_quietly`: counts, and answers as it is told."""

    def __init__(self, answers):
        self.answers, self.count, self.changed = answers, 0, threading.Condition()

    def __call__(self):
        with self.changed:
            self.count += 1
            self.changed.notify_all()
            answer = self.answers[min(self.count, len(self.answers)) - 1]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def wait_for(self, count) -> bool:
        with self.changed:
            return self.changed.wait_for(lambda: self.count >= count, timeout=10)


@pytest.fixture
def run(monkeypatch):
    """`run(drains)`: a drainer at work, stopped after the test."""
    monkeypatch.setattr(drainer.connections, "close_all", lambda: None)
    running = []

    def start(drains, every):
        monkeypatch.setattr(drainer.indexing, "drain_quietly", drains)
        monkeypatch.setattr(drainer, "EVERY_SECONDS", every)
        worker = drainer.Drainer()
        thread = threading.Thread(target=worker.run)
        thread.start()
        running.append((worker, thread))
        return worker

    yield start
    for worker, thread in running:
        worker.stop()
        thread.join(10)
        assert not thread.is_alive()


def test_it_drains_at_once_when_it_is_woken(run):
    drains = Drains([True])
    worker = run(drains, every=600)
    assert drains.wait_for(1)
    worker.wake()
    assert drains.wait_for(2)


def test_it_drains_by_itself_from_time_to_time(run):
    drains = Drains([True])
    run(drains, every=0.01)
    assert drains.wait_for(3)


@pytest.mark.parametrize("trouble", [False, RuntimeError("the database is away")])
def test_it_goes_on_after_trouble(run, trouble):
    drains = Drains([trouble, trouble, True])
    run(drains, every=0.01)
    assert drains.wait_for(4)


@pytest.fixture
def hanging(monkeypatch):
    """An engine that answers nobody before it is let go."""
    let_go = threading.Event()

    class Hanging:
        def put(self, documents, order):
            assert let_go.wait(30)
            raise EngineUnavailableError("hung")

        remove = put

    monkeypatch.setattr(indexing, "current_engine", Hanging)
    yield let_go
    let_go.set()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_posting_does_not_wait_for_an_engine_that_hangs(city, member, hanging):
    stop = drainer.start_in_background()
    try:
        topic = factories.topic(city, member)  # comes back while the engine hangs
        assert not hanging.is_set()
        assert OutboxEntry.objects.filter(kind="topic", object_pk=str(topic.pk)).exists()
    finally:
        hanging.set()
        stop()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("trouble", TROUBLES)
def test_in_trouble_people_post_and_find_titles_and_afterwards_nothing_is_missing(
    client, client_of, city, member, another_member, trouble, monkeypatch
):
    monkeypatch.setattr(elastic, "SECONDS", 0.2)
    topic = factories.topic(city, member, title="Gece otobüsü")
    indexing.rebuild()
    with TROUBLES[trouble](), draining():
        reply = {"body": "Gece durağı karanlık. " * 200}
        answer = client_of(another_member).post(reverse("forum:reply_to_topic", args=[topic.pk]), reply)
        topics = [topic, factories.topic(city, member, title="Gece durağı")]
        assert answer.status_code == 302
        assert not indexing.drain_quietly()
        assert OutboxEntry.objects.filter(kind="post").exists()
        if trouble != "disk full":  # of which who searches does not hear
            assert_titles_alone_are_found(client, topics)
    call_command("search_index", "catch-up", verbosity=0)
    call_command("search_index", "check", verbosity=0)
    assert not OutboxEntry.objects.exists()
    assert client.get(reverse("search:search"), {"q": "gece"}).context["total"] == 3


def assert_titles_alone_are_found(client, topics) -> None:
    page = client.get(reverse("search:search"), {"q": "gece"})
    assert page.status_code == 200
    assert page.context["unavailable"]
    assert {hit["url"] for hit in page.context["titled"]} == {topic.get_absolute_url() for topic in topics}
    assert client.get(reverse("search:suggestions"), {"q": "gece"}).json() == {"suggestions": []}
