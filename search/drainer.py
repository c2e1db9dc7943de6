"""Drains the outbox beside other work: as a thread of a web process, or as `manage.py search_index worker`."""

import logging
import threading
from collections.abc import Callable

from django.db import connections

from search import indexing

logger = logging.getLogger(__name__)
EVERY_SECONDS = 5.0  # also without being told: what another process wrote, or an outage left
PATIENCE_SECONDS = 60.0  # the longest pause while the engine does not answer


class Drainer:
    """Drains when it is woken, and every few seconds; less and less often while the engine does not answer."""

    def __init__(self) -> None:
        self._woken = threading.Event()
        self._stopped = threading.Event()

    def wake(self) -> None:
        self._woken.set()

    def stop(self) -> None:
        self._stopped.set()
        self._woken.set()

    def run(self) -> None:
        """Until it is stopped."""
        pause = EVERY_SECONDS
        while not self._stopped.is_set():
            self._woken.clear()
            if self._drain():
                pause = EVERY_SECONDS
                self._woken.wait(pause)
            else:
                self._stopped.wait(pause)
                pause = min(2 * pause, PATIENCE_SECONDS)

    def _drain(self) -> bool:
        try:
            return indexing.drain_quietly()
        except Exception:  # the database may be away as well: the thread goes on
            logger.exception("the outbox of the search index was not drained")
            return False
        finally:
            connections.close_all()


def start_in_background() -> Callable[[], None]:
    """From now on a thread of this process drains, and no request waits for the engine. Gives what stops it."""
    drainer = Drainer()
    thread = threading.Thread(target=drainer.run, name="search drainer", daemon=True)
    thread.start()
    indexing.drain_by(drainer.wake)

    def stop() -> None:
        indexing.drain_by(None)
        drainer.stop()
        thread.join()

    return stop
