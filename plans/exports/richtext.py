"""Sanitised HTML as blocks of runs, from which PDF and Word files are built. Pure: no Django.

Nothing of the HTML goes on as markup: a file's writer sees texts, formats from a fixed list, and addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from lxml import etree, html

_MARKS = {
    "b": "b",
    "strong": "b",
    "i": "i",
    "em": "i",
    "s": "s",
    "del": "s",
    "sup": "sup",
    "sub": "sub",
    "code": "code",
    "pre": "code",
}
_PARAGRAPHS = {"p": "p", "h2": "h", "h3": "h", "h4": "h", "h5": "h", "h6": "h", "pre": "pre"}
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SIGN = re.compile(r"(?<!\bm)(?<!\b[kcdm]m)[⁰¹²³⁴⁵⁶⁷⁸⁹]+")  # not the one of m² and km²
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")

WIDEST = 40  # columns or rows that one cell may cover
LONGEST_ADDRESS = 2_000  # a longer one is no link in a file: Typst and Excel refuse it


@dataclass(frozen=True)
class Run:
    """Words of one format. `marks`: b, i, s, sup, sub, code. `start` is their place in the section's plain text, where it is
    known; `note` the number of the footnote for which they are the sign."""

    text: str
    marks: frozenset[str] = frozenset()
    link: str = ""
    start: int | None = None
    note: int = 0

    @property
    def span(self) -> tuple[int, int]:
        """(start, end) in the plain text; (-1, -1) where the place is not known."""
        return (-1, -1) if self.start is None else (self.start, self.start + len(self.text))

    def cut(self, position: int) -> tuple[Run, Run]:
        """Both parts of the run; `position` counts its characters."""
        later = None if self.start is None else self.start + position
        return replace(self, text=self.text[:position]), replace(self, text=self.text[position:], start=later)


@dataclass(frozen=True)
class Paragraph:
    """`kind`: p, h (a heading inside a section), quote or pre. A line break is a run "\\n"."""

    runs: list[Run]
    kind: str = "p"


@dataclass(frozen=True)
class Listing:
    """A list; each item is the blocks in it, the first of them its words."""

    ordered: bool
    items: list[list[Block]]


@dataclass(frozen=True)
class Cell:
    runs: list[Run]
    is_header: bool = False
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True)
class Table:
    """`head` are the rows that are repeated on each page."""

    caption: list[Run] = field(default_factory=list)
    head: list[list[Cell]] = field(default_factory=list)
    body: list[list[Cell]] = field(default_factory=list)

    @property
    def rows(self) -> list[list[Cell]]:
        return [*self.head, *self.body]

    @property
    def width(self) -> int:
        return max((right + 1 for _cell, (_top, _left, _bottom, right) in placed_cells(self)), default=0)


Block = Paragraph | Listing | Table


def placed_cells(table: Table) -> Iterator[tuple[Cell, tuple[int, int, int, int]]]:
    """Each cell with the (top, left, bottom, right) that it covers, counted from 0, as browsers lay a table out."""
    taken: set[tuple[int, int]] = set()
    for top, row in enumerate(table.rows):
        end = len(table.head) if top < len(table.head) else len(table.rows)
        for cell in row:
            left = next(x for x in count() if (top, x) not in taken)
            right, bottom = left + cell.colspan - 1, min(top + cell.rowspan, end) - 1
            taken |= {(y, x) for y in range(top, bottom + 1) for x in range(left, right + 1)}
            yield cell, (top, left, bottom, right)


def printable(text: str) -> str:
    """The text without characters that no XML file and no typeface has; as long as before."""
    return _ILLEGAL.sub(" ", text)


def read_blocks(source: str, site: str = "") -> list[Block]:
    """The blocks of sanitised HTML. Links of the site itself get its address `site` ("https://…") before them."""
    if not source.strip():
        return []
    return _Reader(site).blocks(html.fragment_fromstring(source, create_parent="div"))


@dataclass(frozen=True)
class _Reader:
    site: str

    def blocks(self, parent: etree._Element, kind: str = "p") -> list[Block]:
        """The blocks in an element; words that stand in none are paragraphs of `kind`."""
        found: list[Block] = []
        loose: list[Run] = []

        def close() -> None:
            found.extend(_paragraph(loose, kind))
            loose.clear()

        loose.extend(self._text(parent.text, parent, frozenset(), ""))
        for child in parent.iterchildren(tag=etree.Element):
            block = self._block(child, kind)
            if block is None:
                loose.extend(self._runs(child, frozenset(), ""))
            else:
                close()
                found.extend(block)
            loose.extend(self._text(child.tail, parent, frozenset(), ""))
        close()
        return found

    def _block(self, element: etree._Element, kind: str) -> list[Block] | None:
        """The blocks that an element makes; None for one that stands in a line."""
        tag = element.tag
        if tag in _PARAGRAPHS:
            own = kind if tag == "p" else _PARAGRAPHS[tag]
            return list(_paragraph(list(self._runs(element, frozenset(), "")), own))
        if tag in ("ul", "ol"):
            return [Listing(tag == "ol", [self.blocks(item) for item in element.iterchildren("li")])]
        if tag == "table":
            return [self._table(element)]
        if tag == "blockquote":
            return self.blocks(element, "quote")
        return [] if tag == "hr" else None

    def _table(self, element: etree._Element) -> Table:
        caption = element.find("caption")
        head = [self._row(row) for row in element.iterfind("thead/tr")]
        body = [self._row(row) for row in element.iter("tr") if row.getparent().tag != "thead"]
        return Table([] if caption is None else list(self._runs(caption, frozenset(), "")), head, body)

    def _row(self, row: etree._Element) -> list[Cell]:
        return [
            Cell(
                runs=_trimmed(list(self._runs(cell, frozenset(), ""))),
                is_header=cell.tag == "th",
                colspan=_span(cell.get("colspan", "")),
                rowspan=_span(cell.get("rowspan", "")),
            )
            for cell in row.iterchildren("td", "th")
        ]

    def _runs(self, element: etree._Element, marks: frozenset[str], link: str) -> Iterator[Run]:
        if element.tag == "br":
            yield Run("\n")
            return
        if element.tag in _MARKS:
            marks = marks | {_MARKS[element.tag]}
        link = self._address(element.get("href", "")) if element.tag == "a" else link
        yield from self._text(element.text, element, marks, link)
        for child in element.iterchildren(tag=etree.Element):
            yield from self._runs(child, marks, link)
            yield from self._text(child.tail, element, marks, link)

    def _text(self, text: str | None, element: etree._Element, marks: frozenset[str], link: str) -> Iterator[Run]:
        if text:
            start = element.get(
                "data-start", ""
            )  # of a sentence's words (plans/text/plaintext.py), which hold no element
            words = text if "code" in marks else re.sub(r"\s+", " ", text)
            yield Run(printable(words), marks, link, int(start) if start.isdecimal() else None)

    def _address(self, href: str) -> str:
        if href.startswith("/"):
            return f"{self.site}{href}" if self.site else ""
        if len(href) > LONGEST_ADDRESS:
            return ""
        return href if href.startswith(("https://", "http://", "mailto:")) else ""


def _span(value: str) -> int:
    return min(WIDEST, max(1, int(value))) if value.isdecimal() else 1


def _trimmed(runs: list[Run]) -> list[Run]:
    """A new list without white space at both ends; the words keep their place."""
    worded = [position for position, run in enumerate(runs) if run.text.strip()]
    return runs[worded[0] : worded[-1] + 1] if worded else []


def _paragraph(runs: list[Run], kind: str) -> Iterator[Paragraph]:
    if words := _trimmed(runs):
        yield Paragraph(words, kind)


def plain(runs: list[Run]) -> str:
    return "".join(run.text for run in runs)


def runs_of(blocks: list[Block]) -> Iterator[Run]:
    """All runs in reading order."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from block.runs
        elif isinstance(block, Listing):
            for item in block.items:
                yield from runs_of(item)
        else:
            yield from block.caption
            for row in block.rows:
                for cell in row:
                    yield from cell.runs


