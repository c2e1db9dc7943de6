"""What only Elasticsearch needs: changes that arrive late, formats, two processes that begin at once, the address of a server
that is not there."""

import threading
import time
from uuid import uuid4

import pytest

from search.engines import elastic_index
from search.engines.base import EngineUnavailableError, Query
from search.engines.elastic import ElasticsearchEngine, Server
from tests.search.documents import document, found
from tests.search.servers import elastic_engine, named_urls


@pytest.fixture
def engine():
    with elastic_engine() as engine:
        yield engine


def test_a_change_that_arrives_late_has_no_effect(engine):
    engine.put([document("topic:1", "Yeni")], order=7)
    engine.put([document("topic:1", "Eski")], order=6)
    assert found(engine, "yeni") == ["topic:1"]
    engine.remove(["topic:1"], order=6)
    assert found(engine, "yeni") == ["topic:1"]
    engine.remove(["topic:1"], order=8)
    engine.put([document("topic:1", "Eski")], order=7)
    assert engine.keys_and_versions() == {}
    engine.put([document("topic:1", "Geri")], order=9)
    assert found(engine, "geri") == ["topic:1"]


def test_an_index_of_another_format_is_made_anew(engine, monkeypatch):
    engine.put([document("topic:1", "Pazar")])
    monkeypatch.setattr(elastic_index, "FORMAT", "0-0")
    other = ElasticsearchEngine(Server(urls=named_urls(), index=engine._indices.alias))
    assert other.keys_and_versions() == {}
    other.put([document("topic:2", "Pazar")])
    assert found(other, "pazar") == ["topic:2"]
    other.close()


def test_an_index_that_was_lost_is_made_anew(engine):
    engine.put([document("topic:1", "Pazar")])
    engine.drop()
    assert engine.keys_and_versions() == {}
    engine.put([document("topic:2", "Pazar")])
    assert found(engine, "pazar") == ["topic:2"]


def test_one_index_stays_of_those_that_were_rebuilt(engine):
    for number in range(3):
        engine.rebuild([document(f"topic:{number}", "Pazar")])
    assert found(engine, "pazar") == ["topic:2"]
    assert len(engine._client.indices.get(index=f"{engine._indices.alias}-*")) == 1


def test_a_rebuild_that_fails_leaves_the_index_as_it_was(engine):
    engine.put([document("topic:1", "Pazar")])

    def documents():
        yield document("topic:2", "Pazar")
        raise RuntimeError("the database has gone")

    with pytest.raises(RuntimeError):
        engine.rebuild(documents())
    assert found(engine, "pazar") == ["topic:1"]
    assert len(engine._client.indices.get(index=f"{engine._indices.alias}-*")) == 1


def test_an_index_that_takes_nothing_any_more_still_answers(engine):
    """As Elasticsearch makes it when a disk is nearly full."""
    engine.put([document("topic:1", "Pazar")], order=1)
    block(engine, blocked=True)
    for change in (
        lambda: engine.put([document("topic:2", "Pazar")], order=2),
        lambda: engine.put([document("topic:1", "Kreş")], order=2),
    ):
        with pytest.raises(EngineUnavailableError):
            change()
    assert found(engine, "pazar") == ["topic:1"]
    block(engine, blocked=False)
    engine.put([document("topic:2", "Pazar")], order=3)
    assert engine.search(Query("pazar")).total == 2


def block(engine, *, blocked: bool) -> None:
    value = True if blocked else None
    engine._client.indices.put_settings(
        index=engine._indices.alias, settings={"index.blocks.read_only_allow_delete": value}
    )


def test_processes_that_begin_at_once_share_one_index(engine):
    engines = [ElasticsearchEngine(Server(urls=named_urls(), index=engine._indices.alias)) for _ in range(4)]
    failures = []

    def begin(number):
        try:
            engines[number].put([document(f"topic:{number}", "Pazar")])
        except EngineUnavailableError as error:
            failures.append(error)

    threads = [threading.Thread(target=begin, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(engine.keys_and_versions()) == 4
    for one in engines:
        one.close()


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "http://elasticsearch.invalid:9200"])
def test_a_server_that_is_not_there_is_an_engine_error(url):
    engine = ElasticsearchEngine(Server(urls=[url], index=f"test-{uuid4().hex}"))
    started = time.monotonic()
    for work in (
        lambda: engine.search(Query("pazar")),
        lambda: engine.suggest(Query("pazar")),
        lambda: engine.put([document("topic:1", "Pazar")]),
        lambda: engine.rebuild([document("topic:1", "Pazar")]),
        engine.keys_and_versions,
    ):
        with pytest.raises(EngineUnavailableError):
            work()
    assert time.monotonic() - started < 30  # no test of speed: of not waiting for ever
    engine.close()
