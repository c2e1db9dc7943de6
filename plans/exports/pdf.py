"""A version as a tagged PDF (PDF/UA-1), set by Typst from `plan.typ`. The document is Turkish, as the plan is."""

from __future__ import annotations

import json
import logging
from itertools import groupby
from pathlib import Path
from typing import Any

import typst
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from forum.models import Post
from plans.exports.collect import Comment, Export, author_of
from plans.exports.richtext import (
    Block,
    Cell,
    Listing,
    Paragraph,
    Run,
    Table,
    lift_footnotes,
    placed_cells,
    plain,
    printable,
    read_blocks,
)
from plans.models import Anchor, SectionText

TEMPLATE = Path(__file__).with_name("plan.typ")
FONTS = Path(__file__).with_name("fonts")
LANGUAGE = "tr"
NARROWEST = 0.45  # of a column, as a part of the widest
_logger = logging.getLogger(__name__)


def document(export: Export, *, with_comments: bool) -> str:
    """All that stands in the PDF, as JSON: the same state of plan and discussion always gives the same text."""
    with override(LANGUAGE):
        data = _front(export) | {"chapters": [_chapter(export, *chapter) for chapter in export.chapters]}
        if with_comments:
            data["discussion"] = _discussion(export)
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def render_pdf(data: str) -> bytes:
    """The PDF of a `document`. About a second for a plan of a hundred sections."""
    try:
        return _compile(data, ["ua-1"])
    except typst.TypstError as error:
        # The standard forbids signs that no typeface has (an emoji in a comment). Such a file is tagged all the same.
        _logger.warning("a plan's PDF is not PDF/UA-1: %s", error.message)
        return _compile(data, [])


def _compile(data: str, standards: list[typst.PDFStandard]) -> bytes:
    published = json.loads(data)["timestamp"]  # not the time of setting: the same text is the same file
    return typst.compile(
        str(TEMPLATE),
        format="pdf",
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        pdf_standards=standards,
        timestamp=published,
    )


def _front(export: Export) -> dict[str, Any]:
    version = export.version
    city = version.plan.city.name
    return {
        "title": printable(version.title),
        "city": city,
        "description": _("Version %(number)s of the plan of %(city)s") % {"number": version.number, "city": city},
        "version": _("Version %(number)s") % {"number": version.number},
        "published": _day(version.published_at),
        "timestamp": int(version.published_at.timestamp()),
        "address": export.address,
        "summary": _blocks(read_blocks(version.summary, export.site)),
        "note": [printable(line) for line in version.note.splitlines() if line.strip()],
        "words": {
            "contents": _("Contents"),
            "page": _("Page"),
            "note": _("What changed"),
            "discussion": _("Comments and answers"),
            "nothing": _("No comment yet"),
            "answer": _("The platform's answer"),
            "proposal": _("Proposed words:"),
        },
    }


def _day(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "j F Y")


def _chapter(export: Export, chapter: SectionText, texts: list[SectionText]) -> dict[str, Any]:
    sections = [_section(export, text) for text in texts]
    return {"number": chapter.number, "heading": printable(chapter.heading), "sections": sections}


def _section(export: Export, text: SectionText) -> dict[str, Any]:
    blocks, notes = lift_footnotes(read_blocks(text.html, export.site))
    kind = "" if text.kind == SectionText.Kind.TEXT else f"{text.get_kind_display()} {text.code}".strip()
    return {
        "number": text.number,
        "heading": printable(text.heading),
        "kind": kind,
        "blocks": _blocks(blocks),
        "notes": [_blocks(note) for note in notes],
    }


# --- Blocks ------------------------------------------------------------------------------------------------------------


def _blocks(blocks: list[Block]) -> list[dict[str, Any]]:
    return [_block(block) for block in blocks]


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"kind": block.kind, "runs": _runs(block.runs)}
    if isinstance(block, Listing):
        return {"kind": "ol" if block.ordered else "ul", "items": [_blocks(item) for item in block.items]}
    return {
        "kind": "table",
        "caption": _runs(block.caption),
        "columns": _column_widths(block),
        "head": len(block.head),
        "cells": [_cell(cell, place) for cell, place in placed_cells(block)],
    }


def _cell(cell: Cell, place: tuple[int, int, int, int]) -> dict[str, Any]:
    top, left, bottom, right = place
    covered = {"x": left, "y": top, "colspan": right - left + 1, "rowspan": bottom - top + 1}
    return {"runs": _runs(cell.runs), "header": cell.is_header, **covered}


def _column_widths(table: Table) -> list[float]:
    """Parts of the page's width, by how much stands in each column."""
    lengths = [1] * table.width
    for cell, (_top, left, _bottom, right) in placed_cells(table):
        if left == right:
            lengths[left] = max(lengths[left], len(plain(cell.runs)))
    widest = max(lengths, default=1) ** 0.5
    return [max(NARROWEST, round(length**0.5 / widest, 2)) for length in lengths]


def _runs(runs: list[Run]) -> list[dict[str, Any]]:
    return [_run(run) for run in runs]


def _run(run: Run) -> dict[str, Any]:
    shown: dict[str, Any] = {"t": run.text}
    if run.marks:
        shown["m"] = sorted(run.marks)
    if run.link:
        shown["l"] = run.link
    if run.note:
        shown["n"] = run.note
    return shown


# --- Comments ----------------------------------------------------------------------------------------------------------


def _discussion(export: Export) -> list[dict[str, Any]]:
    """The comments by section, in the order of the text."""
    groups = groupby(export.comments, key=lambda comment: comment.text)
    return [
        {"heading": _group_heading(text), "comments": [_comment(export, comment) for comment in comments]}
        for text, comments in groups
    ]


def _group_heading(text: SectionText | None) -> str:
    return f"§{text.number} {printable(text.heading)}" if text else _("Comments whose text is no longer in the plan")


def _comment(export: Export, comment: Comment) -> dict[str, Any]:
    anchor, suggestion, answer = comment.anchor, comment.suggestion, comment.answer
    verdict = anchor.get_verdict_display() if comment.readable and anchor.verdict != Anchor.Verdict.SAME else ""
    shown = {
        "quote": printable(comment.quoted),
        "verdict": verdict,
        "proposal": printable(suggestion.words or _("(to strike the words out)")) if suggestion else "",
        "replies": [_contribution(export, reply) for reply in comment.replies],
        **_contribution(export, comment.post),
    }
    if answer:
        shown["answer"] = {
            "decision": answer.get_decision_display(),
            "author": printable(answer.answered_by.display_name if answer.answered_by else ""),
            "at": _day(answer.answered_at),
            "blocks": _blocks(read_blocks(answer.reason_html, export.site)),
        }
    return shown


def _contribution(export: Export, post: Post) -> dict[str, Any]:
    if not post.readable:
        return {"author": post.get_status_display(), "at": _day(post.submit_date), "blocks": []}
    blocks = _blocks(read_blocks(post.body_html, export.site))
    return {"author": printable(author_of(post)), "at": _day(post.submit_date), "blocks": blocks}
