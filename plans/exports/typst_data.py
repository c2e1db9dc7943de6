"""Blocks, contributions and answers as the plain data of which the Typst templates (plans/exports/typst/) make pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from forum.models import Post
from plans.exports.collect import author_of
from plans.exports.richtext import (
    Block,
    Cell,
    Listing,
    Paragraph,
    Run,
    Table,
    placed_cells,
    plain,
    printable,
    read_blocks,
)
from plans.models import Answer, Suggestion

NARROWEST = 0.45  # of a column, as a part of the widest


def day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y")


def contribution_data(post: Post, site: str) -> dict[str, Any]:
    """`{author, at, blocks}`; `site` goes before the links of the site's own."""
    return {
        "author": printable(author_of(post)),
        "at": " · ".join([day(post.submit_date), *([_("edited by its author")] if post.edited_at else [])]),
        "blocks": blocks_data(read_blocks(post.body_html, site)),
    }


def proposal_data(suggestion: Suggestion | None, is_in_text: bool | None) -> dict[str, str] | None:
    """`{words, merged}`: the words that are proposed, and what became of them where they were merged. `is_in_text`: whether
    they stand in the version; None where that was not asked."""
    if suggestion is None:
        return None
    merged = ""
    if suggestion.merged_at and is_in_text is False:
        merged = _("was merged into the draft, but does not stand in the newest version")
    elif suggestion.merged_at:
        merged = _("merged into the draft")
    return {"words": printable(suggestion.words or _("(to strike the words out)")), "merged": merged}


def answer_data(answer: Answer, site: str) -> dict[str, Any]:
    """`{decision, author, at, blocks}`."""
    return {
        "decision": answer.get_decision_display(),
        "author": printable(answer.answered_by.display_name if answer.answered_by else ""),
        "at": day(answer.answered_at),
        "blocks": blocks_data(read_blocks(answer.reason_html, site)),
    }


def blocks_data(blocks: list[Block]) -> list[dict[str, Any]]:
    return [_block(block) for block in blocks]


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"kind": block.kind, "runs": _runs(block.runs)}
    if isinstance(block, Listing):
        return {"kind": "ol" if block.ordered else "ul", "items": [blocks_data(item) for item in block.items]}
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
