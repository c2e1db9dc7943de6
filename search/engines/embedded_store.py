"""The embedded engine's file: SQLite in WAL mode, for several threads and processes at once.

Beside the documents and their words it holds one FTS5 table of terms per field, one of the titles' folded words, the number
of documents of each term, and an FTS5 table of the terms' pieces, by which mistyped words are mended.
"""

import json
import os
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from search import english, turkish
from search.engines.base import Document, EngineUnavailableError
from search.engines.understanding import can_mend

# A file of another format, or with other terms, is emptied when it is opened; `rebuild` fills it.
_FORMAT = 100 * 4 + turkish.VERSION
_WAIT_SECONDS = 5
_RETRY_SECONDS = 0.02
_BATCH = 200
_TABLES = ("documents", "texts", "title_terms", "body_terms", "title_words", "terms", "pieces", "totals")
_WORD_TABLES = ("title_terms", "body_terms", "title_words")
_SCHEMA = """
CREATE TABLE documents (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, city TEXT NOT NULL, theme TEXT NOT NULL,
    organisation_kind TEXT NOT NULL, year TEXT NOT NULL, scope TEXT NOT NULL, published_at TEXT NOT NULL,
    version INTEGER NOT NULL, words INTEGER NOT NULL
);
CREATE INDEX documents_scope ON documents (scope);
CREATE TABLE texts (id INTEGER PRIMARY KEY, title TEXT NOT NULL, body TEXT NOT NULL);
CREATE VIRTUAL TABLE title_terms USING fts5(terms, tokenize = 'ascii');
CREATE VIRTUAL TABLE body_terms USING fts5(terms, tokenize = 'ascii');
CREATE VIRTUAL TABLE title_words USING fts5(words, tokenize = 'ascii', prefix = '1 2 3', detail = 'none', columnsize = 0);
CREATE TABLE terms (id INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE, documents INTEGER NOT NULL);
CREATE VIRTUAL TABLE pieces USING fts5(grams, tokenize = 'ascii');
CREATE TABLE totals (documents INTEGER NOT NULL, words INTEGER NOT NULL);
INSERT INTO totals VALUES (0, 0);
CREATE TRIGGER counted AFTER INSERT ON documents BEGIN
    UPDATE totals SET documents = documents + 1, words = words + new.words;
END;
CREATE TRIGGER discounted AFTER DELETE ON documents BEGIN
    UPDATE totals SET documents = documents - 1, words = words - old.words;
END;
"""


class Store:
    """Opens the file when it is first used, once a thread. SQLite's errors become EngineUnavailableError."""

    def __init__(self, path: Path | str) -> None:
        self._path = Path(path)
        self._local = threading.local()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one state of the file."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection that alone writes; all or nothing of the block is kept."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        try:
            connection = self._connection()
            connection.execute(begin)
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()
        except sqlite3.Error as error:
            raise EngineUnavailableError(f"the search index {self._path.name}: {error}") from error

    def _connection(self) -> sqlite3.Connection:
        """This thread's connection; a new one after a fork."""
        if getattr(self._local, "process", None) != os.getpid():
            self._local.connection = self._open()
            self._local.process = os.getpid()
        return self._local.connection

    def _open(self) -> sqlite3.Connection:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise sqlite3.OperationalError(str(error)) from error
        # SQLite does not wait for its lock while it makes a file a WAL one: when several open it first, some try again.
        until = time.monotonic() + _WAIT_SECONDS
        while True:
            connection = sqlite3.connect(self._path, timeout=_WAIT_SECONDS, isolation_level=None)
            try:
                _prepare(connection)
            except sqlite3.OperationalError as error:
                connection.close()
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(_RETRY_SECONDS)
            except BaseException:
                connection.close()
                raise
            else:
                return connection

    def close(self) -> None:
        """Close this thread's connection; the next use opens it again."""
        if getattr(self._local, "process", None) == os.getpid():
            self._local.connection.close()
            self._local.process = None

    def rebuild(self, documents: Iterable[Document]) -> None:
        """Fill the file anew in one transaction: whoever reads meanwhile sees what it had. A broken file is removed."""
        try:
            self._connection()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise EngineUnavailableError(f"the search index {self._path.name}: {error}") from error
            for suffix in ("", "-wal", "-shm"):
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
        with self.writing() as connection:
            _create(connection)
            for batch in _batches(documents):
                _add(connection, batch)

    def put(self, documents: Iterable[Document]) -> None:
        """Add or replace documents, some hundreds a transaction, so that others can write in between."""
        for batch in _batches(documents):
            with self.writing() as connection:
                _forget(connection, [document.key for document in batch])
                _add(connection, batch)

    def remove(self, keys: Iterable[str]) -> None:
        remaining = iter(keys)
        while batch := list(islice(remaining, _BATCH)):
            with self.writing() as connection:
                _forget(connection, batch)


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Of equal keys in one batch the last stays."""
    remaining = iter(documents)
    while batch := list({document.key: document for document in islice(remaining, _BATCH)}.values()):
        yield batch


def _prepare(connection: sqlite3.Connection) -> None:
    """Set up a new connection, and the file when it is new or of another format."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA temp_store = MEMORY")  # of the hits that are counted
    if _format_of(connection) != _FORMAT:
        connection.execute("BEGIN IMMEDIATE")
        if _format_of(connection) != _FORMAT:  # another process may have been quicker
            _create(connection)
        connection.commit()


