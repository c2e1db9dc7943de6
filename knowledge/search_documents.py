"""Articles and terms in the search index."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.models import Theme
from knowledge.models import ArticlePage, ExperiencePage, ExplainerPage, GuidePage, Term
from members.permissions import Person
from search.registry import Content, Facet, Source, document_key, register, register_closing


def _theme_facet(theme: Theme | None) -> Facet | None:
    return Facet(theme.slug, theme.name) if theme else None


def _article_content(article: ArticlePage) -> Content:
    return Content(
        title=article.title,
        body=f"{article.summary}\n{article.plain_text}",
        city=Facet(article.city.slug, article.city.name) if article.city else None,
        theme=_theme_facet(article.theme),
        published_at=article.first_published_at,
        scope=document_key("article", article.pk),
        lang=article.locale.language_code,
    )


def _closed_articles(person: Person) -> list[str]:
    closed = ArticlePage.objects.exclude(pk__in=ArticlePage.objects.visible_to(person).values("pk"))
    return [document_key("article", pk) for pk in closed.values_list("pk", flat=True)]


def _register_articles(model: type[ArticlePage], label: Any) -> None:
    register(
        Source(
            kind=model.KIND,
            label=label,
            model=model,
            # Whether they are restricted is asked with each search.
            indexed=lambda: model.objects.live().select_related("city", "theme", "locale"),
            visible_to=lambda person: model.objects.visible_to(person).select_related("city", "theme", "locale"),
            content=_article_content,
            title=lambda article: article.title,
            title_lookup="title",
            is_discussion=model is ExperiencePage,
            city_lookup="city",
            url=lambda article: article.get_url(),
            author_pk=lambda article: article.owner_id,
        )
    )


def _term_content(term: Term) -> Content:
    return Content(
        title=f"{term.term_tr} ({term.term_en})",
        body=f"{term.meaning_tr} {term.meaning_en}",
        city=None,
        theme=None,
        published_at=None,
        lang="",
    )


register_closing(_closed_articles)
_register_articles(ExperiencePage, _("Experiences"))
_register_articles(GuidePage, _("Guides"))
_register_articles(ExplainerPage, _("Explainers"))
register(
    Source(
        kind="term",
        label=_("Terms"),
        model=Term,
        indexed=lambda: Term.objects.all(),
        visible_to=Term.objects.visible_to,
        content=_term_content,
        title=lambda term: term.term,
        title_lookup="term_tr",
        url=lambda term: term.get_absolute_url(),
    )
)
