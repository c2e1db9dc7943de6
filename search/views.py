"""The search page: one box over everything. All of it is GET, and can be linked."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from common.addresses import AFTER, address_with
from common.ratelimit import limited
from members.requests import SiteRequest
from search.asking import WORDS, all_words, read_query, typed_words
from search.engines.base import After, EngineError
from search.filters import PARAMETERS, chosen, present_filters
from search.mending import mend
from search.presenters import present_hit, present_title
from search.queries import Answer, find, suggest, titled
from search.saved_views import saving
from search.ways_out import ways_out

HITS_ON_A_PAGE = 20
SUGGESTIONS = 8
NEWEST = "yeni"
SORTING = "sirala"


@limited("search")
def search(request: SiteRequest) -> HttpResponse:
    """Parameters: q (search/language.py), tur, kent, tema, kurum, yil (search/filters.py), sirala=yeni, devam (where the page
    begins). With narrowings alone, all that they leave is found. No input is an error."""
    text = typed_words(request.GET)
    context: dict[str, Any] = {"query": text, "kept": _kept(request)}
    if text or chosen(request.GET):
        try:
            context |= _results(request, text) | {"is_asked": True, **saving(request)}
        except EngineError:
            context |= {"unavailable": True, "titled": [present_title(found) for found in titled(request.user, text)]}
    return render(request, "search/search.html", context)


@limited("suggest")
def suggestions(request: HttpRequest) -> JsonResponse:
    """`{"suggestions": [{title, kind, url}]}` for what is being typed (q); none while the engine does not answer."""
    try:
        found = suggest(request.user, typed_words(request.GET), SUGGESTIONS)
    except EngineError:
        found = []
    rows = [{"title": one.title, "kind": str(one.source.label), "url": one.url} for one in found]
    return JsonResponse({"suggestions": rows}, headers={"Cache-Control": "private, no-store"})


def _kept(request: HttpRequest) -> list[dict[str, str]]:
    """What stays chosen when other words are looked for."""
    names = [*PARAMETERS, SORTING]
    return [{"name": name, "value": value} for name in names if (value := request.GET.get(name))]


def _results(request: SiteRequest, text: str) -> dict[str, Any]:
    asked, by_date = read_query(request.GET), request.GET.get(SORTING) == NEWEST
    place = _read_place(request.GET.get(AFTER, ""))
    query = replace(asked, newest_first=by_date, counted=True, limit=HITS_ON_A_PAGE, after=place)
    answer = find(request.user, query)
    return {
        "hits": [present_hit(found, all_words(asked)) for found in answer.found],
        "total": answer.total,
        "filters": present_filters(request.GET, answer.counts),
        "is_filtered": bool(chosen(request.GET)),
        "by_date": by_date,
        "best_url": address_with(request.GET, SORTING, ""),
        "newest_url": address_with(request.GET, SORTING, NEWEST),
        **_mended(request, text, answer),
        **_pages(request, answer),
        **({} if answer.total else ways_out(request, asked, answer)),
    }


def _mended(request: HttpRequest, text: str, answer: Answer) -> dict[str, str]:
    shown = (f"{found.content.title} {found.content.body}" for found in answer.found)
    mended = mend(text, answer.unknown, shown) if answer.unknown else ""
    return {"mended": mended, "mended_url": address_with(request.GET, WORDS, mended)} if mended else {}


def _pages(request: HttpRequest, answer: Answer) -> dict[str, str]:
    first = address_with(request.GET, AFTER, "") if AFTER in request.GET else ""
    after = address_with(request.GET, AFTER, _write_place(answer.after)) if answer.after else ""
    return {"first_url": first, "next_url": after}


def _write_place(place: After) -> str:
    return urlsafe_b64encode(f"{place.score!r} {place.published_at} {place.key}".encode()).decode().rstrip("=")


def _read_place(written: str) -> After | None:
    """None of what no page has written."""
    try:
        score, published_at, key = urlsafe_b64decode(written + "=" * (-len(written) % 4)).decode().split(" ")
        return After(float(score), published_at, key)
    except (ValueError, binascii.Error):
        return None
