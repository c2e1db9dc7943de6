"""Why a page may not be deleted. Each app registers its reasons; cms/wagtail_hooks.py asks them before Wagtail deletes."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.models import CityPage, HomePage

Reason = Callable[[PageQuerySet], str]

_reasons: list[Reason] = []


def register(reason: Reason) -> None:
    """Add a reason: of the pages about to be deleted, a sentence that says what hinders, or "". Raises ValueError when it
    has been added."""
    if reason in _reasons:
        raise ValueError(f"{reason.__name__} is registered twice as a reason to keep a page")
    _reasons.append(reason)


def _is_of_the_platform(pages: PageQuerySet) -> str:
    if pages.type(HomePage, CityPage).exists():
        return _("The home page and the cities' pages cannot be deleted. You can unpublish a city's page instead.")
    return ""


register(_is_of_the_platform)


def why_kept(page: Page) -> str:
    """What hinders deleting a page with all below it, as a sentence; "" where nothing does."""
    pages = Page.objects.descendant_of(page, inclusive=True)
    return next((text for reason in _reasons if (text := reason(pages))), "")
