"""The pages on which a plan is read. Called by the routes of PlanPage; all of it is GET."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from common.addresses import read_key
from common.html import stored_html
from forum.models import Post
from members.permissions import Person, can_edit_city
from members.requests import show_city
from plans.discussion import ASKED, REPLIES_BESIDE, place_comments, replies_before
from plans.models import Change, ChapterPage, PlanPage, PlanVersion, Section
from plans.permissions import can_read_plan, enterable_phases
from plans.phase_wording import describe_phase
from plans.presenters import SENTENCE
from plans.succession import clear_heir, heirs_of
from plans.views.reading_page import ReadingPage

FORMER = "eski"  # the parameter with the key of the section whose address was followed


def refuse(request: HttpRequest, plan: PlanPage) -> HttpResponse | None:
    """A page that says for whom the plan is at present; None for who may read it."""
    if can_read_plan(request.user, plan):
        return None
    show_city(request, plan.city)
    return render(request, "plans/members_only.html", {"plan": plan}, status=403)


def show_latest(request: HttpRequest, plan: PlanPage) -> HttpResponse:
    """The newest version, or a page that says that there is none yet."""
    version = plan.versions.newest_first().read_by(request.user).first()
    if version is None:
        show_city(request, plan.city)
        return render(request, "plans/no_version.html", {"plan": plan})
    return _read(request, plan, version, current=version)


def show_version(request: HttpRequest, plan: PlanPage, number: int) -> HttpResponse:
    """One version; every one stays readable."""
    version = get_object_or_404(plan.versions.newest_first().read_by(request.user), number=number)
    return _read(request, plan, version, current=plan.current_version or version)


def list_versions(request: HttpRequest, plan: PlanPage) -> HttpResponse:
    """All versions, the newest first."""
    show_city(request, plan.city)
    published = Count("anchors", filter=Q(anchors__quote__post__status=Post.Status.PUBLISHED))
    versions = (
        plan.versions.select_related("published_by", "adoption").annotate(comment_count=published).order_by("-number")
    )
    return render(request, "plans/versions.html", {"plan": plan, "versions": versions})


def show_section(request: HttpRequest, plan: PlanPage, key: str) -> HttpResponse:
    """A section's permanent address: leads into the current version, to what the section became, or says what is left
    of it. `?yorum=` leads on to a comment."""
    section = get_object_or_404(plan.identities, key=key)
    current = plan.current_version
    if current is None:
        raise Http404
    if post := _asked_comment(request, section):
        return redirect(address_of_comment(post, current, plan.get_url(), request.user))
    if text := section.texts.filter(version=current).first():
        return redirect(f"{plan.get_url()}#{text.fragment}")
    return _show_gone(request, plan, section, current)


def _show_gone(request: HttpRequest, plan: PlanPage, section: Section, current: PlanVersion) -> HttpResponse:
    """A section that the current version does not have."""
    last = section.latest_text
    if last is None:
        raise Http404
    heirs = heirs_of(section, current)
    if heir := clear_heir(heirs):
        return redirect(f"{plan.get_url()}?{FORMER}={section.key}#{heir.text.fragment}")
    show_city(request, plan.city)
    removal = section.changes.filter(kind=Change.Kind.REMOVED).select_related("version").order_by("-pk").first()
    context = {"plan": plan, "text": last, "current": current, "heirs": heirs, "removal": removal}
    return render(request, "plans/section_gone.html", context)


def _arrival(request: HttpRequest, plan: PlanPage, current: PlanVersion) -> dict[str, str]:
    """Of `?eski=`: where the text of a section that is gone stands, and a word about it for who came by its address."""
    key = request.GET.get(FORMER, "")
    section = plan.identities.filter(key=key).first() if key.isprintable() and key else None
    last = section.latest_text if section else None
    if section is None or last is None or last.version == current:
        return {}
    heir = clear_heir(heirs_of(section, current))
    if heir is None:
        return {}
    words = {"old": f"§{last.number} {last.heading}", "number": last.version.number}
    text = _("The text of “%(old)s”, as it was called in version %(number)s, stands here now.") % words
    return {"anchor": heir.text.fragment, "text": text, "url": last.get_absolute_url()}


def show_chapter(request: HttpRequest, chapter: ChapterPage) -> HttpResponse:
    """A chapter's own address leads to it in the current version, or to the plan where no version has it yet."""
    plan = chapter.get_parent().specific
    key = str(chapter.translation_key)
    return redirect(f"{plan.get_url()}bolum/{key}/" if plan.identities.filter(key=key).exists() else plan.get_url())


def _asked_comment(request: HttpRequest, section: Section) -> Post | None:
    """The post of `?yorum=`, where it is about the section and the person may read it."""
    pk = _asked_pk(request)
    return Post.objects.visible_to(request.user).on(section).filter(pk=pk).first() if pk else None


def _asked_pk(request: HttpRequest) -> int:
    """The number in `?yorum=`, 0 where there is none."""
    return read_key(request.GET.get(ASKED, "")) or 0


def address_of_comment(post: Post, version: PlanVersion, version_url: str, person: Person) -> str:
    """Where a comment or a reply is read in a version: beside the text, or on its thread's own page."""
    places = place_comments(version, person)
    places.open_at(post.thread_id)
    beside = {placed.pk for placed in places.on_the_reading_page()}
    if post.thread_id in beside and (post.is_root or replies_before(post, person) < REPLIES_BESIDE):
        asked = "" if places.are_few else f"?{ASKED}={post.thread_id}"
        return f"{version_url}{asked}#p{post.pk}"
    thread_url = reverse("plans:thread", args=[post.thread_id])
    return f"{thread_url}#p{post.pk}" if post.is_root else f"{thread_url}?from={post.path}#p{post.pk}"


def _read(request: HttpRequest, plan: PlanPage, version: PlanVersion, *, current: PlanVersion) -> HttpResponse:
    show_city(request, plan.city)
    version.plan = plan
    page = ReadingPage(version, request.user, sentence=request.GET.get(SENTENCE, ""), asked=_asked_pk(request))
    context = {
        "plan": plan,
        "plan_url": page.plan_url,
        "version": version,
        "summary": stored_html(version.summary),
        "is_current": version.number == current.number,
        "is_adopted": version.number == current.adopted_number,
        "current": current,
        "last_read": page.last_read,
        "since_url": f"{page.plan_url}surum/{current.number}/fark/{version.number}/",
        "takes_comments": page.takes_comments,
        "toc": page.contents(),
        "chapters": page.chapters(),
        "orphans": page.orphans(),
        "orphan_count": page.places.orphan_count,
        "has_more_orphans": len(page.places.orphans) > len(page.places.orphans_shown()),
        "comment_count": page.places.count,
        "arrived": _arrival(request, plan, current) if version.number == current.number else {},
        "phase": describe_phase(plan, current, may_comment=page.rights.reply),
        **_desk_urls(request, plan),
    }
    return render(request, "plans/read.html", context)


def _desk_urls(request: HttpRequest, plan: PlanPage) -> dict[str, str]:
    """For those who edit the city: the comments that wait for an answer or a place, and the phases."""
    if not can_edit_city(request.user, plan.city):
        return {}
    return {
        "waiting_url": reverse("plans:unanswered", args=[plan.pk]),
        "places_url": reverse("plans:places", args=[plan.pk]),
        "phase_url": reverse("plans:phase", args=[plan.pk]) if enterable_phases(request.user, plan) else "",
        "desk_url": reverse("plan_desk"),
    }
