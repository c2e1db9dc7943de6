"""Drafts as Wagtail's previews show them: the text alone, without numbers and comments, which a version gives."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common.html import stored_html
from plans.models import ChapterPage, PlanPage
from plans.rendering import render_rich_text, render_section


def preview_plan(request: HttpRequest, plan: PlanPage) -> HttpResponse:
    """A plan's draft with the latest drafts of its chapters."""
    pages = ChapterPage.objects.child_of(plan).order_by("path") if plan.pk else []
    chapters = [_present(page.get_latest_revision_as_object()) for page in pages]
    summary = stored_html(render_rich_text(plan.summary))
    return render(request, "plans/preview.html", {"title": plan.title, "summary": summary, "chapters": chapters})


def preview_chapter(request: HttpRequest, chapter: ChapterPage) -> HttpResponse:
    """One chapter's draft."""
    return render(request, "plans/preview.html", {"title": chapter.title, "chapters": [_present(chapter)]})


def _present(chapter: ChapterPage) -> dict[str, Any]:
    sections = [
        {"heading": block.value["heading"], "html": stored_html(render_section(block.value))}
        for block in chapter.sections
    ]
    return {"heading": chapter.title, "sections": sections}
