"""Texts are compared word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.text.differences import (
    DELETED,
    INSERTED,
    SAME,
    Part,
    compare_words,
    edits_between,
    lines_of,
    shortened,
    side_by_side,
)

texts = st.text(alphabet="ab’'. ,\nİ²⁵", max_size=30)


@given(texts, texts)
def test_the_edits_make_the_new_text_of_the_old_one(old, new):
    made, position = "", 0
    for edit in edits_between(old, new):
        assert edit.start >= position
        made += old[position : edit.start] + edit.words
        position = edit.end
    assert made + old[position:] == new


@given(texts, texts)
def test_the_parts_hold_both_texts(old, new):
    parts = compare_words(old, new)
    assert "".join(part.text for part in parts if part.kind != INSERTED) == old
    assert "".join(part.text for part in parts if part.kind != DELETED) == new


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("Saat 23.00’ten sonra iki hat.", "Saat 23.00’ten sonra iki hat.", []),
        ("Yalnız iki hatta çalışır.", "En az beş hatta çalışır.", ["-Yalnız iki", "+En az beş"]),
        ("İki kreş açar.", "İki yeni kreş açar.", ["+yeni "]),
        ("İki yeni kreş açar.", "İki kreş açar.", ["-yeni "]),
        ("Su.¹ Hava.", "Su.² Hava.", ["-¹", "+²"]),
        # What stays between two changes is less than they are; a long stretch is kept.
        (
            "Sürücüler bir açıklama bekliyor.",
            "Yolcular bir yönerge istiyor.",
            ["-Sürücüler bir açıklama bekliyor", "+Yolcular bir yönerge istiyor"],
        ),
        ("İki kreş ve iki park.", "Beş kreş ve üç park.", ["-İki", "+Beş", "-iki", "+üç"]),
        ("", "Yeni.", ["+Yeni."]),
        ("Eski.", "", ["-Eski."]),
    ],
)
def test_whole_words_change_and_phrases_stay_together(old, new, changes):
    signs = {DELETED: "-", INSERTED: "+"}
    shown = [signs[part.kind] + part.text for part in compare_words(old, new) if part.kind != SAME]
    assert shown == changes


def test_of_a_long_text_only_what_stands_around_a_change_is_shown():
    before, behind = "önce " * 100, " sonra" * 100
    parts = shortened([Part(SAME, before), Part(DELETED, "eski"), Part(SAME, behind)], around=20)
    assert parts[0].cut
    assert parts[1] == Part(SAME, "önce önce önce ")
    assert parts[-2].text.startswith(" sonra sonra")
    assert parts[-1].cut
    assert sum(len(part.text) for part in parts) < 60


def test_a_short_text_is_shown_whole():
    parts = [Part(SAME, "kısa "), Part(INSERTED, "söz")]
    assert shortened(parts) == parts


def test_a_text_is_cut_at_the_line_breaks_that_stayed():
    lines = lines_of(compare_words("Bir iki.\nÜç dört.\nSon.", "Bir iki.\nÜç beş.\nAra.\nSon."))
    assert ["".join(part.text for part in line if part.kind != INSERTED) for line in lines] == [
        "Bir iki.",
        "Üç dört.",
        "Son.",
    ]
    assert "".join(part.text for line in lines for part in line if part.kind == INSERTED).split() == ["beş.", "Ara"]


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("A bir.\nC üç.", "A bir.\nB iki.\nC üç.", [("A bir.", "A bir."), ("", "B iki."), ("C üç.", "C üç.")]),
        ("A bir.\nB iki.", "A bir.", [("A bir.", "A bir."), ("B iki.", "")]),
        ("A bir!\nSon.", "B iki?\nSon.", [("A bir!", "B iki?"), ("Son.", "Son.")]),
    ],
)
def test_whole_lines_that_came_or_went_stand_for_themselves(old, new, shown):
    sides = side_by_side(lines_of(compare_words(old, new)))
    assert [("".join(part.text for part in one.old), "".join(part.text for part in one.new)) for one in sides] == shown


@given(texts, texts)
def test_no_word_is_lost_in_lines(old, new):
    sides = side_by_side(lines_of(compare_words(old, new)))
    for text, parts in ((old, [one.old for one in sides]), (new, [one.new for one in sides])):
        assert "".join(part.text for line in parts for part in line).replace("\n", "") == text.replace("\n", "")


def test_what_was_cut_out_stays_in_its_line():
    parts = shortened(compare_words(f"Bir. {'uzun ' * 90}iki.", f"Bir. {'uzun ' * 90}üç."))
    assert any(part.cut for [*line] in lines_of(parts) for part in line)


def test_side_by_side_a_line_that_stayed_is_the_same_on_both():
    first, second = side_by_side(lines_of(compare_words("Bir.\nİki üç.", "Bir.\nİki dört.")))
    assert first.is_same
    assert not second.is_same
    assert [part.text for part in second.old] == ["İki ", "üç", "."]
    assert [part.text for part in second.new] == ["İki ", "dört", "."]
