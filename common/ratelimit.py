"""Rate limits: `@limited("post")` on a view, rates in settings.RATE_LIMITS, answered with 429 and Retry-After."""

import math
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_ratelimit import ALL
from django_ratelimit.core import get_usage

from common.typed import typed_words

LONGEST_WAIT = 3600  # seconds; allauth's own limits do not say how long, and none lasts longer


class RateLimited(Exception):
    """Raised by a limited view; `retry_after` is in seconds, None where it is not known."""

    def __init__(self, retry_after: int | None) -> None:
        super().__init__(f"too many requests, retry after {retry_after} s")
        self.retry_after = retry_after


def client_address(request: HttpRequest) -> str:
    """The address of who asks, as the outermost of our own proxies saw it; what a client claims itself counts for nothing."""
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if proxies and len(hops) >= proxies:
        try:
            return str(ip_address(hops[-proxies].strip()))
        except ValueError:
            pass
    return request.META["REMOTE_ADDR"]


def limited(
    name: str, method: str | None = ALL
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Limit a view to `settings.RATE_LIMITS[name]` per person, or per address when signed out.

    `method` limits requests of that HTTP method only. Raises RateLimited, which RateLimitMiddleware answers.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            usage = get_usage(
                request, group=name, key="user_or_ip", rate=settings.RATE_LIMITS[name], method=method, increment=True
            )
            if usage and usage["should_limit"]:
                raise RateLimited(max(1, usage["time_left"]))
            return view(request, *args, **kwargs)

        return checked

    return decorate


def too_many_requests(request: HttpRequest, retry_after: int | None = None) -> HttpResponse:
    """The 429 page. What the person typed is in it, so that nothing is lost. Also allauth's `handler429`."""
    minutes = math.ceil((retry_after or LONGEST_WAIT) / 60)
    context = {"retry_after": retry_after, "minutes": minutes, "typed": typed_words(request)}
    response = render(request, "429.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = str(retry_after or LONGEST_WAIT)
    return response


class RateLimitMiddleware:
    """Answers RateLimited with the 429 page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return too_many_requests(request, exception.retry_after) if isinstance(exception, RateLimited) else None
