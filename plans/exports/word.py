"""A version as a Word file with what was said about it as Word comments.

It can be imported again (plans/docx): headings bear Word's styles, kinds and fields the words by which the import knows them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import docx
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from plans.exports.collect import Comment, Export
from plans.exports.keeping import fingerprint
from plans.exports.richtext import (
    Block,
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
from plans.exports.word_comments import CommentWriter, thread_of
from plans.exports.word_parts import Footnotes, Numbering, element
from plans.models import SectionText

LANGUAGE = "tr"
VIOLET = RGBColor(0x5B, 0x2A, 0x99)
_SOURCES = ("word.py", "word_comments.py", "word_parts.py", "richtext.py")
_LOOK = fingerprint(version("python-docx"), *(Path(__file__).with_name(name).read_text() for name in _SOURCES))
_LONGEST_PROPERTY = 255  # that Word takes
# As plans/docx/kinds.py reads them; the plan's language, not that of who downloads it.
_KIND_WORDS = {"goal": "Amaç", "objective": "Hedef", "commitment": "İzlenen taahhüt", "activity": "İzleme faaliyeti"}


def heading_of(text: SectionText) -> str:
    """ "Hedef A1.1: Her durak aydınlık"."""
    words = " ".join(part for part in (_KIND_WORDS.get(text.kind, ""), text.code) if part)
    return printable(f"{words}: {text.heading}" if text.kind in _KIND_WORDS else text.heading)


@dataclass(frozen=True)
class WordFile:
    """A version as a Word file, that is written only where nobody has asked for this state of it before."""

    export: Export

    @property
    def mark(self) -> str:
        """A fingerprint of the whole file: a version never changes, what was said about it does."""
        with override(LANGUAGE):
            said = [
                (comment.text and comment.text.section_id, comment.anchor.start, comment.anchor.end, thread_of(comment))
                for comment in self.export.comments
            ]
        city = self.export.version.plan.city.name
        return fingerprint(_LOOK, self.export.site, self.export.address, city, repr(said))

    def render(self) -> bytes:
        return render_word(self.export)


def render_word(export: Export) -> bytes:
    with override(LANGUAGE):
        return _Writer(export).written()


@dataclass
class _Writer:
    export: Export
    document: Document = field(default_factory=docx.Document)
    footnotes: Footnotes = field(default_factory=Footnotes)

    def __post_init__(self) -> None:
        _set_up(self.document, self.export)
        self.numbering = Numbering(self.document)
        self.comments = CommentWriter(self.document)
        self.notes: list[list[Block]] = []
        self.signs: dict[int, WordRun] = {}
        self.placed: list[tuple[Run, WordRun]] = []
        self.cuts: list[int] = []

    def written(self) -> bytes:
        title = self.document.add_paragraph(style="Title").add_run(printable(self.export.version.title))
        self._blocks(read_blocks(self.export.version.summary, self.export.site))
        for chapter, texts in self.export.chapters:
            heading = self.document.add_heading(level=1).add_run(printable(chapter.heading))
            self._comment_on(chapter, heading)
            for text in texts:
                self._section(text)
        for comment in self.export.comments_on(None):
            self.comments.add([title], comment)
        self.comments.attach()
        self.footnotes.attach(self.document)
        file = io.BytesIO()
        self.document.save(file)
        return file.getvalue()

    def _section(self, text: SectionText) -> None:
        heading = self.document.add_heading(level=2).add_run(heading_of(text))
        blocks, self.notes = lift_footnotes(read_blocks(text.html, self.export.site))
        self.placed, self.signs = [], {}
        self.cuts = sorted({edge for comment in self.export.comments_on(text) for edge in _span(comment) or ()})
        self._blocks(blocks)
        self._comment_on(text, heading)

    def _comment_on(self, text: SectionText, heading: WordRun) -> None:
        for comment in self.export.comments_on(text):
            self.comments.add(self._marked(comment) or [heading], comment)

    def _marked(self, comment: Comment) -> list[WordRun]:
        """The runs that a comment quotes; where it quotes a footnote, the footnote's sign."""
        if (span := _span(comment)) is None:
            return []
        found = [word for run, word in self.placed if _within(run.span, span)]
        for number, note in enumerate(self.notes, start=1):
            if not found and number in self.signs and any(_overlap(run.span, span) for run in runs_of(note)):
                found = [self.signs[number]]
        return found

    # --- Blocks --------------------------------------------------------------------------------------------------------

    def _blocks(self, blocks: list[Block]) -> None:
        for block in blocks:
            if isinstance(block, Paragraph):
                self._paragraph(block)
            elif isinstance(block, Listing):
                self._list(block)
            else:
                self._table(block)

    def _paragraph(self, block: Paragraph) -> WordParagraph:
        style = {"h": "Heading 3", "quote": "Quote"}.get(block.kind)
        paragraph = self.document.add_paragraph(style=style)
        self._runs(paragraph, block.runs)
        return paragraph

    def _list(self, block: Listing, level: int = 0) -> None:
        list_id = self.numbering.new_list(ordered=block.ordered)
        for item in block.items:
            words = item[0].runs if item and isinstance(item[0], Paragraph) else []
            paragraph = self.document.add_paragraph(style="List Paragraph")
            self.numbering.put(paragraph, list_id, level)
            self._runs(paragraph, words)
            for part in item[1:] if words else item:
                if isinstance(part, Listing):
                    self._list(part, level + 1)
                else:
                    self._blocks([part])

    def _table(self, block: Table) -> None:
        if block.caption:
            self._runs(self.document.add_paragraph(style="Caption"), block.caption)
        if not (width := block.width):
            return
        table = self.document.add_table(rows=len(block.rows), cols=width, style="Table Grid")
        for cell, (top, left, bottom, right) in placed_cells(block):
            target = table.cell(top, left)
            if (top, left) != (bottom, right):
                target = target.merge(table.cell(bottom, right))
            self._runs(target.paragraphs[0], cell.runs, bold=cell.is_header)
        for row in table.rows[: len(block.head)]:
            row._tr.get_or_add_trPr().append(element("w:tblHeader"))
        self.document.add_paragraph()

    # --- Runs ----------------------------------------------------------------------------------------------------------

    def _runs(self, paragraph: WordParagraph, runs: list[Run], *, bold: bool = False) -> None:
        for run in runs:
            for part in self._cut(run):
                if part.note:
                    note = " ".join(plain(list(runs_of(self.notes[part.note - 1]))).split())
                    word = WordRun(self.footnotes.add(paragraph, note), paragraph)
                    self.signs[part.note] = word
                else:
                    word = _write(paragraph, part, bold=bold)
                self.placed.append((part, word))

    def _cut(self, run: Run) -> Iterator[Run]:
        """The run in pieces that a comment quotes whole or not at all."""
        start, end = run.span
        for edge in [edge for edge in self.cuts if start < edge < end]:
            before, run = run.cut(edge - run.span[0])
            yield before
        yield run


