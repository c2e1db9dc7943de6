"""The filters of the search page, as links: how many hits there are of each kind, city, subject, organisation and year."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from common.addresses import address_with
from search import registry

# The parameter's name in the address → the facet that it narrows.
PARAMETERS = {"tur": "kind", "kent": "city", "tema": "theme", "kurum": "organisation_kind", "yil": "year"}
_MOST_OPTIONS = 12
_LONGEST_VALUE = 100


def chosen(parameters: QueryDict) -> dict[str, list[str]]:
    """What the address narrows, by facet."""
    return {facet: [value] for name, facet in PARAMETERS.items() if (value := value_of(parameters, name))}


def value_of(parameters: QueryDict, name: str) -> str:
    """The value of a parameter in PARAMETERS, "" where it is left out. No name of a city or subject is longer."""
    return parameters.get(name, "")[:_LONGEST_VALUE]


def present_filters(parameters: QueryDict, counts: Mapping[str, Mapping[str, int]]) -> list[dict[str, Any]]:
    """The component `filters`' `[{legend, options}]`; a filter that would tell nothing apart is none."""
    legends = {
        "tur": _("Kind"),
        "kent": _("City"),
        "tema": _("Subject"),
        "kurum": _("Spoke for"),
        "yil": _("Year"),
    }
    found: list[dict[str, Any]] = [
        {"legend": legends[name], "options": _options(parameters, name, counts.get(facet, {}))}
        for name, facet in PARAMETERS.items()
    ]
    return [one for one in found if len(one["options"]) > 2 or not one["options"][0]["selected"]]


def _options(parameters: QueryDict, name: str, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """`[{label, url, count, selected}]` for one parameter: "all" first, then by number of hits, years by date."""
    selected, labels = parameters.get(name, ""), registry.values_of(PARAMETERS[name])
    values = sorted(filter(None, counts), key=lambda value: -int(value) if name == "yil" else -counts[value])
    options: list[dict[str, Any]] = [
        {
            "label": _("All"),
            "url": address_with(parameters, name, ""),
            "count": sum(counts.values()),
            "selected": not selected,
        }
    ]
    for value in values[:_MOST_OPTIONS]:
        address = address_with(parameters, name, value)
        label = labels.get(value, value)
        options.append({"label": label, "url": address, "count": counts[value], "selected": value == selected})
    return options
