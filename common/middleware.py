"""The policy of each part of the site, and a page where Django answers with an empty one."""

from collections.abc import Callable
from http import HTTPStatus

from csp.constants import SELF, UNSAFE_INLINE
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

# Wagtail's editor has inline scripts and styles without a nonce, and previews its own pages in a frame.
_WAGTAIL_ADMIN_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, UNSAFE_INLINE],
        "style-src": [SELF, UNSAFE_INLINE],
        "img-src": [SELF, "data:", "blob:"],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "object-src": ["'none'"],
        "base-uri": [SELF],
    }
}


class WagtailAdminPolicyMiddleware:
    """Gives Wagtail's admin, and pages previewed inside it, the policy they need; every other page keeps the strict one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(reverse("wagtailadmin_home")):
            response._csp_config = _WAGTAIL_ADMIN_POLICY["DIRECTIVES"]  # type: ignore[attr-defined]  # read by CSPMiddleware
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response


class PagesLocaleMiddleware(LocaleMiddleware):
    """Leads from an address without a language to the page of that address in the reader's language, but never from data that
    is not there (a 404 as JSON) to a page."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_data = response.headers.get("Content-Type", "").startswith("application/json")
        if response.status_code == HTTPStatus.NOT_FOUND and is_data:
            patch_vary_headers(response, ["Accept-Language"])
            response.headers.setdefault("Content-Language", get_language() or "")
            return response
        return super().process_response(request, response)


class NulMiddleware:
    """Nobody types the character NUL, and PostgreSQL has none: a request that holds one is refused as damaged."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if any("\0" in value for value in request.COOKIES.values()) or _has_nul(request.GET):
            raise BadRequest
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        if _has_nul(request.POST):
            raise BadRequest


def _has_nul(fields: QueryDict) -> bool:
    return any("\0" in value for values in fields.lists() for value in values[1])


class MethodNotAllowedPageMiddleware:
    """A page for who opens the address of a form's action, for example by switching the language after a refusal: Django has
    handlers for other errors, none for 405."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            page = render(request, "405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
            page.headers["Allow"] = response.headers["Allow"]
            return page
        return response