def lift_footnotes(blocks: list[Block]) -> tuple[list[Block], list[list[Block]]]:
    """Blocks in which the signs of footnotes are runs with a `note`, and the notes in order.

    A version keeps footnotes as raised digits and a numbered list at the end of the section (plans/rendering.py). They are
    footnotes for certain where every number of that list stands exactly once in the text before it, in order; otherwise all
    stays as it is.
    """
    last = blocks[-1] if blocks else None
    if not isinstance(last, Listing) or not last.ordered:
        return blocks, []
    wanted = list(range(1, len(last.items) + 1))
    signs = [_number(sign) for run in runs_of(blocks[:-1]) for sign in _SIGN.finditer(run.text)]
    if [number for number in signs if number in wanted] != wanted:
        return blocks, []
    return [_with_notes(block, len(wanted)) for block in blocks[:-1]], last.items


def _number(sign: re.Match[str]) -> int:
    return int(sign[0].translate(_SUPERSCRIPTS))


def _with_notes(block: Block, count: int) -> Block:
    """The block with the signs of notes 1 to `count` as runs of their own."""
    if isinstance(block, Paragraph):
        return replace(block, runs=_split_signs(block.runs, count))
    if isinstance(block, Listing):
        return replace(block, items=[[_with_notes(part, count) for part in item] for item in block.items])

    def rows(source: list[list[Cell]]) -> list[list[Cell]]:
        return [[replace(cell, runs=_split_signs(cell.runs, count)) for cell in row] for row in source]

    return Table(_split_signs(block.caption, count), rows(block.head), rows(block.body))


def _split_signs(runs: list[Run], count: int) -> list[Run]:
    parts: list[Run] = []
    for run in runs:
        rest, done = run, 0
        for sign in _SIGN.finditer(run.text):
            if _number(sign) in range(1, count + 1):
                before, found = rest.cut(sign.start() - done)
                found, rest = found.cut(len(sign[0]))
                done = sign.end()
                parts += [before, replace(found, note=_number(sign))]
        parts.append(rest)
    return [run for run in parts if run.text]
