"""A paragraph's runs as inline HTML: bold, italic, links, superscripts, footnote signs; what cannot be kept is reported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby

from lxml import etree

from plans.docx.package import Package, R, W, attribute

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_TRANSPARENT = {
    f"{W}{name}" for name in ("ins", "smartTag", "sdt", "sdtContent", "moveTo", "customXml", "fldSimple", "bdo")
}
_OFF = {"0", "false", "none"}
_SCHEMES = ("http://", "https://", "mailto:")


@dataclass(frozen=True)
class _Piece:
    """Text (already HTML) with its format; equal formats beside each other are joined."""

    html: str
    bold: bool = False
    italic: bool = False
    raised: bool = False
    link: str = ""

    @property
    def format(self) -> tuple[bool, bool, bool, str]:
        return self.bold, self.italic, self.raised, self.link


class InlineReader:
    """Turns paragraphs into HTML. `note(kind)` is told what was lost; `footnote(element)` gives the number of a note."""

    def __init__(
        self, package: Package, note: Callable[[str], None], footnote: Callable[[etree._Element], int | None]
    ) -> None:
        self._package = package
        self._note = note
        self._footnote = footnote

    def html(self, paragraph: etree._Element) -> str:
        pieces = [piece for piece in self._walk(paragraph, "") if piece.html]
        parts = (self._wrap(list(group)) for _format, group in groupby(pieces, key=lambda piece: piece.format))
        return "".join(parts).strip()

    @staticmethod
    def _wrap(pieces: list[_Piece]) -> str:
        html = "".join(piece.html for piece in pieces)
        first = pieces[0]
        if not html.strip():
            return html
        for wanted, tag in ((first.italic, "i"), (first.bold, "b"), (first.raised, "sup")):
            if wanted:
                html = f"<{tag}>{html}</{tag}>"
        return f'<a href="{escape(first.link)}">{html}</a>' if first.link else html

    def _walk(self, parent: etree._Element, link: str) -> Iterator[_Piece]:
        for child in parent:
            if child.tag == f"{W}r":
                yield from self._run(child, link)
            elif child.tag == f"{W}hyperlink":
                target = self._package.links.get(child.get(f"{R}id", ""), "")
                yield from self._walk(child, target if target.startswith(_SCHEMES) else "")
            elif child.tag in _TRANSPARENT:
                if child.tag == f"{W}ins":
                    self._note("tracked-insertion")
                yield from self._walk(child, link)
            else:
                self._note_loss(child)

    def _note_loss(self, element: etree._Element) -> None:
        if element.tag in (f"{W}del", f"{W}moveFrom"):
            self._note("tracked-deletion")
        elif isinstance(element.tag, str) and element.tag.startswith(_MATH):
            self._note("equation")

    def _run(self, run: etree._Element, link: str) -> Iterator[_Piece]:
        properties = run.find(f"{W}rPr")

        def on(name: str) -> bool:
            found = None if properties is None else properties.find(W + name)
            return found is not None and attribute(found) not in _OFF

        raised = properties is not None and attribute(properties.find(f"{W}vertAlign")) == "superscript"
        for child in run:
            if html := self._run_child(child):
                is_note = child.tag in (f"{W}footnoteReference", f"{W}endnoteReference")
                yield _Piece(html, on("b"), on("i"), raised and not is_note, link)

    def _run_child(self, child: etree._Element) -> str:
        if child.tag == f"{W}t":
            return escape(child.text or "", quote=False)
        if child.tag == f"{W}tab":
            return " "
        if child.tag == f"{W}noBreakHyphen":
            return "-"
        if child.tag in (f"{W}br", f"{W}cr"):
            return "<br>" if attribute(child, "type") in ("", "textWrapping") else ""
        if child.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            number = self._footnote(child)
            return f"<sup>{number}</sup>" if number else ""
        self._note_lost_object(child)
        return ""

    def _note_lost_object(self, element: etree._Element) -> None:
        if next(element.iter(f"{W}txbxContent"), None) is not None:
            self._note("text-box")
        elif element.tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
            self._note("picture")
        elif element.tag == f"{W}commentReference":
            self._note("comment")
