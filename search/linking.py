"""What is linked to what, as a person may read it. Every listing goes through `visible_to`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from members.permissions import Person
from search import registry
from search.models import Citation, Link
from search.permissions import LinkRights
from search.queries import Found, read_keys


@dataclass(frozen=True)
class LinkedSection:
    """A section that a discussion belongs to: `cited_as` the number under which its text cites it (""), or the `link` that
    somebody has confirmed. `changed_url` leads to what changed in the section since, "" where nothing did."""

    section: Found
    cited_as: str = ""
    link: Link | None = None
    changed_url: str = ""

    @property
    def is_renumbered(self) -> bool:
        """Whether the section has another number than the one under which it was cited; an address has none."""
        by_number = self.cited_as and not self.cited_as.startswith("#")
        return bool(by_number) and not self.section.title.startswith(f"§{self.cited_as} ")


@dataclass(frozen=True)
class Proposal:
    """A pair that waits for who may decide about it."""

    link: Link
    section: Found
    discussion: Found
    may_decide: bool

    @property
    def percent(self) -> int:
        """Likeness, for people: of two texts that are as good as the same, 100."""
        return min(100, round(100 * (self.link.score or 0)))


def sections_of(person: Person, discussion_key: str) -> list[LinkedSection]:
    """The sections of a discussion, those that its text cites first. Two queries and those of reading the sections."""
    citations = {one.section_key: one for one in Citation.objects.filter(discussion_key=discussion_key).order_by("-pk")}
    confirmed = Link.objects.confirmed().filter(discussion_key=discussion_key)
    links = {link.section_key: link for link in confirmed.select_related("decided_by", "proposed_by").order_by("pk")}
    found = read_keys(person, dict.fromkeys([*reversed(citations), *links]))
    return [_linked(one, citations.get(one.key), links.get(one.key)) for one in found]


def _linked(section: Found, citation: Citation | None, link: Link | None) -> LinkedSection:
    since = citation.created_at if citation else link.proposed_at if link else None
    sections = registry.sections()
    was = link.followed_from if link and not citation else ""
    changed_url = sections.changed_since(section.obj, since, was) if sections and since else ""
    return LinkedSection(section, citation.cited_as if citation else "", link, changed_url)


def discussions_of(person: Person, section_keys: Iterable[str]) -> dict[str, list[Found]]:
    """By section, the discussions that belong to it, the newest link first. One query and those of reading them."""
    keys = list(section_keys)
    cited = Citation.objects.filter(section_key__in=keys).exclude(discussion_key="")
    confirmed = Link.objects.confirmed().filter(section_key__in=keys)
    fields = ("section_key", "discussion_key")
    pairs = cited.values_list(*fields, "created_at").union(confirmed.values_list(*fields, "proposed_at"))
    ordered = dict.fromkeys(
        (section, topic) for section, topic, _at in sorted(pairs, key=lambda row: row[2], reverse=True)
    )
    shown = {found.key: found for found in read_keys(person, dict.fromkeys(topic for _section, topic in ordered))}
    belonging: dict[str, list[Found]] = {}
    for section, topic in ordered:
        if topic in shown:
            belonging.setdefault(section, []).append(shown[topic])
    return belonging


def linked_to(section_keys: Iterable[str]) -> set[str]:
    """The discussions that belong to one of these sections, or for which one is proposed, seen or not. Two queries."""
    keys = list(section_keys)
    cited = Citation.objects.filter(section_key__in=keys)
    links = Link.objects.filter(section_key__in=keys).exclude(state=Link.State.REJECTED)
    return {key for rows in (cited, links) for key in rows.values_list("discussion_key", flat=True)}


def by_city(discussions: Sequence[Found], city: str) -> list[tuple[str, list[Found]]]:
    """(name of the city, its discussions), the city with that slug first."""
    found: dict[tuple[bool, str], list[Found]] = {}
    for one in discussions:
        facet = one.content.city
        key = (facet is None or facet.slug != city, facet.name if facet else "")
        found.setdefault(key, []).append(one)
    return [(name, found[elsewhere, name]) for elsewhere, name in sorted(found)]


def proposals(person: Person, *, discussion_key: str = "", section_keys: Iterable[str] | None = None) -> list[Proposal]:
    """What waits, of a discussion or of sections, the likeliest first; only pairs of which the person sees both. Of those
    about which they may not decide, what they have proposed themselves."""
    cited = Citation.objects.filter(section_key=OuterRef("section_key"), discussion_key=OuterRef("discussion_key"))
    links = Link.objects.filter(~Exists(cited), state=Link.State.PROPOSED)
    if discussion_key:
        links = links.filter(discussion_key=discussion_key)
    if section_keys is not None:
        links = links.filter(section_key__in=list(section_keys))
    rows = sorted(
        links.select_related("proposed_by"),
        key=lambda link: (link.proposed_by_id is None, -(link.score or 0), link.pk),
    )
    own = getattr(person, "pk", None)
    return [one for one in _read(person, rows) if one.may_decide or one.link.proposed_by_id == own]


def rejections(person: Person, discussion_key: str) -> list[Proposal]:
    """What was rejected of a discussion, the newest first, for who may decide otherwise."""
    links = Link.objects.filter(state=Link.State.REJECTED, discussion_key=discussion_key).select_related("decided_by")
    return [one for one in _read(person, list(links.order_by("-decided_at"))) if one.may_decide]


def _read(person: Person, links: Sequence[Link]) -> list[Proposal]:
    """The pairs of which the person sees both."""
    keys = dict.fromkeys(key for link in links for key in (link.section_key, link.discussion_key))
    shown = {found.key: found for found in read_keys(person, keys)}
    rights = LinkRights(person)
    return [
        Proposal(link, section, discussion, rights.may_decide(section.content, discussion.content))
        for link in links
        if (section := shown.get(link.section_key)) and (discussion := shown.get(link.discussion_key))
    ]
