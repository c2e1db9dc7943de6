"""The Elasticsearch engine's indices: what a document looks like in them, and the alias that points to the one in use."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import Any

from elasticsearch import Elasticsearch, NotFoundError
from elasticsearch.helpers import streaming_bulk

from search import turkish
from search.engines.base import Document, EngineUnavailableError

# An index of another format, or with other terms, is made anew; `catch-up` or `rebuild` fills it.
FORMAT = f"1-{turkish.VERSION}"
PAGE = 5_000
BULK_SECONDS = 60
_TERMS = {"type": "text", "analyzer": "whitespace", "norms": True, "index_options": "positions"}
_KEYWORD = {"type": "keyword"}
_KEPT = {"type": "keyword", "index": False, "doc_values": False}
_MAPPINGS = {
    "dynamic": "strict",
    "properties": {
        **dict.fromkeys(("title_terms", "body_terms"), _TERMS),
        "title_words": {**_TERMS, "norms": False, "index_options": "docs"},
        **dict.fromkeys(
            ("key", "kind", "city", "theme", "organisation_kind", "year", "scope", "published_at"), _KEYWORD
        ),
        **dict.fromkeys(("title", "body"), _KEPT),
        "title_length": {"type": "integer"},
        "words": {"type": "integer"},
        "version": {"type": "long"},
    },
}
# What was removed is remembered for so long, so that a late older change does not bring it back.
_SETTINGS = {"number_of_shards": 1, "auto_expand_replicas": "0-1", "gc_deletes": "1h", "max_result_window": 10_000}


def source_of(document: Document) -> dict[str, Any]:
    """A document as it stands in the index: facets, terms for finding, and lower-case words for ranking again."""
    texts = (document.title, document.body)
    title, body = ([token.word for token in turkish.tokens(text, document.lang)] for text in texts)
    title_terms, body_terms = (" ".join(turkish.index_terms(text, document.lang)) for text in texts)
    return {
        "key": document.key,
        "kind": document.kind,
        "city": document.city,
        "theme": document.theme,
        "organisation_kind": document.organisation_kind,
        "year": document.year,
        "scope": document.scope,
        "published_at": document.published_at,
        "version": document.version,
        "title": " ".join(title),
        "body": " ".join(body),
        "title_terms": title_terms,
        "body_terms": body_terms,
        "title_words": " ".join(map(turkish.fold, title)),
        "title_length": sum(map(len, title)),
        "words": len(title) + len(body),
    }


class Indices:
    """One alias; behind it the index in use. Errors of the client go through."""

    def __init__(self, client: Elasticsearch, alias: str) -> None:
        self.alias = alias
        self._client = client
        self._patient = client.options(request_timeout=BULK_SECONDS)
        self._is_there = False

    def ensure(self) -> None:
        """Make sure that the alias points to an index of today's format, once a process."""
        if self._is_there:
            return
        try:
            [index] = self._client.indices.get_mapping(index=self.alias).values()
            fits = index["mappings"].get("_meta", {}).get("format") == FORMAT
        except NotFoundError:
            fits = False
        if not fits:
            self._use(self._create(f"{self.alias}-{FORMAT}"))
        self._is_there = True

    def forget(self) -> None:
        """The index may have been lost: look again before the next use."""
        self._is_there = False

    def put(self, documents: Iterable[Document], order: int) -> None:
        self.ensure()
        self._bulk(self._puts(self.alias, documents, order), require_alias=True)

    def remove(self, keys: Iterable[str], order: int) -> None:
        self.ensure()
        head = {"_op_type": "delete", "_index": self.alias, "version": order, "version_type": "external_gte"}
        self._bulk(({**head, "_id": key} for key in keys), require_alias=True)

    def rebuild(self, documents: Iterable[Document], order: int) -> None:
        """Fill a new index, then let the alias point to it."""
        index = self._create(f"{self.alias}-{FORMAT}-{time.time_ns()}")
        try:
            self._bulk(self._puts(index, documents, order))
        except BaseException:
            self._patient.indices.delete(index=index, ignore_unavailable=True)
            raise
        self._use(index)
        self._is_there = True

    def drop(self) -> None:
        for index in self._client.indices.get(index=f"{self.alias}-*"):
            self._patient.indices.delete(index=index)
        self._is_there = False

    def keys_and_versions(self) -> Iterator[tuple[str, int]]:
        self.ensure()
        self._patient.indices.refresh(index=self.alias)
        after: list[Any] | None = None
        while True:
            answer = self._patient.search(
                index=self.alias,
                size=PAGE,
                sort={"key": "asc"},
                search_after=after,
                source=False,
                docvalue_fields=[{"field": "version"}],
                track_total_hits=False,
            )
            hits = answer["hits"]["hits"]
            if not hits:
                return
            yield from ((hit["_id"], hit["fields"]["version"][0]) for hit in hits)
            after = hits[-1]["sort"]

    def _puts(self, index: str, documents: Iterable[Document], order: int) -> Iterator[dict[str, Any]]:
        for document in documents:
            head = {"_index": index, "_id": document.key, "version": order, "version_type": "external_gte"}
            yield {**head, "_source": source_of(document)}

    def _bulk(self, actions: Iterable[dict[str, Any]], **options: Any) -> None:
        """Seen by every search from now on. What is older than what is there (409) is no error."""
        results = streaming_bulk(self._patient, actions, refresh=True, raise_on_error=False, chunk_size=500, **options)
        failed = [item for fine, result in results if not fine for item in result.values()]
        refused = [item["error"] for item in failed if "error" in item and item["status"] != 409]
        if refused:
            raise EngineUnavailableError(f"Elasticsearch refused {len(refused)} changes: {refused[0]}")

    def _create(self, name: str) -> str:
        """A new empty index; of two processes that make the same one, one makes it."""
        mappings = {**_MAPPINGS, "_meta": {"format": FORMAT}}
        self._patient.options(ignore_status=400).indices.create(index=name, settings=_SETTINGS, mappings=mappings)
        return name

    def _use(self, name: str) -> None:
        """The alias points to this index from now on, and the others go."""
        try:
            others = [index for index in self._client.indices.get_alias(name=self.alias) if index != name]
        except NotFoundError:
            others = []
        removals = [{"remove_index": {"index": index}} for index in others]
        added = {"add": {"index": name, "alias": self.alias}}
        self._patient.indices.update_aliases(actions=[added, *removals])
