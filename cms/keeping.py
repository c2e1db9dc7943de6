"""Why a page may not be deleted. Each app registers its reasons; cms/wagtail_hooks.py asks them before Wagtail deletes."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.models import CityPage, HomePage

Reason = Callable[[PageQuerySet], str]

reasons: list[Reason] = []


def _is_of_the_platform(pages: PageQuerySet) -> str:
    if pages.type(HomePage, CityPage).exists():
        return _("The home page and the cities' pages cannot be deleted. You can unpublish a city's page instead.")
    return ""


reasons.append(_is_of_the_platform)


def why_kept(page: Page) -> str:
    """What hinders deleting a page with all below it, as a sentence; "" where nothing does."""
    pages = Page.objects.descendant_of(page, inclusive=True)
    return next((text for reason in reasons if (text := reason(pages))), "")
