"""The real Elasticsearch that tests work with: .ci/with-elasticsearch names it in TEST_ELASTICSEARCH_URLS."""

import os
from collections.abc import Iterator
from uuid import uuid4

import pytest

from search.engines.elastic import ElasticsearchEngine, Server


def urls() -> list[str]:
    """Of the nodes. Without one the test is skipped; where continuous integration runs on services, it fails."""
    named = os.environ.get("TEST_ELASTICSEARCH_URLS", "")
    if not named:
        missing = pytest.fail if os.environ.get("TEST_SERVICES") else pytest.skip
        missing("no Elasticsearch: TEST_ELASTICSEARCH_URLS is not set")
    return named.split(",")


def elastic_engine() -> Iterator[ElasticsearchEngine]:
    """With an index of its own, which goes afterwards."""
    engine = ElasticsearchEngine(Server(urls=urls(), index=f"test-{uuid4().hex}"))
    yield engine
    engine.drop()
    engine.close()
