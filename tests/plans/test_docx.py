"""Reading plans from Word files, good and bad."""

import io
import zipfile

import pytest
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from plans.docx.kinds import field_of, kind_of
from plans.docx.model import DocxError
from plans.docx.reader import read_plan


def word_file(build) -> io.BytesIO:
    document = Document()
    build(document)
    file = io.BytesIO()
    document.save(file)
    file.seek(0)
    return file


def first_section(build):
    def with_headings(document):
        document.add_heading("Ulaşım", 1)
        document.add_heading("Duraklar", 2)
        build(document)

    plan = read_plan(word_file(with_headings))
    return plan.chapters[0].sections[0], plan.losses


def test_headings_make_title_chapters_and_sections():
    def build(document):
        document.add_heading("Kentin Planı", 0)
        document.add_paragraph("Kısa özet.")
        for chapter in ("Ulaşım", "Bakım"):
            document.add_heading(chapter, 1)
            document.add_heading("Durum", 2)
            document.add_paragraph("Metin.")

    plan = read_plan(word_file(build))
    assert (plan.title, plan.summary_html) == ("Kentin Planı", "<p>Kısa özet.</p>")
    assert [chapter.title for chapter in plan.chapters] == ["Ulaşım", "Bakım"]
    assert plan.chapters[1].sections[0].blocks == ["<p>Metin.</p>"]


def test_text_before_the_first_section_becomes_an_introduction():
    def build(document):
        document.add_heading("Ulaşım", 1)
        document.add_paragraph("Önce bu.")
        document.add_heading("Durum", 2)

    sections = read_plan(word_file(build)).chapters[0].sections
    assert [section.heading for section in sections] == ["Giriş", "Durum"]


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("AMAÇ 2 – Bakım paylaşılır", ("goal", "2", "Bakım paylaşılır")),
        ("Amaç ve kapsam", ("text", "", "Amaç ve kapsam")),
        ("HEDEF 1.2. Duraklar aydınlanır", ("objective", "1.2", "Duraklar aydınlanır")),
        ("İZLEME FAALİYETİ: Gece yürüyüşü", ("activity", "", "Gece yürüyüşü")),
        ("Amaç A1: Herkes evine döner", ("goal", "A1", "Herkes evine döner")),
        ("Hedef A1.2: Duraklar aydınlanır", ("objective", "A1.2", "Duraklar aydınlanır")),
        ("İzlenen taahhüt: Hat uzar", ("commitment", "", "Hat uzar")),
        ("İzleme faaliyeti: Gece yürüyüşü", ("activity", "", "Gece yürüyüşü")),
        ("Hedefler üzerine", ("text", "", "Hedefler üzerine")),
    ],
)
def test_a_heading_tells_the_kind_and_code(heading, told):
    assert kind_of(heading) == told


def test_a_field_is_read_where_the_kind_has_it():
    assert field_of("activity", "Yöntem: Anket") == ("method", "Anket")
    assert field_of("text", "Yöntem: Anket") is None
    assert field_of("activity", "Yöntem olarak anket") is None


def test_numbers_typed_in_headings_are_taken_off_and_noted():
    def build(document):
        document.add_heading("BÖLÜM 3: Ulaşım", 1)
        document.add_heading("3.1 Duraklar", 2)

    plan = read_plan(word_file(build))
    assert (plan.chapters[0].title, plan.chapters[0].sections[0].heading) == ("Ulaşım", "Duraklar")
    assert [loss.kind for loss in plan.losses] == ["typed-number", "typed-number"]


def test_lists_are_kept_with_their_levels():
    def build(document):
        for style, text in (
            ("List Bullet", "bir"),
            ("List Bullet 2", "bir altı"),
            ("List Bullet", "iki"),
            ("List Number", "sayılı"),
        ):
            document.add_paragraph(text, style=style)

    section, _losses = first_section(build)
    html = "".join(section.blocks)
    assert html.count("<li>") == 4
    assert html.count("<ul>") == html.count("</ul>")
    assert "<ol><li>sayılı</li></ol>" in html


def test_bold_italic_and_text_that_looks_like_markup_are_kept():
    def build(document):
        paragraph = document.add_paragraph("Önce ")
        paragraph.add_run("kalın").bold = True
        paragraph.add_run(" sonra ")
        paragraph.add_run("eğik").italic = True
        paragraph.add_run(" <script>")

    section, _losses = first_section(build)
    assert section.blocks == ["<p>Önce <b>kalın</b> sonra <i>eğik</i> &lt;script&gt;</p>"]


def test_a_picture_is_left_out_and_noted_with_its_section():
    def build(document):
        run = document.add_paragraph("Yazı ").add_run()
        run._r.append(OxmlElement("w:drawing"))

    section, losses = first_section(build)
    assert section.blocks == ["<p>Yazı</p>"]
    assert [(loss.kind, loss.where) for loss in losses] == [("picture", "Duraklar")]


def test_a_link_is_kept_only_with_a_harmless_scheme():
    def build(document):
        for target in ("https://ornek.example/a", "javascript:alert(1)"):
            relation = document.part.relate_to(target, "http://x/hyperlink", is_external=True)
            link = OxmlElement("w:hyperlink")
            link.set(qn("r:id"), relation)
            link.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>yer</w:t></w:r>"))
            document.add_paragraph()._p.append(link)

    section, _losses = first_section(build)
    assert section.blocks == ['<p><a href="https://ornek.example/a">yer</a></p><p>yer</p>']


def zip_of(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


WORD_TYPES = (
    '<Types><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
ENTITY = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><d>&x;</d>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not-docx"),
        (b"bir metin dosyasi", "not-docx"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "old-doc"),
        (zip_of({"word/baska.xml": "<a/>"}), "not-docx"),
        (zip_of({"word/document.xml": "<yarim"}), "damaged"),
        (zip_of({"word/document.xml": ENTITY}), "not-docx"),
        (word_file(lambda document: document.add_heading("B", 1)).getvalue()[:2000], "damaged"),
        (b"{\\rtf1 Merhaba}", "other-format"),
        (b"%PDF-1.7", "other-format"),
        (zip_of({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}), "other-format"),
        (zip_of({"[Content_Types].xml": WORD_TYPES}), "damaged"),
        (zip_of({"xl/workbook.xml": "<a/>", "[Content_Types].xml": "<Types/>"}), "not-docx"),
        (word_file(lambda document: document.add_paragraph("Başlıksız")).getvalue(), "no-headings"),
    ],
    ids=[
        "empty",
        "text",
        "old",
        "no-document",
        "broken-xml",
        "entity",
        "cut",
        "rtf",
        "pdf",
        "odt",
        "lost",
        "xlsx",
        "no-headings",
    ],
)
def test_a_file_that_is_no_plan_says_why(data, code):
    with pytest.raises(DocxError) as refused:
        read_plan(io.BytesIO(data))
    assert refused.value.code == code


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _megabyte in range(320):
            part.write(b"0" * 1024 * 1024)
    file.seek(0)
    with pytest.raises(DocxError, match="too-large"):
        read_plan(file)
