"""One mail to one person. Neutral subjects: a mailbox is not always read by one person alone."""

import logging
from collections.abc import Callable
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from members.models import User

logger = logging.getLogger(__name__)


def tell(person: User, subject: Any, template: str, *, path: Callable[[], str], **context: Any) -> bool:
    """Send `template` to an active member, with `url`, the whole address of what `path()` gives, and `profile`, where mails
    are switched off; `subject` is translated lazily. Says whether it was sent.

    In Turkish, addresses too: of a person's language nothing is known. What happened has happened, and others are to be told:
    a mail server that does not answer is noted in the log.
    """
    if not person.is_active:
        return False
    with override(settings.LANGUAGE_CODE):
        addresses = {
            "url": f"{settings.BASE_URL}{path()}",
            "profile": f"{settings.BASE_URL}{reverse('members:profile')}",
        }
        text = render_to_string(template, {**addresses, "person": person, **context})
        try:
            send_mail(str(subject), text, None, [person.email])
        except (SMTPException, OSError):
            logger.exception("a mail to a member could not be sent")
            return False
    return True
