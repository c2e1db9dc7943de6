"""Reads a plan: title, summary, chapters, sections and what stands in them."""

from __future__ import annotations

from html import escape
from typing import IO

from lxml import etree

from plans.docx.headings import CHAPTER, SECTION, TITLE, Heading
from plans.docx.inline import InlineReader, bare_text
from plans.docx.kinds import LONGEST_FIELD, field_of, kind_of
from plans.docx.lists import ListWriter
from plans.docx.model import DocxError, ImportedChapter, ImportedPlan, ImportedSection, Loss, LossKind
from plans.docx.outline import FRAMED, Outline
from plans.docx.package import Package
from plans.docx.styles import Styles
from plans.docx.tables import TableReader
from plans.docx.tidying import FROM_BOX, tidy
from plans.docx.tracked import Decision, TrackedChangesError, find_changes, settle_changes
from plans.docx.tree import W, attribute

INTRODUCTION = "Giriş"


class _Reading:
    """The state of one pass over the document's body."""

    def __init__(self, package: Package, outline: Outline, styles: Styles) -> None:
        self._package = package
        self._outline = outline
        self._styles = styles
        self.plan = ImportedPlan(title=outline.title, summary_html="", chapters=[], losses=[])
        self._section: ImportedSection | None = None
        self._introduction: ImportedSection | None = None
        self._in_heading = False
        self._lists = ListWriter()
        self._inline = InlineReader(package, styles, self.note, self.footnote)
        self._tables = TableReader(self._inline, self.note)
        self._html: list[str] = []

    def note(self, kind: LossKind, detail: str = "") -> None:
        chapter = self.plan.chapters[-1].title if self.plan.chapters else ""
        where = self._section.heading if self._section else chapter
        self.plan.losses.append(Loss(kind=kind, where=where, detail=detail))

    def footnote(self, reference: etree._Element) -> int | None:
        """The number of a note in its section; its text joins the section's footnotes."""
        notes = self._package.footnotes if reference.tag == f"{W}footnoteReference" else self._package.endnotes
        note = notes.get(attribute(reference, "id"))
        paragraphs = [] if note is None else note.iter(f"{W}p")
        text = " ".join(self._styles.shown_words(paragraph) for paragraph in paragraphs).strip()
        if not text or self._section is None or self._in_heading:
            self.note("footnote", text)
            return None
        self._section.footnotes.append(text)
        return len(self._section.footnotes)

    def read(self) -> ImportedPlan:
        for kind, detail in self._outline.left_out:
            self.note(kind, detail)
        for place, element in enumerate(self._outline.elements):
            if element.tag == f"{W}tbl":
                self._table(element)
            elif place in self._outline.headings or self._styles.is_title(element):
                self._heading(element, self._outline.headings.get(place))
            else:
                self._paragraph(element)
        self._close_section()
        if not self.plan.chapters:
            raise DocxError("no-headings")
        return self.plan

    # Headings

    def _heading(self, paragraph: etree._Element, heading: Heading | None) -> None:
        """A heading, or (None) a paragraph in the style of the plan's title."""
        self._in_heading = True
        text = " ".join(bare_text(self._inline.html(paragraph)).split())
        self._in_heading = False
        if heading is None or heading.level == TITLE:
            if text and not self.plan.title:
                self.plan.title = text
            elif text:
                self._add(f"<p>{escape(text, quote=False)}</p>")
            return
        if heading.level == CHAPTER:
            self._close_section()
            self.plan.chapters.append(ImportedChapter(title=heading.text))
        elif heading.level == SECTION:
            self._close_section()
            kind, code, words = kind_of(heading.text)
            self._open_section(ImportedSection(kind=kind, code=code, heading=words[:LONGEST_FIELD]))
        elif heading.level > SECTION:
            self._ensure_section()
            self._add(f"<h4>{escape(heading.text, quote=False)}</h4>")
        if heading.number or heading.level < TITLE:
            self.note("typed-number", text)

    # Text

    def _paragraph(self, paragraph: etree._Element) -> None:
        self._ensure_section()  # a footnote needs one already; an introduction without text is taken back
        html = self._inline.html(paragraph)
        kinds: tuple[tuple[str, LossKind], ...] = ((FROM_BOX, "text-box"), (FRAMED, "frame"))
        for mark, kind in kinds:
            if paragraph.get(mark) in ("first", "1"):
                self.note(kind, bare_text(html)[:LONGEST_FIELD])
        if not html:
            return
        numbering = self._styles.numbering(paragraph)
        if numbering is None:
            self._text(html)
        else:
            self._html.append(self._lists.item(numbering[0], "ul" if numbering[1] == "bullet" else "ol", html))

    def _text(self, html: str) -> None:
        field = field_of(self._section.kind, bare_text(html)) if self._section else None
        if self._section and field and field[0] not in self._section.fields:
            self._html.append(self._lists.close())
            self._section.fields[field[0]] = field[1]
        else:
            self._add(f"<p>{html}</p>")

    def _add(self, html: str) -> None:
        self._html += [self._lists.close(), html]

    def _table(self, table: etree._Element) -> None:
        self._ensure_section()
        if self._section is None:
            self.note("table-before-first-chapter")
            return
        self._flush()
        if read := self._tables.read(table):
            self._section.blocks.append(read)

    # Sections

    def _ensure_section(self) -> None:
        """What stands between a chapter's heading and its first section becomes a section of its own."""
        if self._section is None and self.plan.chapters:
            self._introduction = ImportedSection(kind="text", code="", heading=INTRODUCTION)
            self._open_section(self._introduction)

    def _open_section(self, section: ImportedSection) -> None:
        self._section = section
        self.plan.chapters[-1].sections.append(section)

    def _flush(self) -> str:
        """Ends what is open: the HTML since the last table joins the section; before the first chapter it is returned."""
        html = "".join([*self._html, self._lists.close()])
        self._html = []
        if html and self._section is not None:
            self._section.blocks.append(html)
        return html

    def _close_section(self) -> None:
        html = self._flush()
        if self._section is None and not self.plan.chapters:
            self.plan.summary_html = html
        if self._section is self._introduction and self._introduction and not self._introduction.blocks:
            self.plan.chapters[-1].sections.remove(self._introduction)
        self._section = None


def read_plan(file: IO[bytes], tracked: Decision | None = None) -> ImportedPlan:
    """A plan from an opened .docx file; what could not be kept is in `losses`.

    Raises DocxError where it is none, TrackedChangesError where it has tracked changes and `tracked` does not say what is
    to become of them.
    """
    package = Package(file)
    roots = [package.body, *package.footnotes.values(), *package.endnotes.values()]
    changes = find_changes(roots)
    if changes and tracked is None:
        raise TrackedChangesError(changes)
    if changes and tracked:
        for root in roots:
            settle_changes(root, tracked)
    had_contents = tidy(package.body)
    for root in roots[1:]:
        tidy(root)
    styles = Styles(package)
    return _Reading(package, Outline(package.body, styles, had_contents=had_contents), styles).read()
