"""Answer a comment: a decision and its reason."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from common.markdown import render_markdown
from forum.models import Post
from members.models import User
from plans.models import Answer, AnswerRevision
from plans.permissions import can_answer_comment


class MissingReasonError(ValueError):
    """An answer without a reason."""


@transaction.atomic
def answer_comment(*, by: User, post: Post, decision: Answer.Decision, reason: str) -> Answer:
    """The platform's answer, or a changed one; what it said before is kept. Saying the same again changes nothing.

    Raises PermissionDenied, MissingReasonError.
    """
    # Two editors who answer at once wait for each other here: the second changes the first one's answer.
    post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    if not can_answer_comment(by, post):
        raise PermissionDenied
    reason = reason.strip()
    if not reason:
        raise MissingReasonError
    answer = Answer.objects.filter(post=post).first()
    if answer is None:
        answer = Answer(post=post)
    elif (answer.decision, answer.reason) == (decision, reason):
        return answer
    else:
        _keep_revision(answer)
    answer.decision, answer.reason, answer.reason_html = decision, reason, render_markdown(reason)
    answer.answered_by, answer.answered_at = by, timezone.now()
    answer.save()
    return answer


def _keep_revision(answer: Answer) -> None:
    AnswerRevision.objects.create(
        answer=answer,
        decision=answer.decision,
        reason=answer.reason,
        answered_by=answer.answered_by,
        answered_at=answer.answered_at,
    )
