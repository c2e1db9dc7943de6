"""Word's XML: its namespaces, and the few things that are done with its elements."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MOST_DIGITS = 9
_OFF = {"0", "false", "none", "off"}


def attribute(element: etree._Element | None, name: str = "val") -> str:
    """A w: attribute of an element that may be missing, or ""."""
    return "" if element is None else element.get(W + name, "")


def number(element: etree._Element | None, name: str = "val") -> int | None:
    """A w: attribute as a number; None where it is missing or none, or longer than any that Word writes."""
    value = attribute(element, name)
    return int(value) if value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS else None


def is_on(element: etree._Element | None) -> bool:
    """Whether a toggle such as w:b is there and not switched off."""
    return element is not None and attribute(element) not in _OFF


def style_of(element: etree._Element, kind: str = "p") -> str:
    """The id of a paragraph's ("p"), run's ("r") or table's ("tbl") style, or ""."""
    return attribute(element.find(f"{W}{kind}Pr/{W}{kind}Style"))


def text_of(element: etree._Element) -> str:
    """The characters in an element, tabs kept: for looking at, not for keeping."""
    parts = (("\t" if node.tag == f"{W}tab" else node.text or "") for node in element.iter(f"{W}t", f"{W}tab"))
    return "".join(parts).strip()


def remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def unwrap(element: etree._Element) -> None:
    """Put an element's children in its place."""
    parent = element.getparent()
    if parent is not None:
        for child in element:
            element.addprevious(child)
        parent.remove(element)


def ancestors(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The w: ancestors of that name, the nearest first."""
    return element.iterancestors(W + name)
