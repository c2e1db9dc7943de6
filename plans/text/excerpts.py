"""Words in the paragraph in which they stand. Pure: no Django."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A stretch of a paragraph; the words that are meant are marked."""

    words: str
    is_marked: bool = False


def paragraphs_around(text: str, start: int, end: int) -> list[list[Part]]:
    """The paragraphs (lines of a section's plain text) in which text[start:end] stands, the words marked."""
    found = []
    position = 0
    for line in text.split("\n"):
        first, last = max(start - position, 0), min(end - position, len(line))
        if first < last:
            parts = [Part(line[:first]), Part(line[first:last], is_marked=True), Part(line[last:])]
            found.append([part for part in parts if part.words])
        position += len(line) + 1
    return found
