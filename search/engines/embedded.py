"""The embedded engine: SQLite FTS5, nothing to install. Stems find, by BM25; the best are ranked again word by word."""

from __future__ import annotations

import json
import math
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from search import turkish
from search.engines.base import Document, Hit, Query, Results, SimilarHit
from search.engines.embedded_store import SHORTEST_MENDED, Store
from search.lexicon import FIXED
from search.ranking import Candidate, QueryWord, rank

_TITLE_WEIGHT = 2.0
_RANKED_AGAIN = 100
_MOST_QUERY_WORDS = 40
_MOST_MENDED_WORDS = 8
# A word whose stem no document has is likely mistyped. Terms near to it are looked for instead.
_NEAR = 0.4  # ranks what is found
_NEAR_ENOUGH = 0.5  # finds
_MOST_NEAR_TERMS = 12
_MENDED_WEIGHT = 1.0
_TELLING_TERMS = 25
_COMMON = 0.3  # terms in more than this share of the documents tell nothing
_SHARED_WORDS = 2  # one rare word in common is chance
_KEY = re.compile(r"\w+:[\w.-]+")


@dataclass(frozen=True)
class _Wanted:
    """Terms that are looked for together. `finds`: alone they make a hit; else they only add to its score."""

    terms: Sequence[str]
    weight: float = 1.0
    finds: bool = True


class EmbeddedEngine:
    """An `Engine` in one file; safe for several threads and processes."""

    def __init__(self, path: Path | str) -> None:
        self._store = Store(path)

    def put(self, documents: Iterable[Document]) -> None:
        self._store.put(documents)

    def remove(self, keys: Iterable[str]) -> None:
        self._store.remove(keys)

    def clear(self) -> None:
        self._store.empty()

    def close(self) -> None:
        """Close this thread's connection."""
        self._store.close()

    def keys_and_versions(self) -> Mapping[str, int]:
        with self._store.reading() as connection:
            return dict(connection.execute("SELECT key, version FROM documents"))

    def search(self, query: Query) -> Results:
        terms = list(dict.fromkeys(turkish.query_terms(query.text)))[:_MOST_QUERY_WORDS]
        if not terms:
            return Results(hits=[], total=0)
        with self._store.reading() as connection:
            words, wanted = _understand(connection, terms)
            most = max(_RANKED_AGAIN, query.offset + query.limit)
            rows = _find(connection, wanted, query, most)
            hits = _rank_again(connection, rows[:_RANKED_AGAIN], words)
        hits += [Hit(key, score) for _row, key, score, _total in rows[_RANKED_AGAIN:]]
        return Results(hits=hits[query.offset : query.offset + query.limit], total=rows[0][3] if rows else 0)

    def similar(self, like: str, kinds: Sequence[str] = (), limit: int = 5) -> list[SimilarHit]:
        with self._store.reading() as connection:
            words = _words_of(connection, like)
            telling = _telling_words(connection, words)
            wanted = [_Wanted(list(telling))]
            rows = _find(connection, wanted, Query(text="", kinds=kinds), limit * 4 + 1) if telling else []
            terms = _terms_of(connection, [row for row, *_rest in rows])
        hits = [
            SimilarHit(key, score, tuple(word for term, word in telling.items() if term in terms[row]))
            for row, key, score, _total in rows
            if key != like
        ]
        return [hit for hit in hits if len(hit.shared) >= min(_SHARED_WORDS, len(telling))][:limit]


def _understand(
    connection: sqlite3.Connection, terms: Sequence[turkish.QueryTerm]
) -> tuple[list[QueryWord], list[_Wanted]]:
    """The words of a query with their frequencies, and what to look for."""
    frequencies = _frequencies(connection, [term for some in terms for term in some.terms])
    words: list[QueryWord] = []
    wanted = [_Wanted(list(dict.fromkeys(term for some in terms for term in some.terms)))]
    mended = 0
    for some in terms:
        frequency = float(sum(frequencies.get(term, 0) for term in some.terms))
        known = frequency > 0
        if not known and mended < _MOST_MENDED_WORDS:
            mended += 1
            near = _near_terms(connection, some.terms[0])
            frequency = sum(close * documents for _term, close, documents in near)
            wanted += [_Wanted([term], close * _MENDED_WEIGHT, close >= _NEAR_ENOUGH) for term, close, _number in near]
        words += [QueryWord(word, known, frequency) for word in some.word.split()]
    return words, wanted


def _frequencies(connection: sqlite3.Connection, terms: Iterable[str]) -> dict[str, int]:
    """term → number of documents, of terms that any document has."""
    return dict(
        connection.execute(
            "SELECT term, documents FROM terms WHERE documents > 0 AND term IN (SELECT value FROM json_each(?))",
            (json.dumps(list(terms)),),
        )
    )