def _within(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return 0 <= outer[0] <= inner[0] and inner[1] <= outer[1]


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _span(comment: Comment) -> tuple[int, int] | None:
    """The words of the section's plain text that a comment quotes; None where it is about the whole section."""
    anchor = comment.anchor
    if not comment.quoted or anchor.start is None or anchor.end is None:
        return None
    return anchor.start, anchor.end


def _write(paragraph: WordParagraph, run: Run, *, bold: bool) -> WordRun:
    if run.text == "\n":
        word = paragraph.add_run()
        word.add_break()
        return word
    word = paragraph.add_run(run.text.replace("\n", " "))
    word.bold = True if bold or "b" in run.marks else None
    word.italic = True if "i" in run.marks else None
    word.font.strike = True if "s" in run.marks else None
    word.font.superscript = True if "sup" in run.marks else None
    word.font.subscript = True if "sub" in run.marks else None
    if "code" in run.marks:
        word.font.name = "Consolas"
    if run.link:
        _link(paragraph, word, run.link)
    return word


def _link(paragraph: WordParagraph, word: WordRun, address: str) -> None:
    link = element("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    word.font.color.rgb = VIOLET
    word.font.underline = True
    word._r.addprevious(link)
    link.append(word._r)


# --- The frame ---------------------------------------------------------------------------------------------------------


def _set_up(document: Document, export: Export) -> None:
    """Page, styles and properties. What tells the version stands in header and footer, outside the text that is imported."""
    version = export.version
    day = date_format(timezone.localtime(version.published_at), "j F Y")
    number = _("Version %(number)s") % {"number": version.number}
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(25)
    page.header.paragraphs[0].text = printable(f"{version.plan.city.name} · {number} · {day}")
    footer = page.footer.paragraphs[0]
    footer.paragraph_format.tab_stops.add_tab_stop(Mm(160), WD_TAB_ALIGNMENT.RIGHT)
    footer.add_run(export.address)
    for paragraph in (page.header.paragraphs[0], footer):
        for run in paragraph.runs:
            run.font.size = Pt(8)
    _styles(document)
    properties = document.core_properties
    properties.title, properties.author = printable(version.title), printable(version.plan.city.name)
    properties.language, properties.comments = "tr-TR", export.address[:_LONGEST_PROPERTY]
    properties.created = properties.modified = version.published_at
    properties.revision, properties.version = 1, str(version.number)


def _styles(document: Document) -> None:
    styles = document.styles
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "tr-TR")
    normal = styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    for name, size in (("Title", 24), ("Heading 1", 18), ("Heading 2", 14), ("Heading 3", 11.5)):
        style = styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), VIOLET
        fonts = style.element.rPr.rFonts
        for attribute in [name for name in fonts.attrib if "Theme" in name]:
            del fonts.attrib[attribute]
