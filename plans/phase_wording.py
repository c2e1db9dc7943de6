"""What a plan's pages say about its running phase."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.models import Adoption, Phase, PlanPage, PlanVersion
from plans.permissions import takes_comments


def describe_phase(plan: PlanPage, version: PlanVersion | None, *, may_comment: bool = False) -> dict[str, str] | None:
    """`{title, text, [url, url_label]}` about the running phase and the current version; None where there is nothing to
    say."""
    phase = plan.phase
    if phase is None:
        return None
    closed = phase.kind == Phase.Kind.CONSULTATION and phase.has_ended
    title = _("The consultation is over.") if closed else phase.get_kind_display()
    invitation = _("You can comment on every sentence.") if may_comment else ""
    if not takes_comments(plan):
        invitation = _("At present it takes no comments.")
    said = {"title": title, "text": f"{_until(phase)} {invitation}".strip()}
    adoption = getattr(version, "adoption", None)
    if adoption:
        return said | _describe_adoption(plan, adoption, said["text"])
    if version and version.adopted_number:
        return said | _describe_standing(plan, version.adopted_number, said["text"])
    return said


def _describe_adoption(plan: PlanPage, adoption: Adoption, text: str) -> dict[str, str]:
    day = date_format(timezone.localtime(adoption.adopted_at), "j F Y")
    adopted = _("The city's platform adopted version %(number)s on %(day)s.") % {
        "number": adoption.version.number,
        "day": day,
    }
    url = reverse("plans:support", args=[plan.pk])
    return {"text": f"{adopted} {text}".strip(), "url": url, "url_label": _("Who stands behind it")}


def _describe_standing(plan: PlanPage, number: int, text: str) -> dict[str, str]:
    """Of an earlier version, which an update is to replace."""
    stands = _("Until the city's platform adopts a newer one, version %(number)s is the city's plan.") % {
        "number": number
    }
    return {
        "text": f"{text} {stands}".strip(),
        "url": f"{plan.get_url()}surum/{number}/",
        "url_label": _("To the adopted version"),
    }


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
