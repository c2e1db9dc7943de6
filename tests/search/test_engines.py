"""What every engine finds: the same suite for all of them."""

import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.engines.base import Query
from search.engines.embedded import EmbeddedEngine
from tests.search.documents import document, found
from tests.search.servers import elastic_engine, named_urls

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


ENGINES = ["embedded", "elasticsearch"] if named_urls() else ["embedded"]


@pytest.fixture(params=ENGINES)
def engine(request, tmp_path):
    if request.param == "elasticsearch":
        with elastic_engine() as engine:
            yield engine
        return
    engine = EmbeddedEngine(tmp_path / "index.sqlite3")
    yield engine
    engine.close()


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
    assert set(found(engine, "park", only={"kind": ["topic"]})) == {"topic:1", "topic:2"}
    assert set(found(engine, "park", only={"city": ["defnekent"]})) == {"topic:1", "section:1"}
    assert found(engine, "park", only={"city": ["defnekent"], "theme": ["katilim"]}) == ["section:1"]
    assert found(engine, "park", only={"theme": ["yok"]}) == []


def test_pages_follow_one_another_and_the_total_counts_all(engine):
    engine.put(document(f"topic:{number}", "Park", "yeşil " * number) for number in range(250))
    first = engine.search(Query("park", limit=150))
    second = engine.search(Query("park", limit=150, after=first.hits[-1].place))
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


def test_a_rebuilt_index_has_what_it_is_given_and_no_more(engine):
    engine.put([document("topic:1", "Pazar")])
    engine.rebuild([])
    assert engine.keys_and_versions() == {}
    assert found(engine, "pazar") == []
    engine.put([document("topic:1", "Pazar")])
    assert found(engine, "pazar") == ["topic:1"]


def test_the_old_documents_answer_until_all_the_new_are_there(engine):
    engine.put([document("topic:1", "Pazar")])
    seen = []

    def ask():
        seen.append(found(engine, "pazar"))

    def documents():
        yield document("topic:2", "Pazar")
        reader = threading.Thread(target=ask)
        reader.start()
        reader.join()
        yield document("topic:3", "Kreş")

    engine.rebuild(documents())
    assert seen == [["topic:1"]]
    assert found(engine, "pazar") == ["topic:2"]
    assert set(engine.keys_and_versions()) == {"topic:2", "topic:3"}


@pytest.mark.parametrize("text", HOSTILE)
def test_no_query_is_an_error(engine, text):
    engine.put([document("topic:1", "Kadın dostu park", "Kadınların gece yürüyüşü")])
    engine.search(Query(text, phrases=[text], without=[text], counted=True))
    engine.search(Query(text))
    engine.suggest(Query(text))
    engine.similar(text)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(), body=st.text())
def test_no_text_is_an_error(engine, text, body):
    engine.put([document("topic:1", text, body)])
    engine.search(Query(text, phrases=[body], counted=True))
    engine.search(Query(body, without=[text]))
    engine.suggest(Query(text))
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


def test_filters_narrow_by_every_facet(engine):
    engine.put(
        [
            document("topic:1", "Park", organisation_kind="union", published_at="2025-03-01T10:00:00+00:00"),
            document("topic:2", "Park", organisation_kind="ngo", published_at="2026-03-01T10:00:00+00:00"),
            document("topic:3", "Park"),
        ]
    )
    assert found(engine, "park", only={"organisation_kind": ["union", "ngo"]}) == ["topic:1", "topic:2"]
    assert found(engine, "park", only={"organisation_kind": ["ngo"], "year": ["2026"]}) == ["topic:2"]
    assert found(engine, "park", only={"year": ["2026"], "kind": []}) == ["topic:2"]


def test_each_facet_is_counted_as_if_it_did_not_narrow(engine):
    engine.put(
        [
            document("topic:1", "Park", city="defnekent", theme="parklar"),
            document("topic:2", "Park", city="yildizova", theme="parklar"),
            document("section:1", "Park", city="defnekent"),
            document("section:2", "Pazar", city="defnekent"),
        ]
    )
    results = engine.search(Query("park", only={"kind": ["topic"], "city": ["defnekent"]}, counted=True))
    assert results.total == 1
    assert results.counts["kind"] == {"topic": 1, "section": 1}
    assert results.counts["city"] == {"defnekent": 1, "yildizova": 1}
    assert results.counts["theme"] == {"parklar": 1}
    everything = engine.search(Query("park", counted=True))
    assert everything.counts["theme"] == {"parklar": 2, "": 1}
    assert engine.search(Query("park")).counts == {}


