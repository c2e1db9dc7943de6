"""The map of a plan: which of its sections are talked about, which not, and what people talk about that no section covers."""

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
from search.linking import Proposal, discussions_of, linked_anywhere, proposals
from search.queries import Found
from search.registry import document_key

LOOKED_THROUGH = 150  # unlinked discussions, the newest ones


@dataclass
class MapRow:
    """A section with how much it is talked about, and what waits for a decision."""

    text: SectionText
    comments: int = 0
    discussions: list[Found] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)

    @property
    def is_silent(self) -> bool:
        return not self.comments and not self.discussions


@dataclass
class PlanMap:
    """Every query is made here; their number depends neither on sections nor on discussions."""

    version: PlanVersion
    person: Person

    @cached_property
    def _texts(self) -> list[SectionText]:
        return list(self.version.texts.select_related("section").defer("html", "text"))

    @cached_property
    def rows(self) -> dict[int, MapRow]:
        """By section, chapters left out."""
        keys = {document_key("section", text.section_id): text for text in self._texts if not text.is_chapter}
        rows = {text.section_id: MapRow(text, self._comments[text.section_id]) for text in keys.values()}
        for key, found in discussions_of(self.person, keys).items():
            rows[keys[key].section_id].discussions = found
        for one in proposals(self.person, section_keys=keys):
            rows[keys[one.link.section_key].section_id].proposals.append(one)
        return rows

    @cached_property
    def _comments(self) -> Counter[int]:
        """By section, the published comments that stand in it."""
        anchors = Anchor.objects.filter(version=self.version, quote__post__status="published", section__isnull=False)
        return Counter(anchors.values_list("section", flat=True))

    def chapters(self) -> list[dict[str, Any]]:
        """`[{text, rows, silent_count}]`."""
        chapters: list[dict[str, Any]] = []
        for text in self._texts:
            if text.is_chapter:
                chapters.append({"text": text, "rows": [], "silent_count": 0})
            else:
                row = self.rows[text.section_id]
                chapters[-1]["rows"].append(row)
                chapters[-1]["silent_count"] += row.is_silent
        return chapters

    def counts(self) -> dict[str, int]:
        rows = self.rows.values()
        return {
            "sections": len(rows),
            "silent": sum(row.is_silent for row in rows),
            "proposals": sum(len(row.proposals) for row in rows),
            "unlinked": len(self._unlinked),
        }

    @cached_property
    def _unlinked(self) -> list[Found]:
        """The city's discussions that belong to no section and for which none is proposed, the newest first."""
        found = [
            Found(source, discussion, 0.0)
            for source in registry.discussions()
            for discussion in source.visible_to(self.person).filter(**{source.city_lookup: self.version.plan.city})
        ]
        linked = linked_anywhere(one.key for one in found)
        return sorted((one for one in found if one.key not in linked), key=lambda one: one.obj.pk, reverse=True)

    def uncovered(self) -> list[dict[str, Any]]:
        """`[{terms, discussions}]`: what is talked about that no section covers, the most first; at last, without terms,
        those that are like no other."""
        looked_at = {one.key: one for one in self._unlinked[:LOOKED_THROUGH]}
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
        "uncovered": found.uncovered(),
        "back": request.get_full_path(),
    }
    return render(request, "plans/map.html", context)
