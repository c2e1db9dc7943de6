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
