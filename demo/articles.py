"""The demo's experiences, guides and explainers."""

from datetime import datetime, time
from itertools import groupby
from typing import Any

from django.utils import timezone

from cms.models import Theme
from common.markdown import render_markdown
from demo.people import Cast
from demo.reading import Article, read_articles
from knowledge.models import ArticlePage, ExperiencePage, ExplainerPage, GuidePage, KnowledgeIndexPage

_MODELS = {model.KIND: model for model in (ExperiencePage, GuidePage, ExplainerPage)}


def load_articles(cast: Cast) -> None:
    """Every article, below its city's page, or below the index of all where it belongs to no city."""
    for article in read_articles():
        _load_article(cast, article)


def _load_article(cast: Cast, article: Article) -> None:
    facts = article.facts
    city = cast.cities.get(facts["city"])
    authors = [cast.people[handle] for handle in facts["authors"]]
    page = _MODELS[facts["kind"]](
        title=facts["title"],
        slug=facts["slug"],
        summary=facts["summary"],
        theme=Theme.objects.filter(slug=facts["theme"]).first(),
        city=city,
        credit=", ".join(author.display_name for author in authors),
        organisation=cast.organisations.get(facts["organisation"]),
        owner=authors[0],
        body=_body(article.body),
    )
    parent = city.page if city else KnowledgeIndexPage.objects.get(depth=3).get_parent()
    KnowledgeIndexPage.objects.child_of(parent).get().add_child(instance=page)
    page.save_revision(user=authors[0]).publish()
    published_at = timezone.make_aware(datetime.combine(facts["published_on"], time(10)))
    ArticlePage.objects.filter(pk=page.pk).update(first_published_at=published_at, last_published_at=published_at)


def _body(markdown: str) -> list[tuple[str, Any]]:
    """Blocks of an article: a Markdown table becomes a table block, what stands between tables a text block."""
    blocks: list[tuple[str, Any]] = []
    for is_table, lines in groupby(markdown.splitlines(), key=lambda line: line.startswith("|")):
        chunk = list(lines)
        if is_table:
            blocks.append(("table", _table(chunk)))
        elif text := "\n".join(chunk).strip():
            blocks.append(("text", render_markdown(text, top_heading=1)))
    return blocks


def _table(lines: list[str]) -> dict[str, Any]:
    rows = [[cell.strip().replace("**", "") for cell in line.strip().strip("|").split("|")] for line in lines]
    return {"data": [rows[0], *rows[2:]], "first_row_is_table_header": True, "first_col_is_header": False}
