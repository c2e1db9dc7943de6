"""Who stands behind a version, and its adoption."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from common.addresses import read_key
from members.drafts import sign_in_first
from members.models import Organisation, User
from members.permissions import Person, can_edit_city, can_speak_for
from members.requests import MemberRequest, SiteRequest
from plans.actions.adopt_version import AdoptionError, NewerVersionError, NoQuorumError, OpenItemsError, adopt_version
from plans.actions.endorse_version import endorse_version, withdraw_endorsement
from plans.actions.set_quorum_rule import RuleInUseError, set_quorum_rule
from plans.actions.start_update import start_update
from plans.forms import QuorumForm
from plans.models import PlanPage, PlanVersion
from plans.permissions import can_adopt, can_endorse, can_set_quorum_rule, can_start_update
from plans.quorum import Standing, rule_of, standing_of
from plans.views.comments import readable_plan

WHY_NOT: dict[type[AdoptionError], Any] = {
    NewerVersionError: gettext_lazy("There is a newer version. Please look again."),
    NoQuorumError: gettext_lazy("Too few organisations, or of too few kinds, stand behind this version."),
}


def why_not(error: AdoptionError) -> str:
    """What hinders the adoption, in the person's language."""
    if isinstance(error, OpenItemsError):
        text = ngettext(
            "%(count)s comment has no sure place yet: it is settled first.",
            "%(count)s comments have no sure place yet: they are settled first.",
            error.count,
        )
        return text % {"count": error.count}
    return str(WHY_NOT[type(error)])


def _asked_version(request: SiteRequest, plan: PlanPage, current: PlanVersion | None) -> PlanVersion:
    """The version of `?surum=`, the newest without it. Raises Http404."""
    number = request.GET.get("surum", "")
    version = plan.versions.select_related("adoption").filter(number=read_key(number)).first() if number else current
    if version is None:
        raise Http404
    version.plan = plan
    return version


def support(request: SiteRequest, pk: int) -> HttpResponse:
    """Who stands behind the newest version, or the one of `?surum=`; of the newest, what is missing, and what the person may
    do about it."""
    plan = readable_plan(request, pk)
    current = plan.current_version
    version = _asked_version(request, plan, current)
    standing = standing_of(version)
    may_adopt = version == current and can_adopt(request.user, plan)
    may_edit = version == current and can_edit_city(request.user, plan.city)
    context = {
        "plan": plan,
        "version": version,
        "current": current,
        "standing": standing,
        "adoption": getattr(version, "adoption", None),
        "rule_changes": plan.city.quorum_changes.select_related("changed_by").order_by("-changed_at", "-pk"),
        "own": _own(request.user, version, standing),
        "may_adopt": may_adopt,
        "places_url": reverse("plans:places", args=[plan.pk]) if may_edit else "",
        "may_set_rule": can_set_quorum_rule(request.user, plan.city),
        "may_start_update": can_start_update(request.user, plan),
    }
    return render(request, "plans/support.html", context)


def _own(person: Person, version: PlanVersion, standing: Standing) -> list[dict[str, Any]]:
    """The organisations for which the person may endorse now, and whether they already do."""
    if not isinstance(person, User):
        return []
    endorsing = {endorsement.organisation_id for endorsement in standing.endorsements}
    own = Organisation.objects.spoken_for_by(person).filter(city=version.plan.city)
    return [
        {"organisation": organisation, "endorses": organisation.pk in endorsing}
        for organisation in own
        if can_endorse(person, version, organisation)
    ]


@sign_in_first
@require_POST
def endorse(request: MemberRequest, pk: int) -> HttpResponse:
    """For an organisation, stand behind the version that was read, or (`geri`) no longer."""
    plan = readable_plan(request, pk)
    version = get_object_or_404(plan.versions, number=_number(request))
    organisation = get_object_or_404(Organisation, city=plan.city, pk=_number(request, "organisation"))
    version.plan = plan
    try:
        if "geri" in request.POST:
            withdraw_endorsement(by=request.user, version=version, organisation=organisation)
            said = _("The support has been taken back: %(name)s.")
        else:
            endorse_version(by=request.user, version=version, organisation=organisation)
            said = _("This organisation stands behind the version: %(name)s.")
    except PermissionDenied:
        if not can_speak_for(request.user, organisation):
            raise
        messages.error(request, _("This version is no longer being decided on. Please look again."))
    else:
        messages.success(request, said % {"name": organisation})
    return redirect("plans:support", plan.pk)


def _number(request: MemberRequest, name: str = "version") -> int:
    """A posted number. Raises Http404 where it is none."""
    value = read_key(request.POST.get(name, ""))
    if value is None:
        raise Http404
    return value


@sign_in_first
@require_POST
def adopt(request: MemberRequest, pk: int) -> HttpResponse:
    """A coordinator declares the version adopted."""
    plan = readable_plan(request, pk)
    version = get_object_or_404(plan.versions, number=_number(request))
    try:
        adopt_version(by=request.user, version=version)
    except AdoptionError as error:
        messages.error(request, why_not(error))
    else:
        messages.success(request, _("Version %(number)s is adopted.") % {"number": version.number})
    return redirect("plans:support", plan.pk)


@sign_in_first
@require_POST
def update(request: MemberRequest, pk: int) -> HttpResponse:
    """A coordinator begins an update of the adopted plan."""
    plan = readable_plan(request, pk)
    version = start_update(by=request.user, plan=plan)
    text = _("The update begins with the text of version %(number)s. Editors work on it in Wagtail.")
    messages.success(request, text % {"number": version.number})
    return redirect("plans:support", plan.pk)


@sign_in_first
def quorum(request: MemberRequest, pk: int) -> HttpResponse:
    """The rule by which the city's platform adopts."""
    plan = readable_plan(request, pk)
    if not can_set_quorum_rule(request.user, plan.city):
        raise PermissionDenied
    rule = rule_of(plan.city)
    form = QuorumForm(request.POST or None, instance=rule)
    if request.method == "POST" and form.is_valid():
        try:
            set_quorum_rule(by=request.user, city=plan.city, **form.cleaned_data)
        except RuleInUseError:
            form.add_error(
                None, _("Organisations have begun to endorse a version: until it is adopted, the rule stays.")
            )
        else:
            messages.success(request, _("The rule has been changed."))
            return redirect("plans:support", plan.pk)
    return render(request, "plans/quorum.html", {"plan": plan, "form": form})
