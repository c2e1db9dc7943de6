"""Commenting on a plan."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from common.ratelimit import limited
from forum.actions import PostError, RepeatedPostError
from forum.models import Post
from forum.writing import say_what_is_wrong
from members.drafts import ends_draft, keep_draft, keep_typed, take_draft
from members.models import User
from members.requests import SiteRequest
from plans.actions.comment_on_section import comment_on_section
from plans.actions.suggest_words import SameWordsError, suggest_words
from plans.forms import CommentForm
from plans.models import SectionText
from plans.permissions import takes_comments, takes_suggestions
from plans.phase_wording import why_closed
from plans.quoting import AskedQuote, read_quote
from plans.views.comments import readable_text, version_address
from plans.views.reading import address_of_comment


@limited("post", method="POST")
@ends_draft
def comment(request: SiteRequest, pk: int, number: int) -> HttpResponse:
    """Comment on a section, a sentence or selected words. Who is signed out may write first and sign in then."""
    text = readable_text(request, pk, number)
    quote = read_quote(request.GET, text)
    if why := _why_refused(request, text):
        return _refuse(request, text, why)
    is_suggestible = takes_suggestions(text.version.plan)
    form = CommentForm(
        request.POST or None,
        initial=_initial(request, is_suggestible=is_suggestible),
        person=request.user,
        city=request.city,
        quoted=_quoted(text, quote),
        is_suggestible=is_suggestible,
    )
    if request.method == "POST" and form.is_to_be_sent():
        if quote is None:
            form.add_error(None, _("These words do not stand in the section. Please go back and select them again."))
        elif not isinstance(request.user, User):
            keep_draft(request)
            messages.info(request, _("Please sign in; your text is kept and comes back."))
            return redirect_to_login(request.get_full_path())
        elif sent := _send(request, request.user, form, text, quote):
            return sent
    context = {"form": form, "text": text, "quote": quote, "back": f"{version_address(text.version)}#{text.fragment}"}
    context["is_current"] = text.version == text.version.plan.current_version
    return render(request, "plans/comment.html", context)


def _quoted(text: SectionText, quote: AskedQuote | None) -> str:
    return (quote.exact or text.text) if quote else ""


def _initial(request: SiteRequest, *, is_suggestible: bool) -> dict[str, str]:
    """What is kept for this form. Words that were proposed while they could be are a part of the comment since."""
    kept = take_draft(request)
    if "proposes" in kept and not is_suggestible:
        kept["body"] = "\n\n".join(filter(None, (kept.get("body"), kept.get("words"))))
    return kept


def _why_refused(request: SiteRequest, text: SectionText) -> str:
    """Why the plan takes no comments now, or no longer the words that are proposed; "" where it takes them."""
    plan = text.version.plan
    if not takes_comments(plan):
        return why_closed(plan)
    if "proposes" in request.POST and not takes_suggestions(plan):
        return _("In this phase nobody proposes other words any more. You can still send what you wrote as a comment.")
    return ""


def _refuse(request: SiteRequest, text: SectionText, why: str) -> HttpResponse:
    """Who comes too late is told so, and led on. What they typed is kept among their drafts, and shown."""
    typed = _typed(request)
    context = {
        "text": text,
        "why": why,
        "typed": typed,
        "is_kept": bool(typed) and keep_typed(request, f"§{text.number} {text.heading}"),
        "is_open": takes_comments(text.version.plan),
        "back": f"{version_address(text.version)}#{text.fragment}",
    }
    return render(request, "plans/comments_closed.html", context, status=HTTPStatus.FORBIDDEN)


def _typed(request: SiteRequest) -> list[tuple[str, str]]:
    """(label, words) of what was typed: the other words, where some are proposed, and what is said about them."""
    proposed = request.POST.get("words", "") if "proposes" in request.POST else ""
    texts = [(_("The words that you proposed"), proposed), (_("What you wrote"), request.POST.get("body", ""))]
    return [(label, words.strip()) for label, words in texts if words.strip()]


def _send(
    request: SiteRequest, author: User, form: CommentForm, text: SectionText, quote: AskedQuote
) -> HttpResponse | None:
    """Post the comment and lead to it; None with the form saying why not."""
    try:
        post = _post(author, form, text, quote)
    except RepeatedPostError:  # a double click: the browser shows this second answer, not the first one
        messages.info(request, _("You have just sent this text; it is there."))
        return redirect(f"{version_address(text.version)}#{text.fragment}")
    except SameWordsError:
        form.add_error("words", _("It reads like this already: change the words, or take the tick away."))
        return None
    except PostError as error:
        say_what_is_wrong(form, error)
        return None
    messages.success(request, _("Thank you. Your comment stands beside the text."))
    return redirect(address_of_comment(post, text.version, version_address(text.version), author))


def _post(author: User, form: CommentForm, text: SectionText, quote: AskedQuote) -> Post:
    """The comment, with the words that it proposes. Raises PostError."""
    given: dict[str, Any] = {
        "author": author,
        "section": text.section,
        "version": text.version,
        "body": form.cleaned_data["body"],
        "organisation": form.speaks_for,
        "exact": quote.exact,
        "start": quote.start,
    }
    if form.proposed_words is None:
        return comment_on_section(**given)
    return suggest_words(words=form.proposed_words, **given).post
