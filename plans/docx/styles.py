"""What a Word file's styles and numbering say of a paragraph: heading or list level, size and weight of its letters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from plans.docx.package import Package
from plans.docx.tree import W, attribute, is_on, number, style_of

# Built-in styles have English names in the file whatever Word's language; other programs write their own.
_HEADING_NAME = re.compile(r"(?:heading|başlık|baslik|balk)[ _-]?([1-9])$")
_TITLE_NAMES = {"title", "konu başlığı", "konubal"}
_CONTENTS_NAME = re.compile(r"(?:toc|i̇çt|içt|içindekiler|contents|index|dizin) ?[1-9]$|toc heading$|table of figures$")
_CONTENTS_NAMES = ("toc heading", "table of figures", "contents heading")
_DEFAULT_SIZE = 20  # half points, where nothing says any (ISO/IEC 29500-1, 17.3.2.38)
_DEEPEST = 9
_LONGEST_CHAIN = 20


@dataclass(frozen=True)
class Look:
    """How a paragraph's letters look; size in points. Sorted, the strongest comes first."""

    size: float
    caps: bool
    bold: bool

    @property
    def strength(self) -> tuple[float, bool, bool]:
        return -self.size, not self.caps, not self.bold


class Styles:
    """Answers about paragraphs and runs, each looked up through the styles that a style is based on."""

    def __init__(self, package: Package) -> None:
        part = package.styles
        styles = [] if part is None else list(part.iter(f"{W}style"))
        self._styles = {style.get(f"{W}styleId", ""): style for style in styles}
        default = [style for style in styles if attribute(style, "type") == "paragraph" and is_default(style)]
        self._default = default[0].get(f"{W}styleId", "") if default else ""
        self._document_default = None if part is None else part.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._numbering = Numbering(package.numbering)
        self._found: dict[tuple[str, str], etree._Element | None] = {}

    def is_hidden(self, run: etree._Element, paragraph_style: str) -> bool:
        """Whether Word shows the run's words to nobody."""
        return is_on(self.run_property(run, "vanish", paragraph_style))

    def shown_words(self, paragraph: etree._Element) -> str:
        """A paragraph's text on one line, without hidden words; a tab or a line break in it is a space."""
        style = style_of(paragraph)
        hidden = {run for run in paragraph.iter(f"{W}r") if self.is_hidden(run, style)}
        nodes = (node for node in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br") if node.getparent() not in hidden)
        return " ".join("".join(node.text or "" if node.tag == f"{W}t" else " " for node in nodes).split())

    def _chain(self, style_id: str) -> list[etree._Element]:
        """A style and those that it is based on; a file may have made them a ring."""
        chain: list[etree._Element] = []
        while (style := self._styles.get(style_id)) is not None and len(chain) < _LONGEST_CHAIN:
            chain.append(style)
            style_id = attribute(style.find(f"{W}basedOn"))
        return chain

    def _of_style(self, style_id: str, path: str) -> etree._Element | None:
        key = style_id, path
        if key not in self._found:
            found = (style.find(path) for style in self._chain(style_id))
            self._found[key] = next((element for element in found if element is not None), None)
        return self._found[key]

    def _names(self, paragraph: etree._Element) -> list[str]:
        """Lower-case names of the paragraph's style and of those that it is based on."""
        style_id = style_of(paragraph)
        names = [attribute(style.find(f"{W}name")).lower() for style in self._chain(style_id)]
        return names or [style_id.lower()]

    def is_title(self, paragraph: etree._Element) -> bool:
        return self._names(paragraph)[0] in _TITLE_NAMES

    def is_contents(self, paragraph: etree._Element) -> bool:
        """An entry or the heading of a table of contents, figures or tables."""
        name = self._names(paragraph)[0]
        return name in _CONTENTS_NAMES or _CONTENTS_NAME.match(name) is not None

    def heading_level(self, paragraph: etree._Element) -> int | None:
        """1–9 for headings by style name or outline level, None for other paragraphs."""
        own = paragraph.find(f"{W}pPr/{W}outlineLvl")
        for name in self._names(paragraph):
            if own is None and (match := _HEADING_NAME.match(name)):
                return int(match.group(1))
        outline = number(own if own is not None else self._of_style(style_of(paragraph), f"{W}pPr/{W}outlineLvl"))
        return None if outline is None or outline >= _DEEPEST else outline + 1

    def numbering(self, paragraph: etree._Element) -> tuple[int, str] | None:
        """(level from 0, Word's format: "bullet", "decimal", …) of a paragraph that Word numbers."""
        style = style_of(paragraph)
        own = paragraph.find(f"{W}pPr/{W}numPr")
        found = own if own is not None else self._of_style(style, f"{W}pPr/{W}numPr")
        if found is None:
            return None
        identity = attribute(found.find(f"{W}numId")) or attribute(self._of_style(style, f"{W}pPr/{W}numPr/{W}numId"))
        level = number(found.find(f"{W}ilvl"))
        if level is None:
            level = self._numbering.level_of_style(identity, style)
        number_format = self._numbering.format_of(identity, level)
        return (level, number_format) if number_format not in ("", "none") else None

    def run_property(self, run: etree._Element, name: str, paragraph_style: str = "") -> etree._Element | None:
        """A run's property such as "b": its own, its character style's, its paragraph's style's."""
        own = run.find(f"{W}rPr/{W}{name}")
        for style in (style_of(run, "r"), paragraph_style):
            if own is None and style:
                own = self._of_style(style, f"{W}rPr/{W}{name}")
        return own

    def look(self, paragraph: etree._Element) -> Look:
        """The look of most of a paragraph's letters; bold and capitals only where all of them are."""
        style = style_of(paragraph) or self._default
        letters: dict[float, int] = {}
        bold = caps = True
        for run in paragraph.iter(f"{W}r"):
            text = "".join(part.text or "" for part in run.iterchildren(f"{W}t"))
            if not any(character.isalnum() for character in text):
                continue
            size = self._size(run, style)
            letters[size] = letters.get(size, 0) + len(text)
            bold = bold and is_on(self.run_property(run, "b", style))
            caps = caps and (text == text.upper() or is_on(self.run_property(run, "caps", style)))
        return Look(
            max(letters, key=lambda size: letters[size], default=0), caps and bool(letters), bold and bool(letters)
        )

    def _size(self, run: etree._Element, style: str) -> float:
        half_points = number(self.run_property(run, "sz", style))
        if half_points is None and self._document_default is not None:
            half_points = number(self._document_default.find(f"{W}sz"))
        return (half_points or _DEFAULT_SIZE) / 2


def is_default(style: etree._Element) -> bool:
    return attribute(style, "default") in ("1", "true", "on")


class _Definition:
    """What a file says of one form of lists, read once for all lists that have it: formats by level (from 0), and the levels
    that belong to paragraph styles."""

    def __init__(self, element: etree._Element) -> None:
        self.identity = attribute(element, "abstractNumId")
        self.list_style = attribute(element.find(f"{W}styleLink"))  # whose form this is
        self.defined_by = attribute(element.find(f"{W}numStyleLink"))  # the list style that has it in this one's stead
        self.formats: dict[int, str] = {}
        self.level_of_style: dict[str, int] = {}
        for level in islice(element.iterchildren(f"{W}lvl"), _DEEPEST):
            depth = number(level, "ilvl") or 0
            self.formats[depth] = attribute(level.find(f"{W}numFmt"))
            self.level_of_style.setdefault(attribute(level.find(f"{W}pStyle")), depth)


class Numbering:
    """The form of a file's lists by numbering id."""

    def __init__(self, part: etree._Element | None) -> None:
        self._lists: dict[str, _Definition] = {}
        if part is None:
            return
        definitions = [_Definition(element) for element in part.iter(f"{W}abstractNum")]
        by_identity = {definition.identity: definition for definition in definitions}
        by_list_style = {definition.list_style: definition for definition in definitions if definition.list_style}
        for item in part.iter(f"{W}num"):
            if definition := by_identity.get(attribute(item.find(f"{W}abstractNumId"))):
                self._lists[attribute(item, "numId")] = by_list_style.get(definition.defined_by, definition)

    def format_of(self, identity: str, level: int) -> str:
        """ "" where the list is switched off (id 0) or unknown."""
        return self._lists[identity].formats.get(level, "") if identity != "0" and identity in self._lists else ""

    def level_of_style(self, identity: str, style: str) -> int:
        return self._lists[identity].level_of_style.get(style, 0) if identity in self._lists else 0
