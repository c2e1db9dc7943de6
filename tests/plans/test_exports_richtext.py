"""HTML as blocks of runs."""

import pytest

from plans.exports.richtext import (
    Listing,
    Paragraph,
    Run,
    Table,
    lift_footnotes,
    placed_cells,
    plain,
    printable,
    read_blocks,
    runs_of,
)
from plans.text.plaintext import mark_sentences, plain_text


def words(blocks) -> str:
    return plain(list(runs_of(blocks)))


def test_blocks_are_told_apart():
    blocks = read_blocks("<p>a</p><h4>b</h4><blockquote><p>c</p></blockquote><pre>d\n e</pre><hr><p> </p>loose")
    assert [(block.kind, plain(block.runs)) for block in blocks] == [
        ("p", "a"),
        ("h", "b"),
        ("quote", "c"),
        ("pre", "d\n e"),
        ("p", "loose"),
    ]


def test_formats_join_and_links_go_to_safe_addresses_alone():
    source = '<p><b>a<i>b</i></b> <a href="/plan/x/">c</a><a href="javascript:x">d</a><a href="#y">e</a></p>'
    runs = read_blocks(source, "https://site.org")[0].runs
    assert Run("b", frozenset("bi")) in runs
    assert [run.link for run in runs if run.text in "cde"] == ["https://site.org/plan/x/", "", ""]


def test_nested_lists_stay_nested():
    outer = read_blocks("<ul><li>a<ol><li>b</li></ol></li><li><p>c</p></li></ul>")[0]
    assert isinstance(outer, Listing)
    assert not outer.ordered
    inner = outer.items[0][1]
    assert isinstance(inner, Listing)
    assert inner.ordered
    assert words(inner.items[0]) == "b"
    assert words(outer.items[1]) == "c"


def test_runs_know_their_place_in_the_plain_text():
    html = (
        "<p>Bir <b>iki</b> üç.</p><ul><li>Dört &amp; beş.</li></ul><table><tbody><tr><td>altı</td></tr></tbody></table>"
    )
    text = plain_text(html)
    runs = [run for run in runs_of(read_blocks(mark_sentences(html))) if run.start is not None]
    assert runs
    assert all(text[slice(*run.span)] == run.text for run in runs)


def test_no_character_that_xml_forbids_goes_on():
    assert printable("a\x00b\x1b\ufffec") == "a b  c"


@pytest.mark.parametrize(
    ("source", "places"),
    [
        (
            '<table><tr><td rowspan="9">1</td><td colspan="2">2</td></tr><tr><td>3</td><td>4</td></tr></table>',
            {"1": (0, 0, 1, 0), "2": (0, 1, 0, 2), "3": (1, 1, 1, 1), "4": (1, 2, 1, 2)},
        ),
        (
            '<table><thead><tr><th rowspan="3">h</th></tr></thead><tbody><tr><td colspan="²">b</td></tr></tbody></table>',
            {"h": (0, 0, 0, 0), "b": (1, 0, 1, 0)},
        ),
    ],
)
def test_merged_cells_cover_what_browsers_let_them_cover(source, places):
    table = read_blocks(source)[0]
    assert isinstance(table, Table)
    assert {plain(cell.runs): place for cell, place in placed_cells(table)} == places
    assert table.width == 1 + max(right for _top, _left, _bottom, right in places.values())


def test_the_numbered_list_at_the_end_becomes_footnotes():
    blocks, notes = lift_footnotes(read_blocks("<p>Söz¹ ve² son.</p><ol><li>Bir.</li><li>İki.</li></ol>"))
    assert len(blocks) == 1
    assert [(run.text, run.note) for run in blocks[0].runs] == [
        ("Söz", 0),
        ("¹", 1),
        (" ve", 0),
        ("²", 2),
        (" son.", 0),
    ]
    assert [words(note) for note in notes] == ["Bir.", "İki."]


@pytest.mark.parametrize(
    "source",
    [
        "<p>Yapılacaklar:</p><ol><li>Bir.</li></ol>",
        "<p>Söz¹ ve x² ile².</p><ol><li>Bir.</li><li>İki.</li></ol>",
        "<p>Söz² ve¹.</p><ol><li>Bir.</li><li>İki.</li></ol>",
        "<p>Söz².</p><ol><li>Bir.</li></ol>",
        "<p>Söz¹.</p><ul><li>Bir.</li></ul>",
    ],
)
def test_what_may_be_no_footnote_stays_as_it_is(source):
    blocks = read_blocks(source)
    assert lift_footnotes(blocks) == (blocks, [])


def test_units_are_no_signs_of_footnotes():
    blocks, _notes = lift_footnotes(
        read_blocks("<p>Söz¹, 5 m² ve 3 km² ile² 10⁶.</p><ol><li>Bir.</li><li>İki.</li></ol>")
    )
    assert [run.text for run in blocks[0].runs] == ["Söz", "¹", ", 5 m² ve 3 km² ile", "²", " 10⁶."]


def test_a_paragraph_that_holds_nothing_is_none():
    assert read_blocks("<p></p><p> <b> </b></p>") == []
    assert isinstance(read_blocks("<p>a</p>")[0], Paragraph)
