"""The open interface `/api/v1/`: cities, plans, versions, sections, public comments, as JSON. It only reads.

Everybody gets what a visitor gets, whoever is signed in: so answers can be kept by any cache, and other sites may ask (CORS).
Numbers and keys are stable; what a name in an answer means does not change within `v1`.
"""

# No `from __future__ import annotations`: Ninja reads the types when the functions are registered.

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any
from urllib.parse import urlsplit

import pydantic
from django.conf import settings
from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import conditional_page
from ninja import Field, NinjaAPI, Query, Schema
from ninja.errors import ValidationError
from ninja.pagination import CursorPagination, paginate
from ninja.renderers import JSONRenderer

from cms.models import CityPage
from cms.routing import is_public
from common.addresses import read_key
from common.ratelimit import RateLimited, limited
from forum.models import Post
from members.models import City
from plans.api.schemas import (
    AboutOut,
    CityOut,
    CommentOut,
    CommentWithReplies,
    ErrorOut,
    PlanOut,
    SectionOut,
    VersionOut,
)
from plans.exports.collect import VISITOR, site_address
from plans.models import Anchor, Phase, PlanPage, PlanVersion, SectionText


class _Renderer(JSONRenderer):
    json_dumps_params = {"ensure_ascii": False}  # Turkish stays readable, and short


_READING = ["GET", "HEAD", "OPTIONS"]
_ALLOWED = {
    "Allow": ", ".join(_READING),
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": ", ".join(_READING),
    "Access-Control-Allow-Headers": "*",
}


