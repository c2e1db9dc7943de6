"""Themes, and the pages that frame the site: home, a city, a plain text page."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from cms.routing import SitePage, is_public
from members.models import City
from members.permissions import can_coordinate_city, is_member_of
from members.requests import show_city

TEXT_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "link", "document-link"]


class ThemeQuerySet(models.QuerySet["Theme"]):
    def commons(self) -> ThemeQuerySet:
        return self.filter(kind=Theme.Kind.COMMONS)

    def chapters(self) -> ThemeQuerySet:
        return self.filter(kind=Theme.Kind.CHAPTER)


@register_snippet
class Theme(models.Model):
    """A subject: one of the city's commons (a board of the forum each) or a chapter's subject in the plans."""

    class Kind(models.TextChoices):
        COMMONS = "commons", _("City commons")
        CHAPTER = "chapter", _("Plan chapter")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    slug = models.SlugField(_("slug"), unique=True)
    name_tr = models.CharField(_("name in Turkish"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    related = models.ManyToManyField(
        "self",
        blank=True,
        verbose_name=_("related themes"),
        help_text=_("What is talked about under one of them often belongs to the other: links and searches heed it."),
    )

    objects = ThemeQuerySet.as_manager()

    panels: ClassVar[list[FieldPanel]] = [
        FieldPanel(name) for name in ("kind", "slug", "name_tr", "name_en", "position", "related")
    ]

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ("kind", "position", "slug")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_tr


class HomePage(SitePage):
    """The installation's first page: what the site is, and its cities."""

    intro = RichTextField(_("introduction"), features=TEXT_FEATURES, blank=True)

    template = "cms/home_page.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    content_panels: ClassVar[list] = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        city_pages = CityPage.objects.live().filter(is_public()).select_related("city")
        return {**super().get_context(request, *args, **kwargs), "city_pages": city_pages}


class CityPage(SitePage):
    """The front door of one city. Its parts come from the apps by template tags."""

    city = models.OneToOneField(City, on_delete=models.PROTECT, related_name="page", verbose_name=_("city"))
    tagline = models.CharField(_("tagline"), max_length=160, blank=True)
    intro = RichTextField(_("introduction"), features=TEXT_FEATURES, blank=True)

    served_with = ("city",)
    template = "cms/city_page.html"
    is_creatable = False  # cms.actions.open_city makes it, with all that belongs to a city
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    content_panels: ClassVar[list] = [*Page.content_panels, FieldPanel("tagline"), FieldPanel("intro")]
    # No slug: the addresses of a city's plans, discussions and articles begin with it, and people hold on to them.
    promote_panels: ClassVar[list] = [FieldPanel("seo_title"), FieldPanel("search_description")]

    class Meta:
        verbose_name = _("city page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        chosen = getattr(request, "city", None)
        show_city(request, self.city)
        return {
            **super().get_context(request, *args, **kwargs),
            "is_chosen": chosen == self.city,
            "is_member": is_member_of(request.user, self.city),
            "may_coordinate": can_coordinate_city(request.user, self.city),
            "organisation_list": self.city.organisations.in_alphabetical_order(),
        }


class TextPage(SitePage):
    """A page of plain text: about, privacy, rules."""

    body = RichTextField(_("text"), features=TEXT_FEATURES)

    template = "cms/text_page.html"
    content_panels: ClassVar[list] = [*Page.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("text page")
