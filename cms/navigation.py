"""The main navigation and the footer's. Each app registers its own entries: the frame of the page imports none of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from members.models import City


@dataclass(frozen=True)
class Entry:
    """One entry; `url` is asked for the chosen city (or None) and gives "" where there is nothing to show."""

    name: str
    label: Any
    order: int
    url: Callable[[City | None], str]
    in_footer: bool = False


_entries: dict[str, Entry] = {}


def register(entry: Entry) -> None:
    """Add an entry. Raises ValueError when its name is taken."""
    if entry.name in _entries:
        raise ValueError(f"navigation entry {entry.name!r} is registered twice")
    _entries[entry.name] = entry


def entries_for(request: HttpRequest, *, in_footer: bool = False) -> list[dict[str, Any]]:
    """`[{label, url, is_current}]` of the header or the footer in order, for the request's city."""
    city = getattr(request, "city", None) or None
    found = []
    for entry in sorted(_entries.values(), key=lambda entry: entry.order):
        if entry.in_footer is in_footer and (url := entry.url(city)):
            found.append({"label": entry.label, "url": url, "is_current": request.path.startswith(url)})
    return found