def _for_readers(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """Ninja knows no HEAD, which belongs to every GET (RFC 9110, 9.3.2), and no OPTIONS, with which a browser asks whether
    another site's script may send headers such as If-None-Match."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=_ALLOWED)
        if request.method not in _READING:
            return HttpResponseNotAllowed(_READING)
        asked, request.method = request.method, "GET"
        try:
            return view(request, *args, **kwargs)
        finally:
            request.method = asked

    return answer


class OpenApi(NinjaAPI):
    @property
    def urls(self) -> tuple[Any, ...]:
        patterns, *names = super().urls
        for pattern in patterns:
            if view := pattern.callback:
                pattern.callback = _for_readers(view)
        return patterns, *names

    def create_response(self, request: HttpRequest, data: Any, **kwargs: Any) -> HttpResponse:
        """Every answer, errors too, may be read by other sites' scripts; those that went well may
        be kept, but are asked for again before each use: what is hidden is gone at once."""
        response = super().create_response(request, data, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        if response.status_code < 400:
            patch_cache_control(response, public=True, no_cache=True)
        return response


api = OpenApi(
    title="Müşterek",
    version="1",
    urls_namespace="api",
    renderer=_Renderer(),
    description=gettext_noop(
        "Plans, their versions and sections, and what people say about them. Everything here is public; it can only be read."
    ),
    docs_url=None,
    openapi_url=None,
    servers=[{"url": settings.BASE_URL}],
    openapi_extra={"info": {"license": {"name": settings.CONTENT_LICENCE, "url": settings.CONTENT_LICENCE_URL}}},
)
api.add_decorator(limited("api"))
api.add_decorator(conditional_page, mode="view")
ERRORS = {404: ErrorOut, 422: ErrorOut, 429: ErrorOut}


PAGE_SIZE, LARGEST_PAGE = 50, 100


class KeyCursors(CursorPagination):
    """Pages by cursor whose positions are numbers; what is no cursor or page size of ours is the asker's mistake."""

    class Input(Schema):
        page_size: int = Field(PAGE_SIZE, ge=1, le=LARGEST_PAGE)
        cursor: str | None = None

    class Cursor(CursorPagination.Cursor):
        @classmethod
        def from_encoded_param(cls, encoded_param: str | None, context: Any = None) -> CursorPagination.Cursor:
            try:
                cursor = super().from_encoded_param(encoded_param, context)
            except pydantic.ValidationError as error:
                raise ValidationError([{"cursor": "invalid"}]) from error
            if encoded_param and read_key(cursor.p or "") is None:
                raise ValidationError([{"cursor": "invalid"}])
            return cursor

    @staticmethod
    def _add_cursor_to_URL(url: str, cursor: CursorPagination.Cursor | None) -> str | None:
        """The site's own address, whatever name it was asked under: answers are kept by caches."""
        own = urlsplit(settings.BASE_URL)
        return CursorPagination._add_cursor_to_URL(
            urlsplit(url)._replace(scheme=own.scheme, netloc=own.netloc).geturl(), cursor
        )


def listed(ordering: str) -> Any:
    """Lists come a page at a time; `next` and `previous` are the addresses of the pages beside it, or null."""
    return paginate(KeyCursors, ordering=(ordering,), page_size=PAGE_SIZE, max_page_size=LARGEST_PAGE)


# --- What can be seen --------------------------------------------------------------------------------------------------


def _plans() -> QuerySet[PlanPage]:
    newest = PlanVersion.objects.filter(plan=OuterRef("pk")).order_by("-number").values("number")[:1]
    running = Phase.objects.running().filter(plan=OuterRef("pk")).values("kind")[:1]
    plans = PlanPage.objects.visible_to(VISITOR).select_related("city")
    return plans.annotate(newest_number=Subquery(newest), phase_kind=Subquery(running))


def _version(plan_id: int, number: int) -> PlanVersion:
    plan = get_object_or_404(_plans(), pk=plan_id)
    version = get_object_or_404(plan.versions, number=number)
    version.plan = plan
    return version


def _texts(plan_id: int, number: int) -> QuerySet[SectionText]:
    return _version(plan_id, number).texts.select_related("section__plan", "theme")


def _comments() -> QuerySet[Post]:
    """Comments on sections whose words a visitor may read, with the number of their replies."""
    replies = Post.objects.filter(thread_id=OuterRef("pk"), status=Post.Status.PUBLISHED).exclude(path="").order_by()
    count = replies.values("thread_id").annotate(count=Count("pk")).values("count")
    shown = Post.objects.visible_to(VISITOR).filter(quote__isnull=False)
    related = ("user", "quote__version", "answer__answered_by", "suggestion")
    return shown.select_related(*related).annotate(reply_count=Coalesce(Subquery(count), 0))


def _placed(comments: QuerySet[Post], anchors: QuerySet[Anchor]) -> QuerySet[Post]:
    """The comments with one of these anchors each, as `quote.places[0]`."""
    anchors = anchors.select_related("version", "section")
    return comments.prefetch_related(Prefetch("quote__anchors", anchors, to_attr="places"))


# --- Addresses ---------------------------------------------------------------------------------------------------------


@api.get("/", response=AboutOut, summary=gettext_noop("About this interface"))
def about(request: HttpRequest) -> dict[str, str]:
    return {
        "title": api.title,
        "licence": settings.CONTENT_LICENCE,
        "licence_url": settings.CONTENT_LICENCE_URL,
        "documentation": site_address(reverse("plans:api")),
        **{name: site_address(reverse(f"api:{name}")) for name in ("openapi", "cities", "plans")},
    }


@api.get("/openapi.json", include_in_schema=False)
def openapi(request: HttpRequest) -> dict[str, Any]:
    return api.get_openapi_schema()


@api.get("/cities", response={200: list[CityOut], **ERRORS}, summary=gettext_noop("Cities"))
@listed("pk")
def cities(request: HttpRequest) -> QuerySet[City]:
    return City.objects.filter(page__in=CityPage.objects.live().filter(is_public())).select_related("page")


@api.get("/plans", response={200: list[PlanOut], **ERRORS}, summary=gettext_noop("Plans"))
@listed("pk")
def plans(
    request: HttpRequest, city: Annotated[str, Query(description=gettext_noop("Only of the city with this slug."))] = ""
) -> QuerySet[PlanPage]:
    return _plans().filter(city__slug=city) if city else _plans()


@api.get("/plans/{key:plan_id}", response={200: PlanOut, **ERRORS}, summary=gettext_noop("One plan"))
def plan(request: HttpRequest, plan_id: int) -> PlanPage:
    return get_object_or_404(_plans(), pk=plan_id)


@api.get(
    "/plans/{key:plan_id}/versions",
    response={200: list[VersionOut], **ERRORS},
    summary=gettext_noop("A plan's versions"),
)
@listed("-number")
def versions(request: HttpRequest, plan_id: int) -> QuerySet[PlanVersion]:
    return get_object_or_404(_plans(), pk=plan_id).versions.select_related("plan")


@api.get(
    "/plans/{key:plan_id}/versions/{key:number}",
    response={200: VersionOut, **ERRORS},
    summary=gettext_noop("One version"),
)
def version(request: HttpRequest, plan_id: int, number: int) -> PlanVersion:
    return _version(plan_id, number)


@api.get(
    "/plans/{key:plan_id}/versions/{key:number}/sections",
    response={200: list[SectionOut], **ERRORS},
    summary=gettext_noop("A version's chapters and sections"),
)
@listed("position")
def sections(request: HttpRequest, plan_id: int, number: int) -> QuerySet[SectionText]:
    return _texts(plan_id, number)


@api.get(
    "/plans/{key:plan_id}/versions/{key:number}/sections/{str:key}",
    response={200: SectionOut, **ERRORS},
    summary=gettext_noop("One section in a version"),
)
def section(request: HttpRequest, plan_id: int, number: int, key: str) -> SectionText:
    return get_object_or_404(_texts(plan_id, number), section__key=key)


@api.get(
    "/plans/{key:plan_id}/versions/{key:number}/comments",
    response={200: list[CommentOut], **ERRORS},
    summary=gettext_noop("The comments of a version"),
)
@listed("pk")
def comments(
    request: HttpRequest,
    plan_id: int,
    number: int,
    section: Annotated[
        str, Query(description=gettext_noop("Only those that stand in the section with this key."))
    ] = "",
    verdict: Annotated[Anchor.Verdict | None, Query(description=gettext_noop("Only those with this verdict."))] = None,
    answered: Annotated[
        bool | None, Query(description=gettext_noop("Only those with an answer (true) or without (false)."))
    ] = None,
) -> QuerySet[Post]:
    anchors = Anchor.objects.filter(version=_version(plan_id, number))
    wanted = anchors
    if section:
        wanted = wanted.filter(section__key=section)
    if verdict:
        wanted = wanted.filter(verdict=verdict)
    found = _comments().filter(quote__in=wanted.values("quote"))
    if answered is not None:
        found = found.filter(answer__isnull=not answered)
    return _placed(found, anchors)


@api.get(
    "/comments/{key:comment_id}",
    response={200: CommentWithReplies, **ERRORS},
    summary=gettext_noop("One comment with its replies, as it stands in the newest version"),
)
def comment(request: HttpRequest, comment_id: int) -> Post:
    found = get_object_or_404(_placed(_comments(), Anchor.objects.order_by("-version__number")), pk=comment_id)
    replies = Post.objects.visible_to(VISITOR).filter(thread_id=found.pk).exclude(path="")
    found.replies = replies.select_related("user").order_by("path")
    return found


@api.get("/{path:rest}", include_in_schema=False)
def unknown(request: HttpRequest, rest: str) -> None:
    raise Http404


# --- Errors ------------------------------------------------------------------------------------------------------------


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return api.create_response(request, {"detail": _("There is nothing here that can be read.")}, status=404)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    names = sorted({str(wrong["loc"][-1]) if "loc" in wrong else next(iter(wrong)) for wrong in error.errors})
    detail = _("These parameters are not right: %(names)s.") % {"names": ", ".join(names)}
    return api.create_response(request, {"detail": detail, "errors": names}, status=422)


@api.exception_handler(RateLimited)
def too_many(request: HttpRequest, error: RateLimited) -> HttpResponse:
    detail = _("Too many requests. Please wait %(seconds)s seconds.") % {"seconds": error.retry_after}
    response = api.create_response(request, {"detail": detail}, status=429)
    response.headers["Retry-After"] = str(error.retry_after)
    return response
