"""What cities, themes and kinds of organisations are called in the filters of the search page."""

from collections import defaultdict

from cms.models import Theme
from members.models import City, OrganisationKind
from search.registry import register_related_themes, register_values

register_values("city", lambda: dict(City.objects.values_list("slug", "name")))
register_values("theme", lambda: {theme.slug: theme.name for theme in Theme.objects.all()})
register_values("organisation_kind", lambda: dict(OrganisationKind.choices))


def _related_themes() -> dict[str, set[str]]:
    related: dict[str, set[str]] = defaultdict(set)
    pairs = Theme.related.through.objects.values_list("from_theme__slug", "to_theme__slug")
    for one, other in pairs:
        related[one].add(other)
    return related


register_related_themes(_related_themes)
