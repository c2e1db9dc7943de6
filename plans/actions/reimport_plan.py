"""Take a revised Word file over into the drafts of the plan that it is a revision of."""

import json
from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction

from members.models import User
from plans.docx.model import ImportedPlan
from plans.models import ChapterPage, PlanPage
from plans.permissions import can_import_plan
from plans.raw_blocks import chapter_page
from plans.revising import ChapterDraft, Comparison, RevisionError, changed_pages, locked_for


class DraftsChangedError(RevisionError):
    """Somebody has changed the plan's drafts since the comparison was shown."""


class LockedChaptersError(RevisionError):
    """Chapters that somebody has locked; `titles` names them."""

    def __init__(self, titles: list[str]) -> None:
        super().__init__(", ".join(titles))
        self.titles = titles


def compare_revision(*, by: User, plan: PlanPage, read: ImportedPlan) -> Comparison:
    """The dry run. Raises PermissionDenied; writes nothing."""
    if not can_import_plan(by, plan.city):
        raise PermissionDenied
    return Comparison(plan, read)


@transaction.atomic
def reimport_plan(
    *, by: User, plan: PlanPage, read: ImportedPlan, seen: str, decisions: Mapping[int, str]
) -> list[ChapterPage]:
    """New drafts of the chapters that the file changes, for the editors to approve; sections keep their keys.

    `seen` is the fingerprint of the comparison that was shown; `decisions` give, by a section's place in the file, the key of
    the section that it is, or NEW. Drafts that were there stay in the pages' history. The order of chapters is no part of
    a draft: it changes at once. Raises PermissionDenied or RevisionError.
    """
    # Whoever saves one of these drafts in Wagtail meanwhile waits for the pages' rows.
    plan = PlanPage.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    list(ChapterPage.objects.child_of(plan).select_for_update(of=("page_ptr",)).order_by("pk"))
    comparison = compare_revision(by=by, plan=plan, read=read)
    if comparison.fingerprint != seen:
        raise DraftsChangedError
    drafts = comparison.drafts(comparison.keys(decisions))
    if locked := locked_for(by, changed_pages(drafts)):
        raise LockedChaptersError([page.title for page in locked])
    changed = [draft.is_change for draft in drafts]
    pages = [_write(plan, draft, by) for draft in drafts]
    _put_in_order(
        plan, [(page, draft.page is None) for page, draft in zip(pages, drafts, strict=True) if draft.in_file], by
    )
    _revise_plan(plan, comparison.plan_changes, by)
    return [page for page, is_changed in zip(pages, changed, strict=True) if is_changed]


def _write(plan: PlanPage, draft: ChapterDraft, by: User) -> ChapterPage:
    """The chapter's next draft. A new chapter is a draft only; an unchanged one gets none."""
    if draft.page is None:
        page = chapter_page(draft.title, draft.blocks, owner=by, live=False)
        plan.add_child(instance=page)
        page.save_revision(user=by, log_action=True)
        return page
    if draft.is_change:
        draft.page.title = draft.title
        draft.page.sections = json.dumps(draft.blocks)
        draft.page.save_revision(user=by, log_action=True)
    return draft.page


def _put_in_order(plan: PlanPage, chapters: list[tuple[ChapterPage, bool]], by: User) -> None:
    """Chapters, and whether they are new, as the file has them; others stay where they are."""
    previous: ChapterPage | None = None
    for chapter, is_new in chapters:
        page = ChapterPage.objects.get(pk=chapter.pk)  # moving one changes the paths of others
        if previous is None and is_new:
            page.move(PlanPage.objects.get(pk=plan.pk), pos="first-child", user=by)
        elif previous is not None:
            previous.refresh_from_db()
            if is_new or page.path < previous.path:
                page.move(previous, pos="right", user=by)
        previous = ChapterPage.objects.get(pk=chapter.pk)


def _revise_plan(plan: PlanPage, changes: Mapping[str, str], by: User) -> None:
    if changes:
        draft = plan.get_latest_revision_as_object()
        for name, value in changes.items():
            setattr(draft, name, value)
        draft.save_revision(user=by, log_action=True)
