"""What an engine is asked and what it answers. No Django."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


class EngineError(Exception):
    """The engine did not do what it was asked: it is away, full, or broken."""


@dataclass(frozen=True)
class Document:
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
    text: str
    kinds: Sequence[str] = ()
    cities: Sequence[str] = ()
    themes: Sequence[str] = ()
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True)
class Hit:
    key: str
    score: float


@dataclass(frozen=True)
class Results:
    hits: list[Hit]
    total: int


class Engine(Protocol):
    def put(self, documents: Iterable[Document]) -> None: ...
    def remove(self, keys: Iterable[str]) -> None: ...
    def search(self, query: Query) -> Results: ...
    def similar(self, key: str, kinds: Sequence[str] = (), limit: int = 5) -> list[Hit]: ...
    def keys_and_versions(self) -> Mapping[str, int]: ...
    def clear(self) -> None: ...
