"""How an address leads to a page, and who may see it: in two queries, one for the site and one for the page, however deep it
lies. Wagtail itself asks two for each level, and two more for restrictions."""

from __future__ import annotations

from functools import cache, reduce
from typing import Any, ClassVar

from django.db.models import Exists, OuterRef, Q
from django.db.models.constants import LOOKUP_SEP
from django.db.models.functions import Left, Length
from django.http import HttpRequest
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page, PageViewRestriction, get_page_models
from wagtail.query import PageQuerySet
from wagtail.url_routing import RouteResult


def _restrictions() -> PageViewRestriction:
    """For a subquery: the restrictions of the outer query's page and of the pages above it."""
    return PageViewRestriction.objects.filter(page__path=Left(OuterRef("path"), Length("page__path")))


def is_public() -> Q:
    """The condition on pages that neither they nor one above them is restricted. `PageQuerySet.public` reads all restrictions
    first, with a query of its own."""
    return ~Q(Exists(_restrictions()))


LEVELS_AT_ONCE = 8  # of an address; deeper pages are found from there. Addresses of thousands of parts stay cheap.


class SitePage(Page):
    """A page of this site. `served_with` names what is read along with it (for `select_related`)."""

    served_with: ClassVar[tuple[str, ...]] = ()
    found_public = False  # by the query that found it

    class Meta:
        abstract = True

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """As Wagtail's, without stopping at every level."""
        found = self._find(path_components[:LEVELS_AT_ONCE])
        if found is None:
            return super().route(request, path_components)
        return found.route(request, path_components[found.depth - self.depth :])

    def _find(self, components: list[str]) -> Any:
        """The page below this one that the address leads to or into, as its own class: the deepest, but none below one that
        has addresses of its own. None where there is none, and for copies (aliases)."""
        addresses = [
            "".join([self.url_path, *(f"{slug}/" for slug in components[:end])]) for end in _lengths(components)
        ]
        found = None
        for page in _pages_at(addresses, components):
            found = page
            if issubclass(page.specific_class, RoutablePageMixin):
                break
        if found is None or not issubclass(found.specific_class, SitePage):
            return None
        specific = reduce(getattr, _way_to(found.specific_class), found)
        specific.found_public = found.public
        return specific

    def get_view_restrictions(self) -> Any:
        """None where the query that found the page has said so."""
        return PageViewRestriction.objects.none() if self.found_public else super().get_view_restrictions()


def _lengths(components: list[str]) -> range:
    return range(1, len(components) + 1)


def _pages_at(addresses: list[str], slugs: list[str]) -> PageQuerySet:
    """From the root downward, each with its row as its own class. The slugs are indexed, the addresses are not."""
    pages = Page.objects.filter(slug__in=slugs, url_path__in=addresses, alias_of=None).order_by("depth")
    return pages.annotate(public=is_public()).select_related(*_read_along()) if addresses else pages.none()


def _way_to(model: type[Page]) -> list[str]:
    """The relations that lead from a page to its row as this class."""
    return [one._meta.model_name for one in (*reversed(model._meta.get_parent_list()), model)][1:]


@cache
def _read_along() -> list[str]:
    """For `select_related`: every kind of page, with what it is served with."""
    names = []
    for model in filter(lambda model: issubclass(model, SitePage), get_page_models()):
        way = LOOKUP_SEP.join(_way_to(model))
        names += [way, *(f"{way}{LOOKUP_SEP}{name}" for name in model.served_with)]
    return names
