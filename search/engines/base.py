"""What a search engine is asked, and what it answers. Knows no model and no Django: documents are strings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol


class EngineError(Exception):
    """The engine did not do what it was asked."""


class EngineUnavailableError(EngineError):
    """It is away, busy for too long, full or broken; later, or after a rebuild, it may answer."""


@dataclass(frozen=True)
class Document:
    """What can be found. `key`: "topic:12". `published_at`: ISO 8601 in UTC. `version` tells texts of one key apart.

    `scope` names what the document belongs to when that can be closed to some people ("plan:3"), "" when nothing can.
    `lang`: "tr", "en", or "" where parts of it are in either.
    """

    key: str
    kind: str
    title: str
    body: str
    city: str = ""
    theme: str = ""
    organisation_kind: str = ""
    scope: str = ""
    lang: str = "tr"
    published_at: str = ""
    version: int = 0

    @property
    def year(self) -> str:
        """ "2026"; "" without a date."""
        return self.published_at[:4]


# What hits are counted by: names of Document's attributes.
FACETS = ("kind", "city", "theme", "organisation_kind", "year")


# Of a query, and of each of its phrases, so many words are heeded.
MOST_QUERY_WORDS = 40


class After(NamedTuple):
    """The last hit of a page; the next page begins behind it."""

    score: float
    published_at: str
    key: str


@dataclass(frozen=True)
class Query:
    """What is looked for, and which of it is given.

    A hit has a word of `text`, every one of `phrases` (words that stand side by side, in any inflection), and none of
    `without` (words or phrases). With phrases and no text, having the phrases is enough; with neither, whatever passes the
    rest is found. `only` narrows by facet: of each
    named facet a hit has one of the values. `since` and `until` are ISO dates, both included. Documents of the scopes
    `closed`, and those of the keys `unless`, are neither found nor counted.

    The best come first; with `newest_first` the newest do. `limit` are given, those behind `after`. `counted`:
    whether hits are counted by facet.
    """

    text: str = ""
    phrases: Sequence[str] = ()
    without: Sequence[str] = ()
    only: Mapping[str, Sequence[str]] = field(default_factory=dict)
    since: str = ""
    until: str = ""
    closed: Sequence[str] = ()
    unless: Sequence[str] = ()
    newest_first: bool = False
    counted: bool = False
    limit: int = 20
    after: After | None = None


@dataclass(frozen=True)
class Hit:
    """A found document. Scores compare hits of one search only."""

    key: str
    score: float
    published_at: str = ""

    @property
    def place(self) -> After:
        return After(self.score, self.published_at, self.key)


@dataclass(frozen=True)
class SimilarHit(Hit):
    """A document like another one; `shared`: the most telling words that both have, in lower case."""

    shared: tuple[str, ...] = ()


@dataclass(frozen=True)
class Results:
    """`total` counts all hits, not only the given ones. `counts`: facet → value → number of hits that have it; a facet is
    counted as if the query did not narrow by it. "" counts the hits without a value. `unknown`: the words of the text that no
    document has, in lower case; what looks like them was found in their place."""

    hits: list[Hit]
    total: int
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    unknown: Sequence[str] = ()


class Engine(Protocol):
    """Every method raises EngineError when the engine cannot do it; no input is an error."""

    def put(self, documents: Iterable[Document], order: int = 0) -> None:
        """Add documents, or replace those of the same keys.

        `order` grows from change to change, here and in `remove` and `rebuild`: a change that arrives late, when one with
        a higher order has been there, has no effect.
        """

    def remove(self, keys: Iterable[str], order: int = 0) -> None:
        """Forget documents; unknown keys are no error."""

    def rebuild(self, documents: Iterable[Document], order: int = 0) -> None:
        """Have these documents and no others, also when what there was is broken. The old ones answer until all are there."""

    def search(self, query: Query) -> Results:
        """The documents that a query finds."""

    def suggest(self, query: Query) -> list[Hit]:
        """The documents that have every word of the query's text in their titles, the last one as a word's beginning; the
        shortest title first. Of the rest of the query, `only`, `closed`, `unless` and `limit` are heeded."""

    def similar(self, like: str, kinds: Sequence[str] = (), limit: int = 5) -> list[SimilarHit]:
        """The documents most like a document (its key; itself left out) or like a text."""

    def keys_and_versions(self) -> Mapping[str, int]:
        """All documents' keys, with their versions."""
