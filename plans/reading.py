"""The pages on which a plan is read. Called by the routes of PlanPage; all of it is GET."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from forum.models import Post
from members.permissions import can_edit_city
from plans.decoration import Mark, decorate
from plans.discussion import VersionDiscussion, read_discussion
from plans.models import Anchor, Answer, ChapterPage, PlanPage, PlanVersion, Section, SectionText
from search.models import Link
from search.queries import read_keys
from search.registry import document_key

COMMENTS_BESIDE_A_SECTION = 20


def show_latest(request: HttpRequest, plan: PlanPage) -> HttpResponse:
    """The newest version, or a page that says that there is none yet."""
    version = plan.current_version
    if version is None:
        request.city = plan.city  # type: ignore[attr-defined]
        return render(request, "plans/no_version.html", {"plan": plan})
    return _read(request, plan, version)


def show_version(request: HttpRequest, plan: PlanPage, number: int) -> HttpResponse:
    """One version; every one stays readable."""
    return _read(request, plan, get_object_or_404(plan.versions, number=number))


def list_versions(request: HttpRequest, plan: PlanPage) -> HttpResponse:
    request.city = plan.city  # type: ignore[attr-defined]
    versions = plan.versions.select_related("published_by").order_by("-number")
    return render(request, "plans/versions.html", {"plan": plan, "versions": versions})


def show_section(request: HttpRequest, plan: PlanPage, key: str) -> HttpResponse:
    """A section's permanent address: leads into the current version, or says what became of it. `?yorum=` leads on to a
    comment."""
    section = get_object_or_404(plan.identities, key=key)
    current = plan.current_version
    text = section.texts.filter(version=current).first() if current else None
    comment = request.GET.get("yorum", "")
    if comment.isdecimal() and _is_visible_comment(request, section, int(comment)):
        return redirect(f"{plan.get_url()}#p{comment}")
    if text is not None:
        return redirect(f"{plan.get_url()}#{text.fragment}")
    last = section.latest_text
    if last is None:
        raise Http404
    request.city = plan.city  # type: ignore[attr-defined]
    return render(request, "plans/section_gone.html", {"plan": plan, "text": last, "current": current})


def _is_visible_comment(request: HttpRequest, section: Section, pk: int) -> bool:
    return Post.objects.visible_to(request.user).filter(pk=pk, object_pk=str(section.pk)).exists()


def show_chapter(request: HttpRequest, chapter: ChapterPage) -> HttpResponse:
    """A chapter's own address leads to it in the current version."""
    plan = chapter.get_parent().specific
    return redirect(f"{plan.get_url()}bolum/{chapter.translation_key}/")


def _read(request: HttpRequest, plan: PlanPage, version: PlanVersion) -> HttpResponse:
    request.city = plan.city  # type: ignore[attr-defined]
    version.plan = plan
    texts = list(version.texts.select_related("section"))
    discussion = read_discussion(version, request.user, {text.section_id: text for text in texts}, answer_action)
    current = plan.current_version
    context = {
        "plan": plan,
        "version": version,
        "is_current": current is not None and version.number == current.number,
        "current": current,
        "toc": _contents(texts, discussion),
        "chapters": _chapters(request, version, texts, discussion),
        "orphans": discussion.orphans,
        "comment_count": discussion.count,
        "waiting_url": _waiting_url(request, plan),
    }
    return render(request, "plans/read.html", context)


def answer_action(post: Post, answer: Answer | None) -> dict[str, Any]:
    label = _("Change the answer") if answer else _("Answer as the platform")
    return {"label": label, "url": reverse("plans:answer", args=[post.pk]), "icon": "check"}


def _waiting_url(request: HttpRequest, plan: PlanPage) -> str:
    return reverse("plans:unanswered", args=[plan.pk]) if can_edit_city(request.user, plan.city) else ""


def _contents(texts: list[SectionText], discussion: VersionDiscussion) -> list[dict[str, Any]]:
    """The table of contents: chapters with their sections, and how many comments stand in each."""
    contents: list[dict[str, Any]] = []
    for text in texts:
        item = {
            "number": text.number,
            "label": text.heading,
            "url": f"#{text.fragment}",
            "count": len(discussion.by_section.get(text.section_id, ())),
        }
        if text.is_chapter:
            contents.append({**item, "children": []})
        else:
            contents[-1]["children"].append(item)
    return contents


def _chapters(
    request: HttpRequest, version: PlanVersion, texts: list[SectionText], discussion: VersionDiscussion
) -> list[dict[str, Any]]:
    topics = _topics_by_section(request, texts)
    chapters: list[dict[str, Any]] = []
    for text in texts:
        shown = _present_section(version, text, discussion, topics.get(text.section_id, []))
        if text.is_chapter:
            chapters.append({**shown, "sections": []})
        else:
            chapters[-1]["sections"].append(shown)
    return chapters


def _topics_by_section(request: HttpRequest, texts: list[SectionText]) -> dict[int, list[dict[str, str]]]:
    """Section id → the visible discussions that cite it; two queries for the whole page."""
    section_of = {document_key("section", text.section_id): text.section_id for text in texts}
    links = Link.objects.filter(section_key__in=section_of).values_list("section_key", "discussion_key")
    pairs = list(dict.fromkeys(links.order_by("-pk")))
    shown = {found.key: found for found in read_keys(request.user, dict.fromkeys(topic for _key, topic in pairs))}
    topics: dict[int, list[dict[str, str]]] = {}
    for section_key, topic_key in pairs:
        if found := shown.get(topic_key):
            topics.setdefault(section_of[section_key], []).append({"title": found.title, "url": found.url})
    return topics


def _present_section(
    version: PlanVersion, text: SectionText, discussion: VersionDiscussion, topics: list[dict[str, str]]
) -> dict[str, Any]:
    """The component `plan_section`'s parameters."""
    comments = discussion.by_section.get(text.section_id, [])
    comment_url = reverse("plans:comment", args=[text.section_id, version.number])
    return {
        "anchor": text.fragment,
        "key": text.section_id,
        "number": text.number,
        "heading": text.heading,
        "kind": text.kind,
        "code": text.code,
        "html": _with_controls(text, discussion.anchors.get(text.section_id, []), comment_url),
        "permalink": f"{version.plan.get_url()}bolum/{text.section.key}/",
        "comments": comments[:COMMENTS_BESIDE_A_SECTION],
        "comment_count": len(comments),
        "comments_url": reverse("plans:section_comments", args=[text.section_id, version.number]),
        "comment_url": comment_url,
        "discussions": topics,
    }


def _with_controls(text: SectionText, anchors: list[Anchor], comment_url: str) -> SafeString:
    label = _("Comment on this sentence")

    def control(number: int) -> str:
        return format_html(
            '<a class="sentence__control" href="{}?cumle={}" rel="nofollow" aria-label="{}">+</a>',
            comment_url,
            number,
            label,
        )

    marks = [
        Mark(anchor.start, anchor.end, f"p{anchor.quote.post_id}", sure=anchor.verdict != Anchor.Verdict.CHECK)
        for anchor in anchors
        if anchor.quote.exact and anchor.start is not None and anchor.end is not None
    ]
    return mark_safe(decorate(text.html, marks, lambda number: f"{text.fragment}-c{number}", control))  # noqa: S308
