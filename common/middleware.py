"""Response headers that depend on the part of the site."""

from collections.abc import Callable

from csp.constants import SELF, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

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
