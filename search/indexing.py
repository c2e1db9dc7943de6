"""From the database to the index: an outbox, written with each change and drained after its commit.

A failing engine never fails a write: entries stay in the outbox until a later drain, or `search_index catch-up`.
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
    while entries := list(OutboxEntry.objects.all()[:BATCH]):
        changed: dict[str, set[str]] = {}
        for entry in entries:
            changed.setdefault(entry.kind, set()).add(entry.object_pk)
        for kind, pks in changed.items():
            _bring_up_to_date(kind, pks)
            handled += len(pks)
        OutboxEntry.objects.filter(pk__in=[entry.pk for entry in entries]).delete()
    return handled


def _bring_up_to_date(kind: str, pks: set[str]) -> None:
    source = registry.source(kind)
    present = list(source.indexed().filter(pk__in=pks))
    engine = current_engine()
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
    engine = current_engine()
    present = engine.keys_and_versions()
    wanted: set[str] = set()
    for source in registry.sources():
        documents = [document_of(source, obj) for obj in source.indexed()]
        stale = [document for document in documents if present.get(document.key) != document.version]
        engine.put(stale)
        wanted.update(document.key for document in documents)
        handled += len(stale)
    superfluous = present.keys() - wanted
    engine.remove(superfluous)
    return handled + len(superfluous)


def rebuild() -> int:
    """Empty the index and fill it from the database; gives the number of documents. Raises EngineError."""
    engine = current_engine()
    engine.clear()
    count = 0
    for source in registry.sources():
        documents = [document_of(source, obj) for obj in source.indexed()]
        engine.put(documents)
        count += len(documents)
    OutboxEntry.objects.all().delete()
    return count
