"""This app's own entry of the navigation: the page about the platform."""

from django.utils.translation import gettext_lazy as _

from cms import navigation
from cms.models import TextPage
from members.models import City


def _about_url(city: City | None) -> str:
    page = TextPage.objects.live().public().filter(slug="hakkinda").first()
    return page.get_url() if page else ""


navigation.register(navigation.Entry(name="about", label=_("About"), order=10, url=_about_url, in_footer=True))
