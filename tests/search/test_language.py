"""What is typed into the search box, and how it is understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.language import Asked, understand

CHOICES = {
    "kind": {"topic": "Konular", "section": "Plan bölümleri"},
    "city": {"defnekent": "Defnekent", "yildizova": "Yıldızova"},
    "theme": {"parklar": "Parklar ve yeşil alan", "ulasim": "Ulaşım"},
    "organisation_kind": {"trade_union": "Sendika"},
}


def asked(typed: str) -> Asked:
    return understand(typed, CHOICES.__getitem__)


def test_words_phrases_and_exclusions():
    found = asked('gece "durak ışıkları" -köpek -"spor alanı" otobüs')
    assert found.words == ["gece", "otobüs"]
    assert found.phrases == ["durak ışıkları"]
    assert found.without == ["köpek", "spor alanı"]


@pytest.mark.parametrize("typed", ["“durak ışıkları”", "«durak ışıkları»", '"durak ışıkları', "„durak ışıkları“"])
def test_phrases_in_any_quotes_also_unclosed(typed):
    assert asked(typed).phrases == ["durak ışıkları"]


def test_one_quoted_word_is_a_word():
    assert asked('"park"').words == ["park"]
    assert asked('""') == Asked()


@pytest.mark.parametrize(
    ("typed", "only"),
    [
        ("tür:konu", {"kind": ["topic"]}),
        ("TÜR:konular", {"kind": ["topic"]}),
        ("tur:section", {"kind": ["section"]}),
        ('tür:"plan bölümü"', {"kind": ["section"]}),
        ("kent:yildizova", {"city": ["yildizova"]}),
        ("kent:Yıldızova", {"city": ["yildizova"]}),
        ("tema:ulaşım", {"theme": ["ulasim"]}),
        ("tema:park", {"theme": ["parklar"]}),
        ("kurum:sendika", {"organisation_kind": ["trade_union"]}),
        ("kent:defnekent kent:yildizova", {"city": ["defnekent", "yildizova"]}),
    ],
)
def test_narrowings_by_slug_or_name(typed, only):
    found = asked(typed)
    assert found.only == only
    assert found.words == []


@pytest.mark.parametrize(
    "typed", ["kent:ankara", "saat:23", "http://ornek.org", "tarih:yarın", "tarih:2026-02-31", ":", "a:"]
)
def test_what_is_no_narrowing_is_words(typed):
    found = asked(typed)
    assert found.only == {}
    assert found.since == found.until == ""
    assert " ".join(found.words) == typed


@pytest.mark.parametrize(
    ("typed", "since", "until"),
    [
        ("tarih:2026", "2026-01-01", "2026-12-31"),
        ("tarih:2024-02", "2024-02-01", "2024-02-29"),
        ("tarih:02.2024", "2024-02-01", "2024-02-29"),
        ("tarih:15.3.2026", "2026-03-15", "2026-03-15"),
        ("tarih:2026-01..2026-03", "2026-01-01", "2026-03-31"),
        ("tarih:2026..", "2026-01-01", ""),
        ("date:..2026-06", "", "2026-06-30"),
        ("sonra:2026-03", "2026-03-01", ""),
        ("önce:15.03.2026", "", "2026-03-15"),
        ("sonra:2025 önce:2026-03", "2025-01-01", "2026-03-31"),
    ],
)
def test_dates(typed, since, until):
    found = asked(typed)
    assert (found.since, found.until) == (since, until)
    assert found.words == []


@given(st.text())
def test_nothing_is_an_error(typed):
    asked(typed)
