"""The phases of a plan: their page, and what the reading page says of the running one."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from members.drafts import sign_in_first
from members.permissions import Person
from members.requests import MemberRequest
from plans.actions.enter_phase import (
    EndInThePastError,
    MissingEndError,
    NothingPublishedError,
    PhaseError,
    enter_phase,
)
from plans.forms import PhaseForm
from plans.models import Phase, PlanPage
from plans.permissions import can_enter_phase
from plans.views import readable_plan

WHY_NOT: dict[type[PhaseError], tuple[str, Any]] = {
    MissingEndError: ("last_day", gettext_lazy("Until when can people comment? Please give the last day.")),
    EndInThePastError: ("last_day", gettext_lazy("This day is over already.")),
    NothingPublishedError: ("kind", gettext_lazy("Publish a version first: there is nothing yet that can be read.")),
}


def enterable(person: Person, plan: PlanPage) -> list[str]:
    """The kinds of phases that the person may let begin."""
    return [kind for kind in Phase.Kind.values if can_enter_phase(person, plan, kind)]


def end_of(day: Any) -> datetime | None:
    """A date's last moment, in the site's time zone."""
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59))) if day else None


def describe_phase(phase: Phase | None, *, may_comment: bool = False) -> dict[str, str] | None:
    """`{title, text}` for the reading page; None where there is nothing to say."""
    if phase is None:
        return None
    closed = phase.kind == Phase.Kind.CONSULTATION and phase.has_ended
    title = _("The consultation is over.") if closed else phase.get_kind_display()
    invitation = _("You can comment on every sentence.") if may_comment else ""
    return {"title": title, "text": f"{_until(phase)} {invitation}".strip()}


def _until(phase: Phase) -> str:
    if phase.ends_at is None:
        return ""
    moment = date_format(timezone.localtime(phase.ends_at), "j F Y, H.i")
    if phase.has_ended:
        return _("It ended on %(moment)s.") % {"moment": moment}
    days = (timezone.localtime(phase.ends_at).date() - timezone.localdate()).days
    if days == 0:
        return _("It ends today: %(moment)s.") % {"moment": moment}
    left = ngettext("%(days)s day is left", "%(days)s days are left", days) % {"days": days}
    return _("Until %(moment)s; %(left)s.") % {"moment": moment, "left": left}


def why_closed(plan: PlanPage) -> str:
    """Why the plan takes no comments now."""
    phase = plan.phase
    if phase is not None and phase.kind == Phase.Kind.CONSULTATION and phase.ends_at:
        day = date_format(timezone.localtime(phase.ends_at), "j F Y H.i")
        return _("The consultation ended on %(moment)s.") % {"moment": day}
    if phase is not None:
        return _("In this phase the plan takes no comments: %(phase)s.") % {"phase": phase.get_kind_display()}
    return _("This plan takes no comments.")


@sign_in_first
def phase(request: MemberRequest, pk: int) -> HttpResponse:
    """Which phase the plan is in and was in; for editors and coordinators, the form for the next one."""
    plan = readable_plan(request, pk)
    kinds = enterable(request.user, plan)
    if not kinds:
        raise PermissionDenied(_("The phases of a plan are set by editors and coordinators of its city."))
    form = PhaseForm(request.POST or None, kinds=kinds)
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
