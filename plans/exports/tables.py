"""The comments of a version as a table: CSV for every programme, XLSX for Excel.

The CSV is UTF-8 with a byte order mark, its fields separated by semicolons: so Excel opens it rightly where the comma is the
decimal sign, as in Turkey. What a spreadsheet would take for a formula begins with an apostrophe in the CSV
(https://owasp.org/www-community/attacks/CSV_Injection); in the XLSX words are typed as text and stay as they are.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from plans.exports.collect import Comment, Export, reason_of, site_address, words_of
from plans.exports.richtext import printable
from plans.models import SectionText

# At the beginning of a cell, be it behind spaces or quotation marks; a programme that splits cells at another separator
# finds a beginning behind each of those.
_FORMULA = re.compile(r"""^(?=[\t\r\n]|["'\s]*[=+\-@])|([,;|\t\r\n]["']*)(?=[=+\-@])""")
_BOM = "\ufeff"
_LONGEST_CELL = 32_767  # Excel's limit
_HEAD = PatternFill("solid", fgColor="FFE9DFF5")


@dataclass(frozen=True)
class Row:
    """One comment. An orphan has no chapter, section and heading."""

    chapter: str
    section: str
    heading: str
    quote: str
    verdict: str
    written_in: str
    comment: str
    proposal: str
    author: str
    organisation: str
    organisation_kind: str
    written_at: datetime
    replies: int
    decision: str
    reason: str
    answered_at: datetime | None
    address: str


def headings() -> list[str]:
    """In the order of Row's fields."""
    return [
        _("Chapter"),
        _("Section"),
        _("Heading"),
        _("Quoted words"),
        _("Place in this version"),
        _("Written in"),
        _("Comment"),
        _("Proposed words"),
        _("Author"),
        _("Organisation"),
        _("Kind of organisation"),
        _("Written on"),
        _("Number of replies"),
        _("The platform's answer"),
        _("Reason"),
        _("Answered on"),
        _("Permanent link"),
    ]


_WIDTHS = [28, 9, 32, 44, 18, 32, 60, 40, 22, 30, 22, 17, 9, 18, 60, 17, 44]
assert len(_WIDTHS) == len(fields(Row))  # noqa: S101


def rows(export: Export) -> Iterator[Row]:
    """The comments that can be read, in the order of the text."""
    return (_row(comment, export.origin_of(comment)) for comment in export.comments if comment.readable)


def _row(comment: Comment, origin: SectionText) -> Row:
    post, answer, text, suggestion = comment.post, comment.answer, comment.text, comment.suggestion
    return Row(
        chapter=f"{comment.chapter.number} {comment.chapter.heading}" if comment.chapter else "",
        section=text.number if text else "",
        heading=text.heading if text else "",
        quote=comment.quoted,
        verdict=comment.anchor.get_verdict_display(),
        written_in=_written_in(origin),
        comment=words_of(post),
        proposal=(suggestion.words or _("(to strike the words out)")) if suggestion else "",
        author=post.author_name,
        organisation=post.organisation_name,
        organisation_kind=post.get_organisation_kind_display(),
        written_at=post.submit_date,
        replies=comment.reply_count,
        decision=answer.get_decision_display() if answer else "",
        reason=reason_of(answer) if answer else "",
        answered_at=answer.answered_at if answer else None,
        address=site_address(post.get_absolute_url()),
    )


def _written_in(text: SectionText) -> str:
    version = _("version %(number)s") % {"number": text.version.number}
    return f"§{text.number} {text.heading} ({version})"


def render_csv(export: Export) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow(headings())
    writer.writerows([_csv_cell(value) for value in astuple(row)] for row in rows(export))
    return (_BOM + file.getvalue()).encode()


def _csv_cell(value: str | int | datetime | None) -> str:
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    text = printable("" if value is None else str(value))
    return _FORMULA.sub(r"\1'", text)


def render_xlsx(export: Export) -> bytes:
    """One sheet, its first row repeated and frozen, every column wide enough to be read."""
    book = Workbook()
    book.properties.title = printable(export.version.title)
    book.properties.creator = printable(export.version.plan.city.name)
    sheet = book.worksheets[0]
    sheet.title = _("Comments")
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    for x, (heading, width) in enumerate(zip(headings(), _WIDTHS, strict=True), start=1):
        _head_cell(sheet.cell(1, x), heading)
        sheet.column_dimensions[get_column_letter(x)].width = width
    for y, row in enumerate(rows(export), start=2):
        for x, value in enumerate(astuple(row), start=1):
            _fill(sheet.cell(y, x), value)
        _link(sheet.cell(y, len(_WIDTHS)), row.address)
    sheet.auto_filter.ref = sheet.dimensions
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _head_cell(cell: Cell, text: str) -> None:
    cell.value, cell.font, cell.fill = text, Font(bold=True), _HEAD
    cell.alignment = Alignment(vertical="top", wrap_text=True)


def _fill(cell: Cell, value: str | int | datetime | None) -> None:
    if isinstance(value, datetime):
        cell.value, cell.number_format = timezone.localtime(value).replace(tzinfo=None), "yyyy-mm-dd hh:mm"
    elif isinstance(value, str):
        cell.value = printable(value)[:_LONGEST_CELL]
        cell.data_type = "s"  # openpyxl takes "=…" for a formula
    else:
        cell.value = value
    cell.alignment = Alignment(vertical="top", wrap_text=True)


def _link(cell: Cell, address: str) -> None:
    cell.hyperlink, cell.style = address, "Hyperlink"
    cell.alignment = Alignment(vertical="top")
