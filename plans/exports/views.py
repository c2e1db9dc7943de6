"""Downloads of a plan. Who may read it may have it as a file; plans/exports/collect.py decides what is in it."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header

from common.ratelimit import limited
from common.text import turkish_slug
from members.requests import SiteRequest
from plans.exports.collect import Export
from plans.exports.keeping import kept
from plans.exports.outcomes_pdf import outcomes_pdf
from plans.exports.tables import render_csv, render_xlsx
from plans.exports.typesetting import Document
from plans.exports.version_pdf import version_pdf
from plans.exports.word import WordFile
from plans.models import PlanPage, PlanVersion
from plans.outcomes import balance_of
from plans.views.comments import readable_plan
from plans.views.outcomes import chosen_consultation

PDF = "application/pdf"
CSV = "text/csv; charset=utf-8"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _export(request: SiteRequest, pk: int, number: int) -> Export:
    """What is exported of version `number` of plan `pk`; 404 where the person may not read it."""
    plan = readable_plan(request, pk)
    version = get_object_or_404(plan.versions, number=number)
    version.plan = plan
    return Export(version)


@limited("export")
def pdf(request: SiteRequest, pk: int, number: int) -> HttpResponse:
    """The version as a PDF; with `?yorumlar=1` its comments and answers behind it."""
    export = _export(request, pk, number)
    with_comments = request.GET.get("yorumlar") == "1"
    ending = f"surum-{number}-yorumlarla.pdf" if with_comments else f"surum-{number}.pdf"
    name = pdf_name(export.version, with_comments=with_comments)
    return _kept(request, export.version.plan, ending, name, version_pdf(export, with_comments=with_comments))


def pdf_name(version: PlanVersion, *, with_comments: bool) -> str:
    """The name under which its PDF is kept."""
    return f"plan{version.plan_id}-v{version.number}" + ("-comments" if with_comments else "")


@limited("export")
def said_and_done_pdf(request: SiteRequest, pk: int) -> HttpResponse:
    """“You said, we did” as a PDF, of one consultation or of all time."""
    plan = readable_plan(request, pk)
    consultation = chosen_consultation(request, plan)
    name = f"plan{pk}-outcomes-{consultation.pk if consultation else 'all'}"
    document = outcomes_pdf(plan, balance_of(plan, request.user, consultation))
    return _kept(request, plan, "siz-soylediniz.pdf", name, document)


@limited("export")
def word(request: SiteRequest, pk: int, number: int) -> HttpResponse:
    """The version as a Word file, the public comments as Word comments."""
    export = _export(request, pk, number)
    name = f"plan{pk}-v{number}"
    return _kept(request, export.version.plan, f"surum-{number}.docx", name, WordFile(export))


@limited("export")
def comments_csv(request: SiteRequest, pk: int, number: int) -> HttpResponse:
    export = _export(request, pk, number)
    return _file(export.version.plan, f"surum-{number}-yorumlar.csv", CSV, render_csv(export))


@limited("export")
def comments_xlsx(request: SiteRequest, pk: int, number: int) -> HttpResponse:
    export = _export(request, pk, number)
    return _file(export.version.plan, f"surum-{number}-yorumlar.xlsx", XLSX, render_xlsx(export))


def _kept(
    request: SiteRequest, plan: PlanPage, ending: str, kept_name: str, document: Document | WordFile
) -> HttpResponse:
    """The file, made only where nobody has asked for this state of it before. Who has it already is told so (304)."""
    etag, suffix = f'"{document.mark}"', Path(ending).suffix
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged
    content = kept(kept_name, document.mark, suffix, document.render)
    response = _file(plan, ending, {".pdf": PDF, ".docx": DOCX}[suffix], content)
    response.headers["ETag"] = etag
    return response


def _file(plan: PlanPage, ending: str, content_type: str, content: bytes) -> HttpResponse:
    """The answer with a name for saving, "…-plani-surum-2.docx". A PDF opens in the browser."""
    name = f"{turkish_slug(plan.slug, length=120)}-{ending}"
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(content_type != PDF, name) or ""
    patch_cache_control(response, private=True, no_cache=True)
    return response
