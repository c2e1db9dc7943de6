"""From the database to the index: an outbox, written with each change and drained after its commit.

A failing engine never fails a write: entries stay in the outbox until a later drain, or `search_index catch-up`. Whatever is
to be put or removed goes through the outbox, and one process at a time drains it: nobody overwrites a newer text with an
older one that they read before.
"""

import logging
from collections.abc import Iterable
from dataclasses import astuple, replace
from zlib import crc32

from django.db import connection, transaction

from search import registry
from search.engine import current_engine
from search.engines.base import Document, EngineError
from search.models import OutboxEntry

logger = logging.getLogger(__name__)
BATCH = 500
DRAIN_LOCK = 0x6D757374  # of this application's locks in PostgreSQL the only one


def enqueue(kind: str, object_pks: Iterable[int | str]) -> None:
    """Note that objects of a kind have changed, appeared or gone; the index hears of it after the commit."""
    OutboxEntry.objects.bulk_create(OutboxEntry(kind=kind, object_pk=str(pk)) for pk in object_pks)
    if not any(entry[1] is drain_quietly for entry in connection.run_on_commit):
        transaction.on_commit(drain_quietly, robust=True)


def drain_quietly() -> None:
    """Drain, and leave the rest for later if the engine does not answer."""
    try:
        drain()
    except EngineError:
        logger.warning("the search engine did not take the changes; they stay in the outbox")


def drain() -> int:
    """Bring the index up to date with the outbox; gives the number of documents handled. Raises EngineError."""
    handled = 0
    while count := _drain_batch():
        handled += count
    return handled


@transaction.atomic
def _drain_batch() -> int:
    """What is drained leaves the outbox when the engine has it all, and not before."""
    _wait_for_other_drains()
    entries = list(OutboxEntry.objects.all()[:BATCH])
    changed: dict[str, set[str]] = {}
    for entry in entries:
        changed.setdefault(entry.kind, set()).add(entry.object_pk)
    for kind, pks in changed.items():
        _bring_up_to_date(kind, pks)
    OutboxEntry.objects.filter(pk__in=[entry.pk for entry in entries]).delete()
    return sum(map(len, changed.values()))


def _wait_for_other_drains() -> None:
    """Until the transaction ends. On SQLite, transactions that write wait for each other anyway (settings)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [DRAIN_LOCK])


def _bring_up_to_date(kind: str, pks: set[str]) -> None:
    """A kind that is no longer registered leaves the index."""
    engine, gone = current_engine(), pks
    if registry.is_registered(kind):
        source = registry.source(kind)
        present = list(source.indexed().filter(pk__in=pks))
        engine.put([document_of(source, obj) for obj in present])
        gone = pks - {str(obj.pk) for obj in present}
    engine.remove([registry.document_key(kind, pk) for pk in gone])


def document_of(source: registry.Source, obj: object) -> Document:
    """The engine's document of one object."""
    content = source.content(obj)
    document = Document(
        key=registry.document_key(source.kind, obj.pk),  # type: ignore[attr-defined]
        kind=source.kind,
        title=content.title,
        body=content.body,
        city=content.city.slug if content.city else "",
        theme=content.theme.slug if content.theme else "",
        lang=content.lang,
        published_at=content.published_at.isoformat() if content.published_at else "",
    )
    return replace(document, version=crc32("\0".join(map(str, astuple(document))).encode()))


def catch_up() -> int:
    """Drain, then put what the index lacks or has otherwise, and remove what it should not have: as after a lost file, an
    outage, or a change that nothing was told of. Gives the number of documents handled. Raises EngineError."""
    handled = drain()
    present = dict(current_engine().keys_and_versions())
    for source in registry.sources():
        documents = (document_of(source, obj) for obj in source.indexed())
        _enqueue_keys(document.key for document in documents if present.pop(document.key, None) != document.version)
    _enqueue_keys(present)
    return handled + drain()


def rebuild() -> int:
    """Empty the index and fill it from the database; gives the number of documents. Raises EngineError."""
    current_engine().clear()
    for source in registry.sources():
        _enqueue_keys(registry.document_key(source.kind, pk) for pk in source.indexed().values_list("pk", flat=True))
    return drain()


def _enqueue_keys(keys: Iterable[str]) -> None:
    parts = (key.split(":", 1) for key in keys)
    OutboxEntry.objects.bulk_create((OutboxEntry(kind=kind, object_pk=pk) for kind, pk in parts), batch_size=BATCH)
