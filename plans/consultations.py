"""The consultations of a plan as they really were: prolonged, shortened or left early."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import zip_longest

from django.utils import timezone
from django.utils.formats import date_format

from plans.models import Phase, PlanPage


@dataclass(frozen=True)
class Consultation:
    """`pk` is that of its first phase: prolonging enters a further one. `ends_at` is when it ended or is to end."""

    pk: int
    starts_at: datetime
    ends_at: datetime

    @property
    def period(self) -> str:
        """From day to day; of one that began and ended on one day, with the times: there may be several of them."""
        begin, end = (timezone.localtime(moment) for moment in (self.starts_at, self.ends_at))
        if begin.date() == end.date():
            return f"{date_format(begin, 'j F Y H.i')} – {date_format(end, 'H.i')}"
        return f"{date_format(begin, 'j F Y')} – {date_format(end, 'j F Y')}"


def consultations_of(plan: PlanPage) -> list[Consultation]:
    """The begun ones, the earliest first. One query."""
    phases = list(plan.phases.running().order_by("starts_at", "pk"))
    found: list[Consultation] = []
    is_open = False
    for phase, following in zip_longest(phases, phases[1:]):
        if phase.kind != Phase.Kind.CONSULTATION or phase.ends_at is None:
            is_open = False
            continue
        cut_short = following is not None and following.starts_at <= phase.ends_at
        ends_at = following.starts_at if following is not None and cut_short else phase.ends_at
        if is_open:
            found[-1] = replace(found[-1], ends_at=ends_at)
        else:
            found.append(Consultation(phase.pk, phase.starts_at, ends_at))
        is_open = cut_short
    return found
