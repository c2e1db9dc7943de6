"""What can be discussed. Each app registers its models, so that a Post needs to know none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast

from cms.models import Theme
from members.models import City
from members.permissions import Person


@dataclass(frozen=True)
class Target:
    """How the forum asks about one model that people comment on."""

    model: type[models.Model]
    city: Callable[[Any], City | None]
    visible_to: Callable[[Person], models.QuerySet]
    may_comment: Callable[[Person, Any], bool]
    title: Callable[[Any], str]
    url: Callable[[Any], str]
    post_url: Callable[[Any, Any], str]  # (object, post) -> address at which the post stands
    theme: Callable[[Any], Theme | None]
    scope: Callable[[Any], str]  # what closes the talk when it is closed (search/registry.py)
    reading: Callable[[], models.QuerySet]  # the objects with all that title, city, theme and post_url need
    # The key of the discussion to which posts about the object belong, if it can be linked to plan sections; else "".
    discussion: Callable[[Any], str] = lambda obj: ""
    why_fixed: Callable[[Any], str] = lambda post: ""  # why nobody changes a post any more; "" where its author may


_targets: dict[type[models.Model], Target] = {}


def register(target: Target) -> None:
    """Make a model discussable. Raises ValueError when it already is."""
    if target.model in _targets:
        raise ValueError(f"{target.model.__name__} is registered twice as a target of posts")
    _targets[target.model] = target


def targets() -> Iterable[Target]:
    return _targets.values()


def target_of(obj: models.Model) -> Target:
    """The registration of an object's model or of the nearest model that it extends: a kind of article is discussed as
    an article. Raises LookupError when it cannot be discussed."""
    for model in type(obj).__mro__:
        if model in _targets:
            return _targets[model]
    raise LookupError(f"{type(obj).__name__} cannot be discussed")


def content_type_of(obj: models.Model) -> ContentType:
    """The content type under which posts about the object are kept: that of the registered model."""
    return ContentType.objects.get_for_model(target_of(obj).model)


def prefetch_targets() -> GenericPrefetch:
    """For `prefetch_related` of posts: what they are about, without a query a post."""
    return GenericPrefetch("content_object", [target.reading() for target in targets()])


def visible_targets(person: Person) -> Q:
    """The condition on posts that their target can be seen by the person."""
    return _about(target.visible_to(person) for target in targets())


def existing_targets() -> Q:
    """The condition on posts that what they are about is there; the database itself does not see to it."""
    return _about(target.model._default_manager.all() for target in targets())


def _about(objects: Iterable[models.QuerySet]) -> Q:
    condition = Q(pk__in=[])
    for some in objects:
        keys = some.order_by().values_list(Cast("pk", models.CharField()))
        condition |= Q(content_type=ContentType.objects.get_for_model(some.model), object_pk__in=keys)
    return condition
