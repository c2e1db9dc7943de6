"""What stands in a Word file's sections: tables, boxes, fields, signs, pictures; kept, or listed as left out."""

import io
import zipfile

import pytest

from plans.docx.model import Table
from plans.docx.reader import read_plan
from tests.plans.word_files import (
    cell,
    field,
    in_a_section,
    long_plan,
    paragraph,
    picture,
    put,
    row,
    saved,
    table,
    text,
    text_box,
)


def read(*xml: str):
    """The section of a file with these elements, and (kind, detail) of its losses."""
    plan = read_plan(in_a_section(lambda document: put(document, "".join(xml))))
    return plan.chapters[0].sections[0], [(loss.kind, loss.detail) for loss in plan.losses]


def rows_of(*rows: str) -> list[list[str]]:
    section, _losses = read(table(*rows))
    (read_table,) = section.blocks
    return read_table.rows


# Tables


def test_a_cell_merged_across_repeats_its_label():
    rows = (row("Hat", "Sefer", "Durak"), row(cell("Sahil", across=2), "%38"))
    section, losses = read(table(*rows))
    assert section.blocks == [Table([["Hat", "Sefer", "Durak"], ["Sahil", "Sahil", "%38"]], header=True)]
    assert losses == [("merged-cells", "")]


def test_a_cell_merged_down_repeats_its_label():
    assert rows_of(
        row("Hat", "Durak"), row(cell("Sahil", down="restart"), "Liman"), row(cell("", down="continue"), "Park")
    ) == [["Hat", "Durak"], ["Sahil", "Liman"], ["Sahil", "Park"]]


def test_a_long_text_in_merged_cells_stands_once():
    long = "Duraklarda ışık yanmıyor, banklar kırık ve yol karanlık kalıyor her gece."
    assert rows_of(row("A", "B"), row(cell(long, down="restart"), "1"), row(cell("", down="continue"), "2")) == [
        ["A", "B"],
        [long, "1"],
        ["", "2"],
    ]


def test_merged_down_below_merged_across_finds_its_column():
    assert rows_of(
        row("Yıl", "Kadın", "Erkek"),
        row(cell("2026", across=2), cell("x", down="restart")),
        row("a", "b", cell("", down="continue")),
    )[2] == ["a", "b", "x"]


def test_a_row_of_one_cell_over_the_table_is_its_caption():
    section, _losses = read(table(row(cell("Kreşler", across=2)), row("Mahalle", "Sayı"), row("Çınarlı", "2")))
    assert section.blocks == [Table([["Mahalle", "Sayı"], ["Çınarlı", "2"]], header=True, caption="Kreşler")]


def test_a_heading_between_rows_stands_once():
    assert rows_of(row("Mahalle", "Sayı"), row(cell("Merkez", across=2)), row("Çınarlı", "2"))[1] == ["Merkez", ""]


def test_two_header_rows_become_one():
    head = "<w:tblHeader/>"
    assert rows_of(
        row(cell("Mahalle", down="restart"), cell("2026", across=2), properties=head),
        row(cell("", down="continue"), "Kadın", "Erkek", properties=head),
        row("Çınarlı", "4", "5"),
    ) == [["Mahalle", "2026 – Kadın", "2026 – Erkek"], ["Çınarlı", "4", "5"]]


def test_a_table_in_a_cell_becomes_lines():
    inner = table(row("a", "b"), row("c", "d"))
    section, losses = read(table(row("Hat", "Not"), row("1", cell("Şöyle:", inside=inner))))
    assert section.blocks[0].rows[1] == ["1", "Şöyle:\na | b\nc | d"]
    assert losses == [("nested-table", "")]


def test_rows_of_unequal_length_are_filled_and_an_empty_table_left_out():
    assert rows_of(row("a", "b", "c"), row("d")) == [["a", "b", "c"], ["d", "", ""]]
    section, _losses = read(table(row("", ""), row("", "")), paragraph("Metin."))
    assert section.blocks == ["<p>Metin.</p>"]


def test_a_table_of_thirty_columns_is_kept():
    assert len(rows_of(row(*map(str, range(30))), row(*map(str, range(30))))[1]) == 30


def test_a_frame_of_one_cell_is_text():
    section, losses = read(table(row(cell("Kutu içinde."))))
    assert section.blocks == ["<p>Kutu içinde.</p>"]
    assert losses == [("frame", "Kutu içinde.")]


# Boxes, pictures and what else is drawn


def test_a_text_boxs_text_stands_once_behind_its_paragraph():
    section, losses = read(paragraph("Önce. ", text_box(paragraph("Kutudaki söz."))), paragraph("Sonra."))
    assert section.blocks == ["<p>Önce.</p><p>Kutudaki söz.</p><p>Sonra.</p>"]
    assert losses == [("text-box", "Kutudaki söz.")]


def test_a_picture_is_listed_with_its_alternative_text():
    section, losses = read(paragraph("Yazı ", picture("Karanlık bir durak")))
    assert section.blocks == ["<p>Yazı</p>"]
    assert losses == [("picture", "Karanlık bir durak")]


def test_a_picture_in_a_table_and_one_in_an_empty_paragraph_are_listed():
    _section, losses = read(table(row(cell(picture("bir")), "x"), row("y", "z")), paragraph(picture("iki")))
    assert losses == [("picture", "bir"), ("picture", "iki")]


# Inside a paragraph