def test_a_phrase_stands_side_by_side_in_any_inflection(engine):
    engine.put(
        [
            document("topic:1", body="Kadınların gece yürüyüşüne katıldık."),
            document("topic:2", body="Gece parkta yürüyüş yaptık."),
            document("topic:3", "Gece yürüyüşleri"),
            document("topic:4", "Gece", "yürüyüş"),
        ]
    )
    assert set(found(engine, "", phrases=["gece yürüyüşü"])) == {"topic:1", "topic:3"}
    assert found(engine, "kadın", phrases=["gece yuruyus"]) == ["topic:1"]
    assert found(engine, "park", phrases=["gece yürüyüşü"]) == []
    assert found(engine, "", phrases=["gece yürüyüşü", "kadın"]) == ["topic:1"]


def test_a_phrase_asks_for_the_spelling_that_was_typed(engine):
    engine.put([document("topic:1", "Kentin sınır taşı"), document("topic:2", "Kentin sinir taşı")])
    assert found(engine, "", phrases=["kentin sınırı"]) == ["topic:1"]
    assert set(found(engine, "", phrases=["kentin siniri"])) == {"topic:1", "topic:2"}


def test_what_has_an_excluded_word_or_phrase_is_not_found(engine):
    engine.put(
        [
            document("topic:1", "Park", "Çocuk parkının ışıkları"),
            document("topic:2", "Park", "Köpek gezdirme alanı"),
            document("topic:3", "Park", "Çocuklar ve bir park"),
        ]
    )
    assert set(found(engine, "park", without=["köpekler"])) == {"topic:1", "topic:3"}
    assert set(found(engine, "park", without=["çocuk parkı"])) == {"topic:2", "topic:3"}
    assert found(engine, "park", without=["cocuk", "köpek"]) == []


def test_dates_are_included_and_what_has_none_is_in_no_span(engine):
    days = ["2026-01-31T22:30:00+00:00", "2026-02-01T00:00:00+00:00", "2026-02-28T23:59:59+00:00", ""]
    engine.put([document(f"topic:{number}", "Park", published_at=day) for number, day in enumerate(days)])
    assert set(found(engine, "park", since="2026-02-01")) == {"topic:1", "topic:2"}
    assert set(found(engine, "park", until="2026-02-01")) == {"topic:0", "topic:1"}
    assert found(engine, "park", since="2026-02-01", until="2026-02-01") == ["topic:1"]


def test_closed_scopes_and_excepted_keys_are_neither_found_nor_counted(engine):
    engine.put(
        [
            document("section:1", "Park", scope="plan:1"),
            document("section:2", "Park", scope="plan:2"),
            document("topic:1", "Park"),
        ]
    )
    results = engine.search(Query("park", closed=["plan:1"], unless=["topic:1"], counted=True))
    assert [hit.key for hit in results.hits] == ["section:2"]
    assert results.total == 1
    assert results.counts["kind"] == {"section": 1}
    assert [hit.key for hit in engine.suggest(Query("par", closed=["plan:1"], unless=["topic:1"]))] == ["section:2"]


def test_the_newest_come_first_where_it_is_asked_for(engine):
    for number, day in enumerate(["2026-01-01", "2026-03-01", "2026-02-01"]):
        engine.put([document(f"topic:{number}", "Park " * (number + 1), published_at=f"{day}T00:00:00+00:00")])
    assert found(engine, "park", newest_first=True) == ["topic:1", "topic:2", "topic:0"]


def test_without_words_everything_that_passes_is_found_newest_first(engine):
    engine.put(
        [
            document("topic:1", "Park", city="defnekent", published_at="2026-01-01T00:00:00+00:00"),
            document("topic:2", "Pazar", city="defnekent", published_at="2026-02-01T00:00:00+00:00"),
            document("topic:3", "Kreş", city="yildizova"),
        ]
    )
    assert found(engine, "", only={"city": ["defnekent"]}) == ["topic:2", "topic:1"]
    assert found(engine, "", without=["pazar"], only={"city": ["defnekent"]}) == ["topic:1"]
    assert found(engine, "  ?! ") == []


@pytest.mark.parametrize("newest_first", [False, True])
def test_pages_have_every_hit_once(engine, newest_first):
    engine.put(
        document(
            f"topic:{number}", "Park", "yeşil " * (number % 7), published_at=f"20{number % 10:02}-01-01T00:00:00+00:00"
        )
        for number in range(130)
    )
    keys, after = [], None
    while hits := engine.search(Query("park", newest_first=newest_first, limit=17, after=after)).hits:
        keys += [hit.key for hit in hits]
        after = hits[-1].place
    assert len(keys) == len(set(keys)) == 130
    assert keys[:40] == found(engine, "park", newest_first=newest_first, limit=40)


