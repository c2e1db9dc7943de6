"""The platform's answers: the comments that wait for one, answering one or several, changing an answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from common.addresses import PAGE, page_addresses, read_key
from common.ratelimit import limited
from forum.models import Post
from members.drafts import sign_in_first, take_draft
from members.permissions import can_edit_city
from members.requests import MemberRequest, show_city
from plans.actions.answer_comment import (
    AnsweredMeanwhileError,
    EditedMeanwhileError,
    answer_comment,
    answer_comments,
    answered_together,
    edited_last,
)
from plans.discussion import suggestions_among
from plans.forms import AnswerForm, seen_of
from plans.models import Anchor, Answer, PlanPage, Quote
from plans.permissions import can_answer_comment, is_mergeable, rights_on_comments
from plans.presenters import present_suggestion
from plans.settlements import texts_at, written_at
from plans.views.comments import COMMENTS_ON_A_PAGE, readable_plan


def _waiting(plan: PlanPage) -> models.QuerySet[Quote]:
    quotes = Quote.objects.filter(section__plan=plan, post__status=Post.Status.PUBLISHED, post__answer__isnull=True)
    return quotes.select_related("post__user", "post__city").order_by("post__submit_date", "pk")


def _rows(request: MemberRequest, plan: PlanPage, quotes: Iterable[Quote]) -> list[dict[str, Any]]:
    """`[{quote, place, suggestion, may_merge}]`, for the templates."""
    quotes = list(quotes)
    places = _places(plan, quotes)
    suggestions = suggestions_among([quote.post_id for quote in quotes], request.user)
    may_merge = rights_on_comments(request.user, plan).merge
    rows = []
    for quote in quotes:
        suggestion = suggestions.get(quote.post_id)
        if suggestion is not None:
            suggestion.post = quote.post
        mergeable = suggestion is not None and may_merge and is_mergeable(request.user, suggestion)
        rows.append(
            {
                "quote": quote,
                "place": places[quote.pk],
                "suggestion": present_suggestion(suggestion),
                "may_merge": mergeable,
            }
        )
    return rows


def _places(plan: PlanPage, quotes: list[Quote]) -> dict[int, str]:
    """By quote, the section in which its words stand in the newest version, else the one in which they were written: "§2.3
    Lighting". Three queries."""
    version = plan.current_version
    anchors = Anchor.objects.filter(quote__in=quotes, version=version, section__isnull=False)
    standing = dict(anchors.values_list("quote_id", "section_id"))
    at = {
        quote.pk: (version.pk, standing[quote.pk]) if version and quote.pk in standing else written_at(quote)
        for quote in quotes
    }
    texts = texts_at(at.values())
    return {pk: f"§{texts[place].number} {texts[place].heading}" for pk, place in at.items()}


@sign_in_first
def unanswered(request: MemberRequest, pk: int) -> HttpResponse:
    """For editors: the comments that wait for an answer, oldest first."""
    plan = readable_plan(request, pk)
    if not can_edit_city(request.user, plan.city):
        raise PermissionDenied
    page = Paginator(_waiting(plan), COMMENTS_ON_A_PAGE).get_page(request.GET.get(PAGE))
    rows = [
        {**row, "may_answer": can_answer_comment(request.user, row["quote"].post)}
        for row in _rows(request, plan, page.object_list)
    ]
    context = {"plan": plan, "rows": rows, "waiting_count": page.paginator.count, **page_addresses(page, request.GET)}
    return render(request, "plans/unanswered.html", context)


