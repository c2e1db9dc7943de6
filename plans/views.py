"""Commenting on a plan, and answering. Reading is in plans/reading.py."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from common.ratelimit import limited
from forum.actions import PostError
from forum.forms import PostForm
from forum.models import Post
from forum.writing import say_what_is_wrong
from members.drafts import keep_draft, take_draft
from members.models import User
from members.permissions import can_edit_city
from members.requests import MemberRequest, SiteRequest
from plans.actions.answer_comment import answer_comment
from plans.actions.comment_on_section import QuoteNotFoundError, comment_on_section
from plans.discussion import read_discussion
from plans.forms import AnswerForm
from plans.models import Answer, PlanPage, Quote, SectionText
from plans.permissions import can_answer_comment, can_comment_on_section
from plans.reading import answer_action
from plans.sentences import split_sentences

LONGEST_QUOTE = 2_000


def _section_text(request: SiteRequest, pk: int, number: int) -> SectionText:
    texts = SectionText.objects.visible_to(request.user).select_related("section", "version__plan__city")
    text = get_object_or_404(texts, section_id=pk, version__number=number)
    request.city = text.version.plan.city
    return text


def _quote(parameters: QueryDict, text: SectionText) -> dict[str, Any]:
    """What the comment is about, from the address: `cumle` (a sentence's index), or `exact` with its surroundings, or the
    whole section."""
    sentence, start = parameters.get("cumle", ""), parameters.get("start", "")
    if sentence.isdecimal():
        spans = split_sentences(text.text)
        if int(sentence) < len(spans):
            first, last = spans[int(sentence)]
            return {"exact": text.text[first:last], "start": first}
    return {
        "exact": parameters.get("exact", "")[:LONGEST_QUOTE].strip(),
        "prefix": parameters.get("prefix", "")[-80:],
        "suffix": parameters.get("suffix", "")[:80],
        "start": int(start) if start.isdecimal() and len(start) < 8 else 0,
    }


@limited("post", method="POST")
def comment(request: SiteRequest, pk: int, number: int) -> HttpResponse:
    """Comment on a section, a sentence or selected words. Who is signed out may write first and sign in then."""
    text = _section_text(request, pk, number)
    quote = _quote(request.GET, text)
    form = PostForm(request.POST or None, initial=take_draft(request), person=request.user, city=request.city)
    if request.method == "POST" and form.is_to_be_sent():
        if not isinstance(request.user, User):
            keep_draft(request)
            messages.info(request, _("Please sign in; your text is kept and comes back."))
            return redirect_to_login(request.get_full_path())
        if not can_comment_on_section(request.user, text.section):
            raise PermissionDenied(_("This plan takes no comments."))
        post = _send(request.user, form, text, quote)
        if post is not None:
            messages.success(request, _("Thank you. Your comment stands beside the text."))
            return redirect(f"{text.version.get_absolute_url()}#p{post.pk}")
    return render(request, "plans/comment.html", {"form": form, "text": text, "quote": quote["exact"]})


def _send(author: User, form: PostForm, text: SectionText, quote: dict[str, Any]) -> Post | None:
    """The new comment, or None with the form saying why not."""
    try:
        return comment_on_section(
            author=author,
            section=text.section,
            version=text.version,
            body=form.cleaned_data["body"],
            organisation=form.speaks_for,
            **quote,
        )
    except QuoteNotFoundError:
        form.add_error(None, _("These words do not stand in the section. Please go back and select them again."))
    except PostError as error:
        say_what_is_wrong(form, error)
    return None


def section_comments(request: SiteRequest, pk: int, number: int) -> HttpResponse:
    """All comments of one section in one version."""
    text = _section_text(request, pk, number)
    discussion = read_discussion(text.version, request.user, _texts_by_section(text), answer_action)
    context = {"text": text, "comments": discussion.by_section.get(text.section_id, [])}
    return render(request, "plans/section_comments.html", context)


def _texts_by_section(text: SectionText) -> dict[int, SectionText]:
    return {other.section_id: other for other in text.version.texts.all()}


@login_required
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    """An editor answers a comment, or changes the answer."""
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("city"), pk=pk)
    quote = get_object_or_404(Quote.objects.select_related("section__plan"), post=post)
    request.city = post.city
    if not can_answer_comment(request.user, post):
        raise PermissionDenied
    existing = Answer.objects.filter(post=post).first()
    initial = {"decision": existing.decision, "reason": existing.reason} if existing else None
    form = AnswerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        decision = Answer.Decision(form.cleaned_data["decision"])
        answer_comment(by=request.user, post=post, decision=decision, reason=form.cleaned_data["reason"])
        messages.success(request, _("The answer stands beside the comment."))
        return redirect(post.standing_url)
    context = {"form": form, "post": post, "quote": quote, "back": post.standing_url}
    return render(request, "plans/answer.html", context)


@login_required
def unanswered(request: MemberRequest, pk: int) -> HttpResponse:
    """For editors: the comments that wait for an answer, oldest first."""
    plan = get_object_or_404(PlanPage.objects.live().select_related("city"), pk=pk)
    request.city = plan.city
    if not can_edit_city(request.user, plan.city):
        raise PermissionDenied
    quotes = Quote.objects.filter(section__plan=plan, post__status=Post.Status.PUBLISHED, post__answer__isnull=True)
    waiting = quotes.select_related("post__user", "post__organisation", "version").order_by("post__submit_date")
    return render(request, "plans/unanswered.html", {"plan": plan, "quotes": waiting})
