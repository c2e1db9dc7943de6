"""Mails about plans."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from members.mails import tell
from members.models import User
from plans.models import Phase

CLOSING = _("Müşterek: a date that comes near")


def tell_closing(phase: Phase, person: User) -> None:
    """The consultation ends soon."""
    with override(settings.LANGUAGE_CODE):
        path, profile = phase.plan.get_url(), reverse("members:profile")
    tell(person, CLOSING, "plans/email/closing.txt", path=path, phase=phase, profile=f"{settings.BASE_URL}{profile}")
