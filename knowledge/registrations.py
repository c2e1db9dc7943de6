"""What the knowledge base tells the others: articles can be discussed, and the navigation has an entry."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms import navigation, openings
from forum import targets
from knowledge.actions import open_library
from knowledge.models import ArticlePage, KnowledgeIndexPage
from knowledge.permissions import can_comment_on_article
from knowledge.reading import comment_address
from search.registry import document_key


def _is_index(page: Page) -> bool:
    """The index of all articles; the city's own is reached from there and from the city's page."""
    return page.specific_class is KnowledgeIndexPage


targets.register(
    targets.Target(
        model=ArticlePage,
        city=lambda article: article.city,
        visible_to=ArticlePage.objects.visible_to,
        may_comment=can_comment_on_article,
        title=lambda article: article.title,
        theme=lambda article: article.theme,
        scope=lambda article: document_key("article", article.pk),
        discussion=lambda article: article.discussion_key,
        reading=lambda: ArticlePage.objects.select_related("city", "theme"),
        url=lambda article: article.get_url(),
        post_url=comment_address,
    )
)
openings.register(open_library)
navigation.register(
    navigation.Entry(
        name="glossary", label=_("Glossary"), order=20, url=lambda city: reverse("knowledge:glossary"), in_footer=True
    )
)
navigation.register(navigation.Entry(name="knowledge", label=_("Knowledge"), order=30, page=_is_index))
