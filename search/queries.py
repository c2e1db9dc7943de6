"""From the index to a person: ranked keys become objects again through `visible_to`, so that a stale index never leaks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from members.permissions import Person
from search import registry
from search.engine import current_engine
from search.engines.base import Query
from search.registry import Content

# Deep pages of a ranked list are read by nobody; this many of the best are read again from the database.
CANDIDATES = 300


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


def find(
    person: Person,
    text: str,
    *,
    kinds: Sequence[str] = (),
    cities: Sequence[str] = (),
    themes: Sequence[str] = (),
) -> list[Found]:
    """What the person may see of the best CANDIDATES documents for a query, best first. Raises EngineError."""
    query = Query(text=text, only={"kind": kinds, "city": cities, "theme": themes}, limit=CANDIDATES)
    return _visible(person, ((hit.key, hit.score) for hit in current_engine().search(query).hits))


def find_related(person: Person, obj: Any, *, limit: int = 5, without: Collection[str] = ()) -> list[Found]:
    """What is most like an object: not itself, and nothing of which the key is in `without`. Raises EngineError."""
    key = registry.key_of(obj)
    kinds = tuple(source.kind for source in registry.sources() if source.stands_alone)
    similar = current_engine().similar(key, kinds=kinds, limit=limit * 4)
    scores = ((hit.key, hit.score) for hit in similar if hit.key != key and hit.key not in without)
    return _visible(person, scores)[:limit]


def read_keys(person: Person, keys: Iterable[str]) -> list[Found]:
    """The visible objects behind document keys, in the given order."""
    return _visible(person, ((key, 0.0) for key in keys))
