"""Addresses of pages that are not made in Wagtail's editor."""

from wagtail.models import Page

from common.text import turkish_slug


def free_slug(parent: Page, title: str, fallback: str) -> str:
    """A slug made of the title, or of `fallback` where the title has no letter, that no page below `parent` has."""
    slug = wanted = turkish_slug(title, length=50) or fallback
    taken = set(parent.get_children().values_list("slug", flat=True))
    number = 2
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug
