"""The city that somebody has chosen: `request.city`, of a visitor remembered in a cookie, of a member in their profile.

Only a choice is remembered for long (members.views.choose_city). Where none has been made, the first city
that is opened goes with the visitor until the browser is closed. Opening another city's page shows that city's navigation
for the one page: a link that somebody sent must not change what the site shows tomorrow, nor tell the next person at the
same computer which city was read.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import SimpleLazyObject

from members.models import City

CITY_COOKIE = "kent"
COOKIE_AGE = 365 * 24 * 3600


def _chosen_city(request: HttpRequest) -> City | None:
    if request.user.is_authenticated and request.user.city:
        return request.user.city
    slug = request.COOKIES.get(CITY_COOKIE, "")
    return City.objects.filter(slug=slug).first() if slug else None


def _has_chosen(request: HttpRequest) -> bool:
    return CITY_COOKIE in request.COOKIES or (request.user.is_authenticated and request.user.city_id is not None)


def remember(response: HttpResponse, name: str, value: str, seconds: int | None = COOKIE_AGE) -> None:
    """In a cookie that no script reads, for so many seconds; with None until the browser is closed."""
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(name, value, max_age=seconds, httponly=True, samesite="Lax", secure=secure)


def remember_city(response: HttpResponse, city: City) -> None:
    remember(response, CITY_COOKIE, city.slug)


def remember_language(response: HttpResponse, language: str) -> None:
    """For addresses without a language, such as the editors' desk, whatever the browser prefers."""
    remember(response, settings.LANGUAGE_COOKIE_NAME, language)


class PrivatePagesMiddleware:
    """No page about a person's own account stays in the browser, where the next one at the same device would find it with
    “back”. Pages that are read stay: what is typed there survives a “back”."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and _is_private(request):
            add_never_cache_headers(response)
        return response


def _is_private(request: HttpRequest) -> bool:
    """Pages of this app, and allauth's."""
    match = request.resolver_match
    return match is not None and (match.app_name == "members" or (match.url_name or "").startswith("account_"))


class CurrentCityMiddleware:
    """Sets `request.city` (a lazy City or None). A view that shows one city's page overrides it for its own request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.city = chosen = SimpleLazyObject(lambda: _chosen_city(request))  # type: ignore[attr-defined]
        response = self.get_response(request)
        opened = request.city  # type: ignore[attr-defined]
        if opened is not chosen and opened and not _has_chosen(request) and CITY_COOKIE not in response.cookies:
            remember(response, CITY_COOKIE, opened.slug, seconds=None)
        return response
