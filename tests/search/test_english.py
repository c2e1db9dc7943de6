"""What matches what in an English text, for queries of which nobody says in what language they are."""

import pytest

from search.turkish import index_terms, matches, placed_terms, tokens

MUST_MATCH = [
    ("city", "Cities for women"),
    ("cities", "the city"),
    ("CITIES", "the city"),
    ("woman", "Women’s shelters"),
    ("women", "a woman"),
    ("children", "childcare for a child"),
    ("municipality", "MUNICIPALITIES"),
    ("indicators", "Indicator 2.3"),
    ("2.3", "Indicator 2.3"),
    ("monitoring", "monitored"),
    ("Istanbul", "ISTANBUL"),
    ("istanbul", "İstanbul"),
    ("İstanbul", "Istanbul"),
    ("kadikoy", "in Kadıköy"),
    ("Kadıköy", "in Kadıköy"),
    ("cafe", "Café"),
]
MUST_NOT_MATCH = [
    ("ön", "on"),
    ("önce", "once"),
    ("university", "universe of women's organisations"),
    ("iş birliği", "is"),
    ("kitap", "kitabı"),  # no Turkish endings
    ("", "text"),
]


@pytest.mark.parametrize(("query", "text"), MUST_MATCH)
def test_finds_the_word_in_its_other_english_forms(query, text):
    assert matches(query, text, "en")


@pytest.mark.parametrize(("query", "text"), MUST_NOT_MATCH)
def test_does_not_confuse_english_words(query, text):
    assert not matches(query, text, "en")


@pytest.mark.parametrize(("query", "text"), [("cities", "a city"), ("kurs", "kur"), ("ders", "der")])
def test_english_endings_are_none_in_a_turkish_text(query, text):
    assert not matches(query, text)


def test_a_capital_i_is_lower_cased_as_in_english():
    assert [token.word for token in tokens("Is İzmir’s O'Neill IN", "en")] == ["is", "izmir", "o", "neill", "in"]


def test_a_text_in_both_languages_is_found_by_the_rules_of_either():
    text = "eşitlik (equality): Equal opportunities for Cities, kentlerde"
    assert matches("city", text, "")
    assert matches("kent eşitliği", text, "")
    assert {*index_terms(text, "tr"), *index_terms(text, "en")} == {*index_terms(text, "")}


def test_placed_terms_of_an_english_text_are_its_index_terms():
    text = "Women in Kadıköy"
    assert [placed.term for placed in placed_terms(text, "en")][:2] == index_terms(text, "en")[:2]
    assert {text[placed.start : placed.end] for placed in placed_terms(text, "en")} == {"Women", "in", "Kadıköy"}
