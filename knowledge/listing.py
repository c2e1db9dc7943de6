"""Lists of articles, filtered by kind, city and theme, in pages."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from cms.models import Theme
from knowledge.models import ArticlePage, ArticleQuerySet
from members.models import City

ARTICLES_ON_A_PAGE = 24


def published_articles(request: HttpRequest, city: City | None = None) -> ArticleQuerySet:
    """Visible articles, newest first; of one city where one is given."""
    articles = ArticlePage.objects.visible_to(request.user).select_related("theme", "city", "organisation")
    return (articles.filter(city=city) if city else articles).order_by("-first_published_at", "-pk")


def present_article(article: ArticlePage) -> dict[str, Any]:
    """The `article_card` component's parameters."""
    return {
        "title": article.title,
        "url": article.get_url(),
        "summary": article.summary,
        "kind": article.kind,
        "theme": article.theme.name if article.theme else "",
        "city": article.city.name if article.city else "",
        "author_name": article.credit,
        "organisation_name": article.organisation.name if article.organisation else "",
        "published_at": article.first_published_at,
    }


def list_articles(request: HttpRequest, city: City | None) -> dict[str, Any]:
    """One page of articles, and the filters with what is chosen. Parameters: tur, kent, tema, sayfa."""
    articles = published_articles(request, city)
    kind, theme, city_slug = (request.GET.get(name, "") for name in ("tur", "tema", "kent"))
    if kind in ArticlePage.Kind.values:
        articles = articles.filter(kind=kind)
    if theme:
        articles = articles.filter(theme__slug=theme)
    if city_slug and city is None:
        articles = articles.filter(city__slug=city_slug)
    page = Paginator(articles, ARTICLES_ON_A_PAGE).get_page(request.GET.get("sayfa"))
    return {
        "index_city": city,
        "articles": [present_article(article) for article in page],
        "page_of_articles": page,
        "kinds": [
            {"value": value, "label": label, "selected": value == kind} for value, label in ArticlePage.Kind.choices
        ],
        "themes": [
            {"value": found.slug, "label": found.name, "selected": found.slug == theme}
            for found in Theme.objects.filter(articles__in=ArticlePage.objects.visible_to(request.user)).distinct()
        ],
        "city_options": []
        if city
        else [
            {"value": found.slug, "label": found.name, "selected": found.slug == city_slug}
            for found in City.in_alphabetical_order()
        ],
    }
