"""Engines that are away or ill: servers of this machine that stand in for an Elasticsearch in trouble, and a full disk."""

import json
import socket
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest.mock import patch

from django.conf import settings
from django.test import override_settings

from search import drainer
from search.engine import current_engine
from search.engines import embedded_store


@contextmanager
def refused() -> Iterator[str]:
    """The address of a port at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


@contextmanager
def black_hole() -> Iterator[str]:
    """Of a server that takes every connection and answers none."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


class _Failing(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        status, reason = self.server.answer  # type: ignore[attr-defined]
        body = json.dumps({"error": {"type": reason, "reason": reason}, "status": status}).encode()
        self.send_response(status)
        headers = {"X-Elastic-Product": "Elasticsearch", "Content-Type": "application/json"}
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = answer

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def failing(status: int, reason: str) -> Iterator[str]:
    """Of a server that answers everything with an error."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Failing)
    server.daemon_threads = True
    server.answer = status, reason  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@contextmanager
def site_with(server: AbstractContextManager[str]) -> Iterator[None]:
    """The site as its settings name this server as its Elasticsearch."""
    with server as url, override_settings(ELASTICSEARCH={"urls": [url]}):
        current_engine.cache_clear()
        yield
    current_engine.cache_clear()


@contextmanager
def full_disk() -> Iterator[None]:
    """The embedded engine's file cannot grow: SQLite says "database or disk is full"."""
    prepare = embedded_store._prepare
    with closing(sqlite3.connect(settings.SEARCH_INDEX)) as connection:
        connection.execute("VACUUM")  # no room is left inside

    def prepare_full(connection: object) -> None:
        prepare(connection)  # type: ignore[arg-type]
        connection.execute("PRAGMA max_page_count = 1")  # type: ignore[attr-defined]  # no less than it has

    with patch.object(embedded_store, "_prepare", prepare_full):
        current_engine.cache_clear()
        yield
    current_engine.cache_clear()


# What can be wrong with the engine; each is a context in which the site works.
TROUBLES: dict[str, Callable[[], AbstractContextManager[None]]] = {
    "refused": lambda: site_with(refused()),
    "hanging": lambda: site_with(black_hole()),
    "answering 500": lambda: site_with(failing(500, "internal_server_error")),
    "busy": lambda: site_with(failing(429, "es_rejected_execution_exception")),
    "read-only": lambda: site_with(failing(403, "cluster_block_exception")),
    "disk full": full_disk,
}


@contextmanager
def draining() -> Iterator[None]:
    """A thread drains the outbox, as in a web process."""
    stop = drainer.start_in_background()
    try:
        yield
    finally:
        stop()
