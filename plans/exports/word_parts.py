"""What python-docx has no words for: numbered headings, lists that begin anew, footnotes, threads of comments. Pure: no
Django."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from lxml import etree

DEEPEST = 9  # levels of a list that Word knows
_INDENT = 360  # twentieths of a point for each level
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_COMMENTS_EXTENDED = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"


def element(tag: str, **attributes: str) -> etree._Element:
    """`element("w:numId", val="3")`."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


class Numbering:
    """Numbers of chapters and sections by their heading styles, and lists each of which begins at 1."""

    def __init__(self, document: Document) -> None:
        self._root = document.part.numbering_part.element
        known = [int(found.get(qn("w:abstractNumId"))) for found in self._root.iter(qn("w:abstractNum"))]
        self._abstract_ids = count(max(known, default=0) + 1)
        self._number_headings(document)
        self._bullets = self._abstract(lambda level: ("bullet", "•" if level % 2 == 0 else "–"))
        self._decimals = self._abstract(lambda level: ("decimal", f"%{level + 1}."))
        self._bullet_list = self._number(self._bullets)

    def new_list(self, *, ordered: bool) -> int:
        """The id for the items of one list."""
        return self._number(self._decimals, restart=True) if ordered else self._bullet_list

    @staticmethod
    def put(paragraph: Paragraph, list_id: int, level: int) -> None:
        """Make the paragraph an item of a list."""
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = min(level, DEEPEST - 1)
        properties.get_or_add_numId().val = list_id

    def _number_headings(self, document: Document) -> None:
        styles = ["Heading 1", "Heading 2"]
        abstract = self._abstract(
            lambda level: ("decimal", "%1" if level == 0 else "%1.%2") if level < len(styles) else ("none", ""),
            [document.styles[name].style_id for name in styles],
        )
        number = self._number(abstract)
        for level, name in enumerate(styles):
            properties = document.styles[name].element.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = level
            properties.get_or_add_numId().val = number

    def _abstract(self, level_of: Callable[[int], tuple[str, str]], styles: list[str] | None = None) -> int:
        """A definition; `level_of(level)` gives (format, text)."""
        abstract_id = next(self._abstract_ids)
        abstract = element("w:abstractNum", abstractNumId=str(abstract_id))
        abstract.append(element("w:multiLevelType", val="multilevel"))
        for level in range(DEEPEST):
            number_format, text = level_of(level)
            definition = element("w:lvl", ilvl=str(level))
            definition.append(element("w:start", val="1"))
            definition.append(element("w:numFmt", val=number_format))
            if styles and level < len(styles):
                definition.append(element("w:pStyle", val=styles[level]))
            definition.append(element("w:suff", val="space" if styles else "tab"))
            definition.append(element("w:lvlText", val=text))
            if not styles:
                position = element("w:pPr")
                left = str(_INDENT * (level + 1))
                position.append(element("w:ind", left=left, hanging=str(_INDENT)))
                definition.append(position)
            abstract.append(definition)
        first_number = self._root.find(qn("w:num"))  # definitions stand before the numbers
        if first_number is None:
            self._root.append(abstract)
        else:
            first_number.addprevious(abstract)
        return abstract_id

    def _number(self, abstract_id: int, *, restart: bool = False) -> int:
        number = self._root.add_num(abstract_id)
        if restart:
            for level in range(DEEPEST):
                number.add_lvlOverride(ilvl=level).add_startOverride(1)
        return number.numId


class Footnotes:
    """The part with the footnotes, made when the document is complete."""

    def __init__(self) -> None:
        self._notes = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
        for note_id, kind in ((-1, "separator"), (0, "continuationSeparator")):
            note = element("w:footnote", type=kind, id=str(note_id))
            line = element("w:p")
            line.append(element("w:r"))
            line[0].append(element(f"w:{kind}"))
            note.append(line)
            self._notes.append(note)
        self._ids = count(1)

    def add(self, paragraph: Paragraph, text: str) -> etree._Element:
        """A footnote whose sign ends the paragraph so far; the run of the sign."""
        note_id = str(next(self._ids))
        sign = self._sign("w:footnoteReference", id=note_id)
        paragraph._p.append(sign)
        note = element("w:footnote", id=note_id)
        body = element("w:p")
        body.append(self._sign("w:footnoteRef"))
        words = element("w:r")
        words.append(element("w:t"))
        words[0].text = f" {text}"
        words[0].set(qn("xml:space"), "preserve")
        body.append(words)
        note.append(body)
        self._notes.append(note)
        return sign

    @staticmethod
    def _sign(tag: str, **attributes: str) -> etree._Element:
        sign = element("w:r")
        sign.append(element("w:rPr"))
        sign[0].append(element("w:vertAlign", val="superscript"))
        sign.append(element(tag, **attributes))
        return sign

    def attach(self, document: Document) -> None:
        settings = element("w:footnotePr")
        settings.extend(element("w:footnote", id=note_id) for note_id in ("-1", "0"))
        document.settings.element.find(qn("w:compat")).addprevious(settings)
        _add_part(document, "/word/footnotes.xml", f"{_WORD}.footnotes+xml", RELATIONSHIP_TYPE.FOOTNOTES, self._notes)


class Threads:
    """Which comment replies to which, as newer versions of Word show it (commentsExtended, ECMA-376's extension w15)."""

    def __init__(self) -> None:
        self._root = etree.Element(f"{{{_W15}}}commentsEx", nsmap={"w15": _W15})
        self._ids = count(0x10000001)

    def add(self, comment: etree._Element, parent: str = "") -> str:
        """A comment's id for replies to it; `parent` is that of the comment to which it replies."""
        identity = f"{next(self._ids):08X}"
        comment.findall(qn("w:p"))[-1].set(f"{{{_W14}}}paraId", identity)
        entry = etree.SubElement(self._root, f"{{{_W15}}}commentEx")
        entry.set(f"{{{_W15}}}paraId", identity)
        if parent:
            entry.set(f"{{{_W15}}}paraIdParent", parent)
        entry.set(f"{{{_W15}}}done", "0")
        return identity

    def attach(self, document: Document) -> None:
        if len(self._root):
            kind = f"{_WORD}.commentsExtended+xml"
            _add_part(document, "/word/commentsExtended.xml", kind, _COMMENTS_EXTENDED, self._root)


def _add_part(document: Document, name: str, content_type: str, relation: str, root: etree._Element) -> None:
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(PackURI(name), content_type, blob, document.part.package)
    document.part.relate_to(part, relation)
