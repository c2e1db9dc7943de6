"""Mails to the authors of experiences."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from knowledge.models import Submission
from members.mails import tell

SUBJECT = _("Müşterek: what you shared")


def tell_published(submission: Submission) -> None:
    """The experience can be read."""
    _tell(submission, "published", path=submission.page.get_url())


def tell_returned(submission: Submission) -> None:
    """The editors have sent it back; their remark is read on the site."""
    with override(settings.LANGUAGE_CODE):
        path = reverse("knowledge:my_experiences")
    _tell(submission, "returned", path=path)


def _tell(submission: Submission, what: str, path: str) -> None:
    if submission.author is not None:
        tell(submission.author, SUBJECT, f"knowledge/email/{what}.txt", path=path)
