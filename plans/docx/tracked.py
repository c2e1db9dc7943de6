"""Tracked changes: found, counted, and accepted or refused, so that nothing of them is left in the tree.

ISO/IEC 29500-1, 17.13.5. A change of a whole paragraph is marked at its end (w:pPr/w:rPr), that of a row in w:trPr.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from plans.docx.tree import W, remove, unwrap

Decision = Literal["accept", "refuse"]

_INSERTED = (f"{W}ins", f"{W}moveTo", f"{W}cellIns")
_DELETED = (f"{W}del", f"{W}moveFrom", f"{W}cellDel")
_FORMATTED = tuple(
    f"{W}{name}Change" for name in ("pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr", "tblGrid", "tblPrEx", "numbering")
)
_MARKS = {f"{W}rPr", f"{W}trPr", f"{W}tcPr"}  # where a change has no text of its own
_EXAMPLES = 3
_LONGEST_EXAMPLE = 120


@dataclass(frozen=True)
class TrackedChanges:
    """How many there are, and some of the words. `others` are changes of format and of whole paragraphs and rows."""

    insertions: int
    deletions: int
    others: int
    inserted_examples: list[str]
    deleted_examples: list[str]

    def __bool__(self) -> bool:
        return bool(self.insertions or self.deletions or self.others)


class TrackedChangesError(Exception):
    """A file with tracked changes of which nobody has said what is to become of them."""

    def __init__(self, changes: TrackedChanges) -> None:
        super().__init__(f"{changes.insertions} insertions, {changes.deletions} deletions, {changes.others} others")
        self.changes = changes


def _words(change: etree._Element) -> str:
    parts = (node.text or "" for node in change.iter(f"{W}t", f"{W}delText"))
    return " ".join("".join(parts).split())


def _is_mark(change: etree._Element) -> bool:
    parent = change.getparent()
    return parent is not None and parent.tag in _MARKS


def _examples(texts: list[str]) -> list[str]:
    return [text if len(text) <= _LONGEST_EXAMPLE else f"{text[:_LONGEST_EXAMPLE]}…" for text in texts[:_EXAMPLES]]


def find_changes(roots: Iterable[etree._Element]) -> TrackedChanges:
    """What is tracked in the document's body and notes."""
    texts: dict[bool, list[str]] = {True: [], False: []}
    others = 0
    for root in roots:
        others += sum(1 for _change in root.iter(*_FORMATTED))
        for change in root.iter(*_INSERTED, *_DELETED):
            words = "" if _is_mark(change) else _words(change)
            if words:
                texts[change.tag in _INSERTED].append(words)
            else:
                others += 1
    inserted, deleted = texts[True], texts[False]
    return TrackedChanges(len(inserted), len(deleted), others, _examples(inserted), _examples(deleted))


def settle_changes(root: etree._Element, decision: Decision) -> None:
    """Accept or refuse every tracked change below `root`, in place."""
    kept, dropped = (_INSERTED, _DELETED) if decision == "accept" else (_DELETED, _INSERTED)
    _settle_formats(root, decision)
    _drop_rows_and_cells(root, dropped)
    ending = [mark.getparent().getparent().getparent() for mark in _paragraph_marks(root, dropped)]
    for change in list(root.iter(*dropped)):
        remove(change)
    for paragraph in reversed(ending):
        _join_with_next(paragraph)
    for change in list(root.iter(*kept)):
        if _is_mark(change):
            remove(change)
        else:
            unwrap(change)
    for text in root.iter(f"{W}delText"):
        text.tag = f"{W}t"
    for instruction in root.iter(f"{W}delInstrText"):
        instruction.tag = f"{W}instrText"


def _settle_formats(root: etree._Element, decision: Decision) -> None:
    """Accepted, a change of format leaves the new one; refused, it puts back the old one that it holds."""
    for change in list(root.iter(*_FORMATTED)):
        properties = change.getparent()
        remove(change)
        old = change[0] if len(change) else None
        if decision == "refuse" and old is not None and properties is not None and old.tag == properties.tag:
            kept = [child for child in properties if child.tag in (f"{W}rPr", f"{W}sectPr", *_INSERTED, *_DELETED)]
            properties[:] = [*old, *kept]


def _paragraph_marks(root: etree._Element, tags: tuple[str, ...]) -> list[etree._Element]:
    return [
        change for change in root.iter(*tags) if _is_mark(change) and change.getparent().getparent().tag == f"{W}pPr"
    ]


def _drop_rows_and_cells(root: etree._Element, tags: tuple[str, ...]) -> None:
    for change in list(root.iter(*tags)):
        properties = change.getparent()
        if properties is not None and properties.tag in (f"{W}trPr", f"{W}tcPr"):
            remove(properties.getparent())
    for table in list(root.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            remove(table)


def _join_with_next(paragraph: etree._Element) -> None:
    """A paragraph without its end runs on in the next one; one that is empty then is gone."""
    following = paragraph.getnext()
    content = [child for child in paragraph if child.tag != f"{W}pPr"]
    if not any(_words(child) or child.find(f".//{W}drawing") is not None for child in content):
        if following is not None or paragraph.getparent().tag != f"{W}tc":  # a cell needs a paragraph
            remove(paragraph)
    elif following is not None and following.tag == f"{W}p":
        # What it runs on in stays where it is: it may have grown long, paragraph by paragraph from the end.
        for properties in following.findall(f"{W}pPr"):
            following.remove(properties)
        for child in reversed(list(paragraph)):
            following.insert(0, child)
        remove(paragraph)
