"""The files of a version, for its page."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.exports.keeping import kept_size
from plans.exports.views import pdf_name
from plans.models import PlanVersion

register = template.Library()


@register.inclusion_tag("plans/_downloads.html")
def download_list(version: PlanVersion, comment_count: int) -> dict[str, Any]:
    """`{files: [{url, label, format, size}]}`; `size` in bytes, None while the file was not made yet. No query."""

    def file(name: str, label: str, kind: str, **more: Any) -> dict[str, Any]:
        url = reverse(f"plans:{name}", args=[version.plan_id, version.number])
        return {"url": url, "label": label, "format": kind, "size": None, **more}

    comments = ngettext("%(count)s comment", "%(count)s comments", comment_count) % {"count": comment_count}
    with_comments = file("pdf", _("The plan with its comments and answers"), "PDF")
    with_comments["url"] += "?yorumlar=1"
    with_comments["size"] = kept_size(pdf_name(version, with_comments=True), ".pdf")
    return {
        "files": [
            file("pdf", _("The plan"), "PDF", size=kept_size(pdf_name(version, with_comments=False), ".pdf")),
            with_comments,
            file("word", _("The plan with its comments in the margin"), "Word (.docx)"),
            file("comments_xlsx", _("The comments as a table"), "Excel (.xlsx)", detail=comments),
            file("comments_csv", _("The comments as a table"), "CSV", detail=comments),
        ]
    }
