"""Proposes plan sections for discussions, anew whenever either has changed; what people have decided stays.

Runs when the outbox is drained, beside the index: nobody waits for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db import transaction

from search import registry
from search.engine import current_engine
from search.likeness import Like, Likeness, Passage
from search.models import Citation, Link

ELSEWHERE = 2  # sections of other cities that are proposed for a discussion, at the most
_CANDIDATES = 12


def renew(source: registry.Source, objects: Iterable[Any], gone: Iterable[str]) -> None:
    """These objects of a kind have changed, those of the keys `gone` are away."""
    sections = registry.sections()
    if sections is None:
        return
    if source.is_discussion:
        for discussion in objects:
            propose_for(source, discussion)
        Link.objects.filter(discussion_key__in=gone, state=Link.State.PROPOSED, proposed_by=None).delete()
    elif source.kind == sections.kind:
        changed = list(objects)
        cities = {city.slug for one in changed if (city := source.content(one).city)}
        _renew_around(cities, [registry.key_of(one) for one in changed])
        Link.objects.filter(section_key__in=gone, state=Link.State.PROPOSED, proposed_by=None).delete()


def _renew_around(cities: set[str], section_keys: list[str]) -> None:
    """What is discussed in these cities, and elsewhere what has been found like one of these sections."""
    linked = set(Link.objects.filter(section_key__in=section_keys).values_list("discussion_key", flat=True))
    for source in registry.discussions():
        there = {key.partition(":")[2] for key in linked if key.startswith(f"{source.kind}:")}
        for discussion in source.indexed().filter(**{f"{source.city_lookup}__slug__in": cities}):
            there.discard(str(discussion.pk))
            propose_for(source, discussion)
        for discussion in source.indexed().filter(pk__in=there):
            propose_for(source, discussion)


def propose_for(source: registry.Source, discussion: Any) -> None:
    """The sections that a discussion is about, as far as likeness can say: those of its own city, and a few of others."""
    content, key = source.content(discussion), registry.key_of(discussion)
    own = content.city.slug if content.city else ""
    themes = registry.related_themes(content.theme.slug if content.theme else "")
    likes = _likeness(own).sections_like(content.title, content.body, themes) if own else []
    elsewhere = [
        like
        for city in _cities_like(key, own)
        for like in _likeness(city).sections_like(content.title, content.body, themes)
    ]
    _keep(key, [*likes, *sorted(elsewhere, key=lambda like: -like.score)[:ELSEWHERE]])


def _likeness(city: str) -> Likeness:
    sections = registry.sections()
    assert sections is not None  # noqa: S101  # asked for by `renew` alone
    return _likeness_at(city, sections.mark(city))


@lru_cache(maxsize=16)
def _likeness_at(city: str, mark: str) -> Likeness:
    """Of the city's sections as they are under this mark."""
    return Likeness(passages_of(city))


def passages_of(city: str) -> list[Passage]:
    """The city's sections that have a text."""
    sections = registry.sections()
    source = registry.source(sections.kind) if sections else None
    if source is None:
        return []
    found = source.indexed().filter(**{f"{source.city_lookup}__slug": city})
    contents = ((registry.key_of(section), source.content(section)) for section in found)
    return [
        Passage(key, one.title, one.body, one.group, one.theme.slug if one.theme else "", one.is_general)
        for key, one in contents
        if one.body
    ]


def _cities_like(key: str, own: str) -> list[str]:
    """Other cities that have sections like the discussion, as the index finds them; the two best."""
    sections = registry.sections()
    source = registry.source(sections.kind) if sections else None
    if source is None:
        return []
    hits = current_engine().similar(key, kinds=[source.kind], limit=_CANDIDATES)
    pks = [hit.key.partition(":")[2] for hit in hits]
    cities = dict(source.indexed().filter(pk__in=pks).values_list("pk", f"{source.city_lookup}__slug"))
    ordered = dict.fromkeys(city for pk in pks if (city := cities.get(int(pk))) and city != own)
    return list(ordered)[:2]


@transaction.atomic
def _keep(discussion_key: str, likes: list[Like]) -> None:
    """These are the machine's proposals for the discussion from now on; what people proposed or decided stays as it is."""
    known = {link.section_key: link for link in Link.objects.select_for_update().filter(discussion_key=discussion_key)}
    cited = set(Citation.objects.filter(discussion_key=discussion_key).values_list("section_key", flat=True))
    wanted = {like.key: like for like in likes if like.key not in cited}
    for key, link in known.items():
        if link.state == Link.State.PROPOSED and link.proposed_by_id is None and not link.followed_from:
            if like := wanted.get(key):
                link.score, link.words = like.score, list(like.words)
                link.save(update_fields=["score", "words"])
            else:
                link.delete()
    Link.objects.bulk_create(
        (
            Link(section_key=key, discussion_key=discussion_key, score=like.score, words=list(like.words))
            for key, like in wanted.items()
            if key not in known
        ),
        ignore_conflicts=True,  # somebody has proposed it at this moment
    )
