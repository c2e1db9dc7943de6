"""What readers are told of what differs between two versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from plans.models import Change

FACTS = {
    **dict(Change.Kind.choices),
    "merged": gettext_lazy("Merged"),
    "split": gettext_lazy("Split"),
    "remade": gettext_lazy("Made anew"),
}


def fact_labels(facts: Iterable[str]) -> list[dict[str, str]]:
    """The component `badge`'s values."""
    return [{"value": fact, "label": str(FACTS[fact])} for fact in facts]


def describe_counts(counts: Mapping[str, int]) -> str:
    """“12 sections changed, 2 new, 1 taken out”, of `plans.comparison.counts_of`."""
    words = [
        (counts["changed"], ngettext("%(n)s section changed", "%(n)s sections changed", counts["changed"])),
        (counts["added"], ngettext("%(n)s section new", "%(n)s sections new", counts["added"])),
        (counts["removed"], ngettext("%(n)s section taken out", "%(n)s sections taken out", counts["removed"])),
        (counts["chapters"], ngettext("%(n)s chapter changed", "%(n)s chapters changed", counts["chapters"])),
    ]
    return ", ".join(text % {"n": n} for n, text in words if n) or _("no section changed")
