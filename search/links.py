"""Writes of links between discussions and plan sections."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

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


class DecidedMeanwhileError(LinkError):
    """Somebody has decided otherwise since the link was shown; `link` as it is now."""

    def __init__(self, link: Link) -> None:
        super().__init__(str(link))
        self.link = link


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
    if link.proposed_by_id is None or link.state == Link.State.REJECTED:  # the machine's, or what is taken up anew
        link.proposed_by, link.proposed_at, link.reason = by, timezone.now(), reason[:LONGEST_REASON]
        link.save(update_fields=["proposed_by", "proposed_at", "reason"])


@transaction.atomic
def decide_link(*, by: User, link: Link, confirmed: bool, seen: str = "") -> Link:
    """Confirm a link, or reject it for good. Done twice, it changes nothing. `seen`: the state in which it was shown to who
    decides. Raises PermissionDenied, or DecidedMeanwhileError."""
    link = Link.objects.select_for_update(of=("self",)).get(pk=link.pk)
    section, discussion = _ends(by, link.section_key, link.discussion_key)
    if not can_decide_link(by, section.content, discussion.content):
        raise PermissionDenied
    state = Link.State.CONFIRMED if confirmed else Link.State.REJECTED
    if seen and link.state not in (seen, state):
        raise DecidedMeanwhileError(link)
    _decide(link, by, state)
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


@dataclass(frozen=True)
class Move:
    """The text of a section (its key) stands in its heir now. `is_gone`: the section itself is no longer there; `is_clear`:
    and, for certain, the heir goes on as it."""

    section: str
    heir: str
    is_gone: bool
    is_clear: bool


_RANK = {Link.State.REJECTED: 0, Link.State.PROPOSED: 1, Link.State.CONFIRMED: 2}


@transaction.atomic
def follow_links(moves: Iterable[Move]) -> None:
    """Where it is clear, what belonged to a section belongs to its heir; else it is proposed for it. Of a section that is
    gone, what people proposed is proposed for the heirs, and what they rejected is rejected there too. Who, when and why go
    along."""
    moves = list(moves)
    links = _links_of({move.section for move in moves})
    wanted: dict[tuple[str, str], Link] = {}
    for move in moves:
        for link in links.get(move.section, ()):
            if moved := _moved(link, move):
                pair = moved.section_key, moved.discussion_key
                wanted[pair] = max(wanted.get(pair, moved), moved, key=lambda one: _RANK[Link.State(one.state)])
    Link.objects.bulk_create(wanted.values(), ignore_conflicts=True, batch_size=500)
    _strengthen(wanted)


def _links_of(section_keys: Collection[str]) -> dict[str, list[Link]]:
    """By section, what people or texts have linked to it, proposed or rejected; what a text cites, as an unsaved link."""
    found: dict[str, list[Link]] = {}
    for link in Link.objects.filter(section_key__in=section_keys):
        if not link.is_by_machine:
            found.setdefault(link.section_key, []).append(link)
    for cited in Citation.objects.filter(section_key__in=section_keys).exclude(discussion_key="").order_by("pk"):
        ends = {"section_key": cited.section_key, "discussion_key": cited.discussion_key}
        by = {"proposed_by_id": cited.created_by_id, "proposed_at": cited.created_at}
        found.setdefault(cited.section_key, []).append(Link(**ends, **by, state=Link.State.CONFIRMED))
    return found


def _moved(link: Link, move: Move) -> Link | None:
    """The heir's link, unsaved; None where this one does not concern it."""
    state = link.state
    if state == Link.State.CONFIRMED and not move.is_clear:
        state = Link.State.PROPOSED
    elif state != Link.State.CONFIRMED and not move.is_gone:
        return None
    decided = {"decided_by_id": link.decided_by_id, "decided_at": link.decided_at} if state == link.state else {}
    return Link(
        section_key=move.heir,
        discussion_key=link.discussion_key,
        state=state,
        followed_from=link.followed_from or move.section,
        proposed_by_id=link.proposed_by_id,
        proposed_at=link.proposed_at,
        reason=link.reason,
        **decided,
    )


def _strengthen(wanted: Mapping[tuple[str, str], Link]) -> None:
    """What was only proposed for the heir already is now what the other section's link says; decisions stay."""
    discussions = {discussion for _section, discussion in wanted}
    waiting = Link.objects.select_for_update(of=("self",)).filter(discussion_key__in=discussions).order_by("pk")
    for link in waiting.filter(state=Link.State.PROPOSED, section_key__in={section for section, _discussion in wanted}):
        moved = wanted.get((link.section_key, link.discussion_key))
        if moved and (moved.state == Link.State.CONFIRMED or (moved.state == link.state and link.is_by_machine)):
            for name in _FOLLOWED:
                setattr(link, name, getattr(moved, name))
            link.save(update_fields=_FOLLOWED)


_FOLLOWED = ["state", "followed_from", "proposed_by", "proposed_at", "reason", "decided_by", "decided_at"]
