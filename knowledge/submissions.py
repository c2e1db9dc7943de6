"""The state of a submitted experience, as its author sees it."""

from typing import Any

from wagtail.models import TaskState

from knowledge.models import Submission
from knowledge.permissions import can_revise_experience
from members.models import User


def _state(submission: Submission) -> str:
    page = submission.page
    if page.live:
        return "published"
    workflow_state = page.current_workflow_state
    if workflow_state is None:
        return "draft"
    return "returned" if workflow_state.status == workflow_state.STATUS_NEEDS_CHANGES else "review"


def _remark(submission: Submission) -> str:
    """What the reviewer wrote when sending it back, or ""."""
    states = TaskState.objects.filter(workflow_state__object_id=str(submission.page_id)).exclude(comment="")
    latest = states.order_by("-finished_at", "-pk").first()
    return latest.comment if latest else ""


def present_submission(submission: Submission, person: User) -> dict[str, Any]:
    page = submission.page
    return {
        "pk": submission.pk,
        "title": page.title,
        "city": page.city,
        "submitted_at": submission.submitted_at,
        "state": _state(submission),
        "url": page.get_url() if page.live else "",
        "remark": _remark(submission),
        "may_revise": can_revise_experience(person, submission),
    }
