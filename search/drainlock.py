"""One drain of the outbox at a time, among all threads, processes and machines."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

DRAIN_LOCK = 0x6D757374  # of this application's advisory locks in PostgreSQL the only one


@contextmanager
def only_drain() -> Iterator[None]:
    """Waits until no other drain runs. The lock goes with its process. It is none of a transaction: writes do not wait."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [DRAIN_LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [DRAIN_LOCK])
    else:  # SQLite: one machine, with a folder that all its processes share
        with open(f"{settings.SEARCH_INDEX}.drain", "w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
