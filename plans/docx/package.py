"""The parts of a .docx file: opened with care, because anybody can upload one."""

from __future__ import annotations

import re
import zipfile
from typing import IO

from lxml import etree

from plans.docx.model import DocxError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OLE_MAGIC = b"\xd0\xcf\x11\xe0"  # an old .doc, or an encrypted .docx
_MAX_PARTS = 5_000
_MAX_UNPACKED = 300 * 1024 * 1024
_MAX_XML = 80 * 1024 * 1024
_HEADING = re.compile(r"(?:heading|başlık) ([1-9])$")
# No entities, no network, no huge trees: the defaults that an uploaded file must not get around.
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def attribute(element: etree._Element | None, name: str = "val") -> str:
    """A w: attribute of an element that may be missing, or ""."""
    return "" if element is None else element.get(W + name, "")


class Package:
    """A Word file's document, styles, numbering, notes and links. Raises DocxError for what is none."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = self._open(file)
        document = self._part("word/document.xml")
        body = None if document is None else document.find(f"{W}body")
        if body is None:
            raise DocxError("not-docx")
        self.body = body
        self.footnotes = self._notes("footnote")
        self.endnotes = self._notes("endnote")
        self.links = self._links()
        self._read_styles()
        self._read_numbering()

    @staticmethod
    def _open(file: IO[bytes]) -> zipfile.ZipFile:
        magic = file.read(4)
        file.seek(0)
        if magic == _OLE_MAGIC:
            raise DocxError("old-doc")
        try:
            opened = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise DocxError("not-docx" if magic[:2] != b"PK" else "damaged") from error
        parts = opened.infolist()
        if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > _MAX_UNPACKED:
            raise DocxError("too-large")
        if any(part.flag_bits & 1 for part in parts):
            raise DocxError("encrypted")
        return opened

    def _part(self, name: str) -> etree._Element | None:
        try:
            with self._zip.open(name) as part:
                data = part.read(_MAX_XML + 1)
        except KeyError:
            return None
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
            raise DocxError("damaged") from error
        except Exception as error:  # zlib.error has no common base with the others
            raise DocxError("damaged") from error
        if len(data) > _MAX_XML:
            raise DocxError("too-large")
        try:
            return etree.fromstring(data, _PARSER)
        except etree.XMLSyntaxError as error:
            raise DocxError("damaged") from error

    def _notes(self, kind: str) -> dict[str, etree._Element]:
        part = self._part(f"word/{kind}s.xml")
        return {} if part is None else {attribute(note, "id"): note for note in part.iter(f"{W}{kind}")}

    def _links(self) -> dict[str, str]:
        part = self._part("word/_rels/document.xml.rels")
        return {} if part is None else {link.get("Id", ""): link.get("Target", "") for link in part}

    def _read_styles(self) -> None:
        """`heading_of_style`: style id → heading level, 0 for a title. `list_of_style`: style id → (numbering id, level)."""
        self.heading_of_style: dict[str, int] = {}
        self.list_of_style: dict[str, tuple[str, int]] = {}
        part = self._part("word/styles.xml")
        for style in () if part is None else part.iter(f"{W}style"):
            style_id = style.get(f"{W}styleId", "")
            name = attribute(style.find(f"{W}name")).lower()
            if match := _HEADING.match(name):
                self.heading_of_style[style_id] = int(match.group(1))
            elif name in ("title", "konu başlığı"):
                self.heading_of_style[style_id] = 0
            numbering = style.find(f"{W}pPr/{W}numPr")
            if numbering is not None:
                self.list_of_style[style_id] = self._numbering_of(numbering)

    @staticmethod
    def _numbering_of(numbering: etree._Element) -> tuple[str, int]:
        level = attribute(numbering.find(f"{W}ilvl"))
        return attribute(numbering.find(f"{W}numId")), int(level) if level.isdigit() else 0

    def _read_numbering(self) -> None:
        """`_formats`: (numbering id, level) → "bullet", "decimal", …"""
        self._formats: dict[tuple[str, int], str] = {}
        part = self._part("word/numbering.xml")
        if part is None:
            return
        abstract = {attribute(item, "abstractNumId"): item for item in part.iter(f"{W}abstractNum")}
        for number in part.iter(f"{W}num"):
            definition = abstract.get(attribute(number.find(f"{W}abstractNumId")))
            for level in () if definition is None else definition.iter(f"{W}lvl"):
                key = attribute(number, "numId"), int(attribute(level, "ilvl") or 0)
                self._formats[key] = attribute(level.find(f"{W}numFmt"))

    def heading_level(self, paragraph: etree._Element) -> int | None:
        """0 for the title, 1–9 for headings, None for other paragraphs."""
        return self.heading_of_style.get(attribute(paragraph.find(f"{W}pPr/{W}pStyle")))

    def list_level(self, paragraph: etree._Element) -> tuple[int, str] | None:
        """(level from 0, "ul" or "ol") of a list item, None for other paragraphs."""
        numbering = paragraph.find(f"{W}pPr/{W}numPr")
        if numbering is not None:
            found = self._numbering_of(numbering)
        else:
            style = attribute(paragraph.find(f"{W}pPr/{W}pStyle"))
            found = self.list_of_style.get(style, ("", 0))
        number_format = self._formats.get(found, "")
        if not found[0] or found[0] == "0" or number_format in ("", "none"):
            return None
        return found[1], "ul" if number_format == "bullet" else "ol"
