"""A section's block as the HTML that a version freezes."""

import re
from typing import Any

from django.conf import settings
from django.utils.html import escape
from wagtail.rich_text import expand_db_html

from common.html import sanitise
from plans.docx.kinds import FIELD_WORDS

_RAISED = re.compile(r"<sup>([0-9]+)</sup>")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LANGUAGE_IN_LINK = re.compile(rf'(<a [^>]*href=")/(?:{"|".join(code for code, _name in settings.LANGUAGES)})/')


def _cell(text: str | None) -> str:
    """A cell's text; paragraphs in it were imported as lines."""
    return escape(text or "").replace("\n", "<br>")


def _header_row(cells: list[str | None]) -> str:
    return "<thead><tr>" + "".join(f'<th scope="col">{_cell(cell)}</th>' for cell in cells) + "</tr></thead>"


def _row(cells: list[str | None], *, first_is_header: bool) -> str:
    parts = [f"<td>{_cell(cell)}</td>" for cell in cells]
    if first_is_header and cells:
        parts[0] = f'<th scope="row">{_cell(cells[0])}</th>'
    return f"<tr>{''.join(parts)}</tr>"


def _table(value: dict[str, Any]) -> str:
    rows = value.get("data") or []
    has_header = bool(value.get("first_row_is_table_header") and rows)
    first_is_header = bool(value.get("first_col_is_header"))
    caption = value.get("table_caption")
    head = f"<caption>{escape(caption)}</caption>" if caption else ""
    if has_header:
        head += _header_row(rows[0])
    body = "".join(_row(row, first_is_header=first_is_header) for row in rows[int(has_header) :])
    return f"<table>{head}<tbody>{body}</tbody></table>"


def _fields(value: dict[str, Any]) -> str:
    """Lines "Sorumlu: …", as a Word file has them: in the plan's language, not the editor's."""
    return "".join(
        f"<p><b>{word}:</b> {escape(value[name])}</p>" for word, name in FIELD_WORDS.items() if value.get(name)
    )


def _footnotes(notes: list[str]) -> str:
    # A blank one keeps its place: the signs in the text count.
    items = "".join(f"<li>{escape(note.strip() or '—')}</li>" for note in notes)
    return f"<ol>{items}</ol>" if items else ""


def render_rich_text(source: str) -> str:
    """Wagtail's rich text as sanitised HTML. Links to pages keep no language: the reader's own is added when one is
    followed, so that the editor's language is not frozen into a version. Raised digits (signs of footnotes, m²) become
    characters of their own, so that they stay apart from the word before them in plain text, quotes and search results."""
    html = _LANGUAGE_IN_LINK.sub(r"\1/", sanitise(expand_db_html(source)))
    return _RAISED.sub(lambda raised: raised[1].translate(_SUPERSCRIPTS), html)


def render_section(value: dict[str, Any]) -> str:
    """The sanitised HTML of one section block's value: text and tables, its fields, its footnotes."""
    parts = [
        sanitise(_table(block.value)) if block.block_type == "table" else render_rich_text(block.value.source)
        for block in value["body"]
    ]
    return "".join([*parts, sanitise(_fields(value) + _footnotes(value["footnotes"]))])
