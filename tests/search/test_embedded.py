"""The embedded engine's file: formats, breakage, threads and processes. What it finds: test_engines.py."""

import multiprocessing
import sqlite3
import threading

import pytest

from search.engines.base import EngineError, EngineUnavailableError, Query
from search.engines.embedded import EmbeddedEngine
from tests.search.documents import document, found


@pytest.fixture
def engine(tmp_path):
    engine = EmbeddedEngine(tmp_path / "search" / "index.sqlite3")
    yield engine
    engine.close()


def test_a_file_of_an_older_format_is_made_anew(tmp_path):
    path = tmp_path / "index.sqlite3"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE documents (something)")
    connection.commit()
    connection.close()
    engine = EmbeddedEngine(path)
    engine.put([document("topic:1", "Pazar")])
    assert found(engine, "pazar") == ["topic:1"]
    engine.close()


def test_a_broken_file_is_an_engine_error_until_it_is_cleared(tmp_path):
    path = tmp_path / "index.sqlite3"
    path.write_bytes(b"this is not a database at all" * 100)
    engine = EmbeddedEngine(path)
    with pytest.raises(EngineUnavailableError):
        engine.search(Query("pazar"))
    engine.rebuild([])
    engine.put([document("topic:1", "Pazar")])
    assert found(engine, "pazar") == ["topic:1"]
    engine.close()


def test_a_place_that_cannot_be_written_is_an_engine_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(EngineError):
        EmbeddedEngine(tmp_path / "file" / "index.sqlite3").search(Query("pazar"))


def test_a_failing_batch_leaves_the_index_as_it_was(engine):
    engine.put([document("topic:1", "Pazar")])
    with pytest.raises(EngineError):
        engine.put([document("topic:1", "Kreş"), document("topic:2", "Kreş", kind=None)])
    assert found(engine, "pazar") == ["topic:1"]
    assert found(engine, "kreş") == []


def test_threads_share_one_engine(engine):
    failures = []

    def work(number):
        try:
            for round_ in range(5):
                engine.put([document(f"topic:{number}", f"Pazar {round_}")])
                found(engine, "pazar")
        except EngineError as error:
            failures.append(error)
        finally:
            engine.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert engine.search(Query("pazar")).total == 6


def _put_from_another_process(path, start):
    engine = EmbeddedEngine(path)
    for number in range(start, start + 10):
        engine.put([document(f"topic:{number}", "Pazar")])
        engine.search(Query("pazar"))


def test_processes_share_one_file_from_its_creation_on(tmp_path):
    path = tmp_path / "index.sqlite3"
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_put_from_another_process, args=(path, start)) for start in (0, 100, 200)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    engine = EmbeddedEngine(path)
    assert engine.search(Query("pazar")).total == 30
    engine.close()
