"""The forum on other apps' pages."""

from typing import Any

from django import template
from django.template.context import RequestContext

from forum.views import present_topic, visible_topics
from members.models import City

register = template.Library()

LATEST_ON_A_CITY_PAGE = 5


@register.inclusion_tag("forum/_latest_topics.html", takes_context=True)
def latest_topics(context: RequestContext, city: City) -> dict[str, Any]:
    """What was last talked about in a city."""
    topics = visible_topics(context["request"].user).filter(board__city=city)[:LATEST_ON_A_CITY_PAGE]
    return {"city": city, "topics": [present_topic(topic) for topic in topics]}
