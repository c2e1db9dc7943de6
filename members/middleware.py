"""The city that a visitor has chosen: `request.city`, remembered in a cookie, for members also in their profile.

Only a choice is remembered for long (members.views.choose_city, join, sign-in). Where none has been made, the first city
that is opened goes with the visitor until the browser is closed. Opening another city's page shows that city's navigation
for the one page: a link that somebody sent must not change what the site shows tomorrow, nor tell the next person at the
same computer which city was read.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from members.models import City

CITY_COOKIE = "kent"
COOKIE_AGE = 365 * 24 * 3600


def _chosen_city(request: HttpRequest) -> City | None:
    slug = request.COOKIES.get(CITY_COOKIE, "")
    city = City.objects.filter(slug=slug).first() if slug else None
    if city is None and request.user.is_authenticated:
        city = request.user.city
    return city


def _has_chosen(request: HttpRequest) -> bool:
    return CITY_COOKIE in request.COOKIES or (request.user.is_authenticated and request.user.city_id is not None)


def _remember(response: HttpResponse, name: str, value: str, seconds: int | None = COOKIE_AGE) -> None:
    """For so many seconds; with None until the browser is closed."""
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(name, value, max_age=seconds, httponly=True, samesite="Lax", secure=secure)


def remember_city(response: HttpResponse, city: City) -> None:
    _remember(response, CITY_COOKIE, city.slug)


def remember_language(response: HttpResponse, language: str) -> None:
    """For addresses without a language, such as the editors' desk, whatever the browser prefers."""
    _remember(response, settings.LANGUAGE_COOKIE_NAME, language)


class CurrentCityMiddleware:
    """Sets `request.city` (a lazy City or None). A view that shows one city's page overrides it for its own request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.city = chosen = SimpleLazyObject(lambda: _chosen_city(request))  # type: ignore[attr-defined]
        response = self.get_response(request)
        opened = request.city  # type: ignore[attr-defined]
        if opened is not chosen and opened and not _has_chosen(request) and CITY_COOKIE not in response.cookies:
            _remember(response, CITY_COOKIE, opened.slug, seconds=None)
        return response