def _near_terms(connection: sqlite3.Connection, stem: str) -> list[tuple[str, float, int]]:
    """(term, how near from 0 to 1, number of documents) of the indexed stems that look most like an unknown one."""
    if len(stem) < SHORTEST_MENDED:
        return []
    pieces = turkish.word_grams(stem)
    rows = connection.execute(
        "SELECT term, documents FROM pieces JOIN terms ON terms.id = pieces.rowid "
        "WHERE pieces MATCH ? AND documents > 0 ORDER BY bm25(pieces) LIMIT 100",
        (_any_of(pieces),),
    )
    near = []
    for term, documents in rows:
        others = turkish.word_grams(term)
        close = 2 * len(pieces & others) / (len(pieces) + len(others))
        if close >= _NEAR:
            near.append((term, close, documents))
    return sorted(near, key=lambda one: (-one[1], one[0]))[:_MOST_NEAR_TERMS]


def _any_of(terms: Iterable[str]) -> str:
    """An FTS5 expression. Terms are letters and digits; the quotes keep "or" and "near" from being operators."""
    return " OR ".join(f'"{term}"' for term in terms)


def _find(
    connection: sqlite3.Connection, wanted: Sequence[_Wanted], query: Query, most: int
) -> list[tuple[int, str, float, int]]:
    """(row, key, score, number of all hits), best first."""
    parts, values = [], []
    for some in wanted:
        for table, weight in (("title_terms", _TITLE_WEIGHT), ("body_terms", 1.0)):
            parts.append(f"SELECT rowid, -bm25({table}) * ?, ? FROM {table} WHERE {table} MATCH ?")  # noqa: S608
            values += [weight * some.weight, some.finds, _any_of(some.terms)]
    conditions = ["1"]
    for column, chosen in (("kind", query.kinds), ("city", query.cities), ("theme", query.themes)):
        if chosen:
            conditions.append(f"{column} IN (SELECT value FROM json_each(?))")  # noqa: S608
            values.append(json.dumps(list(chosen)))
    sql = (
        f"WITH found (id, score, finds) AS ({' UNION ALL '.join(parts)}), "  # noqa: S608
        "hits AS (SELECT id, sum(score) AS score FROM found GROUP BY id HAVING max(finds)) "
        "SELECT id, key, score, count(*) OVER () FROM hits JOIN documents USING (id) "
        f"WHERE {' AND '.join(conditions)} ORDER BY score DESC, id LIMIT ?"
    )
    return connection.execute(sql, [*values, most]).fetchall()


def _rank_again(
    connection: sqlite3.Connection, rows: Sequence[tuple[int, str, float, int]], words: Sequence[QueryWord]
) -> list[Hit]:
    texts = {
        row: (title.split(), body.split())
        for row, title, body in connection.execute(
            "SELECT id, title, body FROM documents WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps([row for row, *_rest in rows]),),
        )
    }
    documents, all_words = connection.execute("SELECT documents, words FROM totals").fetchone()
    candidates = [Candidate(*texts[row], score) for row, _key, score, _total in rows]
    scores = rank(candidates, words, documents, all_words / max(1, documents))
    hits = [Hit(key, score) for (_row, key, _score, _total), score in zip(rows, scores, strict=True)]
    return sorted(hits, key=lambda hit: -hit.score)


def _words_of(connection: sqlite3.Connection, like: str) -> list[str]:
    """The words of the document with this key, or of this text."""
    if _KEY.fullmatch(like):
        found = connection.execute("SELECT title || ' ' || body FROM documents WHERE key = ?", (like,)).fetchone()
        return found[0].split() if found else []
    return [token.word for token in turkish.tokens(like)]


def _telling_words(connection: sqlite3.Connection, words: Sequence[str]) -> dict[str, str]:
    """The terms of greatest tf·idf, each with a word that has it, most telling first."""
    word_of: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for word in words:
        if word in FIXED or word.isdigit():
            continue
        term = turkish.index_terms(word)[0]
        word_of.setdefault(term, word)
        counts[term] += 1
    documents = connection.execute("SELECT documents FROM totals").fetchone()[0]
    weights = {
        term: counts[term] * math.log(1 + documents / number)
        for term, number in _frequencies(connection, counts).items()
        if len(term) > 1 and number <= max(2, _COMMON * documents)
    }
    best = sorted(weights, key=lambda term: (-weights[term], term))[:_TELLING_TERMS]
    return {term: word_of[term] for term in best}


def _terms_of(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, set[str]]:
    """row → its terms."""
    found = connection.execute(
        "SELECT body_terms.rowid, title_terms.terms || ' ' || body_terms.terms "
        "FROM body_terms JOIN title_terms ON title_terms.rowid = body_terms.rowid "
        "WHERE body_terms.rowid IN (SELECT value FROM json_each(?))",
        (json.dumps(list(rows)),),
    )
    return {row: set(terms.split()) for row, terms in found}
