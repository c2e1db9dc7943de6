"""From the index to a person: ranked keys become objects again through `visible_to`, so that a stale index never leaks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from members.permissions import Person
from search import registry
from search.engine import current_engine
from search.engines.base import MOST_QUERY_WORDS, After, Hit, Query
from search.models import OutboxEntry
from search.registry import Content
from search.turkish import tokens

MOST_PENDING = 5_000  # documents that wait for the index and are left out of it until then


@dataclass(frozen=True)
class Found:
    """One visible object with its rank's score."""

    source: registry.Source
    obj: Any
    score: float

    @property
    def key(self) -> str:
        return registry.document_key(self.source.kind, self.obj.pk)

    @cached_property
    def content(self) -> Content:
        return self.source.content(self.obj)

    @property
    def title(self) -> str:
        return self.source.title(self.obj)

    @property
    def url(self) -> str:
        return self.source.url(self.obj)


def _visible(person: Person, ranked: Iterable[tuple[str, float]]) -> list[Found]:
    """The objects behind ranked keys that the person may see, in the same order; one query a kind."""
    ranked = list(ranked)
    pks_by_kind: dict[str, list[str]] = {}
    for key, _score in ranked:
        kind, pk = key.split(":", 1)
        if registry.is_registered(kind):
            pks_by_kind.setdefault(kind, []).append(pk)
    objects: dict[str, tuple[registry.Source, Any]] = {}
    for kind, pks in pks_by_kind.items():
        source = registry.source(kind)
        for obj in source.visible_to(person).filter(pk__in=pks):
            objects[registry.document_key(kind, obj.pk)] = (source, obj)
    return [Found(*objects[key], score) for key, score in ranked if key in objects]


@dataclass(frozen=True)
class Answer:
    """A page of what the person may see. `total` and `counts` as in search.engines.base.Results; `after`: where the next page
    begins, None on the last one."""

    found: list[Found]
    total: int
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    unknown: Sequence[str] = ()
    after: After | None = None


def find(person: Person, query: Query) -> Answer:
    """A page of what the person may see of the documents for a query. Raises EngineError.

    The index does not know of what waits in the outbox, nor of what is closed to the person now: neither is counted.
    """
    results = current_engine().search(replace(_as_seen_by(person, query), limit=query.limit + 1))
    hits = results.hits[: query.limit]
    return Answer(
        found=_visible_hits(person, hits),
        total=results.total,
        counts=results.counts,
        unknown=results.unknown,
        after=hits[-1].place if len(results.hits) > query.limit else None,
    )


def suggest(person: Person, text: str, limit: int) -> list[Found]:
    """What stands alone and has these words in its title, the last one as a word's beginning. Raises EngineError."""
    kinds = [source.kind for source in registry.sources() if source.stands_alone]
    query = Query(text, only={"kind": kinds}, limit=limit)
    return _visible_hits(person, current_engine().suggest(_as_seen_by(person, query)))


def titled(person: Person, text: str, limit: int = 20) -> list[Found]:
    """What the database itself has under such a title, while the engine does not answer: every word as it is typed."""
    found: list[Found] = []
    words = [token.word for token in tokens(text)][:MOST_QUERY_WORDS]
    for source in registry.sources() if words else ():
        if source.title_lookup and len(found) < limit:
            objects = source.visible_to(person)
            for word in words:
                objects = objects.filter(**{f"{source.title_lookup}__icontains": word})
            found += [Found(source, obj, 0.0) for obj in objects.distinct()[: limit - len(found)]]
    return found


def _as_seen_by(person: Person, query: Query) -> Query:
    pending = OutboxEntry.objects.for_index().order_by("-pk").values_list("kind", "object_pk")[:MOST_PENDING]
    keys = {registry.document_key(kind, pk) for kind, pk in pending}
    return replace(query, closed=registry.closed_scopes(person), unless=sorted(keys))


def _visible_hits(person: Person, hits: Iterable[Hit]) -> list[Found]:
    return _visible(person, ((hit.key, hit.score) for hit in hits))


def find_related(person: Person, obj: Any, *, limit: int = 5, without: Collection[str] = ()) -> list[Found]:
    """What is most like an object: not itself, and nothing of which the key is in `without`. Raises EngineError."""
    key = registry.key_of(obj)
    kinds = tuple(source.kind for source in registry.sources() if source.stands_alone)
    similar = current_engine().similar(key, kinds=kinds, limit=limit * 4)
    return _visible_hits(person, (hit for hit in similar if hit.key != key and hit.key not in without))[:limit]


def read_keys(person: Person, keys: Iterable[str]) -> list[Found]:
    """The visible objects behind document keys, in the given order."""
    return _visible(person, ((key, 0.0) for key in keys))
