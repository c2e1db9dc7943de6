"""The engine of this deployment (settings), one per process."""

from functools import cache

from django.conf import settings

from search.engines.base import Engine
from search.engines.embedded import EmbeddedEngine


@cache
def current_engine() -> Engine:
    """The embedded engine, in the file of settings.SEARCH_INDEX."""
    return EmbeddedEngine(settings.SEARCH_INDEX)
