"""The passage that is shown of a found text."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from search.highlight import highlight

LONG = "Toplantıda pek çok konu ele alındı. " * 30
ANSWER = "Gece ulaşımında kadınların güvenliği için durakların aydınlatılması istendi."


def marked(query, text, **options):
    return [fragment for fragment, is_match in highlight(query, text, **options) if is_match]


def whole(query, text, **options):
    return "".join(fragment for fragment, _is_match in highlight(query, text, **options))


def test_marks_inflected_words_in_their_own_spelling():
    assert marked("sehir kadin", "ŞEHRİN kadınları") == ["ŞEHRİN", "kadınları"]


def test_marks_the_word_with_what_follows_its_apostrophe():
    assert marked("izmir", "Bugün İzmir’de yağmur var") == ["İzmir’de"]


def test_marks_a_compound_in_either_spelling():
    assert marked("işbirliği", "Kurumlarla iş birliğinde çalıştık") == ["iş birliğinde"]
    assert marked("iş birliği", "Kurumlarla işbirliğinde çalıştık") == ["işbirliğinde"]


def test_marks_what_looks_like_a_mistyped_word():
    assert marked("aydnlatma", "Sokak aydınlatması yetersiz") == ["aydınlatması"]


def test_does_not_mark_another_spelling():
    assert marked("sınır", "sinirli bir sınır") == ["sınır"]


def test_is_right_in_decomposed_text():
    text = unicodedata.normalize("NFD", "Büyük şehrin gölgesi")
    assert marked("şehir", text) == [unicodedata.normalize("NFD", "şehrin")]


def test_shows_the_passage_with_most_of_the_query():
    shown = whole("gece ulaşım aydınlatma", LONG + ANSWER + LONG)
    assert ANSWER in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) <= 200 + len("…  …")


def test_shows_the_beginning_when_nothing_matches():
    assert whole("deniz", LONG, length=50).startswith("Toplantıda pek çok")
    assert marked("deniz", LONG) == []


def test_shows_a_short_text_whole():
    assert whole("konu", "Bir konu.") == "Bir konu."
    assert highlight("konu", "") == []


@given(st.text(), st.text(), st.integers(min_value=1, max_value=300))
def test_never_changes_the_text(query, text, length):
    shown = whole(query, text, length=length).removeprefix("… ").removesuffix(" …")
    assert shown in text


def test_marks_english_forms_in_an_english_text():
    assert marked("city woman", "Cities for women, in the city", lang="en") == ["Cities", "women", "city"]


def test_marks_both_languages_where_a_text_is_in_both():
    assert marked("city kent", "kentlerde: in Cities", lang="") == ["kentlerde", "Cities"]
