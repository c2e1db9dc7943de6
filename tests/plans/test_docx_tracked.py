"""Tracked changes are counted, and accepted or refused as a whole."""

import pytest

from plans.docx.reader import read_plan
from plans.docx.tracked import TrackedChangesError
from tests.plans.word_files import cell, deleted, in_a_section, inserted, paragraph, put, row, table, text

MARK_INSERTED = '<w:rPr><w:ins w:id="7" w:author="Bir Kişi"/></w:rPr>'
MARK_DELETED = '<w:rPr><w:del w:id="8" w:author="Bir Kişi"/></w:rPr>'


def blocks(decision: str, *xml: str) -> list:
    plan = read_plan(in_a_section(lambda document: put(document, "".join(xml))), decision)
    assert plan.losses == []
    return [block for section in plan.chapters[0].sections for block in section.blocks]


@pytest.mark.parametrize(
    ("xml", "accepted", "refused"),
    [
        (paragraph("Kalan ", inserted("yeni"), deleted("eski")), "<p>Kalan yeni</p>", "<p>Kalan eski</p>"),
        (
            paragraph("Bir.", properties=MARK_INSERTED) + paragraph(inserted("İki.")),
            "<p>Bir.</p><p>İki.</p>",
            "<p>Bir.</p>",
        ),
        (
            paragraph(deleted("Bir."), properties=MARK_DELETED) + paragraph("İki."),
            "<p>İki.</p>",
            "<p>Bir.</p><p>İki.</p>",
        ),
        (
            paragraph("Bir ", properties=MARK_DELETED) + paragraph("iki."),
            "<p>Bir iki.</p>",
            "<p>Bir</p><p>iki.</p>",
        ),
        (
            paragraph("<w:moveFrom>" + text("Gezen.") + "</w:moveFrom>", "Bir.")
            + paragraph("<w:moveTo>" + text("Gezen.") + "</w:moveTo>", "İki."),
            "<p>Bir.</p><p>Gezen.İki.</p>",
            "<p>Gezen.Bir.</p><p>İki.</p>",
        ),
        (
            paragraph(text("söz", '<w:b/><w:rPrChange w:id="1"><w:rPr/></w:rPrChange>')),
            "<p><b>söz</b></p>",
            "<p>söz</p>",
        ),
        (
            paragraph(
                "söz",
                properties='<w:numPr/><w:pPrChange w:id="1"><w:pPr><w:pStyle w:val="Heading3"/></w:pPr></w:pPrChange>',
            ),
            "<p>söz</p>",
            "<h4>söz</h4>",
        ),
    ],
    ids=["words", "new paragraph", "lost paragraph", "joined", "moved", "format", "style"],
)
def test_a_change_is_accepted_or_refused(xml, accepted, refused):
    assert blocks("accept", xml) == [accepted]
    assert blocks("refuse", xml) == [refused]


def test_paragraphs_whose_ends_were_deleted_run_on_in_order_in_the_form_of_the_first():
    style = '<w:pStyle w:val="Heading3"/>'
    first, second = (
        paragraph(f"{word} ", properties=more + MARK_DELETED) for word, more in (("Bir", style), ("iki", ""))
    )
    xml = first + second + paragraph("üç", properties='<w:pStyle w:val="Heading4"/>')
    assert blocks("accept", xml, paragraph("Dört.")) == ["<h4>Bir iki üç</h4><p>Dört.</p>"]


def test_a_tables_rows_come_and_go():
    new = row("2027", "5", properties='<w:ins w:id="1"/>')
    old = row("2025", "3", properties='<w:del w:id="2"/>')
    xml = table(row("Yıl", "Kreş"), old, row("2026", "4"), new)
    assert blocks("accept", xml)[0].rows == [["Yıl", "Kreş"], ["2026", "4"], ["2027", "5"]]
    assert blocks("refuse", xml)[0].rows == [["Yıl", "Kreş"], ["2025", "3"], ["2026", "4"]]


def test_a_table_whose_rows_are_all_gone_leaves_nothing():
    xml = table(row(cell("a"), properties='<w:ins w:id="1"/>'), row("b", properties='<w:ins w:id="1"/>'))
    assert blocks("refuse", xml, paragraph("Metin.")) == ["<p>Metin.</p>"]


def test_a_heading_that_was_inserted_is_a_section_only_if_accepted():
    heading = '<w:pStyle w:val="Heading2"/>'
    xml = paragraph(inserted("Otobüsler"), properties=heading + MARK_INSERTED) + paragraph("Metin.")
    file = in_a_section(lambda document: put(document, xml))
    accepted = [section.heading for section in read_plan(file, "accept").chapters[0].sections]
    assert accepted == ["Duraklar", "Otobüsler"]
    assert [section.heading for section in read_plan(file, "refuse").chapters[0].sections] == ["Duraklar"]


def test_undecided_nothing_is_read_and_the_changes_are_counted():
    words = [inserted(f"ekleme {number}") for number in range(5)]
    xml = paragraph("Kalan ", *words, deleted("eski söz"), properties=MARK_INSERTED)
    with pytest.raises(TrackedChangesError) as asked:
        read_plan(in_a_section(lambda document: put(document, xml)))
    changes = asked.value.changes
    assert (changes.insertions, changes.deletions, changes.others) == (5, 1, 1)
    assert changes.inserted_examples == ["ekleme 0", "ekleme 1", "ekleme 2"]
    assert changes.deleted_examples == ["eski söz"]


def test_a_file_without_tracked_changes_needs_no_decision():
    file = in_a_section(lambda document: document.add_paragraph("Metin."))
    assert read_plan(file, "refuse") == read_plan(file) == read_plan(file, "accept")
