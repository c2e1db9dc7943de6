"""Take the words that somebody proposed into the draft."""

import json

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from members.models import User
from plans.actions.answer_comment import answer_comment
from plans.merging import MergeByHandError, Merged, MergeError, merge_into_draft
from plans.models import Answer, ChapterPage, PlanPage, Suggestion
from plans.permissions import can_merge_suggestion

LOG_ACTION = "plans.merge_suggestion"


class MergedAlreadyError(MergeError):
    """An editor has merged it before."""


class LockedDraftError(MergeError):
    """Somebody else has locked the chapter, or it waits in a workflow for somebody else."""


@transaction.atomic
def merge_suggestion(
    *, by: User, suggestion: Suggestion, reason: str, seen: str | None = None, read: str | None = None
) -> Suggestion:
    """The words stand in the chapter's newest draft, for the editors to approve, beside whatever else is new there; the
    comment is answered as accepted. All or nothing. `seen`, `read` as in `answer_comment`. Raises PermissionDenied,
    MergeError, and what `answer_comment` raises.
    """
    # A version that is being published, and whoever saves one of these drafts in Wagtail meanwhile, wait for these rows.
    plan = PlanPage.objects.select_for_update(of=("self",)).get(identities__quotes__post=suggestion.post_id)
    list(ChapterPage.objects.child_of(plan).select_for_update(of=("page_ptr",)).order_by("pk"))
    suggestion = Suggestion.objects.select_related("post__quote__section__plan").get(pk=suggestion.pk)
    _write(preview_merge(by=by, suggestion=suggestion), by)
    accepted = Answer.Decision.ACCEPTED
    answer_comment(by=by, post=suggestion.post, decision=accepted, reason=reason, seen=seen, read=read)
    suggestion.merged_at, suggestion.merged_by = timezone.now(), by
    suggestion.save(update_fields=["merged_at", "merged_by"])
    return suggestion


def preview_merge(*, by: User, suggestion: Suggestion) -> Merged:
    """The dry run. Raises PermissionDenied or MergeError; writes nothing."""
    if suggestion.merged_at is not None:
        raise MergedAlreadyError
    if not can_merge_suggestion(by, suggestion):
        raise PermissionDenied
    merged = merge_into_draft(suggestion)
    lock = merged.chapter.get_lock()
    if lock and lock.for_user(by):
        raise LockedDraftError(merged.chapter)
    return merged


def _write(merged: Merged, by: User) -> None:
    """The chapter's next draft. It is not published."""
    chapter = merged.chapter
    chapter.sections = json.dumps(merged.blocks)
    section = chapter.sections[merged.position]
    try:
        section.block.clean(section.value)  # as the editor's form would; the page itself checks no section
        chapter.save_revision(user=by, log_action=LOG_ACTION)
    except ValidationError as error:
        raise MergeByHandError(chapter) from error
