"""The editors' pages in Wagtail's admin: plans of their cities, import from Word."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy

from common.ratelimit import limited
from members.models import City
from members.permissions import Person, can_edit_city
from members.requests import MemberRequest
from plans.actions.import_plan import import_plan
from plans.docx.model import DocxError, Loss
from plans.forms import ImportForm
from plans.models import PlanPage
from plans.permissions import can_publish_version

WHY_NOT = {
    "not-docx": gettext_lazy("This is no Word file (.docx)."),
    "old-doc": gettext_lazy("This is an old .doc file, or one with a password. Please save it as .docx without one."),
    "encrypted": gettext_lazy("This file has a password. Please save it without one."),
    "damaged": gettext_lazy("This file is damaged: Word's own repair, or saving it anew, may help."),
    "too-large": gettext_lazy("This file is too large to be read."),
    "no-headings": gettext_lazy(
        "No chapter was found. Chapters need the style “Heading 1”, sections the style “Heading 2”."
    ),
}
WHAT_IS_LOST = {
    "picture": gettext_lazy("A picture was left out."),
    "text-box": gettext_lazy("A text box was left out."),
    "comment": gettext_lazy("A Word comment was left out."),
    "equation": gettext_lazy("An equation was left out."),
    "tracked-insertion": gettext_lazy("A tracked insertion was taken as accepted."),
    "tracked-deletion": gettext_lazy("A tracked deletion was taken as accepted."),
    "merged-cells": gettext_lazy("Merged table cells were split."),
    "nested-table": gettext_lazy("A table inside a table became plain text."),
    "typed-number": gettext_lazy("A number typed before a heading was taken off: sections are numbered by the site."),
    "footnote": gettext_lazy("A footnote was left out."),
    "table-before-first-chapter": gettext_lazy("A table before the first chapter was left out."),
}
LOSSES = "plans.losses"  # of the session: the last import's


def editable_cities(user: Person) -> list[City]:
    return [city for city in City.in_alphabetical_order() if can_edit_city(user, city)]


def describe_losses(losses: list[Loss]) -> list[dict[str, str]]:
    """What could not be kept, in the editor's language."""
    return [{"what": str(WHAT_IS_LOST[loss.kind]), "where": loss.where, "detail": loss.detail} for loss in losses]


def _cities_or_403(request: MemberRequest) -> list[City]:
    cities = editable_cities(request.user)
    if not cities:
        raise PermissionDenied
    return cities


def plans(request: MemberRequest) -> HttpResponse:
    """The plans of the person's cities."""
    cities = _cities_or_403(request)
    found = PlanPage.objects.filter(city__in=cities).select_related("city").order_by("city__name", "title")
    rows = [{"plan": plan, "may_publish": can_publish_version(request.user, plan)} for plan in found]
    return render(request, "plans/admin/plans.html", {"rows": rows, "cities": cities})


@limited("import", method="POST")
def import_view(request: MemberRequest, slug: str) -> HttpResponse:
    """A new plan of a city from a Word file. What could not be kept is listed on the page that follows."""
    city = get_object_or_404(City, slug=slug)
    if not can_edit_city(request.user, city):
        raise PermissionDenied
    form = ImportForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "city": city}
    if request.method == "POST" and form.is_valid():
        try:
            plan, losses = import_plan(by=request.user, city=city, file=form.cleaned_data["file"])
        except DocxError as error:
            form.add_error("file", WHY_NOT[error.code])
        else:
            request.session[LOSSES] = {str(plan.pk): describe_losses(losses)}
            return redirect("plan_imported", plan.pk)
    return render(request, "plans/admin/import.html", context)


def imported(request: MemberRequest, pk: int) -> HttpResponse:
    """What came of the import: a page that can be loaded again, for the person who imported."""
    plan = get_object_or_404(PlanPage.objects.select_related("city"), pk=pk)
    if not can_edit_city(request.user, plan.city):
        raise PermissionDenied
    losses = request.session.get(LOSSES, {}).get(str(pk), [])
    return render(request, "plans/admin/imported.html", {"plan": plan, "losses": losses})
