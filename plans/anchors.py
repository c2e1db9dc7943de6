"""Where the comments of a plan would stand in a next version."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plans import anchoring
from plans.models import Anchor, PlanPage, PlanVersion, Quote


@dataclass(frozen=True)
class Placement:
    """A quote and where it stands in the later text."""

    quote: Quote
    relocation: anchoring.Relocation


def texts_by_key(version: PlanVersion) -> dict[str, str]:
    return dict(version.texts.values_list("section__key", "text"))


def pure_quote(quote: Quote) -> anchoring.Quote:
    return anchoring.Quote(
        section=quote.section.key, exact=quote.exact, prefix=quote.prefix, suffix=quote.suffix, start=quote.start
    )


def place_quotes(plan: PlanPage, after: Mapping[str, str]) -> list[Placement]:
    """Every quote of the plan, relocated from the version in which it was written.

    From there, and not from version to version: a text that was taken out and comes back finds its comments again, and
    no doubt is carried on. Each earlier version is compared once.
    """
    quotes = Quote.objects.filter(section__plan=plan).select_related("section", "version").order_by("pk")
    revisions: dict[int, anchoring.Revision] = {}
    placements = []
    for quote in quotes:
        if quote.version_id not in revisions:
            revisions[quote.version_id] = anchoring.Revision(texts_by_key(quote.version), after)
        placements.append(Placement(quote, revisions[quote.version_id].relocate(pure_quote(quote))))
    return placements


def anchors_of(placements: Iterable[Placement], version: PlanVersion, section_pks: Mapping[str, int]) -> list[Anchor]:
    """Unsaved anchors in a version; `section_pks` gives the identities by key."""
    return [
        Anchor(
            quote=placement.quote,
            version=version,
            verdict=placement.relocation.verdict,
            section_id=section_pks[placement.relocation.section] if placement.relocation.section else None,
            start=placement.relocation.start,
            end=placement.relocation.end,
            score=placement.relocation.score,
        )
        for placement in placements
    ]
