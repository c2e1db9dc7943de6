"""One mail to one person. Neutral subjects: a mailbox is not always read by one person alone."""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import override

from members.models import User


def tell(person: User, subject: Any, template: str, *, path: str, **context: Any) -> None:
    """Send `template` with `url`, the whole address of `path`, to an active member; `subject` is translated lazily.

    In Turkish: of a person's language nothing is known.
    """
    if not person.is_active:
        return
    with override(settings.LANGUAGE_CODE):
        text = render_to_string(template, {"url": f"{settings.BASE_URL}{path}", "person": person, **context})
        send_mail(str(subject), text, None, [person.email])
