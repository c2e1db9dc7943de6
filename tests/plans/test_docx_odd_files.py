"""Word files that are odd, hostile or huge: read or refused, never a crash, and nothing dropped without a word."""

import io
import zipfile

import pytest
from docx.document import Document as WordDocument

from plans.docx import package
from plans.docx.model import DocxError
from plans.docx.reader import read_plan
from tests.plans.word_files import in_a_section, paragraph, put, saved

FIGURES = ["Kreş sayısı\t12", "Sığınma evi sayısı\t3", "Durak sayısı\t145"]


def holding(xml: str) -> io.BytesIO:
    return in_a_section(lambda document: put(document, xml))


def with_part(file: io.BytesIO, name: str, change) -> io.BytesIO:
    """The file with one of its parts changed (`change` is given its bytes, b"" where there is none)."""
    changed = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(changed, "w") as new:
        for part in {*old.namelist(), name}:
            data = old.read(part) if part in old.namelist() else b""
            new.writestr(part, change(data) if part == name else data)
    changed.seek(0)
    return changed


def words_of(file: io.BytesIO) -> str:
    return str(read_plan(file, "accept").chapters)


@pytest.mark.parametrize(
    "xml",
    [
        "<w:p><w:r><w:drawing><!-- made by a program --></w:drawing></w:r></w:p>",
        "<?x y?><!-- c --><w:p><w:r><?x y?></w:r></w:p>",
        '<w:p><w:r><w:sym w:font="Symbol" w:char="-5"/></w:r></w:p>',
        f'<w:p><w:r><w:rPr><w:sz w:val="{"9" * 400}"/></w:rPr><w:t>a</w:t></w:r></w:p>',
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{"9" * 5000}"/></w:tcPr><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>'
        "</w:tbl>",
        f"<w:p>{'<w:smartTag/>' * 20_000}</w:p>",
        paragraph("x" + "." * 20_000 + " imza"),
    ],
    ids=["comment", "instruction", "symbol", "size", "span", "tags", "dots"],
)
def test_odd_elements_hinder_nothing(xml):
    assert "Bu cümle durur." in words_of(holding(xml + paragraph("Bu cümle durur.")))


def test_comments_among_the_relations_hinder_nothing():
    file = holding(paragraph("Bu cümle durur."))
    changed = with_part(
        file, "_rels/.rels", lambda data: data.replace(b"<Relationship ", b"<!-- x --><Relationship ", 1)
    )
    assert "Bu cümle durur." in words_of(changed)


@pytest.mark.parametrize("limit", ["_MAX_TAGS", "_MAX_PARAGRAPHS"])
def test_a_file_that_would_take_minutes_is_refused(monkeypatch, limit):
    file = holding("<w:p/>" * 2_000)
    monkeypatch.setattr(package, limit, 1_000)
    with pytest.raises(DocxError) as refused:
        read_plan(file)
    assert refused.value.code == "too-large"


def test_merged_cells_do_not_make_a_small_file_huge():
    """However wide the cells say they are, a row is no wider than Word's; all tables together have a largest size."""
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="63"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>'
    [block] = read_plan(holding(f"<w:tbl><w:tr>{wide * 50}</w:tr></w:tbl>")).chapters[0].sections[0].blocks
    assert len(block.rows[0]) == 63 + 49
    rows = f"<w:tr>{wide}</w:tr>" * 800
    with pytest.raises(DocxError, match="too-large"):
        read_plan(holding(f"<w:tbl>{rows}</w:tbl><w:p/><w:tbl>{rows}</w:tbl>"))


def test_a_form_of_lists_is_read_once_for_all_lists_that_have_it():
    """Many levels times many lists would take minutes."""
    levels = '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>' + '<w:lvl w:ilvl="1"/>' * 3_000
    lists = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="7"/></w:num>' for n in range(1, 3_001))
    form = f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
    file = holding(paragraph("Madde", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3000"/></w:numPr>'))
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    part = f"<w:numbering {namespace}>{form}{lists}</w:numbering>"
    plan = read_plan(with_part(file, "word/numbering.xml", lambda _old: part.encode()))
    assert plan.chapters[0].sections[0].blocks == ["<ul><li>Madde</li></ul>"]


@pytest.mark.parametrize("lines", [FIGURES, [line.replace("\t", " ....... ") for line in FIGURES]])
def test_figures_behind_dots_are_no_table_of_contents(lines):
    def build(document: WordDocument) -> None:
        for line in lines:
            document.add_paragraph(line)

    plan = read_plan(in_a_section(build))
    assert plan.losses == []
    assert all(line.split("\t")[0].split(" .")[0] in str(plan.chapters) for line in lines)


def test_a_typed_table_of_contents_is_told_with_its_lines():
    def build(document: WordDocument) -> None:
        for line in ("1. Ulaşım ....... 3", "1.1 Duraklar ....... 4", "2. Bakım ....... 9"):
            document.add_paragraph(line)
        for chapter, section in (("Ulaşım", "Duraklar"), ("Bakım", "Kreşler")):
            document.add_heading(chapter, 1)
            document.add_heading(section, 2)
            document.add_paragraph("Metin.")

    [loss] = [loss for loss in read_plan(saved(build)).losses if loss.kind == "contents"]
    assert "Duraklar" in loss.detail


def test_hidden_words_stay_hidden_in_headings_titles_and_footnotes():
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t> GİZLİ</w:t></w:r>"
    footnotes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="2">'
        f"<w:p><w:r><w:t>Kaynak</w:t></w:r>{hidden}</w:p></w:footnote></w:footnotes>"
    )

    def build(document: WordDocument) -> None:
        document.add_heading("Planımız", 0).add_run(" GİZLİ").font.hidden = True
        document.add_heading("Ulaşım", 1).add_run(" GİZLİ").font.hidden = True
        document.add_heading("Duraklar", 2).add_run(" GİZLİ").font.hidden = True
        put(document, '<w:p><w:r><w:t>Metin</w:t><w:footnoteReference w:id="2"/></w:r></w:p>')

    plan = read_plan(with_part(saved(build), "word/footnotes.xml", lambda _none: footnotes.encode()))
    assert plan.chapters[0].sections[0].footnotes == ["Kaynak"]
    assert (plan.title, plan.chapters[0].title, plan.chapters[0].sections[0].heading) == (
        "Planımız",
        "Ulaşım",
        "Duraklar",
    )
    assert "hidden-text" in {loss.kind for loss in plan.losses}


def test_words_with_a_reading_aid_stay_and_an_embedded_document_is_named():
    ruby = (
        "<w:ruby><w:rt><w:r><w:t>u</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>Kalan söz</w:t></w:r></w:rubyBase></w:ruby>"
    )
    plan = read_plan(holding(f'<w:altChunk r:id="rId99"/><w:p><w:r>{ruby}</w:r></w:p>'))
    assert "Kalan söz" in str(plan.chapters)
    assert [loss.kind for loss in plan.losses] == ["object"]


def test_a_code_that_is_too_long_is_part_of_the_heading():
    plan = read_plan(
        saved(
            lambda document: [
                document.add_heading("Ulaşım", 1),
                document.add_heading("Hedef A1.2.3.4.5.6.7.8.9.10.11: Sözler", 2),
                document.add_paragraph("Metin."),
            ]
        )
    )
    [section] = plan.chapters[0].sections
    assert (section.code, section.heading) == ("", "Hedef A1.2.3.4.5.6.7.8.9.10.11: Sözler")
