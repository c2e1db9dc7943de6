"""Proposing that a discussion belongs to a plan section, and deciding about what is proposed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from common.addresses import safe_address
from common.ratelimit import limited
from members.drafts import sign_in_first, take_draft
from members.models import City
from members.requests import MemberRequest
from search.links import (
    LONGEST_REASON,
    DecidedMeanwhileError,
    LinkedAlreadyError,
    LinkError,
    RejectedLinkError,
    decide_link,
    propose_link,
)
from search.models import Link
from search.queries import Found, read_keys
from search.references import Reference, read_reference

WHY_NOT: dict[type[LinkError], Any] = {
    LinkedAlreadyError: gettext_lazy("This discussion is linked to that section already, or somebody has proposed it."),
    RejectedLinkError: gettext_lazy("This was proposed before, and an editor or moderator did not agree."),
}


DECISIONS = {"onay": True, "ret": False}
SAID: dict[bool, Any] = {
    True: gettext_lazy("The discussion is linked to the section."),
    False: gettext_lazy("It is not linked, and not proposed again."),
}


class LinkForm(forms.Form):
    """Which section a discussion is about, and why."""

    bolum = forms.CharField(
        label=gettext_lazy("Section of the plan"),
        max_length=400,
        help_text=gettext_lazy(
            "Its number, like 2.3, or its address. Sections of other cities' plans go by their address."
        ),
        error_messages={"required": gettext_lazy("Which section is it? Please give its number or its address.")},
    )
    neden = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=LONGEST_REASON,
        required=False,
        help_text=gettext_lazy("In a sentence, for those who decide about it."),
    )


@limited("post", method="POST")
@sign_in_first
def propose(request: MemberRequest) -> HttpResponse:
    """Say that the discussion `?konu=` belongs to a section."""
    discussion = _discussion(request)
    form = LinkForm(request.POST or None, initial=take_draft(request))
    if request.method == "POST" and form.is_valid():
        reference = read_reference(form.cleaned_data["bolum"], _city_of(discussion))
        if reference is None or not read_keys(request.user, [reference.key]):
            form.add_error("bolum", _("There is no such section. Please check the number or the address."))
        elif done := _propose(request, form, reference, discussion):
            return done
    return render(request, "search/propose_link.html", {"form": form, "discussion": discussion})


def _propose(request: MemberRequest, form: LinkForm, reference: Reference, discussion: Found) -> HttpResponse | None:
    try:
        link = propose_link(
            by=request.user,
            section_key=reference.key,
            discussion_key=discussion.key,
            reason=form.cleaned_data["neden"],
        )
    except LinkError as error:
        form.add_error("bolum", WHY_NOT[type(error)])
        return None
    if link.state == Link.State.CONFIRMED:
        messages.success(request, SAID[True])
    else:
        messages.success(request, _("Thank you. Editors and moderators decide about your proposal."))
    return redirect(discussion.url)


def _discussion(request: MemberRequest) -> Found:
    """Raises Http404 where the person can read none under that key."""
    key = request.GET.get("konu", "")
    kind, _colon, pk = key.partition(":")
    found = read_keys(request.user, [key]) if kind and pk.isdecimal() and len(pk) <= 18 else []
    if not found or not found[0].source.is_discussion:
        raise Http404
    return found[0]


def _city_of(discussion: Found) -> City | None:
    facet = discussion.content.city
    return City.objects.filter(slug=facet.slug).first() if facet else None


@limited("post", method="POST")
@sign_in_first
@require_POST
def decide(request: MemberRequest, pk: int) -> HttpResponse:
    """Confirm what is proposed (`karar=onay`), or reject it (`ret`); then back to the page on which it stood (`geri`), in the
    state `durum`."""
    link = get_object_or_404(Link, pk=pk)
    confirmed = DECISIONS.get(request.POST.get("karar", ""))
    if confirmed is None:
        return HttpResponseBadRequest()
    try:
        decide_link(by=request.user, link=link, confirmed=confirmed, seen=request.POST.get("durum", ""))
    except DecidedMeanwhileError as error:
        messages.warning(request, _decided_meanwhile(error.link))
    else:
        messages.success(request, SAID[confirmed])
    return redirect(safe_address(request, request.POST.get("geri", ""), "/"))


def _decided_meanwhile(link: Link) -> str:
    who = link.decided_by.display_name if link.decided_by else _("Somebody")
    if link.state == Link.State.CONFIRMED:
        return _("%(name)s has linked it meanwhile. Nothing was changed: look at it again.") % {"name": who}
    return _("%(name)s has decided against it meanwhile. Nothing was changed: look at it again.") % {"name": who}
