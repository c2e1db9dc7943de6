"""Pages that say what became of what people said, and who has not spoken yet."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from common.addresses import read_key
from members.models import OrganisationKind
from members.requests import SiteRequest
from plans.consultations import Consultation, consultations_of
from plans.models import PlanPage
from plans.outcomes import balance_of, voices_of
from plans.views.comments import readable_plan

CONSULTATION = "gorus"  # the parameter


def chosen_consultation(request: SiteRequest, plan: PlanPage) -> Consultation | None:
    """The consultation that the address names; None for all time. 404 where the plan has no such one."""
    pk = read_key(request.GET.get(CONSULTATION, ""))
    if pk is None:
        return None
    found = next((one for one in consultations_of(plan) if one.pk == pk), None)
    if found is None:
        raise Http404
    return found


def said_and_done(request: SiteRequest, pk: int) -> HttpResponse:
    """“You said, we did”: every answered comment with its answer, of one consultation or of all time."""
    plan = readable_plan(request, pk)
    context = {
        "plan": plan,
        "balance": balance_of(plan, request.user, chosen_consultation(request, plan)),
        "consultations": consultations_of(plan)[::-1],
    }
    return render(request, "plans/said_and_done.html", context)


def voices(request: SiteRequest, pk: int) -> HttpResponse:
    """Which kinds of organisations have spoken about which section of the current version, and which have not."""
    plan = readable_plan(request, pk)
    version = get_object_or_404(plan.versions.order_by("-number")[:1])
    rows = voices_of(version, request.user)
    spoken = {kind for row in rows for kind, count in row["counts"].items() if count}
    context = {
        "plan": plan,
        "version": version,
        "columns": _columns(),
        "rows": [
            {**row, "cells": [row["counts"][kind] for kind, _label in _columns()]}
            for row in rows
            if row["text"].is_chapter or row["counts"]
        ],
        "quiet": [row["text"] for row in rows if not row["counts"] and not row["text"].is_chapter],
        "silent": [label for kind, label in _columns() if kind and kind not in spoken],
    }
    return render(request, "plans/voices.html", context)


def _columns() -> list[tuple[str, str]]:
    """The kinds of organisations, and "" for those who spoke for themselves."""
    return [*((kind.value, str(kind.label)) for kind in OrganisationKind), ("", _("for themselves"))]
