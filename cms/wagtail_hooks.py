"""Wagtail's admin: the platform's own records as snippets."""

from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from members.models import City, Organisation


class CityViewSet(SnippetViewSet):
    model = City
    icon = "site"
    list_display = ("name", "slug")
    panels = [FieldPanel("name"), FieldPanel("slug")]


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    icon = "group"
    list_display = ("name", "kind", "city")
    list_filter = ("city", "kind")
    panels = [FieldPanel("name"), FieldPanel("kind"), FieldPanel("city")]


class PlatformGroup(SnippetViewSetGroup):
    items = (CityViewSet, OrganisationViewSet)
    menu_label = "Platform"
    menu_icon = "group"
    menu_order = 300


register_snippet(PlatformGroup)
