"""Articles (experiences, guides, explainers), where they are listed, and the glossary."""

from __future__ import annotations

import re
from html import unescape
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import AbstractGroupApprovalTask, Page, PageManager, PageQuerySet
from wagtail.rich_text import RichText
from wagtail.snippets.models import register_snippet

from cms.blocks import ArticleBody
from cms.models import Theme
from cms.routing import SitePage, is_public
from knowledge.remark import RemarkForm
from members.models import City, Organisation, User
from members.permissions import Person
from search.registry import document_key


class KnowledgeIndexPage(SitePage):
    """Lists articles: all of them below the home page, those of one city below its page."""

    parent_page_types: ClassVar[list[str]] = ["cms.HomePage", "cms.CityPage"]
    subpage_types: ClassVar[list[str]] = [
        "knowledge.ExperiencePage",
        "knowledge.GuidePage",
        "knowledge.ExplainerPage",
    ]
    max_count_per_parent = 1
    template = "knowledge/index_page.html"

    class Meta:
        verbose_name = _("knowledge index")

    @property
    def label(self) -> str:
        """Its title, which is Turkish; in another language what it is."""
        if get_language() == settings.LANGUAGE_CODE:
            return self.title
        return gettext("Experiences") if self.city else gettext("Knowledge")

    @property
    def city(self) -> City | None:
        """The city whose articles are listed here, or None for the index of all."""
        return getattr(self.get_parent().specific, "city", None)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from knowledge.listing import list_articles

        return {**super().get_context(request, *args, **kwargs), **list_articles(request, self.city)}


class ArticleQuerySet(PageQuerySet):
    def visible_to(self, person: Person) -> ArticleQuerySet:
        """Published articles without view restrictions. Drafts are seen in the admin and by their authors, elsewhere."""
        return self.live().filter(is_public())


class ArticlePage(SitePage):
    """What every kind of article has. Articles are listed, found and discussed as rows of this model."""

    class Kind(models.TextChoices):
        EXPERIENCE = "experience", _("Experience")
        GUIDE = "guide", _("Guide")
        EXPLAINER = "explainer", _("Explainer")

    KIND: ClassVar[str] = ""

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, editable=False)
    summary = models.TextField(_("summary"), max_length=400, help_text=_("One or two plain sentences."))
    theme = models.ForeignKey(
        Theme, null=True, blank=True, on_delete=models.SET_NULL, related_name="articles", verbose_name=_("theme")
    )
    city = models.ForeignKey(
        City, null=True, blank=True, on_delete=models.PROTECT, related_name="articles", verbose_name=_("city")
    )
    credit = models.CharField(_("by"), max_length=200, blank=True, help_text=_("The names that readers see."))
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="articles",
        verbose_name=_("organisation"),
    )
    body = StreamField(ArticleBody(), verbose_name=_("text"), blank=True)

    objects = PageManager.from_queryset(ArticleQuerySet)()

    is_creatable = False
    parent_page_types: ClassVar[list[str]] = ["knowledge.KnowledgeIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "knowledge/article_page.html"
    content_panels: ClassVar[list] = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("theme"),
        FieldPanel("credit"),
        FieldPanel("organisation"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    @property
    def plain_text(self) -> str:
        """The words of the body, without its markup."""
        parts = [str(part) for block in self.body for part in block.block.get_searchable_content(block.value)]
        return strip_tags(" ".join(parts))

    @property
    def discussion_key(self) -> str:
        """The key under which it is linked to plan sections: an experience, as a topic is; "" for guides and explainers."""
        return document_key(self.kind, self.pk) if self.kind == self.Kind.EXPERIENCE else ""

    @property
    def addresses(self) -> list[str]:
        """Where the links in the body lead."""
        sources = (block.value.source for block in self.body if isinstance(block.value, RichText))
        return [unescape(address) for source in sources for address in re.findall(r'href="([^"]+)"', source)]

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """The kind is the class's; the city is the library's, so that an editor writes for their own city alone."""
        self.kind = self.KIND or self.kind
        if self.depth:  # it has its place in the tree
            self.city = self.get_parent().specific.city
        super().full_clean(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from knowledge.reading import article_context

        return {**super().get_context(request, *args, **kwargs), **article_context(request, self)}


class ExperiencePage(ArticlePage):
    """What somebody tried in a city, and what came of it. Members submit it from the site."""

    KIND = ArticlePage.Kind.EXPERIENCE
    template = "knowledge/article_page.html"

    class Meta:
        verbose_name = _("experience")
        verbose_name_plural = _("experiences")


class ExperienceReview(AbstractGroupApprovalTask):
    """The step of the workflow in which a city's editors approve what members submit."""

    class Meta:
        verbose_name = _("review of experiences")
        verbose_name_plural = _("reviews of experiences")

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        """Sending it back needs a remark: the author reads it."""
        return RemarkForm if action == "reject" else super().get_form_for_action(action)

    @classmethod
    def get_description(cls) -> str:
        return gettext("Members of the chosen groups approve experiences, or send them back with a remark")


class Submission(models.Model):
    """What a member wrote in the guided form, as they wrote it, so that they can go on writing when it comes back."""

    page = models.OneToOneField(
        ExperiencePage, on_delete=models.CASCADE, related_name="submission", verbose_name=_("experience")
    )
    author = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="submissions", verbose_name=_("author")
    )
    answers = models.JSONField(_("answers"))
    submitted_at = models.DateTimeField(_("submitted at"), default=timezone.now)

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ("-submitted_at",)

    def __str__(self) -> str:
        return self.page.title


class GuidePage(ArticlePage):
    """How to do a thing, step by step."""

    KIND = ArticlePage.Kind.GUIDE
    template = "knowledge/article_page.html"

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")


class ExplainerPage(ArticlePage):
    """What a thing is, in plain language."""

    KIND = ArticlePage.Kind.EXPLAINER
    template = "knowledge/article_page.html"

    class Meta:
        verbose_name = _("explainer")
        verbose_name_plural = _("explainers")


class TermQuerySet(models.QuerySet["Term"]):
    def visible_to(self, person: Person) -> TermQuerySet:
        """The glossary is public."""
        return self


@register_snippet
class Term(models.Model):
    """A word of the field, in Turkish and English."""

    slug = models.SlugField(_("slug"), unique=True, max_length=80)
    term_tr = models.CharField(_("term in Turkish"), max_length=120)
    term_en = models.CharField(_("term in English"), max_length=120)
    meaning_tr = models.TextField(_("meaning in Turkish"))
    meaning_en = models.TextField(_("meaning in English"))

    objects = TermQuerySet.as_manager()

    panels: ClassVar[list[FieldPanel]] = [
        FieldPanel(name) for name in ("term_tr", "term_en", "slug", "meaning_tr", "meaning_en")
    ]

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("glossary")
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.term

    def get_absolute_url(self) -> str:
        return reverse("knowledge:term", args=[self.slug])

    @property
    def term(self) -> str:
        return self.term_en if get_language() == "en" else self.term_tr

    @property
    def meaning(self) -> str:
        return self.meaning_en if get_language() == "en" else self.meaning_tr
