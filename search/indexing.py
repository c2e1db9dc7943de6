"""From the database to the index: an outbox, written with each change and drained after its commit.

A failing engine never fails a write: entries stay in the outbox until a later drain, or `search_index catch-up`. Whatever is
to be put or removed goes through the outbox, and one drain runs at a time (search/drainlock.py): nobody overwrites a newer
text with an older one that they read before. No transaction is open while the engine works: writes never wait for it.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass, replace
from datetime import UTC
from zlib import crc32

from django.db import connection, transaction

from search import proposing, registry
from search.drainlock import only_drain
from search.engine import current_engine
from search.engines.base import Document, EngineError
from search.models import OutboxEntry

logger = logging.getLogger(__name__)
BATCH = 500


def enqueue(kind: str, object_pks: Iterable[int | str]) -> None:
    """Note that objects of a kind have changed, appeared or gone; the index hears of it after the commit."""
    OutboxEntry.objects.bulk_create(OutboxEntry(kind=kind, object_pk=str(pk)) for pk in object_pks)
    if not any(entry[1] is _after_commit for entry in connection.run_on_commit):
        transaction.on_commit(_after_commit, robust=True)


_wake_drainer: Callable[[], None] | None = None


def drain_by(wake: Callable[[], None] | None) -> None:
    """From now on `wake` is called after commits that changed something, and somebody else drains (search/drainer.py). With
    None, as at the start, the process that commits drains."""
    global _wake_drainer
    _wake_drainer = wake


def _after_commit() -> None:
    if _wake_drainer:
        _wake_drainer()
    else:
        drain_quietly()


def drain_quietly() -> bool:
    """Drain, and leave the rest for later if the engine does not answer. Says whether it did."""
    try:
        drain()
    except EngineError as error:
        logger.warning("the search engine did not take the changes; they stay in the outbox: %s", error)
        return False
    return True


def drain() -> int:
    """Bring the index up to date with the outbox; gives the number of documents handled. Raises EngineError."""
    handled = 0
    with only_drain():
        while (count := _drain_batch()) or proposing.propose_some():
            handled += count
    return handled


def _drain_batch() -> int:
    """What is drained leaves the outbox when the engine has it all, and not before."""
    entries = list(OutboxEntry.objects.for_index()[:BATCH])
    order = _next_order() if entries else 0
    changed: dict[str, set[str]] = {}
    for entry in entries:
        changed.setdefault(entry.kind, set()).add(entry.object_pk)
    for kind, pks in changed.items():
        _bring_up_to_date(kind, pks, order)
    OutboxEntry.objects.filter(pk__in=[entry.pk for entry in entries]).delete()
    return sum(map(len, changed.values()))


def _bring_up_to_date(kind: str, pks: set[str], order: int) -> None:
    """A kind that is no longer registered leaves the index."""
    engine, gone = current_engine(), pks
    if registry.is_registered(kind):
        source = registry.source(kind)
        present = list(source.indexed().filter(pk__in=pks))
        engine.put([document_of(source, obj) for obj in present], order)
        gone = pks - {str(obj.pk) for obj in present}
    keys = [registry.document_key(kind, pk) for pk in gone]
    engine.remove(keys, order)
    if registry.is_registered(kind):
        proposing.note_changes(source, present, keys)


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
        organisation_kind=content.organisation_kind,
        scope=content.scope,
        lang=content.lang,
        published_at=content.published_at.astimezone(UTC).isoformat() if content.published_at else "",
    )
    return replace(document, version=crc32("\0".join(map(str, astuple(document))).encode()))


@dataclass(frozen=True)
class Difference:
    """Between the database and the index, as document keys."""

    missing: list[str]
    outdated: list[str]
    superfluous: list[str]

    @property
    def keys(self) -> list[str]:
        return [*self.missing, *self.outdated, *self.superfluous]


def compare() -> Difference:
    """What the index lacks, has in another version, or should not have. Raises EngineError."""
    present = dict(current_engine().keys_and_versions())
    missing, outdated = [], []
    for source in registry.sources():
        for document in (document_of(source, obj) for obj in source.indexed()):
            version = present.pop(document.key, None)
            if version is None:
                missing.append(document.key)
            elif version != document.version:
                outdated.append(document.key)
    return Difference(missing, outdated, list(present))


def catch_up() -> int:
    """Drain, then mend every difference: as after a lost file, an outage, or a change that nothing was told of. Gives the
    number of documents handled. Raises EngineError."""
    handled = drain()
    _enqueue_keys(compare().keys)
    return handled + drain()


def rebuild() -> int:
    """Make the index anew from the database, while the old one answers; gives the number of documents. Raises EngineError.

    What changes meanwhile waits in the outbox, and is drained afterwards; then links are proposed anew.
    """
    count = 0

    def documents() -> Iterator[Document]:
        nonlocal count
        for source in registry.sources():
            for obj in source.indexed().iterator(BATCH):
                count += 1
                yield document_of(source, obj)

    with only_drain():
        current_engine().rebuild(documents(), order=_next_order())
    proposing.note_all()
    drain()
    return count


def _next_order() -> int:
    """A number above those of all drains so far; asked for by who alone drains. The numbers of the entries themselves will
    not do: of two transactions, the one that began to write first may be the last to commit."""
    order = OutboxEntry.objects.create(kind="", object_pk="").pk
    OutboxEntry.objects.filter(pk=order).delete()
    return order


def _enqueue_keys(keys: Iterable[str]) -> None:
    parts = (key.split(":", 1) for key in keys)
    OutboxEntry.objects.bulk_create((OutboxEntry(kind=kind, object_pk=pk) for kind, pk in parts), batch_size=BATCH)
