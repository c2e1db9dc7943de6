"""Writes of links between discussions and plan sections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from members.models import User
from search import registry
from search.models import Citation, Link
from search.permissions import can_decide_link, can_propose_link
from search.queries import Found, read_keys

LONGEST_REASON = 300


class LinkError(ValueError):
    """A link that cannot be proposed."""


class LinkedAlreadyError(LinkError):
    """The discussion belongs to the section already, or somebody has proposed it."""


class RejectedLinkError(LinkError):
    """It was proposed before, and rejected."""


# Citations


@transaction.atomic
def set_citations(*, cited_in: str, discussion_key: str, cited: Mapping[str, str], by: User | None) -> None:
    """Make the citations of one post's text be exactly `cited`: what it cites a section as (its number) → the section's
    key."""
    Citation.objects.filter(cited_in=cited_in).exclude(cited_as__in=cited).delete()
    kept = set(Citation.objects.filter(cited_in=cited_in).values_list("cited_as", flat=True))
    Citation.objects.bulk_create(
        Citation(section_key=key, discussion_key=discussion_key, cited_in=cited_in, cited_as=number, created_by=by)
        for number, key in sorted(cited.items())
        if number not in kept
    )


def move_citations(*, cited_in: str, discussion_key: str) -> None:
    """What a post's text cites belongs to this discussion from now on; with "", to none."""
    Citation.objects.filter(cited_in=cited_in).update(discussion_key=discussion_key)


def citations_in(document_key: str) -> dict[str, str]:
    """What a post's text cites: a section's number as written → the section's key."""
    return dict(Citation.objects.filter(cited_in=document_key).values_list("cited_as", "section_key"))


# What people propose and decide


@transaction.atomic
def propose_link(*, by: User, section_key: str, discussion_key: str, reason: str = "") -> Link:
    """A person says that a discussion belongs to a section. Who may decide about it has confirmed it with that. Raises
    PermissionDenied, or LinkError."""
    section, discussion = _ends(by, section_key, discussion_key)
    if not can_propose_link(by):
        raise PermissionDenied
    if Citation.objects.filter(section_key=section_key, discussion_key=discussion_key).exists():
        raise LinkedAlreadyError
    decides = can_decide_link(by, section.content, discussion.content)
    link, created = Link.objects.select_for_update().get_or_create(
        section_key=section_key,
        discussion_key=discussion_key,
        defaults={"proposed_by": by, "reason": reason[:LONGEST_REASON]},
    )
    if not created:
        _propose_again(link, by, reason, decides=decides)
    if decides:
        _decide(link, by, Link.State.CONFIRMED)
    return link


def _propose_again(link: Link, by: User, reason: str, *, decides: bool) -> None:
    if link.state == Link.State.REJECTED and not decides:
        raise RejectedLinkError
    if link.state == Link.State.CONFIRMED or (link.proposed_by_id is not None and not decides):
        raise LinkedAlreadyError
    if link.proposed_by_id is None:  # the machine had thought of it too
        link.proposed_by, link.proposed_at, link.reason = by, timezone.now(), reason[:LONGEST_REASON]
        link.save(update_fields=["proposed_by", "proposed_at", "reason"])


@transaction.atomic
def decide_link(*, by: User, link: Link, confirmed: bool) -> Link:
    """Confirm a link, or reject it for good. Done twice, it changes nothing. Raises PermissionDenied."""
    link = Link.objects.select_for_update(of=("self",)).get(pk=link.pk)
    section, discussion = _ends(by, link.section_key, link.discussion_key)
    if not can_decide_link(by, section.content, discussion.content):
        raise PermissionDenied
    _decide(link, by, Link.State.CONFIRMED if confirmed else Link.State.REJECTED)
    return link


def _decide(link: Link, by: User, state: Link.State) -> None:
    if link.state != state:
        link.state, link.decided_by, link.decided_at = state, by, timezone.now()
        link.save(update_fields=["state", "decided_by", "decided_at"])


def _ends(person: User, section_key: str, discussion_key: str) -> tuple[Found, Found]:
    """The section and the discussion. Raises PermissionDenied where the person does not see both."""
    found = {one.key: one for one in read_keys(person, [section_key, discussion_key])}
    sections = registry.sections()
    if len(found) < 2 or sections is None or found[section_key].source.kind != sections.kind:
        raise PermissionDenied
    if not found[discussion_key].source.is_discussion:
        raise PermissionDenied
    return found[section_key], found[discussion_key]


# What becomes of links when the text of sections goes to others


def follow_links(moves: Iterable[tuple[str, str, bool]]) -> None:
    """The text of a section (its key) stands in another one now: (from, to, whether it is clear that all of it does). What
    belonged to the first belongs to the other, or is proposed for it."""
    moves = list(moves)
    belonging = _belonging({before for before, _after, _clear in moves})
    Link.objects.bulk_create(
        (
            Link(
                section_key=after,
                discussion_key=discussion,
                state=Link.State.CONFIRMED if is_clear else Link.State.PROPOSED,
                followed_from=before,
            )
            for before, after, is_clear in moves
            for discussion in belonging.get(before, ())
        ),
        ignore_conflicts=True,  # of what is linked, proposed or rejected there already
    )


def _belonging(section_keys: set[str]) -> dict[str, list[str]]:
    """By section, its discussions."""
    confirmed = Link.objects.filter(section_key__in=section_keys, state=Link.State.CONFIRMED)
    cited = Citation.objects.filter(section_key__in=section_keys).exclude(discussion_key="")
    found: dict[str, list[str]] = {}
    for section, discussion in (*_pairs(confirmed), *_pairs(cited)):
        found.setdefault(section, []).append(discussion)
    return found


def _pairs(rows: object) -> list[tuple[str, str]]:
    return list(rows.values_list("section_key", "discussion_key"))  # type: ignore[attr-defined]
