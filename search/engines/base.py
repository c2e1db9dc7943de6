"""What a search engine is asked, and what it answers. Knows no model and no Django: documents are strings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


class EngineError(Exception):
    """The engine did not do what it was asked."""


class EngineUnavailableError(EngineError):
    """It is away, busy for too long, full or broken; later, or after a rebuild, it may answer."""


@dataclass(frozen=True)
class Document:
    """What can be found. `key`: "topic:12". `published_at`: ISO 8601. `version` tells texts of one key apart."""

    key: str
    kind: str
    title: str
    body: str
    city: str = ""
    theme: str = ""
    lang: str = "tr"
    published_at: str = ""
    version: int = 0


@dataclass(frozen=True)
class Query:
    """Words as typed, and filters: no value means any. Of the ranked hits, `limit` are given from `offset` on."""

    text: str
    kinds: Sequence[str] = ()
    cities: Sequence[str] = ()
    themes: Sequence[str] = ()
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True)
class Hit:
    """A found document. Scores compare hits of one search only."""

    key: str
    score: float


@dataclass(frozen=True)
class SimilarHit(Hit):
    """A document like another one; `shared`: the most telling words that both have, in lower case."""

    shared: tuple[str, ...] = ()


@dataclass(frozen=True)
class Results:
    """`total` counts all hits, not only the given ones."""

    hits: list[Hit]
    total: int


class Engine(Protocol):
    """Every method raises EngineError when the engine cannot do it; no input is an error."""

    def put(self, documents: Iterable[Document]) -> None:
        """Add documents, or replace those of the same keys."""

    def remove(self, keys: Iterable[str]) -> None:
        """Forget documents; unknown keys are no error."""

    def clear(self) -> None:
        """Forget all documents."""

    def search(self, query: Query) -> Results:
        """The documents with a word of the query, best first."""

    def similar(self, like: str, kinds: Sequence[str] = (), limit: int = 5) -> list[SimilarHit]:
        """The documents most like a document (its key; itself left out) or like a text."""

    def keys_and_versions(self) -> Mapping[str, int]:
        """All documents' keys, with their versions."""
