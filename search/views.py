"""The search page: one box over everything, filtered by kind, city and theme. All of it is GET, and can be linked."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common.addresses import PAGE, page_addresses
from common.ratelimit import limited
from search.engines.base import EngineError
from search.filters import PARAMETERS, present_filters
from search.presenters import present_hit
from search.queries import find

HITS_ON_A_PAGE = 20
LONGEST_QUERY = 300


@limited("search")
def search(request: HttpRequest) -> HttpResponse:
    """Parameters: q, tur (kind), kent (city), tema (theme), sayfa (page from 1). No input is an error."""
    text = request.GET.get("q", "").replace("\x00", " ").strip()[:LONGEST_QUERY]
    context: dict[str, Any] = {"query": text}
    if text:
        try:
            context |= _results(request, text)
        except EngineError:
            context["unavailable"] = True
    return render(request, "search/search.html", context)


def _results(request: HttpRequest, text: str) -> dict[str, Any]:
    everything = find(request.user, text)
    kinds, cities, themes = ([value] if (value := request.GET.get(name)) else [] for name in PARAMETERS)
    filtered = bool(kinds or cities or themes)
    hits = find(request.user, text, kinds=kinds, cities=cities, themes=themes) if filtered else everything
    page = Paginator(hits, HITS_ON_A_PAGE).get_page(request.GET.get(PAGE))
    return {
        "hits": [present_hit(found, text) for found in page],
        "page_of_hits": page,
        "total": len(hits),
        "filters": present_filters(request.GET, everything),
        "is_filtered": filtered,
        **page_addresses(page, request.GET),
    }
