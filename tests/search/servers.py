"""The real Elasticsearch that tests work with: .ci/with-elasticsearch names it in TEST_ELASTICSEARCH_URLS."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

from search.engine import current_engine
from search.engines.elastic import ElasticsearchEngine, Server

LONGEST_START = 120  # seconds


def named_urls() -> list[str]:
    """Of the nodes; none where no server is named."""
    return [url for url in os.environ.get("TEST_ELASTICSEARCH_URLS", "").split(",") if url]


def is_ours() -> bool:
    """Whether nodes may be stopped and killed."""
    return "TEST_ELASTICSEARCH_CONTROL" in os.environ


@contextmanager
def elastic_engine() -> Iterator[ElasticsearchEngine]:
    """With an index of its own, which goes afterwards."""
    engine = ElasticsearchEngine(Server(urls=named_urls(), index=f"test-{uuid4().hex}"))
    yield engine
    engine.drop()
    engine.close()


@contextmanager
def site_with_the_embedded_engine(settings) -> Iterator[None]:
    yield


@contextmanager
def site_with_elasticsearch(settings) -> Iterator[None]:
    """The site as its settings name Elasticsearch; with an index of its own, which goes afterwards."""
    settings.ELASTICSEARCH = {"urls": named_urls(), "index": f"test-{uuid4().hex}"}
    current_engine.cache_clear()
    yield
    engine = current_engine()
    current_engine.cache_clear()
    engine.drop()
    engine.close()


def engines_of_the_site() -> list[object]:
    """For a fixture's params: each is given pytest-django's `settings`."""
    elastic = [pytest.param(site_with_elasticsearch, id="elasticsearch")] if named_urls() else []
    return [pytest.param(site_with_the_embedded_engine, id="embedded"), *elastic]


class Cluster:
    """All nodes of .ci/with-elasticsearch, and what can happen to them."""

    def __init__(self) -> None:
        self.urls = named_urls()
        self._control = os.environ["TEST_ELASTICSEARCH_CONTROL"]

    def do(self, what: str, *nodes: int) -> None:
        """start, stop, kill, pause or resume nodes (counted from 1); all of them when none is named."""
        for node in nodes or range(1, len(self.urls) + 1):
            subprocess.run([self._control, what, str(node)], check=True)  # noqa: S603

    def wait(self) -> None:
        """Until every node answers, and is in the cluster with all its shards."""
        deadline = time.monotonic() + LONGEST_START
        for url in self.urls:
            client = Elasticsearch(url, request_timeout=5, max_retries=0)
            while not _is_whole(client, len(self.urls)):
                assert time.monotonic() < deadline, f"{url} did not come back"
                time.sleep(0.5)
            client.close()


def _is_whole(client: Elasticsearch, nodes: int) -> bool:
    try:
        health = client.cluster.health(wait_for_nodes=str(nodes), wait_for_status="green", timeout="2s")
    except (ApiError, TransportError):
        return False
    return not health["timed_out"]
