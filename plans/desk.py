"""The editors' pages in Wagtail's admin: the plans of their cities. Word files: plans/importing.py."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render

from members.models import City
from members.permissions import Person, can_edit_city
from members.requests import MemberRequest
from plans.models import PlanPage
from plans.permissions import can_publish_version


def editable_cities(user: Person) -> list[City]:
    return [city for city in City.objects.in_alphabetical_order() if can_edit_city(user, city)]


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
