"""What cities, themes and kinds of organisations are called in the filters of the search page."""

from cms.models import Theme
from members.models import City, OrganisationKind
from search.registry import register_values

register_values("city", lambda: dict(City.objects.values_list("slug", "name")))
register_values("theme", lambda: {theme.slug: theme.name for theme in Theme.objects.all()})
register_values("organisation_kind", lambda: dict(OrganisationKind.choices))
