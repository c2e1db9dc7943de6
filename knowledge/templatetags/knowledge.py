"""The knowledge base on other apps' pages."""

from typing import Any

from django import template
from django.template.context import RequestContext

from knowledge.listing import present_article, published_articles
from knowledge.models import KnowledgeIndexPage
from members.models import City

register = template.Library()

LATEST = 3


@register.inclusion_tag("knowledge/_latest_articles.html", takes_context=True)
def latest_articles(context: RequestContext, city: City | None = None) -> dict[str, Any]:
    """The newest articles, of one city where one is given, and the way to all of them."""
    articles = published_articles(context["request"], city)[:LATEST]
    indexes = KnowledgeIndexPage.objects.live()
    index = indexes.child_of(city.page).first() if city else indexes.filter(depth=3).first()
    return {"articles": [present_article(article) for article in articles], "index": index, "city": city}
