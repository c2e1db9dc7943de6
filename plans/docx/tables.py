"""Tables as rows of plain text."""

import re
from collections.abc import Callable
from html import unescape

from lxml import etree

from plans.docx.inline import InlineReader
from plans.docx.model import Table
from plans.docx.package import W, attribute

_TAGS = re.compile(r"<[^>]+>")


def _cell_text(cell: etree._Element, inline: InlineReader) -> str:
    paragraphs = (inline.html(paragraph) for paragraph in cell.iter(f"{W}p"))
    return "\n".join(unescape(_TAGS.sub("", html.replace("<br>", "\n"))) for html in paragraphs if html)


def read_table(table: etree._Element, inline: InlineReader, note: Callable[[str], None]) -> Table:
    """A table's cells. Merged cells are written once and leave empty ones; nested tables are flattened; both are noted."""
    rows: list[list[str]] = []
    merged = nested = False
    for row in table.iterchildren(f"{W}tr"):
        cells: list[str] = []
        for cell in row.iterchildren(f"{W}tc"):
            properties = cell.find(f"{W}tcPr")
            span = "" if properties is None else attribute(properties.find(f"{W}gridSpan"))
            vertical = None if properties is None else properties.find(f"{W}vMerge")
            nested = nested or cell.find(f"{W}tbl") is not None
            merged = merged or vertical is not None or (span.isdigit() and int(span) > 1)
            goes_on = vertical is not None and attribute(vertical) != "restart"
            cells.append("" if goes_on else _cell_text(cell, inline))
            cells += [""] * (int(span) - 1 if span.isdigit() else 0)
        rows.append(cells)
    for lost, kind in ((merged, "merged-cells"), (nested, "nested-table")):
        if lost:
            note(kind)
    width = max((len(row) for row in rows), default=0)
    return Table(rows=[row + [""] * (width - len(row)) for row in rows], header=len(rows) > 1)
