"""Words in the paragraph in which they stand. Pure: no Django."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_CELL_BREAK = "│"  # one character, as the line break for which it stands: places count them


@dataclass(frozen=True)
class Part:
    """A stretch of a paragraph; the words that are meant are marked."""

    words: str
    is_marked: bool = False


def paragraphs_around(text: str, start: int, end: int, rows: Iterable[tuple[int, int]] = ()) -> list[list[Part]]:
    """The paragraphs (lines of a section's plain text; each table row of `rows`, (start, end), as one) in which
    text[start:end] stands, the words marked."""
    for first, last in rows:
        text = text[:first] + text[first:last].replace("\n", _CELL_BREAK) + text[last:]
    found = []
    position = 0
    for line in text.split("\n"):
        first, last = max(start - position, 0), min(end - position, len(line))
        if first < last:
            parts = [Part(line[:first]), Part(line[first:last], is_marked=True), Part(line[last:])]
            found.append([part for part in parts if part.words])
        position += len(line) + 1
    return found
