"""The embedded engine, with a real file."""

import multiprocessing
import sqlite3
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.engines.base import Document, EngineError, EngineUnavailableError, Query
from search.engines.embedded import EmbeddedEngine

HOSTILE = [
    "",
    " ",
    "\x00",
    "a\x00b",
    '"',
    "'",
    '"kadın',
    "kadın OR",
    "AND OR NOT NEAR",
    "NEAR(a b)",
    "kadın*",
    "^kadın",
    "title_terms: kadın",
    "{a b}: c",
    "kadın - erkek",
    "((((",
    "'; DROP TABLE documents; --",
    "😀",
    "👩‍👩‍👧",
    "\ud800",
    "%",
    "\\",
    "kadın " * 2_000,
    "k" * 10_000,
    "لا إله",
    "１２３",
]


@pytest.fixture
def engine(tmp_path):
    engine = EmbeddedEngine(tmp_path / "search" / "index.sqlite3")
    yield engine
    engine.close()


def document(key, title="", body="", **fields):
    return Document(key=key, kind=fields.pop("kind", key.split(":")[0]), title=title, body=body, **fields)


def found(engine, text, **options):
    return [hit.key for hit in engine.search(Query(text, **options)).hits]


def test_finds_inflected_words_typed_without_turkish_letters(engine):
    engine.put([document("topic:1", "Şehrin ışıkları"), document("topic:2", "Pazar yeri")])
    assert found(engine, "sehir isik") == ["topic:1"]


def test_a_document_with_one_of_the_words_is_found_after_one_with_all(engine):
    engine.put(
        [
            document("topic:1", body="Gece çalışan duraklar"),
            document("topic:2", body="Gece ulaşımı güvenli olmalı"),
            document("topic:3", body="Çarşı"),
        ]
    )
    assert found(engine, "gece ulaşım") == ["topic:2", "topic:1"]


def test_a_word_in_the_title_weighs_more(engine):
    filler = [document(f"topic:{number}", "Başka", "Bambaşka bir metin") for number in range(10, 15)]
    engine.put([*filler, document("topic:1", "Pazar", "Kreş"), document("topic:2", "Kreş", "Pazar")])
    assert found(engine, "kreş") == ["topic:2", "topic:1"]


def test_the_word_as_typed_comes_first(engine):
    engine.put([document("topic:1", "sınır"), document("topic:2", "sinir"), document("topic:3", "kent")])
    assert found(engine, "sinir") == ["topic:2", "topic:1"]
    assert found(engine, "sınır") == ["topic:1"]


def test_a_mistyped_word_finds_what_looks_like_it(engine):
    engine.put([document("topic:1", "Sokak aydınlatması"), document("topic:2", "Toplu taşıma")])
    assert found(engine, "aydnlatma") == ["topic:1"]
    assert found(engine, "qwxyzq") == []


def test_a_known_word_does_not_find_what_only_looks_like_it(engine):
    engine.put([document("topic:1", "Müşteriler"), document("topic:2", "Müşterekler")])
    assert found(engine, "müşterek") == ["topic:2"]


def test_filters_by_kind_city_and_theme(engine):
    engine.put(
        [
            document("topic:1", "Park", city="defnekent", theme="parklar"),
            document("topic:2", "Park", city="yildizova", theme="parklar"),
            document("section:1", "Park", city="defnekent", theme="katilim"),
        ]
    )
    assert set(found(engine, "park")) == {"topic:1", "topic:2", "section:1"}
    assert set(found(engine, "park", kinds=["topic"])) == {"topic:1", "topic:2"}
    assert set(found(engine, "park", cities=["defnekent"])) == {"topic:1", "section:1"}
    assert found(engine, "park", cities=["defnekent"], themes=["katilim"]) == ["section:1"]
    assert found(engine, "park", themes=["yok"]) == []


def test_pages_follow_one_another_and_the_total_counts_all(engine):
    engine.put(document(f"topic:{number}", "Park", "yeşil " * number) for number in range(250))
    first, second = (engine.search(Query("park", limit=150, offset=offset)) for offset in (0, 150))
    assert first.total == second.total == 250
    keys = [hit.key for hit in first.hits + second.hits]
    assert len(set(keys)) == len(keys) == 250
    scores = [hit.score for hit in first.hits + second.hits]
    assert scores == sorted(scores, reverse=True)


def test_putting_a_key_again_replaces_its_document(engine):
    engine.put([document("topic:1", "Kreş", version=1)])
    engine.put([document("topic:1", "Pazar", version=2)])
    assert found(engine, "kreş") == []
    assert found(engine, "pazar") == ["topic:1"]
    assert engine.keys_and_versions() == {"topic:1": 2}


def test_the_last_of_equal_keys_in_one_call_stays(engine):
    engine.put([document("topic:1", "Kreş"), document("topic:1", "Pazar")])
    assert found(engine, "pazar") == ["topic:1"]
    assert engine.search(Query("kreş")).total == 0


def test_removed_documents_are_not_found_and_do_not_mend_words(engine):
    engine.put([document("topic:1", "Aydınlatma"), document("topic:2", "Pazar")])
    engine.remove(["topic:1", "topic:99"])
    assert found(engine, "aydınlatma") == []
    assert found(engine, "aydnlatma") == []
    assert list(engine.keys_and_versions()) == ["topic:2"]


def test_clear_forgets_everything(engine):
    engine.put([document("topic:1", "Pazar")])
    engine.clear()
    assert engine.keys_and_versions() == {}
    assert found(engine, "pazar") == []
    engine.put([document("topic:1", "Pazar")])
    assert found(engine, "pazar") == ["topic:1"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_query_is_an_error(engine, text):
    engine.put([document("topic:1", "Kadın dostu park", "Kadınların gece yürüyüşü")])
    engine.search(Query(text))
    engine.similar(text)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(), body=st.text())
def test_no_text_is_an_error(engine, text, body):
    engine.put([document("topic:1", text, body)])
    engine.search(Query(text))
    engine.similar(body)
    engine.similar("topic:1")


def test_similar_documents_name_the_words_in_common(engine):
    engine.put(
        [
            document("topic:1", "Durak ışıkları", "Gece vardiyasından dönen kadınlar durakta bekliyor"),
            document("section:1", "Gece ulaşımı", "Duraklar aydınlatılır, vardiya saatlerine sefer konur"),
            document("section:2", "Gıda", "Pazar yerleri"),
            document("section:3", "Spor", "Havuz saatleri"),
        ]
    )
    hits = engine.similar("topic:1", kinds=["section"])
    assert [hit.key for hit in hits] == ["section:1"]
    assert set(hits[0].shared) == {"durak", "gece", "vardiyasından"}
    assert [hit.key for hit in engine.similar("pazar yeri arıyoruz")] == ["section:2"]


def test_one_word_in_common_is_not_likeness(engine):
    engine.put([document("topic:1", "Durakta gece ışığı yok"), document("section:1", "Gece pazarı")])
    assert engine.similar("topic:1") == []


def test_nothing_is_similar_to_a_key_that_is_not_indexed(engine):
    engine.put([document("topic:1", "topic")])
    assert engine.similar("topic:99") == []


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
    engine.clear()
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
