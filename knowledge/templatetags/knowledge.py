"""The knowledge base on other apps' pages."""

from typing import Any

from django import template
from django.template.context import RequestContext

from knowledge.listing import present_article, published_articles
from knowledge.models import KnowledgeIndexPage
from members.models import City

register = template.Library()

LATEST_ON_A_CITY_PAGE = 3


@register.inclusion_tag("knowledge/_latest_articles.html", takes_context=True)
def latest_articles(context: RequestContext, city: City) -> dict[str, Any]:
    """A city's newest articles, and the way to all of them."""
    articles = published_articles(context["request"], city)[:LATEST_ON_A_CITY_PAGE]
    index = KnowledgeIndexPage.objects.live().child_of(city.page).first()
    return {"articles": [present_article(article) for article in articles], "index": index}
