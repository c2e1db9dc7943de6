"""The main navigation and the footer's. Each app registers its own entries: the frame of the page imports none of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from cms.routing import is_public
from members.models import City

TOP = 3  # the depth of the pages below the home page


@dataclass(frozen=True)
class Entry:
    """One entry. `url` is asked for the chosen city (or None) and gives "" where there is nothing to show; or `page` says to
    which of the pages below the home page it leads, of those that are shown in menus."""

    name: str
    label: Any
    order: int
    url: Callable[[City | None], str] | None = None
    page: Callable[[Page], bool] | None = None
    in_footer: bool = False


_entries: dict[str, Entry] = {}


def register(entry: Entry) -> None:
    """Add an entry. Raises ValueError when its name is taken."""
    if entry.name in _entries:
        raise ValueError(f"navigation entry {entry.name!r} is registered twice")
    _entries[entry.name] = entry


def entries_for(request: HttpRequest, *, in_footer: bool = False) -> list[dict[str, Any]]:
    """`[{label, url, is_current}]` of the header or the footer in order, for the request's city."""
    found = []
    for entry in sorted(_entries.values(), key=lambda entry: entry.order):
        if entry.in_footer is in_footer and (url := _url_of(entry, request)):
            found.append({"label": entry.label, "url": url, "is_current": request.path.startswith(url)})
    return found


def _url_of(entry: Entry, request: HttpRequest) -> str:
    if entry.page is not None:
        page = next(filter(entry.page, _menu_pages(request)), None)
        return page.get_url() if page else ""
    return entry.url(getattr(request, "city", None) or None) if entry.url else ""


def _menu_pages(request: HttpRequest) -> list[Page]:
    """Read once a request: header and footer ask for several."""
    if not hasattr(request, "menu_pages"):
        pages = Page.objects.live().in_menu().filter(is_public(), depth=TOP).order_by("path")
        request.menu_pages = list(pages)  # type: ignore[attr-defined]
    return request.menu_pages  # type: ignore[attr-defined]
