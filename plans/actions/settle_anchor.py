"""Decide about a comment whose place is uncertain or lost in the newest version."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from members.models import User
from plans.anchors import verdict_since
from plans.models import Anchor, PlanPage, Section, Settlement
from plans.permissions import can_settle_anchor
from plans.quoting import locate_words

Decision = Settlement.Decision


class SettlingError(ValueError):
    """A decision that cannot be taken as it was asked for."""


class OlderVersionError(SettlingError):
    """There is a newer version: what was looked at is history."""


class SettledMeanwhileError(SettlingError):
    """Somebody has decided since it was looked at."""


class ImpossibleDecisionError(SettlingError):
    """The anchor cannot be settled like this: it is sure, or has no place that could be confirmed."""


class MissingPlaceError(SettlingError):
    """To be attached, but to what was not said."""


@dataclass(frozen=True)
class Place:
    """Where an anchor stands, and how surely."""

    verdict: str
    section_id: int | None = None
    start: int | None = None
    end: int | None = None


LOST = Place(Anchor.Verdict.ORPHAN)


@transaction.atomic
def settle_anchor(
    *,
    by: User,
    anchor: Anchor,
    decision: Settlement.Decision,
    seen: int,
    remark: str = "",
    section: Section | None = None,
    exact: str = "",
    start: int = 0,
) -> Settlement:
    """Adds what was decided, with what the anchor said before; the anchor says the new from now on.

    `seen`: how many settlements of the anchor the person was shown. `section` and `exact` (at `start`, or where it stands)
    are the place of a comment that is attached anew; one about a whole section goes to a whole section. Sent twice, it is
    decided once. Raises PermissionDenied, SettlingError, QuoteNotFoundError, or SectionText.DoesNotExist.
    """
    anchor = _locked(anchor)
    if not can_settle_anchor(by, anchor):
        raise PermissionDenied
    if anchor.version != anchor.version.plan.current_version:
        raise OlderVersionError
    earlier = list(anchor.settlements.all())
    if len(earlier) == seen and decision not in anchor.possible_decisions:
        raise ImpossibleDecisionError
    attached = _attached(anchor, section, exact, start) if decision == Decision.MOVED_HERE else None
    if len(earlier) != seen:
        if earlier and _is_repeated(earlier[-1], anchor, by, decision, remark.strip(), attached):
            return earlier[-1]
        raise SettledMeanwhileError
    settlement = Settlement.objects.create(
        anchor=anchor, decision=decision, remark=remark.strip(), decided_by=by, **vars(_place_of(anchor))
    )
    _put(anchor, attached or _decided(anchor, decision), decision)
    return settlement


def _locked(anchor: Anchor) -> Anchor:
    """The anchor as it is now. A version that is being published or adopted waits, or is waited for: both hold the row of
    the plan."""
    PlanPage.objects.select_for_update(of=("self",)).get(versions=anchor.version_id)
    found = Anchor.objects.select_for_update(of=("self",))
    return found.select_related("version__plan", "quote__post__city", "quote__version").get(pk=anchor.pk)


def _place_of(anchor: Anchor) -> Place:
    return Place(anchor.verdict, anchor.section_id, anchor.start, anchor.end)


def _is_repeated(
    newest: Settlement, anchor: Anchor, by: User, decision: str, remark: str, attached: Place | None
) -> bool:
    """Whether this is what the person has just decided: a double click."""
    same = (newest.decided_by_id, newest.decision, newest.remark) == (by.pk, decision, remark)
    return same and attached in (None, _place_of(anchor))


def _attached(anchor: Anchor, section: Section | None, exact: str, start: int) -> Place:
    whole = not anchor.quote.exact
    if section is None or not (whole or exact):
        raise MissingPlaceError
    text = anchor.version.texts.get(section=section)
    begin, end = locate_words(text, "" if whole else exact, start=start)
    return _sure(anchor, section.pk, begin, end, is_elsewhere=True)


def _decided(anchor: Anchor, decision: str) -> Place:
    """The place after a decision that names none. A place that people gave before and take back is lost again."""
    if decision == Decision.SAME_PLACE and anchor.section_id is not None:
        is_elsewhere = anchor.section_id != anchor.quote.section_id
        return _sure(anchor, anchor.section_id, anchor.start or 0, anchor.end or 0, is_elsewhere=is_elsewhere)
    return _place_of(anchor) if anchor.is_uncertain else LOST


def _sure(anchor: Anchor, section_pk: int, start: int, end: int, *, is_elsewhere: bool) -> Place:
    quote = anchor.quote
    words = anchor.version.texts.get(section=section_pk).text[start:end]
    quoted = quote.exact or quote.version.texts.get(section=quote.section_id).text
    return Place(verdict_since(quoted, words, is_elsewhere=is_elsewhere), section_pk, start, end)


def _put(anchor: Anchor, place: Place, decision: str) -> None:
    anchor.verdict, anchor.section_id, anchor.start, anchor.end = (
        place.verdict,
        place.section_id,
        place.start,
        place.end,
    )
    anchor.decision = decision
    anchor.save(update_fields=["verdict", "section", "start", "end", "decision"])
