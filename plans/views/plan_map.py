"""The map of a plan: which of its sections are talked about, which not, and what people talk about that no section covers;
for who decides, what waits for their decision."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from members.permissions import Person
from members.requests import SiteRequest
from plans.models import Anchor, PlanVersion, SectionText
from plans.views.comments import readable_plan
from search import registry
from search.likeness import Passage, clusters_of
from search.linking import Proposal, discussions_of, linked_to, proposals
from search.permissions import can_propose_link
from search.queries import Found
from search.registry import document_key

LOOKED_THROUGH = 150  # unlinked discussions, the newest ones
QUEUE = 10  # proposals that are shown at once: each decision brings the next one


@dataclass
class MapRow:
    """A section, or what belongs to a chapter itself, with how much it is talked about."""

    text: SectionText
    comments: int = 0
    discussions: list[Found] = field(default_factory=list)

    @property
    def is_silent(self) -> bool:
        return not self.comments and not self.discussions


@dataclass
class ChapterRows:
    """A chapter with the rows of its sections."""

    own: MapRow
    rows: list[MapRow] = field(default_factory=list)

    @property
    def talked_about(self) -> int:
        return sum(not row.is_silent for row in self.rows)

    @property
    def comments(self) -> int:
        return sum(row.comments for row in (self.own, *self.rows))

    @property
    def discussions(self) -> int:
        """Each counted once, however many of the sections it belongs to."""
        return len({found.key for row in (self.own, *self.rows) for found in row.discussions})


@dataclass
class PlanMap:
    """Every query is made here; their number depends neither on sections nor on discussions."""

    version: PlanVersion
    person: Person

    @cached_property
    def _rows(self) -> dict[str, MapRow]:
        """By the section's key, in the plan's order."""
        texts = self.version.texts.select_related("section").defer("html", "text")
        rows = {
            document_key("section", text.section_id): MapRow(text, self._comments[text.section_id]) for text in texts
        }
        for key, found in discussions_of(self.person, rows).items():
            rows[key].discussions = found
        return rows

    @cached_property
    def _comments(self) -> Counter[int]:
        """By section, the published comments that stand in it."""
        anchors = Anchor.objects.filter(version=self.version, quote__post__status="published", section__isnull=False)
        return Counter(anchors.values_list("section", flat=True))

    def chapters(self) -> list[ChapterRows]:
        chapters: list[ChapterRows] = []
        for row in self._rows.values():
            if row.text.is_chapter:
                chapters.append(ChapterRows(row))
            else:
                chapters[-1].rows.append(row)
        return chapters

    def counts(self) -> dict[str, int]:
        rows = [row for row in self._rows.values() if not row.text.is_chapter]
        linked = {found.key for row in self._rows.values() for found in row.discussions}
        return {
            "sections": len(rows),
            "silent": sum(row.is_silent for row in rows),
            "comments": sum(row.comments for row in self._rows.values()),
            "discussions": len(linked),
            "unlinked": sum(map(len, self._unlinked.values())),
        }

    @cached_property
    def queue(self) -> list[Proposal]:
        """What waits for the person's decision, the likeliest first."""
        return [one for one in proposals(self.person, section_keys=self._rows) if one.may_decide]

    @cached_property
    def _unlinked(self) -> dict[str, list[int]]:
        """By kind, the city's discussions (their pks) that belong to no section and for which none is proposed, the newest
        first."""
        linked = linked_to(self._rows)
        return {
            source.kind: [
                pk
                for pk in source.visible_to(self.person)
                .filter(**{source.city_lookup: self.version.plan.city})
                .order_by("-pk")
                .values_list("pk", flat=True)
                if document_key(source.kind, pk) not in linked
            ]
            for source in registry.discussions()
        }

    def _looked_through(self) -> dict[str, Found]:
        """The newest of the unlinked discussions, by key."""
        found = [
            Found(source, discussion, 0.0)
            for source in registry.discussions()
            for discussion in source.visible_to(self.person).filter(pk__in=self._unlinked[source.kind][:LOOKED_THROUGH])
        ]
        newest = sorted(found, key=lambda one: str(one.content.published_at or ""), reverse=True)
        return {one.key: one for one in newest[:LOOKED_THROUGH]}

    def uncovered(self) -> list[dict[str, Any]]:
        """`[{terms, discussions}]`: what is talked about that no section covers, the most first; at last, without terms,
        those that are like no other."""
        looked_at = self._looked_through()
        clusters = clusters_of(Passage(key, one.content.title, one.content.body) for key, one in looked_at.items())
        groups = [
            {"terms": cluster.terms, "discussions": [looked_at.pop(key) for key in cluster.keys]}
            for cluster in clusters
        ]
        return [*groups, {"terms": (), "discussions": list(looked_at.values())}] if looked_at else groups


def plan_map(request: SiteRequest, pk: int) -> HttpResponse:
    """For everybody who may read the plan; with what waits for their decision."""
    plan = readable_plan(request, pk)
    version = plan.current_version
    if version is None:
        return render(request, "plans/no_version.html", {"plan": plan})
    version.plan = plan
    found = PlanMap(version, request.user)
    context = {
        "plan": plan,
        "version": version,
        "chapters": found.chapters(),
        "counts": found.counts(),
        "queue": found.queue[:QUEUE],
        "queue_count": len(found.queue),
        "uncovered": found.uncovered(),
        "looked_through": LOOKED_THROUGH,
        "may_propose": can_propose_link(request.user),
        "back": f"{request.get_full_path()}#bekleyenler",
    }
    return render(request, "plans/map.html", context)
