"""Types of requests, for annotations: what the middleware has put on them."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from members.models import City, User


class SiteRequest(HttpRequest):
    """A request behind AuthenticationMiddleware and CurrentCityMiddleware."""

    city: City | None
    user: User | AnonymousUser


class MemberRequest(SiteRequest):
    """The same behind `login_required`."""

    user: User


def show_city(request: HttpRequest, city: City | None) -> None:
    """The page is about this city (None: about all): its frame shows the city's navigation, and the city goes along with a
    visitor who has chosen none (CurrentCityMiddleware)."""
    if city is not None:
        request.city = city  # type: ignore[attr-defined]
