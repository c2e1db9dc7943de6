"""The embedded engine: SQLite FTS5, nothing to install. Stems find, by BM25; the best are ranked again word by word."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from search import turkish
from search.engines.base import Document, Hit, Query, Results, SimilarHit
from search.engines.embedded_finding import Condition, Finding, any_of, has_in_title, narrowing
from search.engines.embedded_store import Store
from search.engines.understanding import (
    Row,
    Wanted,
    best_page,
    is_key,
    rows_for_similar,
    similar_hits,
    split_beginning,
    telling_words,
    understand,
)

_LOOK_ALIKES = 100


class EmbeddedEngine:
    """An `Engine` in one file; safe for several threads and processes."""

    def __init__(self, path: Path | str) -> None:
        self._store = Store(path)

    def put(self, documents: Iterable[Document], order: int = 0) -> None:
        self._store.put(documents)

    def remove(self, keys: Iterable[str], order: int = 0) -> None:
        self._store.remove(keys)

    def rebuild(self, documents: Iterable[Document], order: int = 0) -> None:
        self._store.rebuild(documents)

    def close(self) -> None:
        """Close this thread's connection."""
        self._store.close()

    def keys_and_versions(self) -> Mapping[str, int]:
        with self._store.reading() as connection:
            return dict(connection.execute("SELECT key, version FROM documents"))

    def search(self, query: Query) -> Results:
        with self._store.reading() as connection:
            figures = _Figures(connection)
            understood = understand(query, figures)
            if understood.is_hopeless:
                return Results(hits=[], total=0)
            finding = Finding(connection, understood.wanted, query)
            if understood.wanted and not query.newest_first:
                hits = best_page(finding.page, understood.words, figures, query)
            else:
                hits = [row.hit for row in finding.page(query.limit, query.after)]
            return Results(
                hits=hits,
                total=finding.total(),
                counts=finding.counts(query.only) if query.counted else {},
                unknown=understood.unknown,
            )

    def suggest(self, query: Query) -> list[Hit]:
        whole, beginning = split_beginning(query.text)
        if not beginning:
            return []
        begins = f'"{beginning}"*'
        conditions = [
            Condition("id IN (SELECT rowid FROM title_words WHERE title_words MATCH ?)", [begins]),
            *has_in_title(whole),
            *narrowing(query),
        ]
        with self._store.reading() as connection:
            rows = connection.execute(
                "SELECT key, published_at FROM documents JOIN texts USING (id) "  # noqa: S608
                f"WHERE {' AND '.join(one.sql for one in conditions)} ORDER BY length(title), key LIMIT ?",
                [*(value for one in conditions for value in one.values), query.limit],
            )
            return [Hit(key, 0.0, published_at) for key, published_at in rows]

    def similar(self, like: str, kinds: Sequence[str] = (), limit: int = 5) -> list[SimilarHit]:
        with self._store.reading() as connection:
            telling = telling_words(_words_of(connection, like), _Figures(connection))
            if not telling:
                return []
            finding = Finding(connection, [Wanted(list(telling))], Query(only={"kind": kinds}))
            rows = finding.page(rows_for_similar(limit))
            terms = _terms_of(connection, rows)
        return similar_hits(((row, terms[row.key]) for row in rows), telling, like, limit)


class _Figures:
    """Of the file, within one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def totals(self) -> tuple[int, float]:
        documents, words = self._connection.execute("SELECT documents, words FROM totals").fetchone()
        return documents, words / max(1, documents)

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        return dict(
            self._connection.execute(
                "SELECT term, documents FROM terms WHERE documents > 0 AND term IN (SELECT value FROM json_each(?))",
                (json.dumps(list(terms)),),
            )
        )

    def look_alikes(self, stem: str) -> list[tuple[str, int]]:
        return self._connection.execute(
            "SELECT term, documents FROM pieces JOIN terms ON terms.id = pieces.rowid "
            "WHERE pieces MATCH ? AND documents > 0 ORDER BY bm25(pieces) LIMIT ?",
            (any_of(turkish.word_grams(stem)), _LOOK_ALIKES),
        ).fetchall()


def _words_of(connection: sqlite3.Connection, like: str) -> list[str]:
    """The words of the document with this key, or of this text."""
    if is_key(like):
        found = connection.execute(
            "SELECT title || ' ' || body FROM documents JOIN texts USING (id) WHERE key = ?", (like,)
        ).fetchone()
        return found[0].split() if found else []
    return [token.word for token in turkish.tokens(like)]


def _terms_of(connection: sqlite3.Connection, rows: Iterable[Row]) -> dict[str, set[str]]:
    """Key → terms."""
    found = connection.execute(
        "SELECT key, title_terms.terms || ' ' || body_terms.terms FROM documents "
        "JOIN body_terms ON body_terms.rowid = id JOIN title_terms ON title_terms.rowid = id "
        "WHERE key IN (SELECT value FROM json_each(?))",
        (json.dumps([row.key for row in rows]),),
    )
    return {key: set(terms.split()) for key, terms in found}
