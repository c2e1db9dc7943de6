"""The editors' pages for Word files in Wagtail's admin: a new plan, and a revised file into a plan that is there."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from common.ratelimit import limited
from members.models import City
from members.requests import MemberRequest
from plans.actions.import_plan import import_plan
from plans.actions.reimport_plan import compare_revision, reimport_plan
from plans.desk.import_words import WHAT_CHANGES, WHY_NOT, describe_losses, describe_refusal
from plans.desk.uploads import UploadGoneError, forget_upload, keep_upload, open_upload
from plans.docx.model import DocxError, ImportedPlan
from plans.docx.reader import read_plan
from plans.docx.tracked import Decision, TrackedChanges, TrackedChangesError
from plans.drafting import chapters_with_newer_drafts
from plans.forms import ImportForm, RevisionForm, TrackedForm
from plans.models import ChapterPage, PlanPage
from plans.permissions import can_import_plan
from plans.revising import Comparison, RevisionError, counts

LOSSES = "plans.losses"  # of the session: the last import's


def _city_or_403(request: MemberRequest, slug: str) -> City:
    city = get_object_or_404(City, slug=slug)
    if not can_import_plan(request.user, city):
        raise PermissionDenied
    return city


def _plan_or_403(request: MemberRequest, pk: int) -> PlanPage:
    plan = get_object_or_404(PlanPage.objects.select_related("city"), pk=pk)
    if not can_import_plan(request.user, plan.city):
        raise PermissionDenied
    return plan


def _decision(form: TrackedForm) -> Decision | None:
    return cast("Decision", form.cleaned_data["tracked"]) if form.is_bound and form.is_valid() else None


def _say_it_is_gone(request: MemberRequest) -> None:
    messages.warning(request, _("The file is not kept any more. Please choose it again."))


# A new plan


@limited("import", method="POST")
def import_view(request: MemberRequest, slug: str) -> HttpResponse:
    """A new plan of a city from a Word file. What could not be kept is listed on the page that follows."""
    city = _city_or_403(request, slug)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            plan, losses = import_plan(by=request.user, city=city, file=file)
        except DocxError as error:
            form.add_error("file", WHY_NOT[error.code])
        except TrackedChangesError:
            token = keep_upload(request.session, file, f"import {city.pk}")
            return redirect("plan_import_tracked", city.slug, token)
        else:
            request.session[LOSSES] = {str(plan.pk): describe_losses(losses)}
            return redirect("plan_imported", plan.pk)
    return render(request, "plans/admin/import.html", {"form": form, "city": city})


@limited("import", method="POST")
def import_tracked(request: MemberRequest, slug: str, token: str) -> HttpResponse:
    """Asks what is to become of the tracked changes in a file that was uploaded, and makes the plan then."""
    city = _city_or_403(request, slug)
    form = TrackedForm(request.POST or None)
    try:
        with open_upload(request.session, token, f"import {city.pk}") as file:
            plan, losses = import_plan(by=request.user, city=city, file=file, tracked=_decision(form))
    except UploadGoneError:
        _say_it_is_gone(request)
        return redirect("plan_import", city.slug)
    except TrackedChangesError as error:
        return _ask(request, form, error.changes, city.name, "post")
    except DocxError as error:  # without its tracked changes it may have no heading left
        messages.error(request, WHY_NOT[error.code])
        return redirect("plan_import", city.slug)
    forget_upload(request.session, token)
    request.session[LOSSES] = {str(plan.pk): describe_losses(losses)}
    return redirect("plan_imported", plan.pk)


def _ask(
    request: MemberRequest, form: TrackedForm, changes: TrackedChanges, subtitle: str, method: str
) -> HttpResponse:
    context = {"form": form, "changes": changes, "subtitle": subtitle, "method": method}
    return render(request, "plans/admin/import_tracked.html", context)


def imported(request: MemberRequest, pk: int) -> HttpResponse:
    """What came of the import: a page that can be loaded again, for the person who imported."""
    plan = _plan_or_403(request, pk)
    losses = request.session.get(LOSSES, {}).get(str(pk), [])
    return render(request, "plans/admin/imported.html", {"plan": plan, "losses": losses})


# A revised file


@limited("import", method="POST")
def upload_revision(request: MemberRequest, pk: int) -> HttpResponse:
    """A revised Word file for a plan that is there. Nothing is written: the comparison follows."""
    plan = _plan_or_403(request, pk)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            read_plan(file, "accept")
        except DocxError as error:
            form.add_error("file", WHY_NOT[error.code])
        else:
            return redirect("plan_revise_preview", plan.pk, keep_upload(request.session, file, f"revise {plan.pk}"))
    return render(request, "plans/admin/import_revision.html", {"form": form, "plan": plan})


def preview_revision(request: MemberRequest, pk: int, token: str) -> HttpResponse:
    """First what becomes of every section, then, confirmed, new drafts. The file is read anew each time."""
    plan = _plan_or_403(request, pk)
    asked = TrackedForm(request.GET or None)
    try:
        with open_upload(request.session, token, f"revise {plan.pk}") as file:
            read = read_plan(file, _decision(asked))
    except UploadGoneError:
        _say_it_is_gone(request)
        return redirect("plan_revise", plan.pk)
    except DocxError as error:
        messages.error(request, WHY_NOT[error.code])
        return redirect("plan_revise", plan.pk)
    except TrackedChangesError as error:
        return _ask(request, asked, error.changes, plan.title, "get")
    comparison = compare_revision(by=request.user, plan=plan, read=read)
    form = RevisionForm(comparison, request.POST or None)
    if request.method == "POST" and form.is_valid():
        if written := _take_over(request, plan, read, form):
            forget_upload(request.session, token)
            return written
        comparison = compare_revision(by=request.user, plan=plan, read=read)
        chosen = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        form = RevisionForm(comparison, initial={"seen": comparison.fingerprint, **chosen})
    return render(request, "plans/admin/import_preview.html", _preview(request, comparison, form))


def _take_over(request: MemberRequest, plan: PlanPage, read: ImportedPlan, form: RevisionForm) -> HttpResponse | None:
    """Write the drafts and lead to them; None, with a message, where that cannot be done."""
    seen = form.cleaned_data["seen"]
    try:
        drafts = reimport_plan(by=request.user, plan=plan, read=read, seen=seen, decisions=form.decisions)
    except RevisionError as error:
        messages.error(request, describe_refusal(error))
        return None
    request.session[LOSSES] = {str(plan.pk): describe_losses(read.losses)}
    messages.success(
        request, _("The revised file was taken over. Chapters with a new draft: %(n)s") % {"n": len(drafts)}
    )
    return redirect("plan_revised", plan.pk)


def _preview(request: MemberRequest, comparison: Comparison, form: RevisionForm) -> dict[str, Any]:
    chapters = [
        {
            "chapter": chapter,
            "rows": [
                {
                    "row": row,
                    "changes": [WHAT_CHANGES[change] for change in row.changes],
                    "choice": form.choice_of(row.place),
                }
                for row in chapter.rows
            ],
        }
        for chapter in comparison.rows
    ]
    return {
        "plan": comparison.plan,
        "comparison": comparison,
        "form": form,
        "chapters": chapters,
        "counts": counts(comparison.rows),
        "locked": comparison.locked_for(request.user),
        "losses": describe_losses(comparison.read.losses),
    }


def revised(request: MemberRequest, pk: int) -> HttpResponse:
    """What came of a revised file: the drafts that wait for approval, and what could not be kept."""
    plan = _plan_or_403(request, pk)
    drafts = chapters_with_newer_drafts(plan)
    context = {
        "plan": plan,
        "drafts": drafts,
        "new_chapters": ChapterPage.objects.child_of(plan).not_live().order_by("path"),
        "emptied": [draft for draft in drafts if not draft.get_latest_revision_as_object().sections],
        "losses": request.session.get(LOSSES, {}).get(str(pk), []),
    }
    return render(request, "plans/admin/import_revised.html", context)
