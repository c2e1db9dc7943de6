"""Links and related things on other apps' pages."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.db import models
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.http import urlencode

from search.engines.base import EngineError
from search.linking import LinkedSection, by_city, discussions_of, proposals, rejections, sections_of
from search.permissions import LinkRights, can_propose_link
from search.queries import find_related, read_keys
from search.registry import key_of, source_of

register = template.Library()

RELATED_ON_A_PAGE = 5


@register.inclusion_tag("search/_related.html", takes_context=True)
def related_to(context: RequestContext, obj: models.Model, beside: Sequence[LinkedSection] = ()) -> dict[str, Any]:
    """What is like this object, without what `links_of` shows beside it already. Nothing where the engine does not
    answer: the page matters more."""
    shown = {linked.section.key for linked in beside}
    try:
        found = find_related(context["request"].user, obj, limit=RELATED_ON_A_PAGE, without=shown)
    except EngineError:
        found = []
    return {"related": found}


@register.simple_tag(takes_context=True)
def linked_sections(context: RequestContext, discussion: models.Model) -> list[LinkedSection]:
    """The plan sections that a discussion belongs to, for `links_of`."""
    return sections_of(context["request"].user, key_of(discussion))


@register.inclusion_tag("search/_links_of.html", takes_context=True)
def links_of(context: RequestContext, discussion: models.Model, sections: Sequence[LinkedSection]) -> dict[str, Any]:
    """The sections with their present text; what is proposed, for who decides about it; the way to propose another."""
    person, key = context["request"].user, key_of(discussion)
    may_propose = can_propose_link(person)
    rights = LinkRights(person)
    confirmed = any(one.link for one in sections)
    itself = read_keys(person, [key]) if may_propose and confirmed else []

    def may_undo(linked: LinkedSection) -> bool:
        return bool(linked.link and itself and rights.may_decide(linked.section.content, itself[0].content))

    return {
        "rows": [{"linked": one, "may_undo": may_undo(one)} for one in sections],
        "proposals": proposals(person, discussion_key=key) if may_propose else [],
        "rejected": rejections(person, key) if may_propose else [],
        "propose_url": f"{reverse('search:propose_link')}?{urlencode({'konu': key})}" if may_propose else "",
        **_for_forms(context),
    }


@register.inclusion_tag("search/_section_discussions.html", takes_context=True)
def section_discussions(context: RequestContext, section: models.Model) -> dict[str, Any]:
    """The discussions that belong to a plan section, those of its own city first; and what is proposed, for who decides."""
    person, key = context["request"].user, key_of(section)
    city = source_of(section).content(section).city
    found = discussions_of(person, [key]).get(key, [])
    return {
        "cities": by_city(found, city.slug if city else ""),
        "proposals": proposals(person, section_keys=[key]) if can_propose_link(person) else [],
        **_for_forms(context),
    }


def _for_forms(context: RequestContext) -> dict[str, Any]:
    return {"csrf_token": context.get("csrf_token"), "back": context["request"].get_full_path()}
