"""Answer a comment, or several like ones at once: a decision and its reason."""

from collections.abc import Iterable
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from common.markdown import render_markdown
from forum.models import Post
from members.models import User
from plans.mails import tell_answered
from plans.models import Answer, AnswerRevision
from plans.permissions import can_answer_comment


class MissingReasonError(ValueError):
    """An answer without a reason."""


class AnsweredMeanwhileError(ValueError):
    """Somebody else has given or changed an answer since it was looked at: `answer`."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.pk)
        self.answer = answer


class EditedMeanwhileError(ValueError):
    """A comment was edited since it was read: `read` is when."""

    def __init__(self, read: str) -> None:
        super().__init__(read)
        self.read = read


def edited_last(posts: Iterable[Post]) -> str:
    """When the latest of the posts' edits was made (ISO 8601); "" where there was none."""
    return max((post.edited_at.isoformat() for post in posts if post.edited_at), default="")


def answer_comment(
    *,
    by: User,
    post: Post,
    decision: Answer.Decision,
    reason: str,
    seen: str | None = None,
    read: str | None = None,
) -> Answer:
    """The platform's answer, or a changed one; what it said before is kept. Saying the same again changes nothing.

    An answer that had been given to several comments becomes one of its own. `seen`: when the answer was given that the
    person was shown (ISO 8601; "" where there was none); without it, others' answers are not heeded. `read`: what
    `edited_last` said of the words that the person was shown. Raises PermissionDenied, MissingReasonError,
    AnsweredMeanwhileError, EditedMeanwhileError.
    """
    return answer_comments(by=by, posts=[post], decision=decision, reason=reason, seen=seen, read=read)[0]


@transaction.atomic
def answer_comments(
    *,
    by: User,
    posts: Iterable[Post],
    decision: Answer.Decision,
    reason: str,
    seen: str | None = None,
    read: str | None = None,
) -> list[Answer]:
    """The same answer to several like comments, all or none; the answers share a `group`. Everybody who wrote one of them is
    told. `seen`, `read` and what is raised, as in `answer_comment`."""
    reason = reason.strip()
    if not reason:
        raise MissingReasonError
    # Two editors who answer at once wait for each other here: the second changes the first one's answer.
    pks = [post.pk for post in posts]
    locked = list(Post.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk"))
    if not all(can_answer_comment(by, post) for post in locked):
        raise PermissionDenied
    if seen is not None:
        _check_seen(locked, by, seen)
    if read is not None and read != (now := edited_last(locked)):
        raise EditedMeanwhileError(now)
    group = uuid4() if len(locked) > 1 else None
    given = Answer(decision=decision, reason=reason, answered_by=by, answered_at=timezone.now(), group=group)
    return [_answer(post, given) for post in locked]


def _check_seen(posts: list[Post], by: User, seen: str) -> None:
    """Raises AnsweredMeanwhileError where there is an answer of somebody else's that the person was not shown."""
    for answer in Answer.objects.filter(post__in=posts).exclude(answered_by=by).select_related("answered_by"):
        if answer.answered_at.isoformat() != seen:
            raise AnsweredMeanwhileError(answer)


def _answer(post: Post, given: Answer) -> Answer:
    """What is `given`, to one of the posts; all get it at the same moment, by which `seen` knows it."""
    answer = Answer.objects.filter(post=post).first()
    if answer is None:
        answer = Answer(post=post)
    elif (answer.decision, answer.reason) == (given.decision, given.reason):
        return answer
    else:
        _keep_revision(answer)
    answer.decision, answer.reason, answer.reason_html = given.decision, given.reason, render_markdown(given.reason)
    answer.answered_by, answer.answered_at, answer.group = given.answered_by, given.answered_at, given.group
    answer.save()
    transaction.on_commit(lambda: tell_answered(post), robust=True)
    return answer


def _keep_revision(answer: Answer) -> None:
    AnswerRevision.objects.create(
        answer=answer,
        decision=answer.decision,
        reason=answer.reason,
        answered_by=answer.answered_by,
        answered_at=answer.answered_at,
    )


def answered_together(answer: Answer) -> list[Post]:
    """The posts that got this answer together, in the order in which they were written."""
    if answer.group is None:
        return [answer.post]
    return list(Post.objects.filter(answer__group=answer.group).order_by("pk"))
