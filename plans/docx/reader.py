"""The structure of a plan: title, summary, chapters (heading 1), sections (heading 2) and what stands in them."""

from __future__ import annotations

import re
from typing import IO

from lxml import etree

from plans.docx.inline import InlineReader
from plans.docx.lists import ListWriter
from plans.docx.model import DocxError, ImportedChapter, ImportedPlan, ImportedSection, Loss
from plans.docx.package import Package, W, attribute
from plans.docx.tables import read_table

INTRODUCTION = "Giriş"
_TAGS = re.compile(r"<[^>]+>")
_TYPED_NUMBER = re.compile(r"^(?:b[öo]l[üu]m\s+)?\d{1,2}(?:\.\d{1,2})*\s*[.:)–-]?\s+(?=\S)", re.IGNORECASE)
_KINDS = (
    ("goal", re.compile(r"^Amaç(?:\s+(A\d+(?:\.\d+)*))?\s*:?\s+", re.IGNORECASE)),
    ("objective", re.compile(r"^Hedef(?:\s+(A?\d+(?:\.\d+)*))?\s*:\s+", re.IGNORECASE)),
    ("commitment", re.compile(r"^İzlenen taahhüt\s*:\s+", re.IGNORECASE)),
    ("activity", re.compile(r"^İzleme faaliyeti\s*:\s+", re.IGNORECASE)),
)
FIELD_WORDS = {
    "Sorumlu": "responsible",
    "Ortaklar": "partners",
    "Tarih": "date",
    "Kaynak": "source",
    "Yöntem": "method",
    "Durum": "status",
}
KIND_FIELDS = {
    "objective": {"responsible", "date"},
    "commitment": {"responsible", "source", "date", "status"},
    "activity": {"responsible", "partners", "method", "date"},
}
_FIELD = re.compile(rf"^({'|'.join(FIELD_WORDS)})\s*:\s*(\S.*)$")
LONGEST_FIELD = 250


def field_of(kind: str, line: str) -> tuple[str, str] | None:
    """("responsible", "…") for a paragraph "Sorumlu: …" that the kind of section has a field for, else None."""
    match = _FIELD.match(line)
    if match is None:
        return None
    name = FIELD_WORDS[match.group(1)]
    fits = name in KIND_FIELDS.get(kind, ()) and len(match.group(2)) <= LONGEST_FIELD
    return (name, match.group(2).strip()) if fits else None


def kind_of(heading: str) -> tuple[str, str, str]:
    """(kind, code, heading without the words that told the kind)."""
    for kind, pattern in _KINDS:
        if match := pattern.match(heading):
            code = match.group(1) or "" if pattern.groups else ""
            return kind, code, heading[match.end() :].strip()
    return "text", "", heading


class _Reading:
    """The state of one pass over the document's body."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.plan = ImportedPlan(title="", summary_html="", chapters=[], losses=[])
        self.section: ImportedSection | None = None
        self.lists = ListWriter()
        self.inline = InlineReader(package, self.note, self.footnote)
        self._html: list[str] = []
        self._summary: list[str] = []

    def note(self, kind: str, detail: str = "") -> None:
        where = self.section.heading if self.section else ""
        self.plan.losses.append(Loss(kind=kind, where=where, detail=detail))

    def footnote(self, reference: etree._Element) -> int | None:
        """The number of a note in its section; its text joins the section's footnotes."""
        notes = self.package.footnotes if reference.tag == f"{W}footnoteReference" else self.package.endnotes
        note = notes.get(attribute(reference, "id"))
        if note is None or self.section is None:
            self.note("footnote")
            return None
        text = " ".join("".join(part.text or "" for part in note.iter(f"{W}t")).split())
        self.section.footnotes.append(text)
        return len(self.section.footnotes)

    def read(self) -> ImportedPlan:
        for element in self._elements(self.package.body):
            if element.tag == f"{W}p":
                self._paragraph(element)
            elif element.tag == f"{W}tbl":
                self._table(element)
        self._close_section()
        self.plan.summary_html = "".join(self._summary)
        if not self.plan.chapters:
            raise DocxError("no-headings")
        return self.plan

    def _elements(self, parent: etree._Element) -> list[etree._Element]:
        """Paragraphs and tables, content controls opened."""
        found: list[etree._Element] = []
        for child in parent:
            if child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
                found += self._elements(child)
            else:
                found.append(child)
        return found

    def _paragraph(self, paragraph: etree._Element) -> None:
        level = self.package.heading_level(paragraph)
        if level is not None:
            heading = self._heading_text(paragraph)
            if heading:
                self._heading(level, heading)
            return
        item = self.package.list_level(paragraph)
        self._ensure_section()
        html = self.inline.html(paragraph)
        if not html:
            return
        if item is None:
            self._html.append(self.lists.close())
            self._text(html)
        else:
            self._html.append(self.lists.item(*item, html))

    def _heading_text(self, paragraph: etree._Element) -> str:
        return " ".join(_TAGS.sub("", self.inline.html(paragraph)).replace("&amp;", "&").split())

    def _heading(self, level: int, heading: str) -> None:
        if level == 0:
            self.plan.title = self.plan.title or heading
            return
        bare = _TYPED_NUMBER.sub("", heading)
        if bare != heading:
            self.note("typed-number", heading)
        if level == 1:
            self._close_section()
            self.plan.chapters.append(ImportedChapter(title=bare))
        elif level == 2 and self.plan.chapters:
            self._close_section()
            kind, code, words = kind_of(bare)
            self._open_section(ImportedSection(kind=kind, code=code, heading=words[:LONGEST_FIELD]))
        else:
            self._ensure_section()
            self._html += [self.lists.close(), f"<h4>{heading.replace('&', '&amp;').replace('<', '&lt;')}</h4>"]

    def _text(self, html: str) -> None:
        if self.section is None:
            self._summary.append(f"<p>{html}</p>")
            return
        field = field_of(self.section.kind, _TAGS.sub("", html).replace("&amp;", "&"))
        if field and field[0] not in self.section.fields:
            self.section.fields[field[0]] = field[1]
        else:
            self._html.append(f"<p>{html}</p>")

    def _table(self, table: etree._Element) -> None:
        self._ensure_section()
        if self.section is None:
            self.note("table-before-first-chapter")
            return
        self._flush()
        self.section.blocks.append(read_table(table, self.inline, self.note))

    def _ensure_section(self) -> None:
        """What stands between a chapter's heading and its first section becomes a section of its own."""
        if self.section is None and self.plan.chapters:
            self._open_section(ImportedSection(kind="text", code="", heading=INTRODUCTION))

    def _open_section(self, section: ImportedSection) -> None:
        self.section = section
        self.plan.chapters[-1].sections.append(section)

    def _flush(self) -> None:
        html = "".join([*self._html, self.lists.close()])
        self._html = []
        if html and self.section is not None:
            self.section.blocks.append(html)

    def _close_section(self) -> None:
        if self.section is None:
            self._summary += [*self._html, self.lists.close()]
            self._html = []
        else:
            self._flush()
        introduction = self.section
        self.section = None
        if introduction and introduction.heading == INTRODUCTION and not introduction.blocks:
            self.plan.chapters[-1].sections.remove(introduction)


def read_plan(file: IO[bytes]) -> ImportedPlan:
    """A plan from an opened .docx file. Raises DocxError where it is none; what could not be kept is in `losses`."""
    return _Reading(Package(file)).read()
