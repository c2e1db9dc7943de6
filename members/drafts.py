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
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from common.text import LONGEST_TEXT
from common.typed import typed_words
from members.middleware import remember
from members.models import Draft, User

Row = TypeVar("Row", bound=models.Model)

_DRAFT = "form_draft"
_WRITER_COOKIE = "yazan"  # a keyed hash of who signed in here last
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
    return {name: value[:LONGEST_TEXT] for name, value in fields if name != "csrfmiddlewaretoken"}


def keep_draft(request: HttpRequest, title: str = "") -> None:
    """Keep the posted fields for the next GET of this address; `title` tells a member's drafts apart."""
    path, fields = request.get_full_path(), _typed(request)
    if isinstance(request.user, User):
        _drafts_of(request).delete()
        Draft.objects.create(user=request.user, path=path, fields=fields, title=title[:_LONGEST_TITLE])
    else:
        request.session[_DRAFT] = {"path": path, "fields": fields, "of": request.COOKIES.get(_WRITER_COOKIE)}


def keep_typed(request: HttpRequest, title: str = "") -> bool:
    """Keep what somebody signed in has sent among their drafts. Whether there was anything to keep."""
    is_to_keep = request.method == "POST" and isinstance(request.user, User) and bool(typed_words(request))
    if is_to_keep:
        keep_draft(request, title)
    return is_to_keep


def keep_and_refuse(request: HttpRequest, why: str, title: str = "") -> PermissionDenied:
    """The error to raise where a text comes too late: it says why, and what was typed is among the member's drafts."""
    if keep_typed(request, title):
        why = " ".join([why, _("What you wrote is kept among your drafts.")])
    return PermissionDenied(why)


def found_or_refused(request: HttpRequest, rows: models.QuerySet[Row], pk: int, why: str) -> Row:
    """The row that a text is written to. Where it is no longer there for who has typed, what they typed is kept, and `why`
    says so. Raises Http404 for who only looks, PermissionDenied for who sends."""
    found = rows.filter(pk=pk).first()
    if found is None:
        raise keep_and_refuse(request, why) if request.method == "POST" else Http404
    return found


def take_draft(request: HttpRequest) -> dict[str, str]:
    """The fields kept for this address, as a form's initial values; a POST brings the words itself."""
    if request.method == "POST":
        return {}
    if _is_in_session(request):
        return request.session[_DRAFT]["fields"]
    return _drafts_of(request).values_list("fields", flat=True).first() or {}


def _mark(user: User) -> str:
    return salted_hmac(_WRITER_COOKIE, str(user.pk)).hexdigest()


def hand_over_typed(request: HttpRequest, response: HttpResponse, user: User, *, at: str | None, is_new: bool) -> None:
    """Somebody signs in where somebody signed out has typed. The words are theirs who was sent from there (`at`) to sign in,
    or had signed in here before and then typed, or is new where nobody had. To anybody else they are not shown."""
    if draft := request.session.get(_DRAFT):
        writer = draft.get("of")
        if not (draft["path"] == at or writer == _mark(user) or (is_new and writer is None)):
            del request.session[_DRAFT]
    remember(response, _WRITER_COOKIE, _mark(user), 2 * settings.SESSION_COOKIE_AGE)  # beyond the session's end


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
