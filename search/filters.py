"""The filters of the search page, as links: what was found per kind, city and theme."""

from collections import Counter
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from common.addresses import address_with
from search.queries import Found

# The parameter's name in the address → what of a hit it filters, as (value, label).
PARAMETERS = ("tur", "kent", "tema")


def _value(hit: Found, name: str) -> tuple[str, str]:
    if name == "tur":
        return hit.source.kind, str(hit.source.label)
    facet = hit.content.city if name == "kent" else hit.content.theme
    return (facet.slug, facet.name) if facet else ("", "")


def present_filters(parameters: QueryDict, hits: list[Found]) -> list[dict[str, Any]]:
    """The component `filters`' `[{legend, options}]`; a filter without a value is none."""
    legends = {"tur": _("Kind"), "kent": _("City"), "tema": _("Subject")}
    found = [{"legend": legends[name], "options": _options(parameters, name, hits)} for name in PARAMETERS]
    return [one for one in found if len(one["options"]) > 1]


def _options(parameters: QueryDict, name: str, hits: list[Found]) -> list[dict[str, Any]]:
    """`[{label, url, count, selected}]` for one parameter, "all" first, then by number of hits."""
    chosen = parameters.get(name, "")
    counts = Counter(_value(hit, name) for hit in hits)
    options: list[dict[str, Any]] = [
        {"label": _("All"), "url": address_with(parameters, name, ""), "count": len(hits), "selected": not chosen}
    ]
    for (value, label), count in counts.most_common():
        if value:
            address = address_with(parameters, name, value)
            options.append({"label": label, "url": address, "count": count, "selected": value == chosen})
    return options
