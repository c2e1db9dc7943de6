"""Tables as rows of plain text, merged cells made readable."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from plans.docx.inline import InlineReader, bare_text
from plans.docx.model import DocxError, Note, Table
from plans.docx.tree import W, attribute, is_on, number

_REPEATED = 60  # characters: a merged cell's label is repeated in each cell it covered, a long text stands once
_WIDEST = 63  # columns, as in Word
_MOST_CELLS = 100_000  # of all tables of a file, those that merged ones cover counted


@dataclass
class _Cell:
    """`covers` columns; `goes_on` where it continues the cell above it."""

    text: str
    covers: int = 1
    goes_on: bool = False
    starts_down: bool = False


class TableReader:
    """Reads tables. `note(kind, detail)` is told what became different."""

    def __init__(self, inline: InlineReader, note: Note) -> None:
        self._inline = inline
        self._note = note
        self._room = _MOST_CELLS

    def read(self, table: etree._Element) -> Table | None:
        """A table's cells; None where all are empty. Cells that were merged repeat their text if it is short.

        Raises DocxError where the file has more cells than are read.
        """
        rows = [self._row(row) for row in table.iterchildren(f"{W}tr")]
        self._room -= len(rows) * _width(rows)
        if self._room < 0:
            raise DocxError("too-large")
        if any(cell.covers > 1 or cell.goes_on or cell.starts_down for row in rows for cell in row):
            self._note("merged-cells", "")
        if table.find(f".//{W}tbl") is not None:
            self._note("nested-table", "")
        caption = self._take_caption(rows)
        head = self._head_rows(table, len(rows)) if not caption else 1
        texts = _filled(rows)
        if not any(any(row) for row in texts):
            return None
        if head > 1:
            texts = [_joined(texts[:head]), *texts[head:]]
        return Table(rows=texts, header=len(texts) > 1, caption=caption)

    @staticmethod
    def _head_rows(table: etree._Element, count: int) -> int:
        """How many rows Word repeats as the table's head on each page; at most all but the last."""
        head = 0
        for row in table.iterchildren(f"{W}tr"):
            if not is_on(row.find(f"{W}trPr/{W}tblHeader")):
                break
            head += 1
        return min(max(head, 1), max(count - 1, 1))

    @staticmethod
    def _take_caption(rows: list[list[_Cell]]) -> str:
        """A first row of one cell over a table of several columns is its caption."""
        widest = _width(rows)
        if len(rows) > 2 and len(rows[0]) == 1 and rows[0][0].covers == widest > 1 and "\n" not in rows[0][0].text:
            return rows.pop(0)[0].text
        return ""

    def _row(self, row: etree._Element) -> list[_Cell]:
        before = number(row.find(f"{W}trPr/{W}gridBefore")) or 0
        cells = [_Cell("") for _column in range(min(before, _WIDEST))]
        left = _WIDEST - len(cells)
        for cell in row.iterchildren(f"{W}tc"):
            properties = cell.find(f"{W}tcPr")
            span = None if properties is None else number(properties.find(f"{W}gridSpan"))
            down = None if properties is None else properties.find(f"{W}vMerge")
            across = None if properties is None else properties.find(f"{W}hMerge")
            if across is not None and attribute(across) != "restart" and cells:
                cells[-1].covers += 1
                continue
            goes_on = down is not None and attribute(down) != "restart"
            covers = max(min(span or 1, left), 1)  # a cell that is there is read, however wide the others say they are
            left -= covers
            cells.append(_Cell("" if goes_on else self._text(cell), covers, goes_on, down is not None and not goes_on))
        return cells

    def _text(self, cell: etree._Element) -> str:
        lines = []
        for child in cell:
            if child.tag == f"{W}p":
                lines.append(bare_text(self._inline.html(child)))
            elif child.tag == f"{W}tbl":
                lines += [" | ".join(self._text(inner).replace("\n", " ") for inner in row) for row in _rows_of(child)]
        return "\n".join(line for line in lines if line.strip(" |"))


def _rows_of(table: etree._Element) -> list[list[etree._Element]]:
    return [list(row.iterchildren(f"{W}tc")) for row in table.iterchildren(f"{W}tr")]


def _width(rows: list[list[_Cell]]) -> int:
    """How many columns the widest row covers."""
    return max((sum(cell.covers for cell in row) for row in rows), default=0)


def _filled(rows: list[list[_Cell]]) -> list[list[str]]:
    """Texts in a rectangle. A cell over a whole row, as a heading between rows has it, is written once."""
    width = _width(rows)
    filled: list[list[str]] = []
    for row in rows:
        texts: list[str] = []
        for cell in row:
            text = cell.text
            if cell.goes_on and filled and len(texts) < width:
                text = filled[-1][len(texts)]
                text = text if len(text) <= _REPEATED else ""
            repeated = text if len(text) <= _REPEATED and cell.covers < width else ""
            texts += [text, *[repeated] * (cell.covers - 1)]
        filled.append(texts + [""] * (width - len(texts)))
    return filled


def _joined(rows: list[list[str]]) -> list[str]:
    """Several header rows as one: "2026" over "Kadın" and "Erkek" gives "2026 – Kadın" and "2026 – Erkek"."""
    columns = zip(*rows, strict=True)
    return [" – ".join(dict.fromkeys(text for text in column if text)) for column in columns]
