"""Two versions of a plan compared, at a permanent address; and the form that leads there. All of it is GET."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from common.addresses import address_with
from members.requests import show_city
from plans.comparison import counts_of
from plans.comparison_wording import describe_counts
from plans.forms import CompareForm
from plans.models import PlanPage, PlanVersion
from plans.views.comparison_page import ComparisonPage
from plans.views.last_read import mark_of

VIEW, SIDE_BY_SIDE = "gorunum", "yan"  # the parameter and its value; without it, both texts stand as one


def choose(request: HttpRequest, plan: PlanPage) -> HttpResponse:
    """Leads to the comparison of the versions that were chosen in the form, else of the current one with the one before."""
    versions = _versions(request, plan)
    if len(versions) < 2:
        show_city(request, plan.city)
        return render(request, "plans/compare.html", {"plan": plan})
    if "once" not in request.GET:
        return _redirect(request, versions[0], versions[1].number)
    form = CompareForm(versions, request.GET)
    if form.is_valid():
        earlier, later = form.numbers
        return _redirect(request, next(one for one in versions if one.number == later), earlier)
    return _render(request, plan, versions, versions[1], versions[0], form)


def _versions(request: HttpRequest, plan: PlanPage) -> list[PlanVersion]:
    return list(plan.versions.newest_first().read_by(request.user))


def _redirect(request: HttpRequest, later: PlanVersion, earlier: int) -> HttpResponse:
    view = f"?{VIEW}={SIDE_BY_SIDE}" if _is_side_by_side(request) else ""
    return redirect(later.difference_url(earlier) + view)


def _is_side_by_side(request: HttpRequest) -> bool:
    return request.GET.get(VIEW) == SIDE_BY_SIDE


def show(request: HttpRequest, plan: PlanPage, earlier: int, later: int) -> HttpResponse:
    """What changed from version `earlier` to version `later`."""
    if earlier == later:
        raise Http404
    if earlier > later:
        return _redirect(request, get_object_or_404(plan.versions, number=earlier), later)
    versions = _versions(request, plan)
    found = {version.number: version for version in versions}
    if earlier not in found or later not in found:
        raise Http404
    form = CompareForm(versions, initial={"once": earlier, "sonra": later})
    return _render(request, plan, versions, found[earlier], found[later], form)


def _render(
    request: HttpRequest,
    plan: PlanPage,
    versions: list[PlanVersion],
    earlier: PlanVersion,
    later: PlanVersion,
    form: CompareForm,
) -> HttpResponse:
    show_city(request, plan.city)
    earlier.plan = later.plan = plan
    page = ComparisonPage(earlier, later, request.user, is_side_by_side=_is_side_by_side(request))
    context = {
        "plan": plan,
        "form": form,
        "earlier": earlier,
        "later": later,
        "view": SIDE_BY_SIDE if page.is_side_by_side else "",
        "views": _views(request, is_side_by_side=page.is_side_by_side),
        "summary": describe_counts(counts_of(page.compared)),
        "notes": [one for one in reversed(versions) if earlier.number < one.number <= later.number and one.note],
        "last_read": mark_of(request.user, later),
        "plain_summary": page.summary(),
        "toc": page.contents(),
        "chapters": page.chapters(),
    }
    return render(request, "plans/compare.html", context)


def _views(request: HttpRequest, *, is_side_by_side: bool) -> list[dict[str, Any]]:
    """`[{label, url, selected}]`, for the template."""
    views = [("", _("as one text")), (SIDE_BY_SIDE, _("side by side"))]
    return [
        {
            "label": label,
            "url": address_with(request.GET, VIEW, value) if request.GET or value else "?",
            "selected": is_side_by_side == bool(value),
        }
        for value, label in views
    ]