@pytest.mark.parametrize(
    ("runs", "html"),
    [
        (["bir", "<w:r><w:br/></w:r>", "iki"], "bir<br>iki"),
        (["e-", "<w:r><w:noBreakHyphen/></w:r>", "posta"], "e--posta"),
        (["du\u00adrak", "<w:r><w:softHyphen/></w:r>", "lar"], "duraklar"),
        (["bkz. ", field("REF bolum2", "2.1")], "bkz. 2.1"),
        ([field('HYPERLINK "https://ornek.example"', "yer")], '<a href="https://ornek.example">yer</a>'),
        (["<w:fldSimple w:instr='PAGE'><w:r><w:t>7</w:t></w:r></w:fldSimple>"], "7"),
        (["<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>seçim</w:t></w:r></w:sdtContent></w:sdt>"], "seçim"),
        (["<w:smartTag><w:r><w:t>yer</w:t></w:r></w:smartTag>"], "yer"),
        (['<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'], "✓"),
        (['<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'], "≥"),
        ([text("m"), text("2", '<w:vertAlign w:val="superscript"/>')], "m<sup>2</sup>"),
        ([text("değil", '<w:b w:val="0"/>'), text("kalın", "<w:b/>")], "değil<b>kalın</b>"),
        ([text("güçlü", '<w:rStyle w:val="Strong"/>')], "<b>güçlü</b>"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_stands_in_a_paragraph_is_kept(runs, html):
    section, losses = read(paragraph(*runs))
    assert section.blocks == [f"<p>{html}</p>"]
    assert losses == []


def test_an_unclosed_field_swallows_nothing():
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    section, _losses = read(paragraph(begin, "ilk"), paragraph("ikinci"))
    assert "ikinci" in section.blocks[0]


@pytest.mark.parametrize(
    ("run", "loss", "html"),
    [
        ("<m:oMath><m:r><m:t>a/b</m:t></m:r></m:oMath>", ("equation", "a/b"), "x a/b"),
        ('<w:r><w:sym w:font="Webdings" w:char="F021"/></w:r>', ("symbol", "Webdings F021"), "x □"),
        (text("gizli", "<w:vanish/>"), ("hidden-text", "gizli"), "x"),
        (text("üstü çizili", "<w:strike/>"), ("struck-text", "üstü çizili"), "x üstü çizili"),
        ('<w:r><w:commentReference w:id="1"/></w:r>', ("comment", ""), "x"),
        ("<w:r><w:object/></w:r>", ("object", ""), "x"),
    ],
)
def test_what_is_not_kept_as_it_was_is_listed(run, loss, html):
    section, losses = read(paragraph("x ", run))
    assert section.blocks == [f"<p>{html}</p>"]
    assert losses == [loss]


def test_a_footnote_in_a_heading_is_listed_with_its_text():
    plan = read_plan(with_footnote("Heading2"))
    assert plan.chapters[0].sections[0].heading == "Başlık"
    assert plan.chapters[0].sections[0].footnotes == []
    assert [(loss.kind, loss.detail) for loss in plan.losses] == [("footnote", "Dipnotun sözü.")]


def test_a_footnote_in_a_section_is_kept_with_its_sign():
    plan = read_plan(with_footnote("Normal"))
    (section,) = plan.chapters[0].sections
    assert (section.blocks, section.footnotes) == (["<p>Başlık<sup>1</sup></p>"], ["Dipnotun sözü."])


def with_footnote(style: str) -> io.BytesIO:
    """A file whose second paragraph has a footnote; python-docx writes none, so the part is added."""
    reference = '<w:r><w:footnoteReference w:id="5"/></w:r>'

    def build(document):
        document.add_heading("Bölüm", 1)
        put(document, paragraph("Başlık", reference, properties=f'<w:pStyle w:val="{style}"/>'))

    file = saved(build)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    note = "<w:p><w:r><w:t>Dipnotun</w:t></w:r></w:p><w:p><w:r><w:t>sözü.</w:t></w:r></w:p>"
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(
            "word/footnotes.xml",
            f'<w:footnotes xmlns:w="{space}"><w:footnote w:id="5">{note}</w:footnote></w:footnotes>',
        )
    file.seek(0)
    return file


# Files of other programs, and large ones


def rewritten(file: io.BytesIO, change) -> io.BytesIO:
    """The same file with each part's name and content changed by `change(name, data)`."""
    result = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            new.writestr(*change(name, old.read(name)))
    result.seek(0)
    return result


def test_a_main_part_of_another_name_is_found():
    def rename(name: str, data: bytes) -> tuple[str, bytes]:
        if name == "_rels/.rels":
            data = data.replace(b"word/document.xml", b"word/document2.xml")
        return name.replace("word/document.xml", "word/document2.xml"), data

    file = rewritten(in_a_section(lambda document: document.add_paragraph("Metin.")), rename)
    assert read_plan(file).chapters[0].sections[0].blocks == ["<p>Metin.</p>"]


def test_strict_open_xml_is_read():
    main = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"

    def make_strict(name: str, data: bytes) -> tuple[str, bytes]:
        return name, data.replace(main, b"http://purl.oclc.org/ooxml/wordprocessingml/main")

    file = rewritten(in_a_section(lambda document: document.add_paragraph("Metin.")), make_strict)
    assert read_plan(file).chapters[0].sections[0].blocks == ["<p>Metin.</p>"]


def test_two_hundred_pages_come_in_whole():
    plan = read_plan(long_plan())
    assert [len(chapter.sections) for chapter in plan.chapters] == [10] * 20
    assert all(len(section.blocks) == 2 for chapter in plan.chapters for section in chapter.sections)
    assert plan.losses == []


def test_a_table_in_a_frame_stays_a_table():
    inner = table(row("a", "b"), row("c", "d"))
    section, losses = read(table(row(cell("Kutu içinde.", inside=inner))))
    assert section.blocks == ["<p>Kutu içinde.</p>", Table([["a", "b"], ["c", "d"]], header=True)]
    assert losses == [("frame", "Kutu içinde.")]
