"""What is read from a Word file."""

from __future__ import annotations

from dataclasses import dataclass, field


class DocxError(Exception):
    """A file that cannot be read as a plan. `code`: not-docx, old-doc, other-format, encrypted, damaged, too-large or
    no-headings."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Loss:
    """Something that was not kept as it was. `kind` is a stable code, `where` the heading under which it stood."""

    kind: str
    where: str
    detail: str = ""


@dataclass(frozen=True)
class Table:
    """Cells as plain text, row by row; the first row is the header where `header`."""

    rows: list[list[str]]
    header: bool
    caption: str = ""


@dataclass
class ImportedSection:
    """`blocks` are HTML strings (paragraphs, lists, headings) and Tables in order; `footnotes` plain texts, numbered from 1
    as the `<sup>`s in the HTML."""

    kind: str
    code: str
    heading: str
    blocks: list[str | Table] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    footnotes: list[str] = field(default_factory=list)


@dataclass
class ImportedChapter:
    title: str
    sections: list[ImportedSection] = field(default_factory=list)


@dataclass
class ImportedPlan:
    title: str
    summary_html: str
    chapters: list[ImportedChapter]
    losses: list[Loss]
