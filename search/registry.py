"""What can be found. Each app registers its sources in its `search_documents.py`; search itself knows no model."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import models

from members.permissions import Person


@dataclass(frozen=True)
class Facet:
    """A city or theme by which results are narrowed."""

    slug: str
    name: str


@dataclass(frozen=True)
class Content:
    """What one object gives to the index and to a page of results.

    `scope` names what the object belongs to where that can be closed to some people: see `register_closing`.
    `organisation_kind` is a value of members.models.OrganisationKind. `lang` is "tr", "en", or "" where parts are in either.
    `group` names what a section stands in: its chapter; `is_general` tells one that says in general what others of its
    group say in particular.
    """

    title: str
    body: str
    city: Facet | None
    theme: Facet | None
    published_at: datetime | None
    organisation_kind: str = ""
    scope: str = ""
    lang: str = "tr"
    group: str = ""
    is_general: bool = False


class Passage(NamedTuple):
    """A sentence of an object's text: its place in `Content.body`, and the address at which the page opens with it."""

    start: int
    end: int
    url: str


@dataclass(frozen=True)
class Source:
    """One kind of document.

    `indexed()` gives the objects that belong into the index: what others than its author may read, some of it members
    alone. `visible_to(person)` gives those that the person may be shown: results are read again through it, so that
    nothing leaks from the index.
    """

    kind: str
    label: Any  # plural, translated lazily
    model: type[models.Model]
    indexed: Callable[[], models.QuerySet]
    visible_to: Callable[[Person], models.QuerySet]
    content: Callable[[Any], Content]
    title: Callable[[Any], str]
    url: Callable[[Any], str]
    title_lookup: str  # of the model's field with the words of the title: what can be offered without an index
    stands_alone: bool = True  # False for parts of a discussion, which are found but not listed as related
    is_discussion: bool = False  # what is linked to plan sections
    city_lookup: str = ""  # of the model's field with the city; needed of sections and discussions
    place: Callable[[Any], str] = lambda obj: ""  # where in a larger whole it stands, in words: "Version 2 · §2.3"
    passages: Callable[[Any], Sequence[Passage]] = lambda obj: ()  # of what can be opened at a sentence
    author_pk: Callable[[Any], int | None] = lambda obj: None  # whose own it is, so that they are told nothing of it


Asking = Callable[[str, str, str], str]
_askings: list[Asking] = []


def register_asking(asking: Asking) -> None:
    """Say where a question is asked that search has not answered: a function of its words, the slug of a city and that of a
    theme (both may be ""), which gives an address."""
    _askings.append(asking)


def asking_url(words: str, city: str = "", theme: str = "") -> str:
    """The address at which people are asked, "" where there is none."""
    return next((asking(words, city, theme) for asking in _askings), "")


Closing = Callable[[Person], Iterable[str]]

_sources: dict[str, Source] = {}
_closings: list[Closing] = []


def register(source: Source) -> None:
    """Add a source. Raises ValueError when its kind is taken."""
    if source.kind in _sources:
        raise ValueError(f"search source {source.kind!r} is registered twice")
    _sources[source.kind] = source


def source(kind: str) -> Source:
    """The source of a kind. Raises KeyError when there is none."""
    return _sources[kind]


def is_registered(kind: str) -> bool:
    return kind in _sources


def sources() -> Iterator[Source]:
    return iter(_sources.values())


Values = Callable[[], Mapping[str, Any]]
_values: dict[str, Values] = {}


def register_values(facet: str, values: Values) -> None:
    """Say what the values of a facet (search.engines.base.FACETS) are called: {"parklar": "Parks"}. Raises ValueError when
    that has been said."""
    if facet in _values:
        raise ValueError(f"the values of {facet!r} are registered twice")
    _values[facet] = values


def values_of(facet: str) -> dict[str, str]:
    """The values of a facet with their names in the active language; the kinds are called as their sources are."""
    if facet == "kind":
        return {kind: str(source.label) for kind, source in _sources.items()}
    return {value: str(name) for value, name in _values[facet]().items()} if facet in _values else {}


RelatedThemes = Callable[[], Mapping[str, Collection[str]]]
_related_themes: list[RelatedThemes] = []


def register_related_themes(related: RelatedThemes) -> None:
    """Say which themes go together: {"parklar": ["kentsel-hizmetler"]}. Raises ValueError when it has been added."""
    if related in _related_themes:
        raise ValueError(f"{related!r} is registered twice as related themes")
    _related_themes.append(related)


def related_themes(theme: str) -> set[str]:
    """The slugs of the theme itself and of those related to it. One query."""
    return {theme, *(other for related in _related_themes for other in related().get(theme, ()))} if theme else set()


def register_closing(closed_to: Closing) -> None:
    """Add a function that gives the scopes of which the person may be shown nothing now: what is hidden, unpublished, or for
    others. The index counts without them, so that a change of rights holds at once, before any document is indexed
    anew. Raises ValueError when it has been added."""
    if closed_to in _closings:
        raise ValueError(f"{closed_to!r} is registered twice as a closing")
    _closings.append(closed_to)


def closed_scopes(person: Person) -> list[str]:
    """The scopes of which the person is shown nothing."""
    return sorted({scope for closed_to in _closings for scope in closed_to(person)})


@dataclass(frozen=True)
class Sections:
    """What discussions are linked to. `kind` is that of a source.

    `mark(city)` changes whenever the sections of the city with that slug have. `changed_since(section, moment, was)` gives
    the address that shows how the section's text differs from what it was then, "" where it is the same; `was`, unless "",
    is the key of the section in which the text stood then.
    """

    kind: str
    mark: Callable[[str], str]
    changed_since: Callable[[Any, datetime, str], str]


_sections: list[Sections] = []


def register_sections(sections: Sections) -> None:
    """Say what discussions are linked to. Raises ValueError when that has been said."""
    if _sections:
        raise ValueError(f"sections are registered twice: as {_sections[0].kind!r} and {sections.kind!r}")
    _sections.append(sections)


def sections() -> Sections | None:
    return next(iter(_sections), None)


def source_of_sections() -> Source | None:
    return source(_sections[0].kind) if _sections else None


def discussions() -> Iterator[Source]:
    """The sources of what is linked to sections."""
    return (source for source in _sources.values() if source.is_discussion)


def document_key(kind: str, pk: int | str) -> str:
    """The key of a document in the index and in links: "topic:12"."""
    return f"{kind}:{pk}"


def source_of(obj: models.Model) -> Source:
    """The source that an object belongs to. Raises LookupError when it cannot be found by search."""
    for found in _sources.values():
        if isinstance(obj, found.model):
            return found
    raise LookupError(f"{type(obj).__name__} is not searched")


def key_of(obj: models.Model) -> str:
    """The key of an object's document."""
    return document_key(source_of(obj).kind, obj.pk)