@limited("post", method="POST")
@sign_in_first
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    """An editor answers a comment, or changes the answer. `?liste` leads back to the list of those that wait."""
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("city", "user"), pk=pk)
    quote = get_object_or_404(Quote.objects.select_related("section__plan"), post=post)
    show_city(request, post.city)
    if not can_answer_comment(request.user, post):
        raise PermissionDenied
    existing = Answer.objects.filter(post=post).first()
    answered = answered_together(existing) if existing else [post]
    together = [
        one for one in answered if can_answer_comment(request.user, one)
    ]  # others are hidden since, or one's own
    initial = _initial(existing) | {"read": edited_last([post])} | take_draft(request)
    form = AnswerForm(request.POST or None, initial=initial, together=len(together))
    back = reverse("plans:unanswered", args=[quote.section.plan_id]) if "liste" in request.GET else post.standing_url
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {
            "by": request.user,
            "decision": form.chosen_decision,
            "reason": form.cleaned_data["reason"],
            "seen": form.cleaned_data["seen"],
        }
        try:
            if form.cleaned_data.get("for_all"):
                answer_comments(posts=together, **given)  # answered ones: nobody edits them
            else:
                answer_comment(post=post, read=form.cleaned_data["read"], **given)
        except EditedMeanwhileError as error:
            form.say_what_was_edited(error.read)
        except AnsweredMeanwhileError as error:
            form.say_what_was_answered(error.answer)
        else:
            messages.success(request, _("The answer stands beside the comment."))
            return redirect(back)
    plan = quote.section.plan
    context = {"form": form, "rows": _rows(request, plan, [quote]), "plan": plan, "back": back}
    return render(request, "plans/answer.html", context)


def _initial(existing: Answer | None) -> dict[str, str]:
    if existing is None:
        return {}
    return {"decision": existing.decision, "reason": existing.reason, "seen": seen_of(existing)}


@limited("post", method="POST")
@sign_in_first
def answer_together(request: MemberRequest, pk: int) -> HttpResponse:
    """An editor gives several like comments one answer: those of `?yorum=1&yorum=2` that still wait."""
    plan = readable_plan(request, pk)
    if not can_edit_city(request.user, plan.city):
        raise PermissionDenied
    quotes, answered = _chosen(request, plan)
    back = reverse("plans:unanswered", args=[plan.pk])
    if not quotes and request.method == "GET":
        messages.info(request, _("Choose the comments that get the same answer."))
        return redirect(back)
    if not quotes and not answered:
        raise Http404
    posts = [quote.post for quote in quotes]
    form = AnswerForm(request.POST or None, initial={"read": edited_last(posts)} | take_draft(request))
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and not answered:
        given = {name: form.cleaned_data[name] for name in ("reason", "read")}
        try:
            answer_comments(by=request.user, posts=posts, decision=form.chosen_decision, seen="", **given)
        except EditedMeanwhileError as error:
            form.say_what_was_edited(error.read)
        except AnsweredMeanwhileError:
            quotes, answered = _chosen(request, plan)
        else:
            messages.success(request, _("The answer stands beside these comments: %(count)s.") % {"count": len(posts)})
            return redirect(back)
    if is_sent and answered:
        form.add_error(None, _who_was_answered(quotes, answered))
    context = {"form": form, "rows": _rows(request, plan, quotes), "plan": plan, "back": back}
    context["action"] = "?" + urlencode([("yorum", quote.post_id) for quote in quotes]) if quotes else ""
    return render(request, "plans/answer.html", context)


def _chosen(request: MemberRequest, plan: PlanPage) -> tuple[list[Quote], list[Quote]]:
    """Of the comments that the address names: those that still wait, and those that have an answer."""
    chosen = [key for value in request.GET.getlist("yorum") if (key := read_key(value)) is not None]
    published = Quote.objects.filter(section__plan=plan, post__in=chosen, post__status=Post.Status.PUBLISHED)
    answered = list(published.filter(post__answer__isnull=False).select_related("post__user").order_by("pk"))
    waiting = _waiting(plan).filter(post__in=chosen)
    return [quote for quote in waiting if can_answer_comment(request.user, quote.post)], answered


def _who_was_answered(waiting: list[Quote], answered: list[Quote]) -> str:
    names = "; ".join(dict.fromkeys(quote.post.author_name for quote in answered))
    if not waiting:
        return _("All of these have been answered meanwhile: %(names)s.") % {"names": names}
    text = _("Some have been answered meanwhile: %(names)s. Send it again to answer those that still wait.")
    return text % {"names": names}
