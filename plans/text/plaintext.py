"""The plain text of a section's HTML, which anchors count, and the marks of its sentences. Pure: no Django.

Blocks (paragraphs, list items, headings, table cells, captions) are separated by "\n"; inside one, white space is a space.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

from plans.text.sentences import split_sentences

BLOCKS = frozenset({"p", "li", "h2", "h3", "h4", "h5", "h6", "td", "th", "caption", "dt", "dd", "blockquote", "pre"})
CONTAINERS = frozenset({"ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr", "div", "hr"})
CELL_BREAK = " | "
_BREAKING = BLOCKS | CONTAINERS


@dataclass(frozen=True)
class Piece:
    """A part of the HTML: markup as it stands, or (`text`) decoded characters at `start` of the plain text."""

    source: str
    text: str | None = None
    start: int = 0


class _Reader(HTMLParser):
    """Cuts HTML into pieces and collects the plain text on the way."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self.plain = ""
        self.rows: list[tuple[int, int]] = []
        self._row_start = 0
        self._break_due = False
        self._space_due = False

    def _markup(self, tag: str) -> None:
        self.pieces.append(Piece(self.get_starttag_text() or ""))
        self._break(tag)

    def _break(self, tag: str) -> None:
        if tag == "tr":
            self._row_start = len(self.plain)
        if tag in _BREAKING or tag == "br":
            # A line break inside a paragraph ends no block, but no word runs over it either.
            self._break_due = self._break_due or tag in _BREAKING
            self._space_due = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._markup(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._markup(tag)

    def handle_endtag(self, tag: str) -> None:
        self.pieces.append(Piece(f"</{tag}>"))
        if tag == "tr" and len(self.plain) > self._row_start:
            self.rows.append((self._row_start + (self._row_start > 0), len(self.plain)))  # behind the break before it
        self._break(tag)

    def handle_data(self, data: str) -> None:
        words = data.split()
        if not words:
            self._space_due = True
            self.pieces.append(Piece(data))
            return
        space_before = data[0].isspace()
        self._separate(space_before)
        if space_before:
            self.pieces.append(Piece(" "))
        text = " ".join(words)
        self.pieces.append(Piece(text, text, len(self.plain)))
        self.plain += text
        self._space_due = data[-1].isspace()
        if self._space_due:
            self.pieces.append(Piece(" "))

    def _separate(self, space_before: bool) -> None:
        if self.plain:
            if self._break_due:
                self.plain += "\n"
            elif self._space_due or space_before:
                self.plain += " "
        self._break_due = self._space_due = False


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def plain_text(html: str) -> str:
    """The plain text of sanitised HTML. Deterministic: anchors count its characters."""
    return _read(html).plain


def table_rows(html: str) -> list[tuple[int, int]]:
    """(start, end) of each table row in the plain text."""
    return _read(html).rows


def readable_text(html: str) -> str:
    """The plain text with the cells of a table row on one line: to be looked at, not to be counted in."""
    reader = _read(html)
    parts, position = [], 0
    for start, end in reader.rows:
        parts += [reader.plain[position:start], reader.plain[start:end].replace("\n", CELL_BREAK)]
        position = end
    return "".join(parts) + reader.plain[position:]


def _fragments(piece: Piece, sentences: list[tuple[int, int]]) -> Iterator[tuple[int, int, int | None]]:
    """(start, end, sentence's index or None) of the parts of a text piece, in plain-text offsets."""
    position, end = piece.start, piece.start + len(piece.text or "")
    for index, (first, last) in enumerate(sentences):
        if last <= position or first >= end:
            continue
        if first > position:
            yield position, first, None
        yield max(first, position), min(last, end), index
        position = min(last, end)
    if position < end:
        yield position, end, None


def mark_sentences(html: str) -> str:
    """The same HTML with each sentence in `<span class="sentence" data-sentence data-start data-end>`, one span per text
    fragment: a sentence that runs over `<b>` has several with the same `data-sentence`. Offsets count `plain_text(html)`."""
    reader = _read(html)
    sentences = split_sentences(reader.plain)
    parts: list[str] = []
    for piece in reader.pieces:
        if piece.text is None:
            parts.append(piece.source)
            continue
        for start, end, index in _fragments(piece, sentences):
            words = escape(reader.plain[start:end], quote=False)
            if index is None:
                parts.append(words)
            else:
                attributes = f'data-sentence="{index}" data-start="{start}" data-end="{end}"'
                parts.append(f'<span class="sentence" {attributes}>{words}</span>')
    return "".join(parts)
