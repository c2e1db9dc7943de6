"""Documents for tests of engines, and what is found of them."""

from search.engines.base import Document, Query


def document(key, title="", body="", **fields):
    return Document(key=key, kind=fields.pop("kind", key.split(":")[0]), title=title, body=body, **fields)


def found(engine, text, **options):
    return [hit.key for hit in engine.search(Query(text, **options)).hits]
