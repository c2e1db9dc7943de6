"""Mails to the authors of experiences."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from knowledge.models import Submission
from members.mails import tell

SUBJECT = _("Müşterek: what you shared")


def tell_published(submission: Submission) -> None:
    """The experience can be read."""
    _tell(submission, "published", path=submission.page.get_url)


def tell_returned(submission: Submission) -> None:
    """The editors have sent it back; their remark is read on the site."""
    _tell(submission, "returned", path=lambda: reverse("knowledge:my_experiences"))


def _tell(submission: Submission, what: str, path: Callable[[], str]) -> None:
    if submission.author is not None:
        tell(submission.author, SUBJECT, f"knowledge/email/{what}.txt", path=path)
