"""Word files as people really have them, written with python-docx and, where it has no words for it, raw XML."""

import io
from collections.abc import Callable

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

Build = Callable[[WordDocument], object]
_SPACES = nsdecls("w", "r", "wp", "a", "m") + (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)


def saved(build: Build) -> io.BytesIO:
    """The document that `build` fills, as a file."""
    document = Document()
    build(document)
    file = io.BytesIO()
    document.save(file)
    file.seek(0)
    file.name = "plan.docx"
    return file


def in_a_section(build: Build) -> io.BytesIO:
    """A chapter "Ulaşım" with a section "Duraklar", which `build` fills."""

    def whole(document: WordDocument) -> None:
        document.add_heading("Ulaşım", 1)
        document.add_heading("Duraklar", 2)
        build(document)

    return saved(whole)


def put(document: WordDocument, xml: str) -> None:
    """Raw elements at the end of the body."""
    wrapped = parse_xml(f"<w:body {_SPACES}>{xml}</w:body>")
    for element in list(wrapped):
        document.element.body.insert(-1, element)


def paragraph(*runs: str, properties: str = "") -> str:
    """A w:p of runs; a run that is no XML is plain text."""
    parts = (run if run.startswith("<") else text(run) for run in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(parts)}</w:p>"


def text(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def inserted(words: str) -> str:
    return f'<w:ins w:id="1" w:author="Bir Kişi">{text(words)}</w:ins>'


def deleted(words: str) -> str:
    run = text(words).replace("w:t", "w:delText")
    return f'<w:del w:id="2" w:author="Bir Kişi">{run}</w:del>'


def field(instruction: str, result: str) -> str:
    """A field in its long form: frame, instruction, what Word last showed."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{text(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def text_box(*paragraphs: str) -> str:
    """A run with a text box as Word writes it: twice, for newer and for older programs."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic><a:graphicData>"
        f"<wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def picture(alternative: str = "") -> str:
    return f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Resim 1" descr="{alternative}"/></wp:inline></w:drawing></w:r>'


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """A w:tr; a cell that is no XML is plain text."""
    parts = (one if one.startswith("<") else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(parts)}</w:tr>"


def cell(words: str, *, across: int = 1, down: str = "", inside: str = "") -> str:
    """`down` is "restart" where a cell begins that covers those below it, "continue" in those."""
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    merge = f'<w:vMerge w:val="{down}"/>' if down else ""
    return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{paragraph(words)}{inside}</w:tc>"


def line(document: WordDocument, words: str, *, size: float | None = None, bold: bool = False) -> None:
    """A paragraph without a style, made to look like something."""
    run = document.add_paragraph().add_run(words)
    run.bold = bold or None
    run.font.size = Pt(size) if size else None


def as_turkish_word(document: WordDocument) -> None:
    """Style ids as a Turkish Word writes them; the names stay English in the file."""
    for style in document.styles.element.iter(qn("w:style")):
        identity = style.get(qn("w:styleId"))
        if identity.startswith("Heading"):
            style.set(qn("w:styleId"), f"Balk{identity.removeprefix('Heading')}")
    for chosen in document.element.iter(qn("w:pStyle")):
        if chosen.get(qn("w:val")).startswith("Heading"):
            chosen.set(qn("w:val"), f"Balk{chosen.get(qn('w:val')).removeprefix('Heading')}")


def long_plan(chapters: int = 20, sections: int = 10, words: int = 220) -> io.BytesIO:
    """By default about 200 pages' text, with a table in every section."""
    sentence = "Mahallede yaşayanlar durakların karanlık olduğunu ve seferlerin erken bittiğini söylüyor. "

    def build(document: WordDocument) -> None:
        for chapter in range(1, chapters + 1):
            document.add_heading(f"Bölüm konusu {chapter}", 1)
            for number in range(1, sections + 1):
                document.add_heading(f"Konu {chapter} ve {number}", 2)
                for _paragraph in range(3):
                    document.add_paragraph(sentence * (words // 30))
                put(document, table(row("Mahalle", "Kreş"), row("Çınarlı", str(number))))

    return saved(build)
