"""The embedded engine: SQLite FTS5 in its own file. No Django."""

from __future__ import annotations

import math
import sqlite3
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from search import turkish
from search.engines.base import Document, EngineError, Hit, Query, Results

_SCHEMA_VERSION = 1
_TITLE_WEIGHT = 2.0
_GRAM_WEIGHT = 0.4
_GRAM_SHARE = 0.7  # of a long unknown word's pieces that a hit must have
_LONG_WORD = 5
_CANDIDATES = 1_000
_SIMILAR_TERMS = 25
_COMMON = 0.3  # terms in more than this share of the documents say nothing about likeness
_SCHEMA = """
CREATE TABLE IF NOT EXISTS document (
    id INTEGER PRIMARY KEY, key TEXT UNIQUE NOT NULL, kind TEXT NOT NULL, city TEXT NOT NULL, theme TEXT NOT NULL,
    version INTEGER NOT NULL, terms TEXT NOT NULL
);
CREATE VIRTUAL TABLE IF NOT EXISTS title USING fts5(terms, tokenize='unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE IF NOT EXISTS body USING fts5(terms, tokenize='unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE IF NOT EXISTS gram USING fts5(terms, tokenize='unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE IF NOT EXISTS title_vocabulary USING fts5vocab('title', 'row');
CREATE VIRTUAL TABLE IF NOT EXISTS body_vocabulary USING fts5vocab('body', 'row');
"""


