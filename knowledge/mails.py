"""Mails to the authors of experiences. Neutral subjects: a mailbox is not always read by one person alone."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from knowledge.models import Submission


def tell_published(submission: Submission) -> None:
    """The experience can be read."""
    _tell(submission, "published", path=submission.page.get_url())


def tell_returned(submission: Submission) -> None:
    """The editors have sent it back; their remark is read on the site."""
    with override(settings.LANGUAGE_CODE):
        _tell(submission, "returned", path=reverse("knowledge:my_experiences"))


def _tell(submission: Submission, what: str, path: str) -> None:
    """In Turkish: of a person's language nothing is known."""
    if submission.author is None:
        return
    with override(settings.LANGUAGE_CODE):
        text = render_to_string(f"knowledge/email/{what}.txt", {"url": f"{settings.BASE_URL}{path}"})
        send_mail(_("Müşterek: what you shared"), text, None, [submission.author.email])
