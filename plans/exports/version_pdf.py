"""A version as a PDF: its text, and on request what was said about it behind it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from forum.models import Post
from plans.exports.collect import Comment, Export
from plans.exports.richtext import lift_footnotes, printable, read_blocks
from plans.exports.typesetting import LANGUAGE, Document
from plans.exports.typst_data import answer_data, blocks_data, contribution_data, day, proposal_data
from plans.models import Anchor, SectionText


def version_pdf(export: Export, *, with_comments: bool) -> Document:
    with override(LANGUAGE):
        data = _front(export) | {"chapters": [_chapter(export, *chapter) for chapter in export.chapters]}
        if with_comments:
            data["discussion"] = _discussion(export)
    return Document("plan", export.version.published_at, data)


def _front(export: Export) -> dict[str, Any]:
    version = export.version
    city = version.plan.city.name
    number = _("Version %(number)s") % {"number": version.number}
    return {
        "title": printable(version.title),
        "city": city,
        "description": _("Version %(number)s of the plan of %(city)s") % {"number": version.number, "city": city},
        "subtitle": f"{number} · {day(version.published_at)}",
        "edition": number,
        "address": export.address,
        "summary": blocks_data(read_blocks(version.summary, export.site)),
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
        "blocks": blocks_data(blocks),
        "notes": [blocks_data(note) for note in notes],
    }


def _discussion(export: Export) -> list[dict[str, Any]]:
    """The comments by section, in the order of the text."""
    groups = groupby(export.comments, key=lambda comment: comment.text)
    return [
        {"heading": _group_heading(text), "comments": [_comment(comment, export.site) for comment in comments]}
        for text, comments in groups
    ]


def _group_heading(text: SectionText | None) -> str:
    return f"§{text.number} {printable(text.heading)}" if text else _("Comments whose text is no longer in the plan")


def _comment(comment: Comment, site: str) -> dict[str, Any]:
    anchor = comment.anchor
    verdict = anchor.get_verdict_display() if comment.readable and anchor.verdict != Anchor.Verdict.SAME else ""
    shown = {
        "quote": printable(comment.quoted),
        "verdict": verdict,
        "proposal": proposal_data(comment.suggestion, anchor.has_proposed_words),
        "replies": [_contribution(reply, site) for reply in comment.replies],
        **_contribution(comment.post, site),
    }
    if comment.answer:
        shown["answer"] = answer_data(comment.answer, site)
    return shown


def _contribution(post: Post, site: str) -> dict[str, Any]:
    if not post.readable:
        return {"author": post.get_status_display(), "at": day(post.submit_date), "blocks": []}
    return contribution_data(post, site)