def _format_of(connection: sqlite3.Connection) -> int:
    return connection.execute("PRAGMA user_version").fetchone()[0]


def _create(connection: sqlite3.Connection) -> None:
    for table in _TABLES:
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    statement = ""
    for line in _SCHEMA.splitlines():  # not executescript(), which would commit first
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
    connection.execute(f"PRAGMA user_version = {_FORMAT}")


def _add(connection: sqlite3.Connection, batch: Sequence[Document]) -> None:
    frequencies: Counter[str] = Counter()
    for document in batch:
        texts = (document.title, document.body)
        title, body = ([token.word for token in turkish.tokens(text, document.lang)] for text in texts)
        title_terms, body_terms = (turkish.index_terms(text, document.lang) for text in texts)
        frequencies.update({*title_terms, *body_terms})
        row = connection.execute(
            "INSERT INTO documents VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(document.key, document.kind, document.city, document.theme, document.organisation_kind),
                *(document.year, document.scope, document.published_at, document.version, len(title) + len(body)),
            ),
        ).lastrowid
        for table, values in (
            ("texts (id, title, body)", (row, " ".join(title), " ".join(body))),
            ("title_terms (rowid, terms)", (row, " ".join(title_terms))),
            ("body_terms (rowid, terms)", (row, " ".join(body_terms))),
            ("title_words (rowid, words)", (row, " ".join(map(turkish.fold, title)))),
        ):
            connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608
    _count_terms(connection, frequencies)


def _count_terms(connection: sqlite3.Connection, frequencies: Counter[str]) -> None:
    """Add to the terms' numbers of documents; terms that are new can be proposed for mistyped words from now on."""
    last = connection.execute("SELECT coalesce(max(id), 0) FROM terms").fetchone()[0]
    connection.executemany(
        "INSERT INTO terms (term, documents) VALUES (?, ?) "
        "ON CONFLICT (term) DO UPDATE SET documents = documents + excluded.documents",
        frequencies.items(),
    )
    new = connection.execute("SELECT id, term FROM terms WHERE id > ?", (last,)).fetchall()
    connection.executemany(
        "INSERT INTO pieces (rowid, grams) VALUES (?, ?)",
        ((row, " ".join(turkish.word_grams(english.bare(term)))) for row, term in new if can_mend(term)),
    )


def _forget(connection: sqlite3.Connection, keys: Sequence[str]) -> None:
    rows = connection.execute(
        "SELECT id, title_terms.terms, body_terms.terms FROM documents "
        "JOIN title_terms ON title_terms.rowid = id JOIN body_terms ON body_terms.rowid = id "
        "WHERE key IN (SELECT value FROM json_each(?))",
        (json.dumps(keys),),
    ).fetchall()
    frequencies: Counter[str] = Counter()
    for _row, title_terms, body_terms in rows:
        frequencies.update({*title_terms.split(), *body_terms.split()})
    connection.executemany(
        "UPDATE terms SET documents = documents - ? WHERE term = ?",
        ((number, term) for term, number in frequencies.items()),
    )
    ids = [(row,) for row, _title, _body in rows]
    for table, column in (*((table, "rowid") for table in _WORD_TABLES), ("texts", "id"), ("documents", "id")):
        connection.executemany(f"DELETE FROM {table} WHERE {column} = ?", ids)  # noqa: S608
