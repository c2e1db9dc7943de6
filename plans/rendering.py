"""A section's block as the HTML that a version freezes."""

from typing import Any

from django.utils.html import escape
from wagtail.rich_text import expand_db_html

from common.html import sanitise
from plans.docx.reader import FIELD_WORDS


def _table(value: dict[str, Any]) -> str:
    rows = value.get("data") or []
    header = rows[0] if value.get("first_row_is_table_header") and rows else None
    parts = ["<table>"]
    if caption := value.get("table_caption"):
        parts.append(f"<caption>{escape(caption)}</caption>")
    if header:
        cells = "".join(f'<th scope="col">{escape(cell or "")}</th>' for cell in header)
        parts.append(f"<thead><tr>{cells}</tr></thead>")
    parts.append("<tbody>")
    for row in rows[1:] if header else rows:
        parts.append("<tr>" + "".join(f"<td>{escape(cell or '')}</td>" for cell in row) + "</tr>")
    return "".join([*parts, "</tbody></table>"])


def _fields(value: dict[str, Any]) -> str:
    """Lines "Sorumlu: …", as a Word file has them: in the plan's language, not the editor's."""
    return "".join(
        f"<p><b>{word}:</b> {escape(value[name])}</p>" for word, name in FIELD_WORDS.items() if value.get(name)
    )


def render_section(value: dict[str, Any]) -> str:
    """The sanitised HTML of one section block's value: text and tables, its fields, its footnotes."""
    parts = []
    for block in value["body"]:
        if block.block_type == "table":
            parts.append(_table(block.value))
        else:
            parts.append(expand_db_html(block.value.source))
    parts.append(_fields(value))
    if footnotes := [note for note in value["footnotes"] if note.strip()]:
        parts.append("<ol>" + "".join(f"<li>{escape(note)}</li>" for note in footnotes) + "</ol>")
    return sanitise("".join(parts))
