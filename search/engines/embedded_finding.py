"""What a query finds in the embedded engine's file: the rows of all hits, counted, ordered and cut into pages, in SQL."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from search import turkish
from search.engines.base import FACETS, MOST_QUERY_WORDS, After, Query
from search.engines.understanding import TITLE_WEIGHT, Row, Wanted, phrases_of

_FIELDS = (("title_terms", TITLE_WEIGHT), ("body_terms", 1.0))


class Condition(NamedTuple):
    """A part of a WHERE, with its values."""

    sql: str
    values: Sequence[str | float]


def any_of(terms: Iterable[str]) -> str:
    """An FTS5 expression. Terms are letters and digits; the quotes keep "or" and "near" from being operators."""
    return " OR ".join(f'"{term}"' for term in terms)


def is_one_of(column: str, values: Iterable[str]) -> Condition:
    return Condition(f"{column} IN (SELECT value FROM json_each(?))", [json.dumps(list(values))])  # noqa: S608


class Finding:
    """The hits of one query, within one transaction: found once, in a table of this connection's own."""

    def __init__(self, connection: sqlite3.Connection, wanted: Sequence[Wanted], query: Query) -> None:
        self._connection = connection
        self._only = [is_one_of(column, chosen) for column, chosen in query.only.items() if chosen]
        self._newest_first = query.newest_first or not wanted
        found, values = _found(wanted)
        conditions = list(_conditions(query))
        sql = (
            f"CREATE TEMP TABLE hits AS WITH found (id, score, finds) AS ({found}), "  # noqa: S608
            "scored AS (SELECT id, sum(score) AS score FROM found GROUP BY id HAVING max(finds)) "
            f"SELECT id, score FROM scored WHERE {' AND '.join(one.sql for one in conditions) or '1'}"
        )
        connection.execute("DROP TABLE IF EXISTS hits")
        connection.execute(sql, [*values, *(value for one in conditions for value in one.values)])

    def page(self, limit: int, after: After | None = None, with_words: bool = False) -> list[Row]:
        """The hits behind a place, in order: by score or, newest first, by date; then by key."""
        conditions = self._only + ([self._behind(after)] if after else [])
        order = "published_at DESC" if self._newest_first else "score DESC"
        rows = self._connection.execute(
            "SELECT key, published_at, score, id FROM hits JOIN documents USING (id) "  # noqa: S608
            f"WHERE {' AND '.join(one.sql for one in conditions) or '1'} ORDER BY {order}, key LIMIT ?",
            [*(value for one in conditions for value in one.values), limit],
        ).fetchall()
        words = self._words([row[3] for row in rows]) if with_words else {}
        return [Row(*row[:3], *words.get(row[3], ())) for row in rows]

    def _words(self, ids: list[int]) -> dict[int, tuple[list[str], list[str]]]:
        found = self._connection.execute(
            "SELECT id, title, body FROM texts WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(ids),)
        )
        return {row: (title.split(), body.split()) for row, title, body in found}

    def _behind(self, after: After) -> Condition:
        column, value = ("published_at", after.published_at) if self._newest_first else ("score", after.score)
        return Condition(f"({column} < ? OR ({column} = ? AND key > ?))", [value, value, after.key])

    def total(self) -> int:
        if not self._only:
            return self._connection.execute("SELECT count(*) FROM hits").fetchone()[0]
        return self._connection.execute(
            f"SELECT count(*) FROM hits JOIN documents USING (id) WHERE {' AND '.join(one.sql for one in self._only)}",  # noqa: S608
            [value for one in self._only for value in one.values],
        ).fetchone()[0]

    def counts(self, only: Mapping[str, Sequence[str]]) -> dict[str, Counter[str]]:
        """Facet → value → number of hits, each facet as if it were not narrowed by itself."""
        columns = ", ".join(FACETS)
        cube = self._connection.execute(
            f"SELECT {columns}, count(*) FROM hits JOIN documents USING (id) GROUP BY {columns}"  # noqa: S608
        )
        counts: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
        for *values, number in cube:
            cell = dict(zip(FACETS, values, strict=True))
            outside = [facet for facet, chosen in only.items() if chosen and cell[facet] not in chosen]
            for facet in FACETS:
                if not outside or outside == [facet]:
                    counts[facet][cell[facet]] += number
        return counts


def _found(wanted: Sequence[Wanted]) -> tuple[str, list[str | float]]:
    """A SELECT of (id, score, finds), a row for each field in which terms are found; everything when nothing is wanted."""
    if not wanted:
        return "SELECT id, 0.0, 1 FROM documents", []
    parts: list[str] = []
    values: list[str | float] = []
    for some in wanted:
        for table, weight in _FIELDS:
            parts.append(f"SELECT rowid, -bm25({table}) * ?, ? FROM {table} WHERE {table} MATCH ?")  # noqa: S608
            values += [weight * some.weight, some.finds, any_of(some.terms)]
    return " UNION ALL ".join(parts), values


def _conditions(query: Query) -> Iterator[Condition]:
    """What a hit must be besides having words, but for `only`: hits are counted without it."""
    for phrase in query.phrases[:MOST_QUERY_WORDS]:
        yield from _has(phrase)
    for phrase in query.without[:MOST_QUERY_WORDS]:
        yield from _has(phrase, never=True)
    yield from _not_closed(query)
    documents = [
        *([Condition("published_at >= ?", [query.since])] if query.since else []),
        *([Condition("substr(published_at, 1, 10) BETWEEN '0' AND ?", [query.until])] if query.until else []),
    ]
    if documents:
        sql = " AND ".join(one.sql for one in documents)
        values = [value for one in documents for value in one.values]
        yield Condition(f"id IN (SELECT id FROM documents WHERE {sql})", values)  # noqa: S608


def _not_closed(query: Query) -> Iterator[Condition]:
    """Few documents are closed, and an index leads to them: no search reads all others."""
    for column, values in (("scope", query.closed), ("key", query.unless)):
        if values:
            closed = is_one_of(column, values)
            yield Condition(f"id NOT IN (SELECT id FROM documents WHERE {closed.sql})", closed.values)  # noqa: S608


def narrowing(query: Query) -> Iterator[Condition]:
    """What a suggestion heeds of a query besides its text."""
    yield from _not_closed(query)
    yield from (is_one_of(column, chosen) for column, chosen in query.only.items() if chosen)


def has_in_title(words: Iterable[str]) -> Iterator[Condition]:
    for word in words:
        terms = [term for some in turkish.query_terms(word) for term in some.terms]
        yield Condition("id IN (SELECT rowid FROM title_terms WHERE title_terms MATCH ?)", [any_of(terms)])


def _has(phrase: str, *, never: bool = False) -> Iterator[Condition]:
    """The words of a phrase side by side in one field, each in a spelling that the phrase's word asks for."""
    by_language = phrases_of(phrase)
    if not by_language:
        return
    spellings = [f"({any_of(some.terms)})" for some in turkish.query_terms(phrase)[:MOST_QUERY_WORDS]]
    side_by_side = f"({any_of(map(' '.join, by_language))})"
    # A word alone may also be a synonym, or written in two words.
    expression = " AND ".join([side_by_side, *spellings] if len(by_language[0]) > 1 else spellings)
    yield Condition(
        f"id {'NOT ' if never else ''}IN (SELECT rowid FROM title_terms WHERE title_terms MATCH ? "  # noqa: S608
        "UNION SELECT rowid FROM body_terms WHERE body_terms MATCH ?)",
        [expression, expression],
    )
