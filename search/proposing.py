"""Proposes plan sections for discussions, anew whenever either has changed; what people have decided stays.

Runs when the outbox is drained, after all that waits for the index, and in small portions: what is posted meanwhile is found
without waiting for it.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db import transaction

from search import registry
from search.engine import current_engine
from search.engines.base import EngineError
from search.likeness import Like, Likeness, Passage
from search.models import Link, LinkQuerySet, OutboxEntry

logger = logging.getLogger(__name__)
ELSEWHERE = 2  # sections of other cities that are proposed for a discussion, at the most
PORTION = 20  # documents whose proposals are made between two looks at the index's outbox: less than a second
_CANDIDATES = 12


# What is to be proposed anew


def note_changes(source: registry.Source, objects: Iterable[Any], gone: Collection[str]) -> None:
    """These objects of a kind have changed, those of the keys `gone` are away: for whom links are to be proposed anew."""
    sections = registry.sections()
    if sections is None or not (source.is_discussion or source.kind == sections.kind):
        return
    changed = list(objects)
    keys = [registry.key_of(one) for one in changed]
    if source.is_discussion:
        _take_back(Link.objects.by_machine().filter(discussion_key__in=gone))
    else:
        _take_back(Link.objects.by_machine().filter(section_key__in=gone))
        cities = {city.slug for one in changed if (city := source.content(one).city)}
        keys += _discussions_around(cities, keys)
    _wait(keys)


def note_all() -> None:
    """Links are to be proposed anew for every discussion."""
    for source in registry.discussions():
        _wait(registry.document_key(source.kind, pk) for pk in source.indexed().values_list("pk", flat=True))


@transaction.atomic
def _take_back(links: LinkQuerySet) -> None:
    """Not what somebody proposes at this moment: `delete` alone would read the rows first and then delete them by key."""
    pks = list(links.select_for_update().values_list("pk", flat=True))
    Link.objects.filter(pk__in=pks).delete()


def _discussions_around(cities: Collection[str], section_keys: Collection[str]) -> Iterator[str]:
    """The discussions of these cities, and those to which one of these sections is linked or proposed."""
    yield from Link.objects.filter(section_key__in=section_keys).values_list("discussion_key", flat=True)
    for source in registry.discussions():
        there = source.indexed().filter(**{f"{source.city_lookup}__slug__in": cities})
        yield from (registry.document_key(source.kind, pk) for pk in there.values_list("pk", flat=True))


def _wait(keys: Iterable[str]) -> None:
    waiting = set(OutboxEntry.objects.for_links().values_list("object_pk", flat=True))
    OutboxEntry.objects.bulk_create(
        (OutboxEntry(kind=OutboxEntry.LINKS, object_pk=key) for key in dict.fromkeys(keys) if key not in waiting),
        batch_size=500,
    )


# Proposing


def propose_some() -> bool:
    """Propose links for the next documents that wait; False where none does. Raises EngineError: they go on waiting."""
    entries = list(OutboxEntry.objects.for_links()[:PORTION])
    if entries:
        _propose({entry.object_pk for entry in entries})
        OutboxEntry.objects.filter(pk__in=[entry.pk for entry in entries]).delete()
    return bool(entries)


def _propose(keys: Iterable[str]) -> None:
    portion, likes = _Portion(), {}
    for source, obj in _read(keys):
        if source.is_discussion:
            key = registry.key_of(obj)
            try:
                likes[key] = portion.likes_of(source, obj)
            except EngineError:
                raise
            except Exception:  # what cannot be proposed holds up nothing else
                logger.exception("no links were proposed for %s", key)
        else:
            _wait(_discussions_like(registry.key_of(obj)))
    _keep(likes)


def _read(keys: Iterable[str]) -> Iterator[tuple[registry.Source, Any]]:
    pks: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        kind, _colon, pk = key.partition(":")
        pks[kind].append(pk)
    for kind, found in pks.items():
        if registry.is_registered(kind):
            source = registry.source(kind)
            yield from ((source, obj) for obj in source.indexed().filter(pk__in=found))


def _discussions_like(section_key: str) -> list[str]:
    """The discussions that the index finds like a section, in whatever city."""
    kinds = [source.kind for source in registry.discussions()]
    return [hit.key for hit in current_engine().similar(section_key, kinds=kinds, limit=_CANDIDATES)]


@dataclass
class _Portion:
    """Some discussions, with what is asked once for all of them."""

    _likeness: dict[str, Likeness] = field(default_factory=dict)
    _themes: dict[str, set[str]] = field(default_factory=dict)

    def likes_of(self, source: registry.Source, discussion: Any) -> list[Like]:
        """The sections that a discussion is about, as far as likeness can say: those of its own city, and a few of others."""
        content, key = source.content(discussion), registry.key_of(discussion)
        own = content.city.slug if content.city else ""
        likes = self._in(own, content) if own else []
        elsewhere = [like for city in _cities_like(key, own) for like in self._in(city, content)]
        return [*likes, *sorted(elsewhere, key=lambda like: -like.score)[:ELSEWHERE]]

    def _in(self, city: str, content: registry.Content) -> list[Like]:
        theme = content.theme.slug if content.theme else ""
        if city not in self._likeness:
            self._likeness[city] = _likeness_now(city)
        if theme not in self._themes:
            self._themes[theme] = registry.related_themes(theme)
        return self._likeness[city].sections_like(content.title, content.body, self._themes[theme])


def _likeness_now(city: str) -> Likeness:
    sections = registry.sections()
    return _likeness_at(city, sections.mark(city) if sections else "")


@lru_cache(maxsize=16)
def _likeness_at(city: str, mark: str) -> Likeness:
    """Of the city's sections as they are under this mark."""
    return Likeness(passages_of(city))


def passages_of(city: str) -> list[Passage]:
    """The city's sections that have a text."""
    source = registry.source_of_sections()
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
    source = registry.source_of_sections()
    if source is None:
        return []
    hits = current_engine().similar(key, kinds=[source.kind], limit=_CANDIDATES)
    pks = [hit.key.partition(":")[2] for hit in hits]
    cities = dict(source.indexed().filter(pk__in=pks).values_list("pk", f"{source.city_lookup}__slug"))
    ordered = dict.fromkeys(city for pk in pks if (city := cities.get(int(pk))) and city != own)
    return list(ordered)[:2]


@transaction.atomic
def _keep(likes: Mapping[str, Sequence[Like]]) -> None:
    """By discussion, the machine's proposals from now on; what people proposed or decided stays as it is."""
    wanted = {(discussion, like.key): like for discussion, found in likes.items() for like in found}
    known = Link.objects.select_for_update(of=("self",)).filter(discussion_key__in=likes).order_by("pk")
    for link in known:
        like = wanted.pop((link.discussion_key, link.section_key), None)
        if like and link.is_by_machine:
            link.score, link.words = like.score, list(like.words)
            link.save(update_fields=["score", "words"])
        elif link.is_by_machine:
            link.delete()
    Link.objects.bulk_create(
        (
            Link(section_key=like.key, discussion_key=discussion, score=like.score, words=list(like.words))
            for (discussion, _section), like in wanted.items()
        ),
        ignore_conflicts=True,  # somebody has proposed it at this moment
    )
