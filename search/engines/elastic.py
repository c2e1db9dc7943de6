"""The Elasticsearch engine, for sites with several web processes or many documents; servers 8 and 9.

It is sent the terms that search/turkish.py makes, so that it finds what the embedded engine finds. Needs an index only;
no plugin, no analysis but `whitespace`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError

from search import english, turkish
from search.engines.base import (
    FACETS,
    MOST_QUERY_WORDS,
    After,
    Document,
    EngineUnavailableError,
    Hit,
    Query,
    Results,
    SimilarHit,
)
from search.engines.elastic_index import Indices
from search.engines.understanding import (
    SHORTEST_MENDED,
    TITLE_WEIGHT,
    Row,
    Wanted,
    best_page,
    can_mend,
    is_key,
    phrases_of,
    rows_for_similar,
    similar_hits,
    split_beginning,
    telling_words,
    understand,
)

Clause = dict[str, Any]

SECONDS = 2.0  # a search that takes longer is none
_LOOK_ALIKES = 50
# Lucene's BM25 leaves out the constant factor k1 + 1, which FTS5's has: what ranking again adds weighs alike in both engines.
_SCALE = 2.2
_MOST_VALUES = 1_000  # of a facet
_FIELDS = (("title_terms", TITLE_WEIGHT), ("body_terms", 1.0))
_AFTER_ALL_DAYS = "~"  # sorts behind every time of a day


@dataclass(frozen=True)
class Server:
    """Where Elasticsearch is. `ca_certs`: a file, where its certificate is none that everybody trusts."""

    urls: Sequence[str]
    index: str = "musterek"
    api_key: str = ""
    ca_certs: str = ""


class ElasticsearchEngine:
    """An `Engine` on one or several nodes; safe for threads and processes."""

    def __init__(self, server: Server) -> None:
        secure: dict[str, Any] = {"ca_certs": server.ca_certs} if server.ca_certs else {}
        self._client = Elasticsearch(
            list(server.urls),
            api_key=server.api_key or None,
            request_timeout=SECONDS,
            max_retries=len(server.urls) - 1,  # another node is asked at once, none twice
            retry_on_timeout=False,
            **secure,
        )
        self._indices = Indices(self._client, server.index)

    def put(self, documents: Iterable[Document], order: int = 0) -> None:
        with self._answering():
            self._indices.put(documents, order)

    def remove(self, keys: Iterable[str], order: int = 0) -> None:
        with self._answering():
            self._indices.remove(keys, order)

    def rebuild(self, documents: Iterable[Document], order: int = 0) -> None:
        with self._answering():
            self._indices.rebuild(documents, order)

    def close(self) -> None:
        self._client.close()

    def drop(self) -> None:
        """Remove the index, and what is left of others of its name."""
        with self._answering():
            self._indices.drop()

    def keys_and_versions(self) -> Mapping[str, int]:
        with self._answering():
            return dict(self._indices.keys_and_versions())

    def search(self, query: Query) -> Results:
        with self._answering():
            figures = _Figures(self._client, self._indices.alias)
            understood = understand(query, figures)
            if understood.is_hopeless:
                return Results(hits=[], total=0)
            finding = _Finding(self._client, self._indices.alias, understood.wanted, query)
            if understood.wanted and not query.newest_first:
                hits = best_page(finding.page, understood.words, figures, query)
            else:
                hits = [row.hit for row in finding.page(query.limit, query.after)]
            return Results(hits=hits, total=finding.total, counts=finding.counts, unknown=understood.unknown)

    def suggest(self, query: Query) -> list[Hit]:
        whole, beginning = split_beginning(query.text)
        if not beginning:
            return []
        in_title = [_any_of("title_terms", _terms_of(word)) for word in whole]
        begins = {"prefix": {"title_words": beginning}}
        only = [{"terms": {facet: list(chosen)}} for facet, chosen in query.only.items() if chosen]
        with self._answering():
            answer = self._client.search(
                index=self._indices.alias,
                query={"bool": {"filter": [begins, *in_title, *only], "must_not": _closed(query)}},
                sort=["title_length", "key"],
                size=query.limit,
                source={"includes": ["published_at"]},
            )
        return [Hit(hit["_id"], 0.0, hit["_source"]["published_at"]) for hit in answer["hits"]["hits"]]

    def similar(self, like: str, kinds: Sequence[str] = (), limit: int = 5) -> list[SimilarHit]:
        with self._answering():
            figures = _Figures(self._client, self._indices.alias)
            telling = telling_words(self._words_of(like), figures)
            if not telling:
                return []
            query = Query(only={"kind": kinds})
            finding = _Finding(self._client, self._indices.alias, [Wanted(list(telling))], query)
            rows = list(finding.rows_with_terms(rows_for_similar(limit)))
        return similar_hits(rows, telling, like, limit)

    def _words_of(self, like: str) -> list[str]:
        if not is_key(like):
            return [token.word for token in turkish.tokens(like)]
        try:
            found = self._client.get(index=self._indices.alias, id=like, source=["title", "body"])["_source"]
        except NotFoundError:
            return []
        return [*found["title"].split(), *found["body"].split()]

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """With an index there; whatever goes wrong is an EngineUnavailableError."""
        try:
            self._indices.ensure()
            yield
        except (ApiError, TransportError) as error:
            self._indices.forget()
            raise EngineUnavailableError(f"Elasticsearch: {error}") from error


class _Figures:
    """Of the index, as its (first) shard knows them."""

    def __init__(self, client: Elasticsearch, index: str) -> None:
        self._client, self._index = client, index

    @cached_property
    def _totals(self) -> tuple[int, float]:
        answer = self._client.search(
            index=self._index, size=0, track_total_hits=True, aggs={"words": {"avg": {"field": "words"}}}
        )
        return answer["hits"]["total"]["value"], answer["aggregations"]["words"]["value"] or 0.0

    def totals(self) -> tuple[int, float]:
        return self._totals

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """Asked as one made-up document with these terms."""
        text = " ".join(terms)
        answer = self._client.termvectors(
            index=self._index,
            doc={field: text for field, _weight in _FIELDS},
            fields=[field for field, _weight in _FIELDS],
            term_statistics=True,
            field_statistics=False,
            offsets=False,
            positions=False,
        )
        found: dict[str, int] = {}
        for field in answer["term_vectors"].values():
            for term, figures in field["terms"].items():
                if figures.get("doc_freq"):
                    found[term] = max(found.get(term, 0), figures["doc_freq"])
        return found

    def look_alikes(self, stem: str) -> list[tuple[str, int]]:
        """Terms at most two mistakes away from it, or from it without its last two letters: mostly another derivation."""
        suggest = {
            f"{text} in {field}": {
                "text": text,
                "term": {
                    "field": field,
                    "analyzer": "whitespace",
                    "suggest_mode": "always",
                    "max_edits": 2,
                    "prefix_length": 0,
                    "min_word_length": SHORTEST_MENDED,
                    "size": _LOOK_ALIKES,
                    "shard_size": _LOOK_ALIKES,
                },
            }
            for field, _weight in _FIELDS
            for text in dict.fromkeys((stem, stem[:-2], english.term(stem)))
        }
        answer = self._client.search(index=self._index, size=0, suggest=suggest)
        found: dict[str, int] = {}
        for suggested in answer["suggest"].values():
            for option in suggested[0]["options"] if suggested else ():
                if can_mend(option["text"]):
                    found[option["text"]] = max(found.get(option["text"], 0), option["freq"])
        return list(found.items())


class _Finding:
    """The hits of one query."""

    def __init__(self, client: Elasticsearch, index: str, wanted: Sequence[Wanted], query: Query) -> None:
        self._client, self._index = client, index
        self._query = query
        self._only = {facet: {"terms": {facet: list(chosen)}} for facet, chosen in query.only.items() if chosen}
        self._newest_first = query.newest_first or not wanted
        self._condition = _found(wanted, query)
        self.total = 0
        self.counts: dict[str, dict[str, int]] = {}

    def page(self, limit: int, after: After | None = None, with_words: bool = False) -> list[Row]:
        """The hits behind a place, in order: by score or, newest first, by date; then by key. The first call also counts."""
        source = ["published_at", "title", "body"] if with_words else ["published_at"]
        return [_row(hit) for hit in self._hits(limit, after, source)]

    def rows_with_terms(self, limit: int) -> Iterator[tuple[Row, set[str]]]:
        for hit in self._hits(limit, None, ["published_at", "title_terms", "body_terms"]):
            source = hit["_source"]
            yield _row(hit), {*source["title_terms"].split(), *source["body_terms"].split()}

    def _hits(self, limit: int, after: After | None, source: list[str]) -> list[dict[str, Any]]:
        is_first = not self.total
        order = {"published_at": "desc"} if self._newest_first else {"_score": "desc"}
        options: dict[str, Any] = {"aggs": self._aggregations()} if is_first and self._query.counted else {}
        if after:
            options["search_after"] = [after.published_at if self._newest_first else after.score, after.key]
        answer = self._client.search(
            index=self._index,
            query=self._condition,
            post_filter={"bool": {"filter": list(self._only.values())}},
            sort=[order, {"key": "asc"}],
            size=limit,
            source={"includes": source},
            track_scores=True,
            track_total_hits=is_first,
            **options,
        )
        if is_first:
            self.total = answer["hits"]["total"]["value"]
        if "aggregations" in answer:
            self.counts = {facet: _counts(found) for facet, found in answer["aggregations"].items()}
        return answer["hits"]["hits"]

    def _aggregations(self) -> dict[str, Clause]:
        """Each facet as if it were not narrowed by itself."""
        return {
            facet: {
                "filter": {"bool": {"filter": [one for name, one in self._only.items() if name != facet]}},
                "aggs": {"values": {"terms": {"field": facet, "size": _MOST_VALUES}}},
            }
            for facet in FACETS
        }


def _row(hit: Mapping[str, Any]) -> Row:
    source = hit["_source"]
    words = (source["title"].split(), source["body"].split()) if "title" in source else ()
    return Row(hit["_id"], source["published_at"], hit["_score"] or 0.0, *words)


def _counts(found: Mapping[str, Any]) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in found["values"]["buckets"]}


def _any_of(field: str, terms: Iterable[str], boost: float = 1.0) -> Clause:
    return {"match": {field: {"query": " ".join(terms), "operator": "or", "boost": boost}}}


def _terms_of(words: str) -> list[str]:
    return [term for some in turkish.query_terms(words) for term in some.terms]


def _scored(wanted: Wanted) -> list[Clause]:
    """One for each field."""
    return [_any_of(field, wanted.terms, _SCALE * wanted.weight * weight) for field, weight in _FIELDS]


def _found(wanted: Sequence[Wanted], query: Query) -> Clause:
    """What a hit must be, but for `only`: hits are counted without it."""
    finding = [clause for some in wanted if some.finds for clause in _scored(some)]
    condition: dict[str, Any] = {
        "should": [clause for some in wanted if not some.finds for clause in _scored(some)],
        "filter": [*_dated(query), *map(_has, filter(phrases_of, query.phrases[:MOST_QUERY_WORDS]))],
        "must_not": [*_closed(query), *map(_has, filter(phrases_of, query.without[:MOST_QUERY_WORDS]))],
        "minimum_should_match": 0,
    }
    if wanted:
        condition["must"] = [_either(finding)]
    return {"bool": condition}


def _closed(query: Query) -> list[Clause]:
    return [{"terms": {"scope": list(query.closed)}}, {"terms": {"key": list(query.unless)}}]


def _dated(query: Query) -> list[Clause]:
    since = [{"range": {"published_at": {"gte": query.since}}}] if query.since else []
    until = [{"range": {"published_at": {"gte": "0", "lte": query.until + _AFTER_ALL_DAYS}}}] if query.until else []
    return since + until


def _has(phrase: str) -> Clause:
    """The words of a phrase side by side in one field, each in a spelling that the phrase's word asks for."""
    by_language = phrases_of(phrase)
    in_fields = []
    for field, _weight in _FIELDS:
        spelt = [_any_of(field, some.terms) for some in turkish.query_terms(phrase)[:MOST_QUERY_WORDS]]
        side_by_side = _either([{"match_phrase": {field: " ".join(stems)}} for stems in by_language])
        in_fields.append({"bool": {"filter": [side_by_side, *spelt] if len(by_language[0]) > 1 else spelt}})
    return _either(in_fields)


def _either(clauses: Sequence[Clause]) -> Clause:
    return {"bool": {"should": clauses, "minimum_should_match": 1}}
