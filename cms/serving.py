"""Wagtail's pages by their address, in two queries. Wagtail itself asks two for each level of the tree, and two more for who
may see the page."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import re_path
from wagtail import urls as wagtail_urls
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """As Wagtail's `serve`, which routes itself where nothing was found here."""
    found = _route(request, [component for component in path.split("/") if component])
    if found is not None:
        request._wagtail_route_for_request = found  # type: ignore[attr-defined]  # what Page.route_for_request keeps
    return wagtail_serve(request, path)


def _route(request: HttpRequest, components: list[str]) -> RouteResult | None:
    roots = Site.get_site_root_paths()  # in the cache
    page = _page_at(roots[0].root_path, components) if len(roots) == 1 else None
    if page is None:
        return None
    depth = page.url_path.removeprefix(roots[0].root_path).count("/")
    try:
        return page.route(request, components[depth:])
    except Http404:
        return None


def _page_at(root: str, components: list[str]) -> Any:
    """The page that an address leads to or into, as its own class: the deepest, but none below one with addresses of its
    own. With what its `served_with` names; one below no restriction knows so."""
    addresses = [root + "".join(f"{slug}/" for slug in components[:end]) for end in range(1, len(components) + 1)]
    above = PageViewRestriction.objects.annotate(below=OuterRef("path")).filter(below__startswith=F("page__path"))
    pages = Page.objects.filter(slug__in=components, url_path__in=addresses, alias_of=None)
    found = None
    for page in pages.annotate(restricted=Exists(above)).order_by("depth"):
        found = page
        if issubclass(page.specific_class, RoutablePageMixin):
            break
    if found is None:
        return None
    served_with = getattr(found.specific_class, "served_with", ())
    page = found.specific_class.objects.select_related(*served_with).get(pk=found.pk)
    if not found.restricted:
        page.get_view_restrictions = PageViewRestriction.objects.none
    return page


urlpatterns = [
    *(pattern for pattern in wagtail_urls.urlpatterns if pattern.name != "wagtail_serve"),
    re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
]
