"""Tagged PDFs (PDF/UA-1), set by Typst from the templates in plans/exports/typst/. They are Turkish, as the plans are."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import typst

from plans.exports.keeping import fingerprint

LANGUAGE = "tr"
_FONTS = Path(__file__).with_name("fonts")
_TEMPLATES = Path(__file__).with_name("typst")
_LOOK = fingerprint(version("typst"), *(path.read_text() for path in sorted(_TEMPLATES.glob("*.typ"))))
_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Document:
    """What a PDF is set from: a template's name, and all that stands in it.

    Each template needs `title`, `city`, `description`, `subtitle`, `edition` (beside the title on later pages), `address` (at
    the foot) and `words` with `page` and `answer`. `changed_at` is told as the file's date, not the time of setting: the same
    text is the same file.
    """

    template: str
    changed_at: datetime
    data: dict[str, Any]

    @property
    def mark(self) -> str:
        """A fingerprint of the whole file, known before it is set."""
        return fingerprint(_LOOK, self.template, self.changed_at.isoformat(), self._json)

    @property
    def _json(self) -> str:
        return json.dumps(self.data, ensure_ascii=False, sort_keys=True)

    def render(self) -> bytes:
        """The PDF. About a second for a plan of a hundred sections."""
        try:
            return self._compiled(["ua-1"])
        except typst.TypstError as error:
            # The standard forbids signs that no typeface has (an emoji in a comment). Such a file is tagged all the same.
            _logger.warning("the PDF “%s” is not PDF/UA-1: %s", self.data["title"], error.message)
            return self._compiled([])

    def _compiled(self, standards: list[typst.PDFStandard]) -> bytes:
        return typst.compile(
            str(_TEMPLATES / f"{self.template}.typ"),
            format="pdf",
            font_paths=[str(_FONTS)],
            ignore_system_fonts=True,
            sys_inputs={"data": self._json},
            pdf_standards=standards,
            timestamp=int(self.changed_at.timestamp()),
        )
