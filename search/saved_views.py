"""A person's saved searches: saving one, the list, removing; and the way out that each mail has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from common.ratelimit import limited
from members.models import User
from members.requests import MemberRequest
from search import registry
from search.asking import read_query, typed_words
from search.filters import PARAMETERS, value_of
from search.models import SavedSearch
from search.queries import Found, read_keys
from search.saved import (
    NothingAskedError,
    SavingError,
    TooManySavedError,
    address_of,
    asks_something,
    is_still_saved,
    remove_saved_search,
    save_search,
    stop_saved_search,
)

TOLD_SHOWN = 5  # of each search, the last ones
WHY_NOT: dict[type[SavingError], Any] = {
    NothingAskedError: gettext_lazy("There is nothing to save yet: type a word, or choose a filter."),
    TooManySavedError: gettext_lazy("You have saved as many searches as there is room for. Remove one first."),
}


def saving(request: HttpRequest) -> dict[str, Any]:
    """For the search page: where its search is saved, and whether it is. At most one query."""
    if not asks_something(read_query(request.GET)):
        return {}
    address = address_of(request.GET)
    is_saved = isinstance(request.user, User) and request.user.saved_searches.filter(address=address).exists()
    return {"save_url": f"{reverse('search:save_search')}?{address}", "is_saved": is_saved}


@limited("post", method="POST")
@login_required
@never_cache
def save(request: MemberRequest) -> HttpResponse:
    """Save the search of the address. The page itself is for who had to sign in first."""
    if request.method != "POST":
        return render(request, "search/save_search.html", {"search": _described(request.GET, _names())})
    try:
        save_search(by=request.user, parameters=request.GET)
    except SavingError as error:
        messages.error(request, WHY_NOT[type(error)])
    else:
        messages.success(
            request, _("The search is saved. When there is something new, you get a mail, at most one a day.")
        )
    return redirect("search:saved_searches")


@login_required
@never_cache
def saved_searches(request: MemberRequest) -> HttpResponse:
    """The list, with the last results that each mail was about, as far as the person may see them now."""
    rows = list(request.user.saved_searches.all())
    keys = dict.fromkeys(key for saved in rows for key in saved.told[-TOLD_SHOWN:])
    found = {one.key: one for one in read_keys(request.user, keys)}
    names = _names()
    searches = [{"saved": one, **_described(QueryDict(one.address), names), **_told(one, found)} for one in rows]
    return render(request, "search/saved_searches.html", {"searches": searches})


def _names() -> dict[str, dict[str, str]]:
    """Facet → what its values are called."""
    return {facet: registry.values_of(facet) for facet in PARAMETERS.values()}


def _described(parameters: QueryDict, names: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """`{words, narrowings, label, url}` of a search, for people."""
    chosen = {facet: value for name, facet in PARAMETERS.items() if (value := value_of(parameters, name))}
    narrowings = [names[facet].get(value, value) for facet, value in chosen.items()]
    words = typed_words(parameters)
    return {
        "words": words,
        "narrowings": narrowings,
        "label": " · ".join(filter(None, [words, *narrowings])),
        "url": f"{reverse('search:search')}?{address_of(parameters)}",
    }


def _told(saved: SavedSearch, found: Mapping[str, Found]) -> dict[str, Any]:
    return {"told": [found[key] for key in reversed(saved.told[-TOLD_SHOWN:]) if key in found]}


@limited("post", method="POST")
@login_required
@require_POST
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    remove_saved_search(by=request.user, saved=get_object_or_404(request.user.saved_searches, pk=pk))
    messages.success(request, _("The search is no longer saved."))
    return redirect("search:saved_searches")


@limited("post", method="POST")
@never_cache
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """No more mails about a search, for whoever holds one, signed in or not. It asks first: programs that look through mails
    follow links."""
    try:
        if request.method == "POST":
            stop_saved_search(token)
            return redirect("search:stop_saved_search", token)
        return render(request, "search/stop_saved_search.html", {"is_saved": is_still_saved(token)})
    except BadSignature as error:
        raise Http404 from error
