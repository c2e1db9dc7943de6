"""The glossary, members' own experiences, and comments on articles. Articles themselves are Wagtail pages."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from common.ratelimit import limited
from forum.actions import PostError, post_comment
from forum.forms import PostForm
from forum.permissions import can_comment
from forum.writing import say_what_is_wrong
from knowledge import actions
from knowledge.forms import ExperienceForm
from knowledge.glossary import letters_of
from knowledge.models import ArticlePage, Term
from knowledge.permissions import can_revise_experience, can_submit_experience
from knowledge.submissions import present_submission
from members.drafts import found_or_refused, keep_and_refuse, keep_typed, sign_in_first, take_draft
from members.models import City
from members.requests import MemberRequest


def glossary(request: HttpRequest) -> HttpResponse:
    """All terms, letter by letter, in the alphabet of the reader's language."""
    return render(request, "knowledge/glossary.html", {"letters": letters_of(Term.objects.visible_to(request.user))})


def term(request: HttpRequest, slug: str) -> HttpResponse:
    """One term."""
    found = get_object_or_404(Term.objects.visible_to(request.user), slug=slug)
    return render(request, "knowledge/term.html", {"term": found})


def _own_cities(request: MemberRequest) -> list[City]:
    """Where the person may share an experience, the chosen city first."""
    cities = [city for city in City.objects.in_alphabetical_order() if can_submit_experience(request.user, city)]
    return sorted(cities, key=lambda city: city != request.city)


@limited("post", method="POST")
@sign_in_first
def submit_experience(request: MemberRequest) -> HttpResponse:
    """Share an experience with the platform of one of the person's cities."""
    cities = _own_cities(request)
    if not cities:
        return _join_first(request)
    form = ExperienceForm(
        request.POST or None,
        initial={"city": cities[0], **take_draft(request)},
        person=request.user,
        city_choices=cities,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.submit_experience(
                author=request.user,
                city=form.chosen_city,
                answers=form.answers,
                organisation=form.cleaned_data.get("organisation"),
                **_described(form),
            )
        except actions.NoLibraryError:
            form.add_error(None, _("This city cannot take experiences yet. Your text is still here."))
        else:
            messages.success(request, _("Thank you. The city's editors will read it and answer you here."))
            return redirect("knowledge:my_experiences")
    eyebrow = cities[0].name if len(cities) == 1 else ""
    return render(request, "knowledge/experience_form.html", {"form": form, "eyebrow": eyebrow})


def _join_first(request: MemberRequest) -> HttpResponse:
    """What was written waits among the person's drafts until they have joined."""
    keep_typed(request, request.POST.get("title", ""))
    city_list = [request.city] if request.city else City.objects.in_alphabetical_order()
    return render(request, "knowledge/join_first.html", {"city_list": city_list}, status=403)


def _described(form: ExperienceForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("title", "summary", "theme")}


@login_required
@never_cache
def my_experiences(request: MemberRequest) -> HttpResponse:
    """What the person has submitted, and what became of each."""
    submissions = request.user.submissions.select_related("page__city")
    context = {"submissions": [present_submission(submission, request.user) for submission in submissions]}
    return render(request, "knowledge/my_experiences.html", context)


@limited("post", method="POST")
@sign_in_first
def revise_experience(request: MemberRequest, pk: int) -> HttpResponse:
    """Change an experience that came back from review, and submit it again."""
    submission = found_or_refused(
        request, request.user.submissions.select_related("page"), pk, _("This experience is no longer there.")
    )
    if not can_revise_experience(request.user, submission):
        raise keep_and_refuse(request, _("This experience is not waiting for you."), submission.page.title)
    latest = submission.page.get_latest_revision_as_object()
    initial: dict[str, Any] = {
        "title": latest.title,
        "summary": latest.summary,
        "theme": latest.theme,
        **submission.answers,
        **take_draft(request),
    }
    form = ExperienceForm(request.POST or None, initial=initial, person=request.user)
    form.fields.pop("organisation", None)
    if request.method == "POST" and form.is_valid():
        actions.revise_experience(by=request.user, submission=submission, answers=form.answers, **_described(form))
        messages.success(request, _("Submitted again."))
        return redirect("knowledge:my_experiences")
    context = {
        "form": form,
        "eyebrow": str(submission.page.city or ""),
        "remark": present_submission(submission, request.user)["remark"],
    }
    return render(request, "knowledge/experience_form.html", context)


@limited("post", method="POST")
@sign_in_first
def comment(request: MemberRequest, pk: int) -> HttpResponse:
    """Comment on an article."""
    article = found_or_refused(
        request, ArticlePage.objects.visible_to(request.user), pk, _("This article is no longer there.")
    )
    if not can_comment(request.user, article):
        raise keep_and_refuse(request, _("This discussion is closed."), article.title)
    form = PostForm(request.POST or None, initial=take_draft(request), person=request.user, city=article.city)
    if request.method == "POST" and form.is_to_be_sent():
        try:
            post = post_comment(
                author=request.user, target=article, body=form.cleaned_data["body"], organisation=form.speaks_for
            )
        except PostError as error:
            say_what_is_wrong(form, error)
        else:
            return redirect(post.standing_url)
    return render(request, "knowledge/comment.html", {"form": form, "article": article})
