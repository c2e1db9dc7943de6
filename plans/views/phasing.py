"""The page on which a plan enters its phases."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.drafts import sign_in_first
from members.permissions import can_edit_city
from members.requests import MemberRequest
from plans.actions.enter_phase import (
    AdoptedInTheOpenError,
    EndInThePastError,
    MissingEndError,
    NothingPublishedError,
    PhaseError,
    enter_phase,
)
from plans.forms import PhaseForm
from plans.models import Phase, PlanPage
from plans.permissions import enterable_phases
from plans.views.comments import readable_plan

WHY_NOT: dict[type[PhaseError], tuple[str, Any]] = {
    MissingEndError: ("last_day", gettext_lazy("Until when can people comment? Please give the last day.")),
    AdoptedInTheOpenError: ("audience", gettext_lazy("The plan has been adopted: everybody may read it.")),
    EndInThePastError: ("last_day", gettext_lazy("This day is over already.")),
    NothingPublishedError: ("kind", gettext_lazy("Publish a version first: there is nothing yet that can be read.")),
}


def end_of(day: Any) -> datetime | None:
    """A date's last moment, in the site's time zone."""
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59))) if day else None


def _why_not_set(request: MemberRequest, plan: PlanPage) -> str:
    """Why the person lets no phase begin."""
    if plan.is_fixed and can_edit_city(request.user, plan.city):
        return _("The text of this plan is fixed: only a coordinator of its city begins an update or another phase.")
    return _("The phases of a plan are set by editors and coordinators of its city.")


@sign_in_first
def phase(request: MemberRequest, pk: int) -> HttpResponse:
    """Which phase the plan is in and was in; for editors and coordinators, the form for the next one."""
    plan = readable_plan(request, pk)
    kinds = enterable_phases(request.user, plan)
    if not kinds:
        raise PermissionDenied(_why_not_set(request, plan))
    audience = plan.phase.audience if plan.phase else Phase.Audience.PUBLIC
    form = PhaseForm(request.POST or None, kinds=kinds, initial={"audience": audience})
    if request.method == "POST" and form.is_valid():
        try:
            entered = enter_phase(
                by=request.user,
                plan=plan,
                kind=Phase.Kind(form.cleaned_data["kind"]),
                audience=Phase.Audience(form.cleaned_data["audience"]),
                ends_at=end_of(form.cleaned_data["last_day"]),
            )
        except PhaseError as error:
            form.add_error(*WHY_NOT[type(error)])
        else:
            messages.success(
                request, _("The plan is in this phase now: %(phase)s.") % {"phase": entered.get_kind_display()}
            )
            return redirect(reverse("plans:phase", args=[plan.pk]))
    phases = plan.phases.select_related("entered_by").order_by("-starts_at", "-pk")
    context = {"plan": plan, "form": form, "phases": phases}
    return render(request, "plans/phase.html", context)
