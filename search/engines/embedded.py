"""The embedded engine: SQLite FTS5, nothing to install. Stems find, by BM25; the best are ranked again word by word."""

from __future__ import annotations

import json
import math
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from search import turkish
from search.engines.base import MOST_QUERY_WORDS, After, Document, Hit, Query, Results, SimilarHit
from search.engines.embedded_finding import Condition, Finding, Row, Wanted, any_of, has_in_title, narrowing
from search.engines.embedded_store import SHORTEST_MENDED, Store
from search.lexicon import FIXED
from search.ranking import Candidate, QueryWord, rank

_RANKED_AGAIN = 100
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


class EmbeddedEngine:
    """An `Engine` in one file; safe for several threads and processes."""

    def __init__(self, path: Path | str) -> None:
        self._store = Store(path)

    def put(self, documents: Iterable[Document]) -> None:
        self._store.put(documents)

    def remove(self, keys: Iterable[str]) -> None:
        self._store.remove(keys)

    def rebuild(self, documents: Iterable[Document]) -> None:
        self._store.rebuild(documents)

    def close(self) -> None:
        """Close this thread's connection."""
        self._store.close()

    def keys_and_versions(self) -> Mapping[str, int]:
        with self._store.reading() as connection:
            return dict(connection.execute("SELECT key, version FROM documents"))

    def search(self, query: Query) -> Results:
        terms = _distinct(turkish.query_terms(query.text))
        side_by_side = _distinct(term for phrase in query.phrases for term in turkish.query_terms(phrase))
        if query.text.strip() and not terms:
            return Results(hits=[], total=0)
        with self._store.reading() as connection:
            words, wanted = _understand(connection, terms or side_by_side)
            if terms and side_by_side:
                in_phrases, _wanted = _understand(connection, side_by_side)
                words += in_phrases
                wanted.append(Wanted([term for some in side_by_side for term in some.terms], finds=False))
            finding = Finding(connection, wanted, query)
            ranked = bool(wanted) and not query.newest_first
            hits = _best(connection, finding, words, query) if ranked else _page(finding, query.limit, query.after)
            return Results(
                hits=hits,
                total=finding.total(),
                counts=finding.counts(query.only) if query.counted else {},
                unknown=[word.word for word in words if not word.known],
            )

    def suggest(self, query: Query) -> list[Hit]:
        *whole, beginning = [token.word for token in turkish.tokens(query.text)] or [""]
        if not beginning:
            return []
        conditions = [
            Condition(
                "id IN (SELECT rowid FROM title_words WHERE title_words MATCH ?)", [f'"{turkish.fold(beginning)}"*']
            ),
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
            words = _words_of(connection, like)
            telling = _telling_words(connection, words)
            if not telling:
                return []
            finding = Finding(connection, [Wanted(list(telling))], Query(only={"kind": kinds}))
            rows = finding.page(limit * 4 + 1)
            terms = _terms_of(connection, [row.id for row in rows])
        hits = [
            SimilarHit(
                row.key, row.score, shared=tuple(word for term, word in telling.items() if term in terms[row.id])
            )
            for row in rows
            if row.key != like
        ]
        return [hit for hit in hits if len(hit.shared) >= min(_SHARED_WORDS, len(telling))][:limit]


def _distinct(terms: Iterable[turkish.QueryTerm]) -> list[turkish.QueryTerm]:
    return list(dict.fromkeys(terms))[:MOST_QUERY_WORDS]


def _page(finding: Finding, limit: int, after: After | None) -> list[Hit]:
    return [Hit(row.key, row.score, row.published_at) for row in finding.page(limit, after)]


def _best(connection: sqlite3.Connection, finding: Finding, words: Sequence[QueryWord], query: Query) -> list[Hit]:
    """A page by score. What the engine scores highest is ranked again and stays before the rest: no score gets less."""
    first = finding.page(_RANKED_AGAIN)
    after = query.after
    hits = [hit for hit in _rank_again(connection, first, words) if after is None or _order(hit.place) > _order(after)]
    missing = query.limit - len(hits)
    if missing > 0 and len(first) == _RANKED_AGAIN:
        behind = max(first[-1].place, after, key=_order) if after else first[-1].place
        hits += _page(finding, missing, behind)
    return hits[: query.limit]


def _order(place: After) -> tuple[float, str]:
    return -place.score, place.key


def _understand(
    connection: sqlite3.Connection, terms: Sequence[turkish.QueryTerm]
) -> tuple[list[QueryWord], list[Wanted]]:
    """The words of a query with their frequencies, and what to look for."""
    frequencies = _frequencies(connection, [term for some in terms for term in some.terms])
    words: list[QueryWord] = []
    if not terms:
        return [], []
    wanted = [Wanted(list(dict.fromkeys(term for some in terms for term in some.terms)))]
    mended = 0
    for some in terms:
        frequency = float(sum(frequencies.get(term, 0) for term in some.terms))
        known = frequency > 0
        if not known and mended < _MOST_MENDED_WORDS:
            mended += 1
            near = _near_terms(connection, some.terms[0])
            frequency = sum(close * documents for _term, close, documents in near)
            wanted += [Wanted([term], close * _MENDED_WEIGHT, close >= _NEAR_ENOUGH) for term, close, _number in near]
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
        (any_of(pieces),),
    )
    near = []
    for term, documents in rows:
        others = turkish.word_grams(term)
        close = 2 * len(pieces & others) / (len(pieces) + len(others))
        if close >= _NEAR:
            near.append((term, close, documents))
    return sorted(near, key=lambda one: (-one[1], one[0]))[:_MOST_NEAR_TERMS]


def _rank_again(connection: sqlite3.Connection, rows: Sequence[Row], words: Sequence[QueryWord]) -> list[Hit]:
    texts = {
        row: (title.split(), body.split())
        for row, title, body in connection.execute(
            "SELECT id, title, body FROM texts WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps([row.id for row in rows]),),
        )
    }
    documents, all_words = connection.execute("SELECT documents, words FROM totals").fetchone()
    candidates = [Candidate(*texts[row.id], row.score) for row in rows]
    scores = rank(candidates, words, documents, all_words / max(1, documents))
    hits = [Hit(row.key, score, row.published_at) for row, score in zip(rows, scores, strict=True)]
    return sorted(hits, key=lambda hit: _order(hit.place))


def _words_of(connection: sqlite3.Connection, like: str) -> list[str]:
    """The words of the document with this key, or of this text."""
    if _KEY.fullmatch(like):
        found = connection.execute(
            "SELECT title || ' ' || body FROM documents JOIN texts USING (id) WHERE key = ?", (like,)
        ).fetchone()
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
