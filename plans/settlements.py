"""What people decided about the place of a comment, and where its words stand, for the templates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from plans.models import Anchor, Quote, SectionText, Settlement
from plans.text.excerpts import paragraphs_around
from plans.text.plaintext import table_rows

Texts = dict[tuple[int, int], SectionText]  # by version and section


def texts_at(places: Iterable[tuple[int, int | None]]) -> Texts:
    """The texts of (version, section) pairs. One query."""
    pairs = {pair for pair in places if pair[1] is not None}
    if not pairs:
        return {}
    wanted = Q()
    for version, section in pairs:
        wanted |= Q(version=version, section=section)
    texts = SectionText.objects.filter(wanted).select_related("version__plan")
    return {(text.version_id, text.section_id): text for text in texts}


def present_place(text: SectionText | None, start: int | None, end: int | None) -> dict[str, Any] | None:
    """`{text, paragraphs}`: words of a section in their paragraphs; None where they stand nowhere."""
    if text is None:
        return None
    return {"text": text, "paragraphs": paragraphs_around(text.text, start or 0, end or 0, table_rows(text.html))}


def written_at(quote: Quote) -> tuple[int, int]:
    return quote.version_id, quote.section_id


def present_sides(anchor: Anchor, texts: Texts) -> dict[str, Any]:
    """`{then, now}`: the comment's words as they stood when it was written, and where the anchor sees them (None: nowhere).

    The words of a comment on a whole section are all of it: no paragraphs."""
    quote = anchor.quote
    then = present_place(texts.get(written_at(quote)), quote.start, quote.start + len(quote.exact))
    if anchor.section_id is None:
        return {"then": then, "now": None}
    end = anchor.end if quote.exact else anchor.start
    return {"then": then, "now": present_place(texts.get((anchor.version_id, anchor.section_id)), anchor.start, end)}


def present_settlements(quote: Quote) -> list[dict[str, Any]]:
    """`[{version, at, who, role, what, where, remark}]`, the newest first; `where` (`{text, paragraphs}`) is the place that
    was confirmed or given. Two queries."""
    rows = Settlement.objects.filter(anchor__quote=quote).select_related("decided_by", "anchor__version")
    settlements = list(rows.order_by("decided_at", "pk"))
    places = _places_after(settlements)
    texts = texts_at((one.anchor.version_id, places[one.pk].section_id) for one in settlements)
    return [_present(one, places[one.pk], quote, texts) for one in reversed(settlements)]


def _places_after(settlements: list[Settlement]) -> dict[int, Anchor | Settlement]:
    """Where each settlement put the anchor: the next one keeps it, the anchor says it of the last one."""
    places: dict[int, Anchor | Settlement] = {}
    newest: dict[int, Anchor | Settlement] = {}
    for one in reversed(settlements):
        places[one.pk] = newest.get(one.anchor_id, one.anchor)
        newest[one.anchor_id] = one
    return places


def _present(settlement: Settlement, place: Anchor | Settlement, quote: Quote, texts: Texts) -> dict[str, Any]:
    person, where = settlement.decided_by, None
    if settlement.decision in (Settlement.Decision.SAME_PLACE, Settlement.Decision.MOVED_HERE):
        text = texts.get((settlement.anchor.version_id, place.section_id or 0))
        where = present_place(text, place.start, place.end if quote.exact else place.start)
    return {
        "version": settlement.anchor.version,
        "at": settlement.decided_at,
        "who": person.display_name if person else "",
        "role": _role(settlement, quote),
        "what": settlement.get_decision_display(),
        "where": where,
        "remark": settlement.remark,
    }


def _role(settlement: Settlement, quote: Quote) -> str:
    """As whom they decided; of somebody who has gone nobody can tell."""
    if settlement.decided_by_id is None:
        return ""
    is_author = settlement.decided_by_id == quote.post.user_id
    return _("author of the comment") if is_author else _("editor of the platform")
