"""Freeze a plan's approved text into its next version, and carry every comment there."""

from collections import Counter
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from members.models import User
from plans.anchors import Placement, anchors_of, place_quotes
from plans.drafting import DraftText, chapters_with_newer_drafts, draft_texts, source_of
from plans.models import Anchor, ChapterPage, PlanPage, PlanVersion, Section, SectionText
from plans.permissions import can_publish_version
from plans.rendering import render_rich_text
from search.indexing import enqueue


@dataclass(frozen=True)
class Preview:
    """What publishing would do: the texts, where each comment would stand, and the chapters with newer drafts."""

    texts: list[DraftText]
    placements: list[Placement]
    newer_drafts: list[ChapterPage]

    @property
    def counts(self) -> dict[str, int]:
        """Comments by verdict, every verdict named."""
        found = Counter(placement.relocation.verdict for placement in self.placements)
        return {verdict: found[verdict] for verdict in Anchor.Verdict.values}


def preview_version(*, by: User, plan: PlanPage) -> Preview:
    """The dry run. Raises PermissionDenied or PublishError; writes nothing."""
    if not can_publish_version(by, plan):
        raise PermissionDenied
    texts = draft_texts(plan)
    placements = place_quotes(plan, {text.key: text.text for text in texts})
    return Preview(texts, placements, chapters_with_newer_drafts(plan))


@transaction.atomic
def publish_version(*, by: User, plan: PlanPage, note: str = "") -> PlanVersion:
    """The next version of a plan, with an anchor for each of its comments. Raises PermissionDenied or PublishError."""
    # Two editors who publish at once wait for each other here; the second makes a further version. The row read is the
    # approved one: the caller may hold a draft.
    plan = PlanPage.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    preview = preview_version(by=by, plan=plan)
    number = (plan.versions.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    version = PlanVersion.objects.create(
        plan=plan,
        number=number,
        title=plan.title,
        summary=render_rich_text(plan.summary),
        note=note,
        source=source_of(plan),
        published_by=by,
    )
    section_pks = _identities(plan, preview.texts)
    SectionText.objects.bulk_create(_frozen(text, version, section_pks[text.key]) for text in preview.texts)
    Anchor.objects.bulk_create(anchors_of(preview.placements, version, section_pks))
    enqueue("section", plan.identities.values_list("pk", flat=True))
    return version


def _identities(plan: PlanPage, texts: list[DraftText]) -> dict[str, int]:
    """The sections' permanent rows by key; new keys get one."""
    known = set(plan.identities.values_list("key", flat=True))
    Section.objects.bulk_create(Section(plan=plan, key=text.key) for text in texts if text.key not in known)
    return dict(plan.identities.values_list("key", "pk"))


def _frozen(text: DraftText, version: PlanVersion, section_pk: int) -> SectionText:
    return SectionText(
        version=version,
        section_id=section_pk,
        kind=text.kind,
        position=text.position,
        number=text.number,
        code=text.code,
        heading=text.heading,
        theme=text.theme,
        html=text.html,
        text=text.text,
    )
