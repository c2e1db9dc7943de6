"""Nothing typed is lost: what could not be sent waits under its form's address until it has been sent.

Of somebody signed out (their session had ended) in the server's session, of a member as a Draft, which their account lists.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from members.models import Draft, User

Row = TypeVar("Row", bound=models.Model)

_DRAFT = "form_draft"
_LONGEST_TITLE = 200
_MOST_FIELDS = 40


def sign_in_first(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Like `login_required`, but what was posted is kept in the session for the same address."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return ends_draft(view)(request, *args, **kwargs)
        path = request.get_full_path()
        if request.method == "POST":
            keep_draft(request)
        return redirect_to_login(path)

    return checked


def ends_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Where the view leads on after a POST of somebody signed in, it has taken the words: they wait no longer. A page that
    shows the form again, a preview or a refusal leaves them."""

    @wraps(view)
    def taking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method == "POST" and response.status_code == HTTPStatus.FOUND and request.user.is_authenticated:
            _drop_draft(request)
        return response

    return taking


def _typed(request: HttpRequest) -> dict[str, str]:
    """No form of ours has more fields; who is signed out could send any."""
    fields = list(request.POST.dict().items())[:_MOST_FIELDS]
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


def found_or_refused(request: HttpRequest, rows: models.QuerySet[Row], pk: int, why: str) -> Row:
    """The row that a text is written to. Where it is no longer there for who has typed, what they typed is kept, and `why`
    says so. Raises Http404 for who only looks, PermissionDenied for who sends."""
    found = rows.filter(pk=pk).first()
    if found is None:
        raise refused(request, why) if request.method == "POST" else Http404
    return found


def take_draft(request: HttpRequest) -> dict[str, str]:
    """The fields kept for this address, as a form's initial values; a POST brings the words itself."""
    if request.method == "POST":
        return {}
    if _is_in_session(request):
        return request.session[_DRAFT]["fields"]
    return _drafts_of(request).values_list("fields", flat=True).first() or {}


def forget_typed(request: HttpRequest, *, unless_at: str) -> None:
    """What was typed in this browser by somebody signed out, unless it belongs to the page that is opened now."""
    if (request.session.get(_DRAFT) or {}).get("path") != unless_at:
        request.session.pop(_DRAFT, None)


def _drop_draft(request: HttpRequest) -> None:
    if _is_in_session(request):
        del request.session[_DRAFT]
    _drafts_of(request).delete()


def _is_in_session(request: HttpRequest) -> bool:
    return (request.session.get(_DRAFT) or {}).get("path") == request.get_full_path()


def _drafts_of(request: HttpRequest) -> models.QuerySet[Draft]:
    if not isinstance(request.user, User):
        return Draft.objects.none()
    return Draft.objects.filter(user=request.user, path=request.get_full_path())
