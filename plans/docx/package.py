"""The parts of a .docx file: opened with care, because anybody can upload one."""

from __future__ import annotations

import posixpath
import zipfile
from typing import IO

from lxml import etree

from plans.docx.model import DocxError
from plans.docx.tree import W, attribute

_OLE_MAGIC = b"\xd0\xcf\x11\xe0"  # an old .doc, or an encrypted .docx
_OTHER_FORMATS = (b"{\\rtf", b"%PDF", b"<!DOC", b"<html", b"<?xml")
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"
_MAX_PARTS = 5_000
_MAX_UNPACKED = 300 * 1024 * 1024
_MAX_XML = 80 * 1024 * 1024
_MAX_TAGS = 2_000_000  # 200 pages of which Word has split every word have a million
_MAX_PARAGRAPHS = 50_000
# No entities, no network, no huge trees: the defaults that an uploaded file must not get around.
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
)
# "Strict Open XML", which Word can save too, differs in its namespaces only (ISO/IEC 29500-1, annex A).
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": (
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    ),
}


class Package:
    """A Word file's body, notes, links, and the parts of its styles and numbering. Raises DocxError for what is none."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = self._open(file)
        self._main = self._main_part()
        document = self._part(self._main)
        body = None if document is None else document.find(f"{W}body")
        if body is None:
            raise DocxError("damaged") if self._says_it_is_word() else DocxError("not-docx")
        if sum(1 for _paragraph in body.iter(f"{W}p")) > _MAX_PARAGRAPHS:
            raise DocxError("too-large")
        self.body = body
        self.footnotes = self._notes("footnote")
        self.endnotes = self._notes("endnote")
        self.links = self._links()
        self.styles = self._beside("styles.xml")
        self.numbering = self._beside("numbering.xml")

    @staticmethod
    def _open(file: IO[bytes]) -> zipfile.ZipFile:
        magic = file.read(5)
        file.seek(0)
        if magic[:4] == _OLE_MAGIC:
            raise DocxError("old-doc")
        if magic.startswith(_OTHER_FORMATS):
            raise DocxError("other-format")
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

    def _bytes(self, name: str) -> bytes | None:
        """A part as it stands, at most one byte more than what is parsed; None where it is missing."""
        try:
            with self._zip.open(name) as part:
                return part.read(_MAX_XML + 1)
        except KeyError:
            return None
        except Exception as error:  # zipfile's, zlib's and lzma's errors have no common base
            raise DocxError("damaged") from error

    def _part(self, name: str) -> etree._Element | None:
        data = self._bytes(name)
        if data is None:
            return None
        if len(data) > _MAX_XML or data.count(b"<") > _MAX_TAGS:
            raise DocxError("too-large")
        if _STRICT in data[:4096]:
            for strict, transitional in _TRANSITIONAL.items():
                data = data.replace(strict, transitional)
        try:
            return etree.fromstring(data, _PARSER)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise DocxError("damaged") from error

    def _main_part(self) -> str:
        """The document's own part: Word for the web calls it document2.xml."""
        if _OPEN_DOCUMENT in (self._bytes("mimetype") or b""):
            raise DocxError("other-format")
        relations = self._part("_rels/.rels")
        for relation in () if relations is None else relations:
            if relation.get("Type", "").endswith("/officeDocument"):
                return relation.get("Target", "").lstrip("/")
        return "word/document.xml"

    def _says_it_is_word(self) -> bool:
        return b"wordprocessingml.document" in (self._bytes("[Content_Types].xml") or b"")

    def _beside(self, name: str) -> etree._Element | None:
        """A part in the document's folder."""
        return self._part(posixpath.join(posixpath.dirname(self._main), name))

    def _notes(self, kind: str) -> dict[str, etree._Element]:
        part = self._beside(f"{kind}s.xml")
        return {} if part is None else {attribute(note, "id"): note for note in part.iter(f"{W}{kind}")}

    def _links(self) -> dict[str, str]:
        part = self._beside(f"_rels/{posixpath.basename(self._main)}.rels")
        return {} if part is None else {link.get("Id", ""): link.get("Target", "") for link in part}
