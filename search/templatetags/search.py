"""Links and related things on other apps' pages."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.db import models
from django.template.context import RequestContext

from search.engines.base import EngineError
from search.models import Link
from search.queries import Found, find_related, read_keys
from search.registry import key_of

register = template.Library()

RELATED_ON_A_PAGE = 5


@register.inclusion_tag("search/_related.html", takes_context=True)
def related_to(context: RequestContext, obj: models.Model, beside: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """What is like this object, without what `linked_sections` shows beside it already. Nothing where the engine does not
    answer: the page matters more."""
    shown = {section["key"] for section in beside}
    try:
        found = find_related(context["request"].user, obj, limit=RELATED_ON_A_PAGE, without=shown)
    except EngineError:
        found = []
    return {"related": found}


@register.simple_tag(takes_context=True)
def linked_sections(context: RequestContext, discussion: models.Model) -> list[dict[str, Any]]:
    """The plan sections that a discussion cites, with the number under which it does, for search/_linked_sections.html."""
    cited_as = dict(Link.objects.sections_of(key_of(discussion)).values_list("section_key", "cited_as"))
    found = read_keys(context["request"].user, cited_as)
    return [_cited(one, cited_as[one.key]) for one in found]


def _cited(section: Found, number: str) -> dict[str, Any]:
    """`renumbered`: the section has another number than the one under which it was cited."""
    renumbered = not section.title.startswith(f"§{number} ")
    place = {"key": section.key, "title": section.title, "url": section.url}
    return {**place, "number": number, "renumbered": renumbered}


@register.inclusion_tag("search/_section_discussions.html", takes_context=True)
def section_discussions(context: RequestContext, section: models.Model) -> dict[str, Any]:
    """The discussions that cite a plan section, newest link first."""
    keys = Link.objects.discussions_of(key_of(section)).order_by("-pk").values_list("discussion_key", flat=True)
    return {"discussions": read_keys(context["request"].user, dict.fromkeys(keys))}