class EmbeddedEngine:
    """One SQLite file in WAL mode, one connection a thread; several processes may use it at once."""

    def __init__(self, path: Path) -> None:
        self._path = Path(path)
        self._local = threading.local()

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """A connection; a transaction around the block. Every error of SQLite is an EngineError."""
        try:
            connection = getattr(self._local, "connection", None)
            if connection is None:
                connection = self._local.connection = self._connect()
            with connection:
                yield connection
        except sqlite3.Error as error:
            raise EngineError(str(error)) from error

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=10, check_same_thread=False)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        if connection.execute("PRAGMA user_version").fetchone()[0] != _SCHEMA_VERSION:
            connection.executescript(_SCHEMA)
            connection.execute(f"PRAGMA user_version={_SCHEMA_VERSION}")
        return connection

    def put(self, documents: Iterable[Document]) -> None:
        """Add documents, or replace those with the same keys."""
        with self._connection() as connection:
            for document in documents:
                self._delete(connection, document.key)
                terms = turkish.index_terms(f"{document.title} {document.body}")
                row = connection.execute(
                    "INSERT INTO document (key, kind, city, theme, version, terms) VALUES (?, ?, ?, ?, ?, ?)",
                    (document.key, document.kind, document.city, document.theme, document.version, " ".join(terms)),
                ).lastrowid
                texts = {
                    "title": turkish.index_terms(document.title),
                    "body": terms,
                    "gram": turkish.grams(f"{document.title} {document.body}"),
                }
                for table, words in texts.items():
                    connection.execute(
                        f"INSERT INTO {table} (rowid, terms) VALUES (?, ?)",  # noqa: S608
                        (row, " ".join(words)),
                    )

    @staticmethod
    def _delete(connection: sqlite3.Connection, key: str) -> None:
        found = connection.execute("SELECT id FROM document WHERE key = ?", (key,)).fetchone()
        if found:
            for table, column in (("title", "rowid"), ("body", "rowid"), ("gram", "rowid"), ("document", "id")):
                connection.execute(f"DELETE FROM {table} WHERE {column} = ?", found)  # noqa: S608

    def remove(self, keys: Iterable[str]) -> None:
        with self._connection() as connection:
            for key in keys:
                self._delete(connection, key)

    def clear(self) -> None:
        with self._connection() as connection:
            for table in ("document", "title", "body", "gram"):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608

    def keys_and_versions(self) -> Mapping[str, int]:
        with self._connection() as connection:
            return dict(connection.execute("SELECT key, version FROM document"))

    def search(self, query: Query) -> Results:
        """The best documents for a query, best first. No input is an error."""
        alternatives = turkish.query_terms(query.text)
        if not alternatives:
            return Results(hits=[], total=0)
        with self._connection() as connection:
            scores = self._stem_scores(connection, alternatives, query)
            self._add_gram_scores(connection, query, alternatives, scores)
            ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
            chosen = ranked[query.offset : query.offset + query.limit]
            keys = self._keys(connection, [row for row, _score in chosen])
        return Results(hits=[Hit(keys[row], score) for row, score in chosen if row in keys], total=len(ranked))

    def _stem_scores(
        self, connection: sqlite3.Connection, alternatives: list[tuple[str, ...]], query: Query
    ) -> dict[int, float]:
        match = " OR ".join(dict.fromkeys(_quoted(term) for terms in alternatives for term in terms))
        scores: dict[int, float] = defaultdict(float)
        for table, weight in (("title", _TITLE_WEIGHT), ("body", 1.0)):
            for row, score in self._match(connection, table, match, query):
                scores[row] += weight * score
        return scores

    def _match(
        self, connection: sqlite3.Connection, table: str, match: str, query: Query
    ) -> list[tuple[int, float]]:
        conditions, values = [f"{table} MATCH ?"], [match]
        for column, wanted in (("kind", query.kinds), ("city", query.cities), ("theme", query.themes)):
            if wanted:
                conditions.append(f"document.{column} IN ({', '.join('?' * len(wanted))})")
                values += wanted
        sql = (
            f"SELECT {table}.rowid, -bm25({table}) AS score FROM {table} JOIN document ON document.id = {table}.rowid "  # noqa: S608
            f"WHERE {' AND '.join(conditions)} ORDER BY score DESC LIMIT {_CANDIDATES}"
        )
        return connection.execute(sql, values).fetchall()

    def _add_gram_scores(
        self,
        connection: sqlite3.Connection,
        query: Query,
        alternatives: list[tuple[str, ...]],
        scores: dict[int, float],
    ) -> None:
        """Words whose stem the index does not know are likely mistyped: their pieces find, and rank, what is near."""
        words = [token.word for token in turkish.tokens(query.text)]
        for word, terms in zip(words, alternatives, strict=True):
            if len(word) < _LONG_WORD or any(self._frequency(connection, term) for term in terms):
                continue
            pieces = dict.fromkeys(turkish.word_grams(word))
            match = " OR ".join(_quoted(piece) for piece in pieces)
            for row, score in self._match(connection, "gram", match, query):
                if row in scores or self._shares(connection, row, pieces) >= _GRAM_SHARE:
                    scores[row] = scores.get(row, 0.0) + _GRAM_WEIGHT * score

    @staticmethod
    def _shares(connection: sqlite3.Connection, row: int, pieces: Iterable[str]) -> float:
        present = set(connection.execute("SELECT terms FROM gram WHERE rowid = ?", (row,)).fetchone()[0].split())
        pieces = list(pieces)
        return sum(piece in present for piece in pieces) / len(pieces)

    @staticmethod
    def _frequency(connection: sqlite3.Connection, term: str) -> int:
        found = connection.execute("SELECT doc FROM body_vocabulary WHERE term = ?", (term,)).fetchone()
        return found[0] if found else 0

    @staticmethod
    def _keys(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, str]:
        marks = ", ".join("?" * len(rows))
        return dict(connection.execute(f"SELECT id, key FROM document WHERE id IN ({marks})", rows))  # noqa: S608

    def similar(self, key: str, kinds: Sequence[str] = (), limit: int = 5) -> list[Hit]:
        """Documents like one: those that share its most telling terms. Empty for a key that is not indexed."""
        with self._connection() as connection:
            found = connection.execute("SELECT terms FROM document WHERE key = ?", (key,)).fetchone()
            if not found:
                return []
            terms = self._telling_terms(connection, found[0].split())
            if not terms:
                return []
            match = " OR ".join(_quoted(term) for term in terms)
            rows = self._match(connection, "body", match, Query(text="", kinds=kinds))[: limit + 1]
            keys = self._keys(connection, [row for row, _score in rows])
        return [Hit(keys[row], score) for row, score in rows if keys.get(row, key) != key][:limit]

    def _telling_terms(self, connection: sqlite3.Connection, terms: list[str]) -> list[str]:
        total = connection.execute("SELECT count(*) FROM document").fetchone()[0]
        weights = {}
        for term, count in Counter(terms).items():
            frequency = self._frequency(connection, term)
            if len(term) > 2 and 0 < frequency <= max(2, _COMMON * total):
                weights[term] = count * math.log(1 + total / frequency)
        return sorted(weights, key=lambda term: -weights[term])[:_SIMILAR_TERMS]


def _quoted(term: str) -> str:
    """A term as an FTS5 string: nothing in it is an operator."""
    return '"' + term.replace('"', '""') + '"'
