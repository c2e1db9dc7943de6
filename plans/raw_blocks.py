"""What was read from a Word file as raw blocks of `ChapterPage.sections`."""

import json
import uuid
from typing import Any

from cms.models import Theme
from common.text import turkish_slug
from plans.docx.model import ImportedChapter, ImportedSection, Table
from plans.models import ChapterPage

LONGEST_TITLE = 250

RawBlock = dict[str, Any]


def _block(kind: str, value: Any) -> RawBlock:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def _body_block(part: str | Table) -> RawBlock:
    if isinstance(part, str):
        return _block("text", part)
    value = {"data": part.rows, "first_row_is_table_header": part.header, "first_col_is_header": False}
    return _block("table", {**value, "table_caption": part.caption} if part.caption else value)


def section_block(section: ImportedSection) -> RawBlock:
    """A section of a Word file as a raw block, with a key of its own."""
    value: dict[str, Any] = {
        "heading": section.heading,
        "body": [_body_block(part) for part in section.blocks],
        "footnotes": [_block("item", note) for note in section.footnotes],
        **section.fields,
    }
    if section.code:
        value["code"] = section.code
    return _block(section.kind, value)


def _theme_of(title: str) -> Theme | None:
    """The theme whose name the chapter's title has, letter case and diacritics aside."""
    names = {turkish_slug(theme.name_tr): theme for theme in Theme.objects.chapters()}
    return names.get(turkish_slug(title))


def chapter_blocks(chapter: ImportedChapter) -> list[RawBlock]:
    return [section_block(section) for section in chapter.sections]


def chapter_page(title: str, blocks: list[RawBlock], **fields: Any) -> ChapterPage:
    """An unsaved chapter; its theme is the one that its title names."""
    title = title[:LONGEST_TITLE]
    return ChapterPage(title=title, theme=_theme_of(title), sections=json.dumps(blocks), **fields)
