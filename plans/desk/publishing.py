"""Publishing a version, in Wagtail's admin: what would happen to every section and comment; then, confirmed, the version."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from forum.models import Post
from members.permissions import can_edit_city
from members.requests import MemberRequest
from plans.actions.publish_version import Preview, preview_version, publish_version
from plans.causes import comments_by_section, is_taken_up
from plans.desk.dry_run import DryRun
from plans.drafting import DuplicateKeyError, PublishError, StalePreviewError, UnexplainedChangesError
from plans.forms import PublishForm
from plans.models import Anchor, Change, PlanPage, PlanVersion
from plans.permissions import can_publish_version


def publish(request: MemberRequest, pk: int) -> HttpResponse:
    """The dry run, and the version once it is confirmed. What was typed stays while anything hinders."""
    plan = get_object_or_404(PlanPage.objects.select_related("city"), pk=pk)
    if not can_edit_city(request.user, plan.city):
        raise PermissionDenied
    if not can_publish_version(request.user, plan):
        refusal = _("While a consultation runs, and once a plan is adopted, its text stays as it is.")
        phases = messages.button(reverse("plans:phase", args=[plan.pk]), _("Phases"))
        messages.error(request, refusal, buttons=[phases])
        return redirect("plan_desk")
    try:
        preview = preview_version(by=request.user, plan=plan)
    except PublishError as error:
        messages.error(request, why_not(error))
        return redirect("plan_desk")
    comments = comments_by_section(plan)
    form = _form(request, preview, comments)
    if request.method == "POST" and form.is_valid():
        try:
            version = publish_version(
                by=request.user,
                plan=plan,
                note=form.cleaned_data["note"],
                why=form.why(),
                expected=form.cleaned_data["expected"],
            )
        except PublishError as error:
            form.add_error(None, why_not(error))
        else:
            _say_it_is_published(request, version)
            return redirect("plan_desk")
    return render(request, "plans/admin/publish.html", _context(plan, preview, comments, form))


def why_not(error: PublishError) -> str:
    """What hinders publishing, in the editor's language."""
    if isinstance(error, DuplicateKeyError):
        text = _(
            "These sections stand twice. If one has moved to another chapter, approve the drafts of both chapters; if it is "
            "a copy, delete one and write it anew: %(headings)s"
        )
        return text % {"headings": "; ".join(error.headings)}
    if isinstance(error, UnexplainedChangesError):
        text = _(
            "Why did these change? Name comments or a reason, or say under “What changed” what holds for all: %(headings)s"
        )
        return text % {"headings": "; ".join(error.headings)}
    if isinstance(error, StalePreviewError):
        return _("Meanwhile a text, a comment or a version has been added. Please look again at what would happen now.")
    return _("No chapter of this plan has an approved section yet.")


def _say_it_is_published(request: MemberRequest, version: PlanVersion) -> None:
    """With the number of comments about whose place people decide now."""
    messages.success(request, _("Version %(number)s is published.") % {"number": version.number})
    if count := Anchor.objects.open().filter(version=version).count():
        text = ngettext(
            "%(count)s comment has no sure place in it: somebody has to decide.",
            "%(count)s comments have no sure place in it: somebody has to decide.",
            count,
        )
        places = messages.button(reverse("plans:places", args=[version.plan_id]), _("Look at them, and decide"))
        messages.warning(request, text % {"count": count}, buttons=[places])


def _form(request: MemberRequest, preview: Preview, comments: dict[str, list[Post]]) -> PublishForm:
    keys = [difference.key for difference in preview.differences]
    candidates = {key: [post.pk for post in comments.get(key, [])] for key in keys}
    taken_up = {f"comments-{key}": pks for key, pks in _likely_causes(preview, comments).items()}
    return PublishForm(
        request.POST or None, keys=keys, candidates=candidates, initial={"expected": preview.fingerprint, **taken_up}
    )


def _likely_causes(preview: Preview, comments: dict[str, list[Post]]) -> dict[str, list[str]]:
    """By section whose text changes, the comments there that were taken up and have not led to a change before. A merged
    suggestion is no cause of a text without its words."""
    undone = {one.quote.post_id for one in preview.placements if one.has_words is False}
    return {
        one.key: [
            str(post.pk)
            for post in comments.get(one.key, [])
            if is_taken_up(post) and not post.led_before and post.pk not in undone
        ]
        for one in preview.differences
        if one.kind == Change.Kind.EDITED
    }


def _context(plan: PlanPage, preview: Preview, comments: dict[str, list[Post]], form: PublishForm) -> dict[str, Any]:
    dry_run = DryRun(preview, comments, form)
    chapters = dry_run.chapters() if preview.before else []
    return {
        "plan": plan,
        "form": form,
        # Not what the form was sent with: what is seen now is what is confirmed next.
        "expected": preview.fingerprint,
        "next_number": preview.number,
        "section_count": len(preview.texts),
        "newer_drafts": preview.newer_drafts,
        "left_out": preview.left_out,
        "summary": dry_run.summary(),
        "counts": dry_run.counts(),
        "lacking": dry_run.lacking(),
        "waiting": dry_run.waiting(),
        "open_before": sum(one.is_open and not one.asks_anew for one in preview.placements),
        "chapters": chapters,
        "changes_anything": any(chapter["sections"] for chapter in chapters),
    }
