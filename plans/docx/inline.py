"""A paragraph's runs as inline HTML: bold, italic, links, superscripts, footnote signs; what cannot be kept is reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape, unescape
from itertools import groupby

from lxml import etree

from plans.docx.model import LossKind, Note
from plans.docx.package import Package
from plans.docx.styles import Styles
from plans.docx.symbols import symbol
from plans.docx.tidying import FROM_BOX
from plans.docx.tree import MATH, WP, R, W, attribute, is_on, style_of

_SCHEMES = ("http://", "https://", "mailto:")
_LINK_FIELD = re.compile(r'^\s*HYPERLINK\s+"([^"]+)"')
_SOFT_HYPHEN = "\u00ad"
_TAGS = re.compile(r"<[^>]+>")
_RAISED = re.compile(r"<sup>([0-9]+)</sup>")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LONGEST_DETAIL = 200


def bare_text(html: str) -> str:
    """Inline HTML as plain text: line breaks stay, raised digits become signs of their own."""
    html = _RAISED.sub(lambda raised: raised[1].translate(_SUPERSCRIPTS), html)
    return unescape(_TAGS.sub("", html.replace("<br>", "\n")))


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


@dataclass
class _Field:
    """A field that is open: its instruction so far, and whether its result is being read."""

    instruction: str = ""
    in_result: bool = False

    @property
    def link(self) -> str:
        match = _LINK_FIELD.match(self.instruction)
        return match[1] if match and match[1].startswith(_SCHEMES) else ""


class InlineReader:
    """Turns paragraphs into HTML. `note(kind, detail)` is told what was lost; `footnote(element)` gives a note's number."""

    def __init__(
        self,
        package: Package,
        styles: Styles,
        note: Note,
        footnote: Callable[[etree._Element], int | None],
    ) -> None:
        self._links = package.links
        self._styles = styles
        self._note = note
        self._footnote = footnote
        self._fields: list[_Field] = []

    def html(self, paragraph: etree._Element) -> str:
        self._fields = []  # a field that was never closed would swallow the rest
        pieces = [piece for piece in self._walk(paragraph, "", style_of(paragraph)) if piece.html]
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

    def _walk(self, parent: etree._Element, link: str, style: str) -> Iterator[_Piece]:
        for child in parent:
            if child.tag == f"{W}r":
                yield from self._run(child, link, style)
            elif child.tag == f"{W}hyperlink":
                target = self._links.get(child.get(f"{R}id", ""), "")
                yield from self._walk(child, target if target.startswith(_SCHEMES) else "", style)
            elif isinstance(child.tag, str) and child.tag.startswith(MATH):
                yield _Piece(self._equation(child))

    def _equation(self, element: etree._Element) -> str:
        text = "".join(part.text or "" for part in element.iter(f"{MATH}t"))
        if text.strip():
            self._note("equation", text[:_LONGEST_DETAIL])
        return escape(text, quote=False)

    def _run(self, run: etree._Element, link: str, style: str) -> Iterator[_Piece]:
        def on(name: str) -> bool:
            # What a paragraph's style makes bold as a whole is the look of a heading or a quotation, no emphasis.
            return is_on(self._styles.run_property(run, name))

        if self._styles.is_hidden(run, style):
            self._note_text("hidden-text", run)
            return
        if on("strike") or on("dstrike"):
            self._note_text("struck-text", run)
        raised = attribute(run.find(f"{W}rPr/{W}vertAlign")) == "superscript"
        for child in run:
            if self._is_of_a_field(child):
                continue
            if html := self._run_child(child):
                is_note = child.tag in (f"{W}footnoteReference", f"{W}endnoteReference")
                yield _Piece(html, on("b"), on("i"), raised and not is_note, link or self._field_link)

    def _note_text(self, kind: LossKind, run: etree._Element) -> None:
        text = "".join(part.text or "" for part in run.iter(f"{W}t"))
        if text.strip():
            self._note(kind, text[:_LONGEST_DETAIL])

    # Fields: what is kept is the result that Word last showed.

    def _is_of_a_field(self, child: etree._Element) -> bool:
        """Whether it belongs to a field's frame or instruction and is not to be read."""
        if child.tag == f"{W}fldChar":
            kind = attribute(child, "fldCharType")
            if kind == "begin":
                self._fields.append(_Field())
            elif kind == "separate" and self._fields:
                self._fields[-1].in_result = True
            elif kind == "end" and self._fields:
                self._fields.pop()
            return True
        if child.tag == f"{W}instrText":
            if self._fields:
                self._fields[-1].instruction += child.text or ""
            return True
        return any(not field.in_result for field in self._fields) and child.tag == f"{W}t"

    @property
    def _field_link(self) -> str:
        return next((field.link for field in reversed(self._fields) if field.link), "")

    # What stands in a run

    def _run_child(self, child: etree._Element) -> str:
        if child.tag == f"{W}t":
            return escape((child.text or "").replace(_SOFT_HYPHEN, ""), quote=False)
        if child.tag in (f"{W}tab", f"{W}ptab"):
            return " "
        if child.tag == f"{W}noBreakHyphen":
            return "-"
        if child.tag in (f"{W}br", f"{W}cr"):
            return "<br>" if attribute(child, "type") in ("", "textWrapping") else ""
        if child.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            number = self._footnote(child)
            return f"<sup>{number}</sup>" if number else ""
        if child.tag == f"{W}sym":
            return self._symbol(child)
        if child.tag == f"{W}ruby":  # words with a reading aid above them
            return "".join(self._run_child(text) for base in child.iter(f"{W}rubyBase") for text in base.iter(f"{W}t"))
        self._note_lost_object(child)
        return ""

    def _symbol(self, element: etree._Element) -> str:
        font, code = attribute(element, "font"), attribute(element, "char")
        sign = symbol(font, code)
        if not sign:
            self._note("symbol", f"{font} {code}")
        return escape(sign or "□", quote=False)

    def _note_lost_object(self, element: etree._Element) -> None:
        if element.get(FROM_BOX):
            return  # a text box, whose text stands behind this paragraph
        if element.tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
            words = next(element.iter(f"{WP}docPr"), None)
            alternative = "" if words is None else words.get("descr") or words.get("title") or ""
            is_chart = any(
                "chart" in node.get("uri", "") or "diagram" in node.get("uri", "") for node in element.iter()
            )
            kind: LossKind = "chart" if is_chart else "object" if element.tag == f"{W}object" else "picture"
            self._note(kind, " ".join(alternative.split())[:_LONGEST_DETAIL])
        elif element.tag == f"{W}commentReference":
            self._note("comment", "")
