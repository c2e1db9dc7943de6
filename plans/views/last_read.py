"""What has changed since a person last read a plan; and the mark that says what they have read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from members.drafts import sign_in_first
from members.models import User
from members.permissions import Person
from members.requests import MemberRequest
from plans.actions.mark_as_read import mark_as_read
from plans.changes import SAME
from plans.comparison import counts_of
from plans.comparison_wording import describe_counts, fact_labels
from plans.models import PlanVersion, SectionText
from plans.views.comments import readable_plan, version_address
from plans.views.comparison_page import ComparedVersion, compare_versions

WANTED = "okundu"  # the form's field; without a value, the mark is taken away


@dataclass(frozen=True)
class LastRead:
    """What a person has marked as read, seen from the version that they are reading (`PlanVersionQuerySet.read_by`). Where
    that is an earlier one: `url` of the comparison, the `counts` of what differs, and what is said of each section:
    `changes`, by section `{fact, label, url}`."""

    version: PlanVersion
    url: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    changes: dict[int, dict[str, str]] = field(default_factory=dict)

    @property
    def may_mark(self) -> bool:
        return self.version.marked_number is None or self.version.marked_number < self.version.number

    @property
    def summary(self) -> str:
        return describe_counts(self.counts)


def mark_of(person: Person, version: PlanVersion) -> LastRead | None:
    """What a person has marked of the version's plan, without what has changed since; None for who is not signed in."""
    return LastRead(version) if isinstance(person, User) else None


def last_read(person: Person, version: PlanVersion, texts: list[SectionText]) -> LastRead | None:
    """The same with what has changed. `texts` are the version's, with their sections. No query; where an earlier version is
    marked, three or four."""
    found = mark_of(person, version)
    if found is None or version.marked_number is None or not found.may_mark:
        return found
    earlier = version.plan.versions.defer("source").get(number=version.marked_number)
    earlier.plan = version.plan
    new = ComparedVersion(version, texts)
    chapters = compare_versions(ComparedVersion(earlier), new)
    url = version.difference_url(earlier.number)
    rows = (row for chapter in chapters for row in (chapter.row, *chapter.sections))
    changes = {}
    for row in rows:
        if row.after is not None and row.status != SAME:
            text = new.texts[row.after.key]
            label = ", ".join(fact["label"] for fact in fact_labels(row.facts))
            changes[text.section_id] = {"fact": row.facts[0], "label": label, "url": f"{url}#{text.fragment}"}
    return LastRead(version, url, counts_of(chapters), changes)


@sign_in_first
def mark(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Mark a version as read (`okundu` has a value) or take the mark away. However it is asked for, it leads to the text."""
    plan = readable_plan(request, pk)
    version = get_object_or_404(plan.versions, number=number)
    version.plan = plan
    if request.method == "POST":
        wanted = bool(request.POST.get(WANTED))
        mark_as_read(by=request.user, version=version, wanted=wanted)
        marked = _("Version %(number)s is marked as read.") % {"number": number}
        messages.success(request, marked if wanted else _("What you have read of this plan is no longer noted."))
    return redirect(version_address(version))
