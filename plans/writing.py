"""Commenting on a plan."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from common.ratelimit import limited
from forum.actions import PostError, RepeatedPostError
from forum.forms import PostForm
from forum.writing import say_what_is_wrong
from members.drafts import keep_draft, refused, take_draft
from members.models import User
from members.requests import SiteRequest
from plans.actions.comment_on_section import comment_on_section
from plans.models import SectionText
from plans.permissions import can_comment_on_section
from plans.phasing import why_closed
from plans.quoting import AskedQuote, read_quote
from plans.reading import address_of_comment
from plans.views import readable_text, version_address


@limited("post", method="POST")
def comment(request: SiteRequest, pk: int, number: int) -> HttpResponse:
    """Comment on a section, a sentence or selected words. Who is signed out may write first and sign in then."""
    text = readable_text(request, pk, number)
    quote = read_quote(request.GET, text)
    _refuse_where_closed(request, text)
    form = PostForm(request.POST or None, initial=take_draft(request), person=request.user, city=request.city)
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


def _refuse_where_closed(request: SiteRequest, text: SectionText) -> None:
    """Who is signed in and comes too late is told so, and what they typed is kept among their drafts. Raises
    PermissionDenied."""
    if not isinstance(request.user, User) or can_comment_on_section(request.user, text.section):
        return
    raise refused(request, why_closed(text.version.plan), title=f"§{text.number} {text.heading}")


def _send(
    request: SiteRequest, author: User, form: PostForm, text: SectionText, quote: AskedQuote
) -> HttpResponse | None:
    """Post the comment and lead to it; None with the form saying why not."""
    try:
        post = comment_on_section(
            author=author,
            section=text.section,
            version=text.version,
            body=form.cleaned_data["body"],
            organisation=form.speaks_for,
            exact=quote.exact,
            start=quote.start,
        )
    except RepeatedPostError:  # a double click: the browser shows this second answer, not the first one
        messages.info(request, _("You have just sent this text; it is there."))
        return redirect(f"{version_address(text.version)}#{text.fragment}")
    except PostError as error:
        say_what_is_wrong(form, error)
        return None
    messages.success(request, _("Thank you. Your comment stands beside the text."))
    return redirect(address_of_comment(post, text.version, version_address(text.version), author))
