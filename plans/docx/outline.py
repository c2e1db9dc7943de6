"""The body of a document in order: what is left out (contents, cover), and which of its paragraphs are headings."""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree

from plans.docx.headings import Heading, Line, find_headings
from plans.docx.model import LossKind
from plans.docx.styles import Look, Styles
from plans.docx.tidying import FROM_BOX
from plans.docx.tree import W, attribute, is_on, text_of

FRAMED = "framed"  # an attribute of our own, on the first paragraph out of a table of one cell
_CONTENTS_TITLE = re.compile(
    r"^(?:[\dIVX.]+\s+)?(?:i̇çindekiler|içindekiler|(?:table of )?contents|"
    r"(?:tablo|şekil|grafik|harita|çizelge)\w*\s+(?:listesi|dizini))$",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(r"(?:\d{1,3}|[ivx]{1,5})$")
_LEADING = " \t\n.…_"
_TYPED_NUMBER = re.compile(r"^(?:[A-Z]?\d+|[IVX]+)(?:\.\d+)*[.)]?\s+")
_LEADER = re.compile(r"\.{3}|…|___|\t")  # between a line of contents and its page number
_FEWEST_CONTENTS_LINES = 3
_LONGEST_COVER_LINE = 120
_MOST_COVER_LINES = 25
_LONGEST_HEADING = 250
_NO_LOOK = Look(0, caps=False, bold=False)


def body_elements(body: etree._Element) -> list[etree._Element]:
    """Paragraphs and tables; a table of one cell is a frame, and what stands in it stands there without it."""
    found: list[etree._Element] = []
    for child in body:
        if child.tag == f"{W}p":
            found.append(child)
        elif child.tag == f"{W}tbl":
            cells = [cell for row in child.iterchildren(f"{W}tr") for cell in row.iterchildren(f"{W}tc")]
            if len(cells) != 1:
                found.append(child)
                continue
            framed = body_elements(cells[0])
            if framed:
                framed[0].set(FRAMED, "1")
            found += framed
    return found


class Outline:
    """`elements` without contents and cover; `headings` by place among them; `title` of the cover; `left_out` in order as
    (kind of loss, detail)."""

    def __init__(self, body: etree._Element, styles: Styles, *, had_contents: bool) -> None:
        self._styles = styles
        self.left_out: list[tuple[LossKind, str]] = []
        self.title = ""
        self.left_out += [("object", "") for _embedded in body.iter(f"{W}altChunk")]  # another document inside this one
        self.elements = self._without_contents(body_elements(body), had_contents)
        self._take_cover()
        self.headings = self._find_headings()

    # The table of contents

    def _without_contents(self, elements: list[etree._Element], had_contents: bool) -> list[etree._Element]:
        styled = {place for place, element in enumerate(elements) if self._is_contents_style(element)}
        typed = _typed_contents(elements) - styled
        entries = styled | typed
        if not entries and not had_contents:
            return elements
        self.left_out.append(("contents", " · ".join(text_of(elements[place]) for place in sorted(typed))))
        return [
            element
            for place, element in enumerate(elements)
            if place not in entries and not (element.tag == f"{W}p" and _CONTENTS_TITLE.match(text_of(element)))
        ]

    def _is_contents_style(self, element: etree._Element) -> bool:
        return element.tag == f"{W}p" and self._styles.is_contents(element)

    # The cover

    def _take_cover(self) -> None:
        """What stands before the first page break is a cover where it is but short lines. Its title is kept."""
        end = self._cover_ends()
        cover = [element for element in self.elements[:end] if text_of(element)]
        if not end or not cover or len(cover) > _MOST_COVER_LINES or not all(map(self._is_of_a_cover, cover)):
            return
        titles = [element for element in cover if self._styles.is_title(element)]
        title = titles[0] if titles else min(cover, key=lambda element: self._styles.look(element).strength)
        self.title = self._styles.shown_words(title)
        others = [self._styles.shown_words(element) for element in cover if element is not title]
        if others:
            self.left_out.append(("cover-page", " · ".join(others)))
        # Pictures on the cover are still met by who reads the elements.
        self.elements = [element for element in self.elements[:end] if element not in cover] + self.elements[end:]

    def _cover_ends(self) -> int:
        for place, element in enumerate(self.elements):
            if element.tag != f"{W}p":
                return 0
            if is_on(element.find(f"{W}pPr/{W}pageBreakBefore")):
                return place
            breaks = [mark for mark in element.iter(f"{W}br") if attribute(mark, "type") == "page"]
            if breaks or element.find(f"{W}pPr/{W}sectPr") is not None:
                return place + 1
            if element.find(f".//{W}lastRenderedPageBreak") is not None:
                return place
        return 0

    def _is_of_a_cover(self, element: etree._Element) -> bool:
        text = text_of(element)
        is_sentence = len(text) > _LONGEST_COVER_LINE or text.endswith((".", ":", ";"))
        return not is_sentence and self._styles.heading_level(element) is None

    # Headings

    def _line(self, element: etree._Element) -> Line:
        if element.tag != f"{W}p":
            return Line("(table)", None, None, _NO_LOOK, is_loose=True)
        text = self._styles.shown_words(element)
        level = self._styles.heading_level(element) if len(text) <= _LONGEST_HEADING else None
        numbering = self._styles.numbering(element)
        depth = None if numbering is None else -1 if numbering[1] == "bullet" else numbering[0]
        is_loose = bool(element.get(FROM_BOX)) or self._styles.is_title(element)
        return Line(text, level, depth, self._styles.look(element), is_loose)

    def _find_headings(self) -> dict[int, Heading]:
        told = [(place, self._line(element)) for place, element in enumerate(self.elements)]
        told = [(place, line) for place, line in told if line.text]
        letters: Counter[float] = Counter()
        for _place, line in told:
            letters[line.look.size] += len(line.text)
        body_size = letters.most_common(1)[0][0] if letters else 0
        has_title = bool(self.title) or any(
            element.tag == f"{W}p" and self._styles.is_title(element) for element in self.elements
        )
        found = find_headings([line for _place, line in told], body_size, has_title=has_title)
        return {told[index][0]: heading for index, heading in found.items()}


def _typed_contents(elements: list[etree._Element]) -> set[int]:
    """The places of lines like "Ulaşım ........ 12", where several follow each other and most name a paragraph of the
    document: a heading. Figures with dots before them ("Kreş sayısı ..... 12") name none."""
    texts = [text_of(element) if element.tag == f"{W}p" else "(table)" for element in elements]
    named = {_bare(text) for text in texts if len(text) <= _LONGEST_HEADING and not _is_line_of_contents(text)}
    found: set[int] = set()
    run: list[int] = []
    for place, text in enumerate([*texts, "the end"]):
        if _is_line_of_contents(text):
            run.append(place)
        elif text:
            naming = sum(_bare(_words_of_contents(texts[line])) in named for line in run)
            found |= set(run) if len(run) >= _FEWEST_CONTENTS_LINES and naming * 2 >= len(run) else set()
            run = []
    return found


def _bare(heading: str) -> str:
    """A heading without its number, to be compared."""
    return " ".join(_TYPED_NUMBER.sub("", heading).casefold().split())


def _words_of_contents(line: str) -> str:
    return _PAGE_NUMBER.sub("", line).rstrip(_LEADING)


def _is_line_of_contents(text: str) -> bool:
    """Whether it is words, dots (or the like), and a page number. Takes time in proportion to its length."""
    before = _PAGE_NUMBER.sub("", text)
    words = before.rstrip(_LEADING)
    return before != text and bool(words) and _LEADER.search(before, len(words)) is not None
