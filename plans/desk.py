"""The editors' pages in Wagtail's admin: plans of their cities, publishing a version. Word files: plans/importing.py."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from members.models import City
from members.permissions import Person, can_edit_city
from members.requests import MemberRequest
from plans.actions.publish_version import preview_version, publish_version
from plans.drafting import DuplicateKeyError, PublishError
from plans.forms import PublishForm
from plans.models import Anchor, PlanPage
from plans.permissions import can_publish_version


def editable_cities(user: Person) -> list[City]:
    return [city for city in City.in_alphabetical_order() if can_edit_city(user, city)]


def _cities_or_403(request: MemberRequest) -> list[City]:
    cities = editable_cities(request.user)
    if not cities:
        raise PermissionDenied
    return cities


def plans(request: MemberRequest) -> HttpResponse:
    """The plans of the person's cities."""
    cities = _cities_or_403(request)
    found = PlanPage.objects.filter(city__in=cities).select_related("city").order_by("city__name", "title")
    return render(request, "plans/admin/plans.html", {"plans": found, "cities": cities})


def _why_not(error: PublishError) -> str:
    if isinstance(error, DuplicateKeyError):
        headings = "; ".join(error.headings)
        return _(
            "These sections stand twice. If one has moved to another chapter, approve the drafts of both chapters; if it is "
            "a copy, delete one and write it anew: %(headings)s"
        ) % {"headings": headings}
    return _("No chapter of this plan has an approved section yet.")


def publish(request: MemberRequest, pk: int) -> HttpResponse:
    """First what would happen to every comment, then, confirmed, the next version."""
    plan = get_object_or_404(PlanPage.objects.select_related("city"), pk=pk)
    if not can_publish_version(request.user, plan):
        raise PermissionDenied
    form = PublishForm(request.POST or None)
    try:
        if request.method == "POST" and form.is_valid():
            version = publish_version(by=request.user, plan=plan, note=form.cleaned_data["note"])
            text = _("Version %(number)s is published. Every comment has its place in it.") % {"number": version.number}
            messages.success(request, text)
            return redirect("plan_desk")
        preview = preview_version(by=request.user, plan=plan)
    except PublishError as error:
        messages.error(request, _why_not(error))
        return redirect("plan_desk")
    current = plan.current_version
    numbers = {text.key: f"{text.number} {text.heading}" for text in preview.texts}
    context = {
        "plan": plan,
        "form": form,
        "next_number": (current.number if current else 0) + 1,
        "counts": [(Anchor.Verdict(verdict).label, count) for verdict, count in preview.counts.items()],
        "newer_drafts": preview.newer_drafts,
        "section_count": len(preview.texts),
        "changed": [
            {
                "quote": placement.quote.exact or _("(the whole section)"),
                "verdict": Anchor.Verdict(placement.relocation.verdict).label,
                "where": numbers.get(placement.relocation.section or "", ""),
            }
            for placement in preview.placements
            if placement.relocation.verdict != Anchor.Verdict.SAME
        ],
    }
    return render(request, "plans/admin/publish.html", context)
