"""Real servers are stopped, killed and struck dumb: posting goes on, the page says so, and afterwards nothing is missing."""

import threading

import pytest
from django.core.management import call_command
from django.db import connections
from django.urls import reverse

from search import drainer, indexing, queries
from search.engines.base import EngineUnavailableError, Query
from search.models import OutboxEntry
from tests import factories
from tests.search.servers import Cluster, elastic_engine

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def cluster():
    cluster = Cluster()
    yield cluster
    cluster.do("resume")
    cluster.wait()


@pytest.fixture
def engine(cluster, monkeypatch):
    """The site's engine, with a drainer beside the requests as in a web process."""
    with elastic_engine() as engine:
        for module in (indexing, queries):
            monkeypatch.setattr(module, "current_engine", lambda: engine)
        stop = drainer.start_in_background()
        yield engine
        stop()


def assert_nothing_is_missing(topics):
    call_command("search_index", "catch-up", verbosity=0)
    call_command("search_index", "check", verbosity=0)
    assert not OutboxEntry.objects.exists()
    keys = set(indexing.current_engine().keys_and_versions())
    assert {f"topic:{topic.pk}" for topic in topics} <= keys


@pytest.mark.parametrize(("trouble", "mend"), [("stop", "start"), ("kill", "start"), ("pause", "resume")])
def test_while_no_node_answers_people_post_and_find_titles(client, city, member, engine, cluster, trouble, mend):
    topics = [factories.topic(city, member, title="Gece otobüsü")]
    indexing.drain()
    cluster.do(trouble)
    topics += [factories.topic(city, member, title=f"Gece durağı {number}") for number in range(5)]
    assert OutboxEntry.objects.exists()
    page = client.get(reverse("search:search"), {"q": "gece"})
    assert page.status_code == 200
    assert page.context["unavailable"]
    assert {hit["url"] for hit in page.context["titled"]} == {topic.get_absolute_url() for topic in topics}
    assert client.get(reverse("search:suggestions"), {"q": "gece"}).json() == {"suggestions": []}
    cluster.do(mend)
    cluster.wait()
    assert_nothing_is_missing(topics)
    assert client.get(reverse("search:search"), {"q": "gece"}).context["total"] == len(topics)


def test_one_of_several_nodes_is_killed_while_people_post_and_search(city, member, engine, cluster):
    over, answers, refusals = threading.Event(), [], []

    def search():
        while not over.is_set():
            try:
                answers.append(engine.search(Query("gece")).total)
            except EngineUnavailableError as error:
                refusals.append(error)
        connections.close_all()

    topics = [factories.topic(city, member, title="Gece otobüsü")]
    indexing.drain()
    searcher = threading.Thread(target=search)
    searcher.start()
    for number in range(30):
        if number == 10:
            cluster.do("kill", 1)
        topics.append(factories.topic(city, member, title=f"Gece durağı {number}"))
    indexing.drain_quietly()
    killed_at = len(answers)
    while len(answers) < killed_at + 5:  # searches are answered again without the node
        over.wait(0.1)
    over.set()
    searcher.join()
    assert_nothing_is_missing(topics)
    cluster.do("start", 1)
    cluster.wait()
    assert_nothing_is_missing(topics)
    assert engine.search(Query("gece")).total == len(topics)
