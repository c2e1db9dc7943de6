"""Lists of articles, filtered by kind, city and theme, in pages."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from cms.models import Theme
from common.addresses import PAGE, address_with, page_addresses
from common.text import turkish_sort_key
from knowledge.models import ArticlePage, ArticleQuerySet
from members.models import City

ARTICLES_ON_A_PAGE = 24
# The parameter's name in the address → the column that it filters.
FILTERS = {"tur": "kind", "tema": "theme__slug", "kent": "city__slug"}


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
    """One page of articles, and the filters with what is chosen. Parameters: tur, tema, kent, sayfa."""
    everything = published_articles(request, city)
    articles = everything
    for name, column in FILTERS.items():
        if value := request.GET.get(name):
            articles = articles.filter(**{column: value})
    page = Paginator(articles, ARTICLES_ON_A_PAGE).get_page(request.GET.get(PAGE))
    return {
        "index_city": city,
        "articles": [present_article(article) for article in page],
        "is_filtered": any(request.GET.get(name) for name in FILTERS),
        "filters": _filters(request.GET, everything, city),
        **page_addresses(page, request.GET),
    }


def _filters(chosen: QueryDict, articles: ArticleQuerySet, city: City | None) -> list[dict[str, Any]]:
    """`[{legend, options}]`; a filter with one value or none is no filter."""
    labels: dict[str, dict[str, str]] = {
        "tur": {value: str(label) for value, label in ArticlePage.Kind.choices},
        "tema": {theme.slug: theme.name for theme in Theme.objects.all()},
        "kent": {} if city else {found.slug: found.name for found in City.objects.all()},
    }
    legends = {"tur": _("Kind"), "tema": _("Subject"), "kent": _("City")}
    found = [{"legend": legends[name], "options": _options(chosen, name, articles, labels[name])} for name in FILTERS]
    return [one for one in found if len(one["options"]) > 2]


def _options(chosen: QueryDict, name: str, articles: ArticleQuerySet, labels: dict[str, str]) -> list[dict[str, Any]]:
    """The `filter_links` component's options: "all" first, then in the order of the alphabet."""
    column = FILTERS[name]
    counts = dict(articles.order_by().values_list(column).annotate(Count("pk")))
    value = chosen.get(name, "")
    options: list[dict[str, Any]] = [{"label": _("All"), "url": address_with(chosen, name, ""), "selected": not value}]
    for slug, label in sorted(labels.items(), key=lambda item: turkish_sort_key(item[1])):
        if count := counts.get(slug):
            url = address_with(chosen, name, slug)
            options.append({"label": label, "url": url, "count": count, "selected": slug == value})
    return options