def test_words_that_no_document_has_are_named(engine):
    engine.put([document("topic:1", "Sokak aydınlatması")])
    assert engine.search(Query("sokak aydnlatma")).unknown == ["aydnlatma"]
    assert engine.search(Query("sokağın")).unknown == []


def test_suggestions_begin_like_the_last_word_and_have_the_others(engine):
    engine.put(
        [
            document("topic:1", "Gece otobüsleri ve duraklar"),
            document("topic:2", "Gece otobüsü"),
            document("section:1", "Otobüs durakları"),
            document("topic:3", "Gündüz", "gece otobüsü"),
        ]
    )

    def suggested(text, **options):
        return [hit.key for hit in engine.suggest(Query(text, **options))]

    assert suggested("gece oto") == ["topic:2", "topic:1"]
    assert suggested("OTOB") == ["topic:2", "section:1", "topic:1"]
    assert suggested("geceleri dura") == ["topic:1"]
    assert suggested("oto", only={"kind": ["section"]}) == ["section:1"]
    assert suggested("oto", limit=1) == ["topic:2"]
    assert suggested("") == suggested("?") == []


def test_one_query_finds_turkish_and_english_texts(engine):
    engine.put(
        [
            document("topic:1", "Kentin planları"),
            document("guide:1", "Planning for Cities", "Indicators of the municipalities", lang="en"),
            document("term:1", "eşitlik (equality)", "Kent ve kadın. Cities and women.", lang=""),
        ]
    )
    assert sorted(found(engine, "plan")) == ["guide:1", "topic:1"]
    assert sorted(found(engine, "city")) == ["guide:1", "term:1"]
    assert sorted(found(engine, "KENT")) == ["term:1", "topic:1"]
    assert found(engine, "woman") == ["term:1"]
    assert found(engine, "indicator municipality") == ["guide:1"]


def test_english_phrases_and_exclusions_hold_in_any_form(engine):
    engine.put(
        [
            document("guide:1", "", "Women in the city", lang="en"),
            document("guide:2", "", "The city of women", lang="en"),
        ]
    )
    assert found(engine, "", phrases=["the cities"]) == ["guide:1", "guide:2"]
    assert found(engine, "", phrases=["cities of woman"]) == ["guide:2"]
    assert found(engine, "woman", without=["cities of"]) == ["guide:1"]


def test_a_mistyped_english_word_finds_the_english_text(engine):
    engine.put([document("guide:1", "", "Gender budgeting", lang="en"), document("topic:1", "Park")])
    assert found(engine, "budgts") == ["guide:1"]


def test_what_few_english_texts_have_does_not_outrank_what_was_asked_for(engine):
    engine.put(document(f"topic:{number}", "", "park alanı" if number % 3 else "kreş alanı") for number in range(1, 90))
    engine.put([document("topic:100", "", "mahallede park ve kreş"), document("guide:1", "", "parks", lang="en")])
    assert found(engine, "kres park", limit=1) == ["topic:100"]
    assert "guide:1" in found(engine, "kres park", limit=100)


def test_english_texts_are_similar_to_english_texts(engine):
    engine.put(
        [
            document("guide:1", "", "Childcare centres of the municipality", lang="en"),
            document("guide:2", "", "Municipalities that open a childcare centre", lang="en"),
            document("topic:1", "", "Belediyenin kreşleri"),
        ]
    )
    assert [hit.key for hit in engine.similar("guide:1")] == ["guide:2"]


def test_question_words_find_nothing_beside_others_but_alone_they_do(engine):
    engine.put([document("topic:1", "", "parklar"), document("topic:2", "", "kim ne kadar verdi")])
    assert found(engine, "park kim yapar") == ["topic:1"]
    assert found(engine, "KİM") == ["topic:2"]
    assert engine.search(Query("park nerededir, neresi")).unknown == ["nerededir"]


def test_a_question_word_adds_to_the_score(engine):
    engine.put([document("topic:1", "", "parklar kimin"), document("topic:2", "", "parklar onun")])
    assert found(engine, "parklar kimin") == ["topic:1", "topic:2"]
    assert found(engine, "doktor kim parklar") == ["topic:1", "topic:2"]
