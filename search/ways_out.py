"""Where nothing is found: what would be found with fewer narrowings, subjects that are near, and where to ask people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from common.addresses import address_with
from members.permissions import Person
from members.requests import SiteRequest
from search import registry
from search.asking import WORDS, all_words
from search.engines.base import Query
from search.filters import PARAMETERS, chosen, value_of
from search.mending import mend, most_alike
from search.queries import Answer, find
from search.turkish import matches, tokens

MOST_THEMES = 6


class Theme(NamedTuple):
    """One to read on in; `is_near`: it is called like the words."""

    slug: str
    name: str
    is_near: bool


def ways_out(request: SiteRequest, asked: Query, answer: Answer) -> dict[str, Any]:
    """For a query that has found nothing: `looser` [{label, url, count}], `themes` [{label, slug, url}], `ask_url`, and what
    was meant, where a word was mistyped. Two more searches. Raises EngineError."""
    words, city = all_words(asked), _city(request, asked)
    plain = find(request.user, Query(words, counted=True)) if words and _is_narrowed(asked) else None
    themes = _themes(request.user, words, city, plain.counts.get("theme", {}) if plain else {})
    return {
        "looser": [*_without_one(request.GET, answer), *_words_alone(request.GET, asked, plain)],
        "themes": [_present_theme(theme, city) for theme in themes],
        "ask_url": registry.asking_url(words, city, themes[0].slug if themes and themes[0].is_near else ""),
        **(_meant(words, plain) if plain else {}),
    }


def _city(request: SiteRequest, asked: Query) -> str:
    """The slug of the city that is asked for, else of the chosen one."""
    asked_for = [slug for slug in asked.only.get("city", ()) if slug in registry.values_of("city")]
    return asked_for[0] if asked_for else request.city.slug if request.city else ""


def _is_narrowed(asked: Query) -> bool:
    return bool(asked.only or asked.phrases or asked.without or asked.since or asked.until)


def _without_one(parameters: QueryDict, answer: Answer) -> Iterable[dict[str, Any]]:
    """Each filter of the address left out; a facet is counted as if the query did not narrow by it."""
    for name, facet in PARAMETERS.items():
        value, count = value_of(parameters, name), sum(answer.counts.get(facet, {}).values())
        if value and count:
            label = _("Without “%(filter)s”") % {"filter": registry.values_of(facet).get(value, value)}
            yield {"label": label, "url": address_with(parameters, name, ""), "count": count}


def _words_alone(parameters: QueryDict, asked: Query, plain: Answer | None) -> Iterable[dict[str, Any]]:
    """Where more was narrowed than one filter that can be left out; and where no filter is to blame: good to know."""
    filters = chosen(parameters)
    is_more = len(filters) > 1 or _is_narrowed_beside(asked, filters)
    if plain and (is_more if plain.total else filters):
        yield {"label": _("These words anywhere"), "url": _words_url(all_words(asked)), "count": plain.total}


def _is_narrowed_beside(asked: Query, filters: Mapping[str, Any]) -> bool:
    typed = asked.only.keys() - filters.keys()
    return bool(typed or asked.phrases or asked.without or asked.since or asked.until)


def _words_url(words: str) -> str:
    return f"?{urlencode({WORDS: words})}"


def _meant(words: str, plain: Answer) -> dict[str, str]:
    shown = (f"{found.content.title} {found.content.body}" for found in plain.found)
    mended = mend(words, plain.unknown, shown) if plain.unknown else ""
    return {"mended": mended, "mended_url": _words_url(mended)} if mended else {}


def _themes(person: Person, words: str, city: str, counts: Mapping[str, int]) -> list[Theme]:
    """The themes whose names are near the words; else those in which the words are found without their narrowings; else
    those of which there is most to read in the city. Only themes of which there is something to read."""
    names = registry.values_of("theme")
    everything = find(person, Query(only={"city": [city]} if city else {}, counted=True, limit=1))
    filled = everything.counts.get("theme", {})
    near = [slug for slug, name in names.items() if slug in filled and _is_near(words, name)]
    usual = _most(filled) if city else []
    return [Theme(slug, names.get(slug, slug), slug in near) for slug in (near or _most(counts) or usual)][:MOST_THEMES]


def _most(counts: Mapping[str, int]) -> list[str]:
    return sorted(filter(None, counts), key=lambda slug: -counts[slug])


def _is_near(words: str, name: str) -> bool:
    """Whether one of the words is, or looks like one, in a name."""
    names = Counter(token.word for token in tokens(name))
    return any(matches(token.word, name) or most_alike(token.word, names) for token in tokens(words))


def _present_theme(theme: Theme, city: str) -> dict[str, str]:
    narrowing = {"tema": theme.slug, **({"kent": city} if city else {})}
    return {"label": theme.name, "slug": theme.slug, "url": f"?{urlencode(narrowing)}"}
