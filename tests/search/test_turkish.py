"""What matches what in Turkish."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.turkish import fold, fold_with_offsets, grams, index_terms, lower, matches, query_terms, tokens

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
