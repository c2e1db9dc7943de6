"""What Wagtail does with articles, and what follows from it here."""

from typing import Any

from django.db import transaction
from wagtail.models import Page, WorkflowState
from wagtail.signals import page_published, post_page_move, workflow_approved, workflow_rejected

from knowledge import mails
from knowledge.actions import cite_sections, take_city_of_library
from knowledge.models import ExperiencePage, Submission


def on_move(instance: Page, **kwargs: Any) -> None:
    """An article that is moved comes into the city of its new library."""
    take_city_of_library(moved=instance)


def on_publication(instance: ExperiencePage, **kwargs: Any) -> None:
    cite_sections(article=instance)


def _submission(state: WorkflowState) -> Submission | None:
    return Submission.objects.select_related("page", "author").filter(page_id=state.object_id).first()


def on_approval(instance: WorkflowState, **kwargs: Any) -> None:
    if submission := _submission(instance):
        transaction.on_commit(lambda: mails.tell_published(submission), robust=True)


def on_rejection(instance: WorkflowState, **kwargs: Any) -> None:
    if submission := _submission(instance):
        transaction.on_commit(lambda: mails.tell_returned(submission), robust=True)


page_published.connect(on_publication, sender=ExperiencePage, dispatch_uid="knowledge.on_publication")
post_page_move.connect(on_move, dispatch_uid="knowledge.on_move")
workflow_approved.connect(on_approval, dispatch_uid="knowledge.on_approval")
workflow_rejected.connect(on_rejection, dispatch_uid="knowledge.on_rejection")
