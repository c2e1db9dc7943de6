"""Nothing typed is lost: what could not be sent waits under its form's address until the form is sent again.

Of somebody signed out (their session had ended) in the server's session, of a member as a Draft, which their account lists.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from members.models import Draft, User

_DRAFT = "form_draft"
_LONGEST_TITLE = 200


def sign_in_first(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Like `login_required`, but what was posted is kept in the session for the same address."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        path = request.get_full_path()
        if request.method == "POST":
            keep_draft(request)
        return redirect_to_login(path)

    return checked


def _typed(request: HttpRequest) -> dict[str, str]:
    fields = request.POST.dict().items()
    return {name: value[: settings.POST_MAX_LENGTH] for name, value in fields if name != "csrfmiddlewaretoken"}


def keep_draft(request: HttpRequest, title: str = "") -> None:
    """Keep the posted fields for the next GET of this address; `title` tells a member's drafts apart."""
    path, fields = request.get_full_path(), _typed(request)
    if isinstance(request.user, User):
        _drafts_of(request).delete()
        Draft.objects.create(user=request.user, path=path, fields=fields, title=title[:_LONGEST_TITLE])
    else:
        request.session[_DRAFT] = {"path": path, "fields": fields}


def refused(request: HttpRequest, why: str, title: str = "") -> PermissionDenied:
    """The error to raise where a text comes too late: it says why, and what was typed is among the member's drafts."""
    if request.method == "POST" and request.POST.get("body", "").strip():
        keep_draft(request, title)
        why = " ".join([why, _("What you wrote is kept among your drafts.")])
    return PermissionDenied(why)


def take_draft(request: HttpRequest) -> dict[str, str]:
    """The fields kept for this address, as a form's initial values. A GET can be repeated; a POST brings the words
    itself, and ends the keeping."""
    kept = request.session.get(_DRAFT) or {}
    in_session = kept.get("path") == request.get_full_path()
    if request.method == "POST":
        if in_session:
            del request.session[_DRAFT]
        _drafts_of(request).delete()
        return {}
    if in_session:
        return kept["fields"]
    return _drafts_of(request).values_list("fields", flat=True).first() or {}


def _drafts_of(request: HttpRequest) -> models.QuerySet[Draft]:
    if not isinstance(request.user, User):
        return Draft.objects.none()
    return Draft.objects.filter(user=request.user, path=request.get_full_path())
