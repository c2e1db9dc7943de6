"""Downloads of a version. Who may read the plan may have it as a file; plans/exports/collect.py decides what is in it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header

from common.ratelimit import limited
from members.requests import SiteRequest
from plans.exports.collect import Export
from plans.exports.keeping import fingerprint, kept
from plans.exports.pdf import TEMPLATE, document, render_pdf
from plans.exports.tables import render_csv, render_xlsx
from plans.exports.word import render_word
from plans.models import PlanVersion
from plans.views import readable_plan

PDF = "application/pdf"
CSV = "text/csv; charset=utf-8"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TEMPLATE_MARK = fingerprint(TEMPLATE.read_text())


def _export(request: SiteRequest, pk: int, number: int) -> Export:
    """What is exported of version `number` of plan `pk`; 404 where the person may not read it."""
    plan = readable_plan(request, pk)
    version = get_object_or_404(plan.versions, number=number)
    version.plan = plan
    return Export(version)


@limited("export")
def pdf(request: SiteRequest, pk: int, number: int) -> HttpResponse:
    """The version as a PDF; with `?yorumlar=1` its comments and answers behind it. Who has it already is told so (304)."""
    export = _export(request, pk, number)
    with_comments = request.GET.get("yorumlar") == "1"
    data = document(export, with_comments=with_comments)
    mark = fingerprint(_TEMPLATE_MARK, data)
    if unchanged := get_conditional_response(request, etag=f'"{mark}"'):
        return unchanged
    content = kept(pdf_name(export.version, with_comments=with_comments), mark, ".pdf", lambda: render_pdf(data))
    response = _file(export, "-yorumlarla.pdf" if with_comments else ".pdf", PDF, content)
    response.headers["ETag"] = f'"{mark}"'
    return response


def pdf_name(version: PlanVersion, *, with_comments: bool) -> str:
    """The name under which its PDF is kept."""
    return f"plan{version.plan_id}-v{version.number}" + ("-comments" if with_comments else "")


@limited("export")
def word(request: SiteRequest, pk: int, number: int) -> HttpResponse:
    """The version as a Word file, the public comments as Word comments."""
    export = _export(request, pk, number)
    return _file(export, ".docx", DOCX, render_word(export))


@limited("export")
def comments_csv(request: SiteRequest, pk: int, number: int) -> HttpResponse:
    export = _export(request, pk, number)
    return _file(export, "-yorumlar.csv", CSV, render_csv(export))


@limited("export")
def comments_xlsx(request: SiteRequest, pk: int, number: int) -> HttpResponse:
    export = _export(request, pk, number)
    return _file(export, "-yorumlar.xlsx", XLSX, render_xlsx(export))


def _file(export: Export, ending: str, content_type: str, content: bytes) -> HttpResponse:
    """The answer with a name for saving: "…-plani-surum-2.pdf". A PDF opens in the browser."""
    name = f"{export.version.plan.slug}-surum-{export.version.number}{ending}"
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(content_type != PDF, name) or ""
    patch_cache_control(response, private=True, no_cache=True)
    return response
