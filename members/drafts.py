"""Nothing typed is lost to a session that has ended: a form sent by somebody signed out comes back after sign-in.

The words wait in the server's session, under the form's address, until the form is sent again.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

_DRAFT = "form_draft"
_LONGEST_FIELD = 20_000


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


def keep_draft(request: HttpRequest) -> None:
    """Keep the posted fields for the next GET of this address."""
    fields = {name: value[:_LONGEST_FIELD] for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    request.session[_DRAFT] = {"path": request.get_full_path(), "fields": fields}


def take_draft(request: HttpRequest) -> dict[str, str]:
    """The fields kept for this address, as a form's initial values. A GET can be repeated; a POST brings the words
    itself, and ends the keeping."""
    draft = request.session.get(_DRAFT)
    if not draft or draft["path"] != request.get_full_path():
        return {}
    if request.method == "POST":
        del request.session[_DRAFT]
        return {}
    return draft["fields"]
