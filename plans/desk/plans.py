"""The editors' pages in Wagtail's admin: the plans of their cities. Word files: plans/desk/importing.py."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from wagtail.query import PageQuerySet

from members.models import City
from members.permissions import Person, can_edit_city
from members.requests import MemberRequest
from plans.models import Anchor, PlanPage, PlanVersion
from plans.permissions import can_publish_version, enterable_phases


def editable_cities(user: Person) -> list[City]:
    return [city for city in City.objects.in_alphabetical_order() if can_edit_city(user, city)]


def _cities_or_403(request: MemberRequest) -> list[City]:
    cities = editable_cities(request.user)
    if not cities:
        raise PermissionDenied
    return cities


def _open_counts(plans: PageQuerySet) -> dict[int, int]:
    """By plan, the comments without a sure place in its newest version. One query."""
    newest = PlanVersion.objects.filter(plan=OuterRef("version__plan")).order_by("-number").values("pk")[:1]
    anchors = Anchor.objects.open().filter(version__plan__in=plans, version=Subquery(newest))
    return dict(anchors.values_list("version__plan").annotate(count=Count("pk")))


def plans(request: MemberRequest) -> HttpResponse:
    """The plans of the person's cities."""
    cities = _cities_or_403(request)
    found = PlanPage.objects.filter(city__in=cities).select_related("city").order_by("city__name", "title")
    open_counts = _open_counts(found)
    rows = [
        {
            "plan": plan,
            "may_enter_phase": bool(enterable_phases(request.user, plan)),
            "may_publish": can_publish_version(request.user, plan),
            "open_count": open_counts.get(plan.pk, 0),
        }
        for plan in found
    ]
    return render(request, "plans/admin/plans.html", {"rows": rows, "cities": cities})
