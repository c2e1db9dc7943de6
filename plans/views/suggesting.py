"""What becomes of suggestions: people support them, editors merge them into the draft."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from common.ratelimit import limited
from forum.models import Post
from members.drafts import sign_in_first, take_draft
from members.requests import MemberRequest, show_city
from plans.actions.answer_comment import AnsweredMeanwhileError, EditedMeanwhileError, edited_last
from plans.actions.merge_suggestion import LockedDraftError, MergedAlreadyError, merge_suggestion, preview_merge
from plans.actions.support_suggestion import support_suggestion
from plans.forms import AnswerForm, MergeForm, seen_of
from plans.merging import MergeError, StaleSuggestionError
from plans.models import Answer, Suggestion
from plans.permissions import takes_comments, takes_suggestions
from plans.phase_wording import why_closed
from plans.presenters import present_suggestion
from plans.text.differences import compare_words, shortened

CONFLICT = 409


def _suggestion(request: MemberRequest, pk: int) -> Suggestion:
    """What comment `pk` proposes; 404 where the person may not read it."""
    visible = Suggestion.objects.filter(post__in=Post.objects.visible_to(request.user)).for_reading(request.user)
    found = get_object_or_404(visible.select_related("post__user", "post__quote__section__plan__city"), post=pk)
    show_city(request, found.plan.city)
    return found


@limited("post", method="POST")
@sign_in_first
def support(request: MemberRequest, pk: int) -> HttpResponse:
    """Support a suggestion (`destek` has a value) or withdraw that. However it is asked for, it leads to the comment; who
    comes too late is told so there."""
    suggestion = _suggestion(request, pk)
    if request.method == "POST":
        try:
            support_suggestion(by=request.user, suggestion=suggestion, wanted=bool(request.POST.get("destek")))
        except PermissionDenied:
            if not (why := _why_too_late(suggestion)):
                raise
            messages.error(request, why)
    return redirect(suggestion.post.standing_url)


def _why_too_late(suggestion: Suggestion) -> str:
    """Why nobody supports it any more; "" where others may."""
    if suggestion.merged_at is not None:
        return _("These words have been merged already.")
    if not takes_comments(suggestion.plan):
        return why_closed(suggestion.plan)
    if not takes_suggestions(suggestion.plan):
        return _("In this phase nobody proposes or supports other words any more.")
    return ""


@limited("post", method="POST")
@sign_in_first
def merge(request: MemberRequest, pk: int) -> HttpResponse:
    """An editor takes the proposed words into the draft, or reads why that cannot be, and answers instead. `?liste` leads
    back to the list of those that wait."""
    suggestion = _suggestion(request, pk)
    plan = suggestion.plan
    back = reverse("plans:unanswered", args=[plan.pk]) if "liste" in request.GET else suggestion.post.standing_url
    existing = Answer.objects.filter(post=pk).first()
    shown = {"seen": seen_of(existing), "read": edited_last([suggestion.post])}
    form = MergeForm(request.POST or None, initial={**take_draft(request), **shown})
    try:
        merged = preview_merge(by=request.user, suggestion=suggestion)
        chapter = merged.chapter
        if request.method == "POST" and form.is_valid():
            merge_suggestion(by=request.user, suggestion=suggestion, **form.cleaned_data)
            done = _("The words stand in the draft of “%(chapter)s”.") % {"chapter": chapter.title}
            draft = reverse("wagtailadmin_pages:edit", args=[chapter.pk])
            messages.success(request, format_html('{} <a href="{}">{}</a>', done, draft, _("To the draft")))
            return redirect(back)
    except AnsweredMeanwhileError as error:
        form.say_what_was_answered(error.answer)
    except EditedMeanwhileError as error:
        form.say_what_was_edited(error.read)
    except MergedAlreadyError:
        messages.info(request, _("These words have been merged already."))
        return redirect(back)
    except MergeError as error:
        return _refuse(request, suggestion, error, back)
    result = shortened(compare_words(merged.before, merged.after))
    context = {"chapter": chapter, "result": result, "form": form, "back": back, **_context(suggestion)}
    return render(request, "plans/merge.html", context)


def _context(suggestion: Suggestion) -> dict[str, Any]:
    post = suggestion.post
    return {"plan": suggestion.plan, "post": post, "suggestion": present_suggestion(suggestion)}


def _refuse(request: MemberRequest, suggestion: Suggestion, error: MergeError, back: str) -> HttpResponse:
    """Why nothing was merged; with what an editor can do instead, and the reason that they had typed."""
    stale = error if isinstance(error, StaleSuggestionError) else None
    lock = error.chapter.get_lock() if error.chapter and isinstance(error, LockedDraftError) else None
    answer_url = reverse("plans:answer", args=[suggestion.post_id])
    context = {
        "chapter": error.chapter,
        "is_stale": stale is not None,
        "since": shortened(compare_words(stale.then, stale.now)) if stale and stale.now else [],
        "locked": lock.get_message(request.user) if lock else "",
        "form": AnswerForm(initial={"reason": request.POST.get("reason", "")}),
        "answer_url": f"{answer_url}?liste" if "liste" in request.GET else answer_url,
        "back": back,
        **_context(suggestion),
    }
    return render(request, "plans/merge_refused.html", context, status=CONFLICT)
