"""What matches what in Turkish."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.turkish import (
    GUARD,
    fold,
    fold_with_offsets,
    grams,
    index_terms,
    lower,
    matches,
    placed_terms,
    query_terms,
    tokens,
)

MUST_MATCH = [
    ("esitlik", "eşitliğinin"),
    ("eşitlik", "EŞİTLİĞE"),
    ("plan", "planlarımızda"),
    ("gosterge", "göstergelerine"),
    ("belediye", "Belediyesi’nin"),
    ("belediye", "Belediyesine"),
    ("belediye", "belediyelerimizden"),
    ("izmir", "İzmir'de"),
    ("istanbul", "İSTANBUL'DAN"),
    ("kadin", "kadınların"),
    ("kadın", "kadının"),
    ("kadın", "kadını"),
    ("talep", "talebimiz"),
    ("sokak", "sokağımızda"),
    ("musterek", "müştereklerimizi"),
    ("sehir", "şehrin"),
    ("şehir", "şehrimizde"),
    ("ağız", "ağzından"),
    ("izin", "izni"),
    ("hak", "hakkını"),
    ("su", "suyu"),
    ("su", "sularımız"),
    ("butce", "bütçesinin"),
    ("ulasim", "ulaşımda"),
    ("mekan", "mekânların"),
    ("isbirligi", "iş birliğinde"),
    ("iş birliği", "işbirliğinin"),
    ("sığınma evi", "sığınmaevlerinde"),
    ("siginmaevi", "Sığınma Evi’ne"),
    ("stk", "STK'lardan"),
    ("STK", "sivil toplum kuruluşlarının"),
    ("konukevi", "sığınağa"),
    ("kres", "gündüz bakım evleri"),
    ("kent konseyi", "Kent Konseyinin"),
    ("meclis", "meclisi"),
    ("meclis", "meclisine"),
    ("vatandas", "vatandaşımız"),
    ("vatandasi", "vatandaşı"),
    ("yol", "yolu"),
    ("yol", "yollarda"),
    ("ev", "evimizin"),
    ("iş", "işten"),
    ("çocuk", "çocuğumun"),
    ("mahalle", "mahallemizde"),
    ("meydan", "meydanındaki"),
    ("ISI", "ısısı"),
    ("ISI", "işi"),
    ("İŞ", "isi olmayan kadinlar icin belediye ne yapiyor"),
    ("2.3", "§2.3 için"),
    ("cafe", "Café"),
    ("Jeanne d'Arc", "Jeanne D’Arc"),
]

MUST_NOT_MATCH = [
    ("ısı", "işi"),
    ("sınır", "sinirli"),
    ("ön", "on"),
    ("il", "ilçesinde"),
    ("il", "ile"),
    ("kenti", "kendi"),
    ("kent", "kendilerine"),
    ("bakım", "bakanlığı"),
    ("alan", "Alanya’da"),
    ("kar", "kararı"),
    ("müşterek", "müşteriler"),
    ("vatan", "vatandaşı"),
    ("hasta", "hastanesinde"),
    ("hak", "hakkında"),
    ("kamu", "kamp"),
    ("kaydırak", "kaydı"),
    ("", "metin"),
    ("?!", "metin"),
]


@pytest.mark.parametrize(("query", "text"), MUST_MATCH)
def test_finds_the_word_in_its_other_forms(query, text):
    assert matches(query, text)


@pytest.mark.parametrize(("query", "text"), MUST_NOT_MATCH)
def test_does_not_confuse_words(query, text):
    assert not matches(query, text)


def test_lower_follows_turkish_rules_and_drops_what_is_not_seen():
    assert lower("IŞIK İZMİR") == "ışık izmir"
    assert lower(unicodedata.normalize("NFD", "ŞEHİR")) == "şehir"
    assert lower("eşit\u00adlik\u200b") == "eşitlik"


def test_fold_drops_marks_and_typographic_variants():
    assert fold("Eşitliğe KÂĞIT Café İzmir’de") == "esitlige kagit cafe izmir'de"


def test_folded_positions_lead_back_to_the_text():
    text = unicodedata.normalize("NFD", "Çağrı ﬁnans Şehir")
    folded, offsets = fold_with_offsets(text)
    at = folded.index("sehir")
    assert unicodedata.normalize("NFC", text[offsets[at] : offsets[at + 5]]) == "Şehir"
    assert folded.startswith("cagri finans")


@given(st.text())
def test_folding_with_and_without_positions_agrees(text):
    folded, offsets = fold_with_offsets(text)
    assert folded == fold(text)
    assert len(offsets) == len(folded) + 1
    assert list(offsets) == sorted(offsets)
    assert offsets[-1] == len(text)


@given(st.text())
@example("ʼ")
@example("Hatayʼda")
def test_any_text_has_terms_that_can_be_joined_by_spaces(text):
    assert all(term and not set(term) & set(" \"'*^") for term in index_terms(text))
    assert all(term.terms and all(term.terms) for term in query_terms(text))
    assert all(0 <= token.start < token.end <= len(text) for token in tokens(text))


@given(st.text())
def test_placed_terms_are_the_index_terms(text):
    assert sorted(placed.term for placed in placed_terms(text)) == sorted(
        term for term in index_terms(text) if term != GUARD
    )


@given(st.text(alphabet="abcçdefgğhıijklmnoöprsştuüvyzIİ ’'", min_size=1))
def test_what_is_typed_without_turkish_letters_finds_the_text(text):
    typed = fold(text).replace("'", " ")
    words = [token.word for token in tokens(text) if "'" not in text[token.start : token.end]]
    assert all(matches(word, fold(word)) for word in words if word == fold(word))
    assert isinstance(matches(typed, text), bool)


def test_tokens_keep_their_place_and_end_at_the_apostrophe():
    text = "Kent Konseyi'nin §2.3 önerisi"
    assert [(text[token.start : token.end], token.word) for token in tokens(text)] == [
        ("Kent", "kent"),
        ("Konseyi'nin", "konseyi"),
        ("2", "2"),
        ("3", "3"),
        ("önerisi", "önerisi"),
    ]


def test_an_apostrophe_inside_a_name_parts_two_words():
    assert [token.word for token in tokens("Jeanne d’Arc, O'Neill")] == ["jeanne", "d", "arc", "o", "neill"]


def test_a_footnote_mark_is_not_part_of_the_word():
    assert [token.word for token in tokens("eşitlik¹ ilkesi")] == ["eşitlik", "ilkesi"]


def test_positions_are_right_in_decomposed_text():
    text = unicodedata.normalize("NFD", "Şu şehrin çöpü")
    assert [unicodedata.normalize("NFC", text[token.start : token.end]) for token in tokens(text)] == [
        "Şu",
        "şehrin",
        "çöpü",
    ]


def test_a_query_word_with_turkish_letters_asks_for_that_spelling():
    assert query_terms("sınır")[0].terms[:2] == ("sınır", "0xsinir")
    assert "sinir" in query_terms("sinir")[0].terms


def test_a_phrase_written_in_one_or_two_words_is_one_term_of_a_query():
    assert [term.word for term in query_terms("yerel iş birliği")] == ["yerel", "iş birliği"]


def test_grams_mark_the_beginning_of_a_word():
    assert set(grams("Kent")) == {"·ke", "ken", "ent"}
