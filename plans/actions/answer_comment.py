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
    """The platform's answer, or a changed one; what it said before is kept. Raises PermissionDenied, MissingReasonError."""
    if not can_answer_comment(by, post):
        raise PermissionDenied
    reason = reason.strip()
    if not reason:
        raise MissingReasonError
    given = {
        "decision": decision,
        "reason": reason,
        "reason_html": render_markdown(reason),
        "answered_by": by,
        "answered_at": timezone.now(),
    }
    answer = Answer.objects.select_for_update(of=("self",)).filter(post=post).first()
    if answer is None:
        return Answer.objects.create(post=post, **given)
    AnswerRevision.objects.create(
        answer=answer,
        decision=answer.decision,
        reason=answer.reason,
        answered_by=answer.answered_by,
        answered_at=answer.answered_at,
    )
    for name, value in given.items():
        setattr(answer, name, value)
    answer.save()
    return answer
