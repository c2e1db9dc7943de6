"""The engine of this deployment (settings), one per process."""

from functools import cache

from django.conf import settings

from search.engines.base import Engine
from search.engines.embedded import EmbeddedEngine


@cache
def current_engine() -> Engine:
    """Elasticsearch where settings.ELASTICSEARCH names servers, else the embedded engine in the file of
    settings.SEARCH_INDEX."""
    if settings.ELASTICSEARCH["urls"]:
        from search.engines.elastic import ElasticsearchEngine, Server  # the client is not loaded where it is not used

        return ElasticsearchEngine(Server(**settings.ELASTICSEARCH))
    return EmbeddedEngine(settings.SEARCH_INDEX)
