"""Freeze a plan's approved text into its next version, carry every comment there, and write down why it differs."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from django.core.exceptions import PermissionDenied
from django.db import transaction

from forum.models import Post
from members.models import User
from plans.anchors import Placement, anchors_of, place_quotes, texts_by_key
from plans.changes import Difference, SectionState, compare_states
from plans.drafting import (
    DraftText,
    StalePreviewError,
    UnexplainedChangesError,
    chapters_left_out,
    chapters_with_newer_drafts,
    draft_texts,
    source_of,
    states_of,
)
from plans.lineage import is_clear
from plans.mails import tell_uncertain
from plans.models import Anchor, Change, ChapterPage, PlanPage, PlanVersion, Section, SectionText, Successor
from plans.permissions import can_publish_version, can_read_plan
from plans.rendering import render_rich_text
from plans.succession import successors_of
from search.indexing import enqueue
from search.links import Move, follow_links
from search.registry import document_key


@dataclass(frozen=True)
class Why:
    """Why a section differs: the posts that led to it (their pks), or a reason of the editors, or both."""

    reason: str = ""
    comments: Sequence[int] = ()


@dataclass(frozen=True)
class Preview:
    """What publishing would do: the current texts (`before`) and the new ones, how they differ, where each comment would
    stand, the chapters with newer drafts and those that would not be in it."""

    number: int
    title: str
    summary: str
    before: list[SectionState]
    texts: list[DraftText]
    differences: list[Difference]
    placements: list[Placement]
    newer_drafts: list[ChapterPage] = field(default_factory=list)
    left_out: list[ChapterPage] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """Comments by verdict, every verdict named."""
        found = Counter(placement.relocation.verdict for placement in self.placements)
        return {verdict: found[verdict] for verdict in Anchor.Verdict.values}

    @property
    def fingerprint(self) -> str:
        """Says whether two previews are the same: of all that the version would keep, and of every comment's place."""
        texts = [
            (text.key, text.number, text.heading, text.html, text.kind, text.code, text.theme and text.theme.pk)
            for text in self.texts
        ]
        places = [(placement.quote.pk, str(placement.relocation)) for placement in self.placements]
        kept = [self.number, self.title, self.summary, texts, places]
        return sha256(json.dumps(kept).encode()).hexdigest()


def preview_version(*, by: User, plan: PlanPage) -> Preview:
    """The dry run. Raises PermissionDenied or PublishError; writes nothing."""
    if not can_publish_version(by, plan):
        raise PermissionDenied
    current = plan.current_version
    texts = draft_texts(plan)
    before = states_of(current.texts.select_related("section")) if current else []
    return Preview(
        number=current.number + 1 if current else 1,
        title=plan.title,
        summary=plan.summary,
        before=before,
        texts=texts,
        differences=compare_states(before, states_of(texts)) if current else [],
        placements=place_quotes(plan, {text.key: text.text for text in texts}),
        newer_drafts=chapters_with_newer_drafts(plan),
        left_out=chapters_left_out(plan),
    )


@transaction.atomic
def publish_version(
    *, by: User, plan: PlanPage, note: str = "", why: Mapping[str, Why] | None = None, expected: str = ""
) -> PlanVersion:
    """The next version of a plan, with an anchor for each of its comments, a ledger of its changes, and the successors of
    sections whose text has gone to others.

    `why` says by section key what led to a change; the note is the reason of those that are not in it. `expected` is the
    fingerprint of the preview that was looked at. Raises PermissionDenied or PublishError.
    """
    # Two editors who publish at once wait for each other here; the second makes a further version. The row read is the
    # approved one: the caller may hold a draft.
    plan = PlanPage.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    preview = preview_version(by=by, plan=plan)
    if expected and expected != preview.fingerprint:
        raise StalePreviewError
    current = plan.current_version
    why = why or {}
    _check_reasons(preview.differences, why, note)
    version = PlanVersion.objects.create(
        plan=plan,
        number=preview.number,
        title=plan.title,
        summary=render_rich_text(plan.summary),
        note=note,
        source=source_of(plan),
        published_by=by,
    )
    section_pks = _identities(plan, preview.texts)
    SectionText.objects.bulk_create(_frozen(text, version, section_pks[text.key]) for text in preview.texts)
    Anchor.objects.bulk_create(anchors_of(preview.placements, version, section_pks))
    _write_ledger(version, preview.differences, why, section_pks)
    if current is not None:
        after = {text.key: text.text for text in preview.texts}
        successors = successors_of(version, texts_by_key(current), after, section_pks)
        Successor.objects.bulk_create(successors)
        _take_links_along(successors, {section_pks[text.key] for text in preview.texts})
    enqueue("section", plan.identities.values_list("pk", flat=True))
    transaction.on_commit(lambda: _tell_authors(plan, preview.placements), robust=True)
    return version


def _take_links_along(successors: Iterable[Successor], present: set[int]) -> None:
    """Discussions of a section go where its text goes: for certain where it is gone and all of it is in one place, else for
    people to decide."""
    heirs: dict[int, list[Successor]] = defaultdict(list)
    for row in successors:
        heirs[row.section_id].append(row)
    moves = []
    for section, rows in heirs.items():
        rows.sort(key=lambda row: -row.share)
        is_gone = section not in present
        sure = is_gone and is_clear([row.share for row in rows])
        for place, row in enumerate(rows):
            ends = document_key("section", section), document_key("section", row.successor_id)
            moves.append(Move(*ends, is_gone=is_gone, is_clear=sure and place == 0))
    follow_links(moves)


def _tell_authors(plan: PlanPage, placements: Iterable[Placement]) -> None:
    """One mail to everybody who has a comment that lost its sure place, if they may read the plan."""
    authors = {placement.quote.post.user_id for placement in placements if placement.asks_anew}
    for person in User.objects.filter(pk__in=authors):
        if can_read_plan(person, plan):
            tell_uncertain(plan, person)


def _check_reasons(differences: Iterable[Difference], why: Mapping[str, Why], note: str) -> None:
    """Every difference names the comments that led to it, or a reason."""
    if note.strip():
        return
    named = {key for key, one in why.items() if one.reason.strip() or one.comments}
    missing = [f"{one.state.number} {one.state.heading}" for one in differences if one.key not in named]
    if missing:
        raise UnexplainedChangesError(missing)


def _write_ledger(
    version: PlanVersion, differences: Iterable[Difference], why: Mapping[str, Why], section_pks: Mapping[str, int]
) -> None:
    """A row for each difference, with the plan's own comments that led to it."""
    changes = Change.objects.bulk_create(
        Change(
            version=version,
            section_id=section_pks[one.key],
            kind=one.kind,
            reason=why.get(one.key, Why()).reason.strip(),
        )
        for one in differences
    )
    of_plan = Post.objects.filter(quote__section__plan=version.plan_id).values_list("pk", flat=True)
    comments = set(of_plan.filter(pk__in=[pk for one in why.values() for pk in one.comments]))
    keys = {section_pks[key]: one for key, one in why.items() if key in section_pks}
    links = Change.comments.through
    links.objects.bulk_create(
        links(change_id=change.pk, post_id=pk)
        for change in changes
        for pk in keys.get(change.section_id, Why()).comments
        if pk in comments
    )


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
