"""How two texts differ, word by word. Pure: no Django."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

SAME, DELETED, INSERTED = "same", "deleted", "inserted"
# Words with their endings ("23.00’ten" ends with one), raised digits, line breaks, other white space, single signs.
_TOKEN = re.compile(r"[⁰¹²³⁴-⁹]+|[^\W⁰¹²³⁴-⁹]+(?:['’][^\W⁰¹²³⁴-⁹]+)*|\n|[^\S\n]+|[^\w\s]")


@dataclass(frozen=True)
class Edit:
    """The characters from `start` to `end` of the earlier text become `words`."""

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Part:
    """A run of words. `kind`: same, deleted or inserted. In what `shortened` gives, `cut` says that words were left out."""

    kind: str
    text: str
    cut: bool = False


def edits_between(old: str, new: str) -> list[Edit]:
    """The fewest changes of whole words that make `new` of `old`, in order; between two of them something stays."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    places = [0]
    for token in before:
        places.append(places[-1] + len(token))
    edits: list[Edit] = []
    first, words = 0, ""
    position = 0
    for code in Indel.opcodes(before, after):
        if code.tag == "delete":
            position = code.src_end
        elif code.tag == "insert":
            words += "".join(after[code.dest_start : code.dest_end])
        else:
            edits += _edit(places[first], places[position], words)
            first, words, position = code.src_end, "", code.src_end
    return edits + _edit(places[first], places[position], words)


def _edit(start: int, end: int, words: str) -> list[Edit]:
    return [Edit(start, end, words)] if end > start or words else []


def compare_words(old: str, new: str) -> list[Part]:
    """Both texts as one: what is the same, and between it, what was deleted before what was inserted. Where only a space
    stayed between two changes they are one, so that phrases are read and no hail of words."""
    parts: list[Part] = []
    position = 0
    for edit in _joined(old, edits_between(old, new)):
        if edit.start > position:
            parts.append(Part(SAME, old[position : edit.start]))
        if edit.end > edit.start:
            parts.append(Part(DELETED, old[edit.start : edit.end]))
        if edit.words:
            parts.append(Part(INSERTED, edit.words))
        position = edit.end
    if position < len(old):
        parts.append(Part(SAME, old[position:]))
    return parts


def _joined(old: str, edits: Sequence[Edit]) -> Iterator[Edit]:
    waiting: Edit | None = None
    for edit in edits:
        if waiting and _belong_together(waiting, old[waiting.end : edit.start], edit):
            between = old[waiting.end : edit.start]
            waiting = Edit(waiting.start, edit.end, waiting.words + between + edit.words)
            continue
        if waiting:
            yield waiting
        waiting = edit
    if waiting:
        yield waiting


def _belong_together(first: Edit, between: str, second: Edit) -> bool:
    """Whether what stayed between two changes is less than either of them (so diff-match-patch cleans up its differences,
    `diff_cleanupSemantic`), and all of it is in one line."""
    if "\n" in first.words + between + second.words:
        return False
    return not between.strip(" ") or len(between) <= min(_extent(first), _extent(second))


def _extent(edit: Edit) -> int:
    return max(edit.end - edit.start, len(edit.words))


def lines_of(parts: Sequence[Part]) -> list[list[Part]]:
    """The same, cut at the line breaks that stayed and before and behind whole lines that came or went; lines without words
    are left out. Where more lines than one came or went together, one of these is several lines."""
    lines: list[list[Part]] = [[]]
    break_due = False  # a line that went ends here, or is followed by the one that came in its place
    before = Part(SAME, "")
    for part in parts:
        if part.kind == SAME:
            first, *others = part.text.split("\n")
            lines += [[]] if break_due else []
            lines[-1].append(Part(SAME, first, part.cut))
            lines += [[Part(SAME, other)] for other in others]
            break_due = False
        else:
            ends = part.text.endswith("\n")
            in_its_place = part.kind == INSERTED and before.kind == DELETED
            replaces_a_line = in_its_place and ends == before.text.endswith("\n")
            if (break_due and not replaces_a_line) or (part.text.startswith("\n") and not in_its_place):
                lines.append([])
            lines[-1].append(Part(part.kind, part.text.strip("\n")))
            break_due = ends
        before = part
    return [found for line in lines if (found := [part for part in line if part.text or part.cut])]


@dataclass(frozen=True)
class Sides:
    """A line as it was and as it is."""

    old: tuple[Part, ...]
    new: tuple[Part, ...]

    @property
    def is_same(self) -> bool:
        return self.old == self.new


def side_by_side(lines: Iterable[Sequence[Part]]) -> list[Sides]:
    """What `lines_of` gives, as two texts beside each other."""
    return [Sides(_without(INSERTED, line), _without(DELETED, line)) for line in lines]


def _without(kind: str, line: Sequence[Part]) -> tuple[Part, ...]:
    return tuple(part for part in line if part.kind != kind)


def shortened(parts: Sequence[Part], around: int = 90) -> list[Part]:
    """The same, of what stays only about `around` characters on either side of a change; `cut` parts are left out."""
    found: list[Part] = []
    for index, part in enumerate(parts):
        if part.kind != SAME:
            found.append(part)
            continue
        head = part.text[: around if index else 0]
        tail = part.text[len(part.text) - around if index < len(parts) - 1 else len(part.text) :]
        if len(part.text) <= len(head) + len(tail) + around:
            found.append(part)
            continue
        kept = (Part(SAME, head.rpartition(" ")[0]), Part(SAME, "", cut=True), Part(SAME, tail.partition(" ")[2]))
        found += [one for one in kept if one.text or one.cut]
    return found
