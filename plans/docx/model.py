"""What is read from a Word file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

ErrorCode = Literal["not-docx", "old-doc", "other-format", "encrypted", "damaged", "too-large", "no-headings"]
LossKind = Literal[
    "chart",
    "comment",
    "contents",
    "cover-page",
    "equation",
    "footnote",
    "frame",
    "hidden-text",
    "merged-cells",
    "nested-table",
    "object",
    "picture",
    "struck-text",
    "symbol",
    "table-before-first-chapter",
    "text-box",
    "typed-number",
]
Note = Callable[[LossKind, str], None]  # told what was not kept, with a detail


class DocxError(Exception):
    """A file that cannot be read as a plan."""

    def __init__(self, code: ErrorCode) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Loss:
    """Something that was not kept as it was. `where` is the heading under which it stood."""

    kind: LossKind
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
