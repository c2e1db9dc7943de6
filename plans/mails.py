"""Mails about plans."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from forum.models import Post
from members.mails import tell
from members.models import User
from plans.models import Phase, PlanPage

ANSWERED = _("Müşterek: a reply to you")
CLOSING = _("Müşterek: a date that comes near")
UNCERTAIN = _("Müşterek: about what you wrote")


def tell_answered(post: Post) -> None:
    """The platform has answered what somebody wrote."""
    if post.user is not None and post.user.wants_mails:
        tell(post.user, ANSWERED, "plans/email/answered.txt", path=post.get_absolute_url())


def tell_closing(phase: Phase, person: User) -> None:
    """The consultation ends soon."""
    with override(settings.LANGUAGE_CODE):
        path = phase.plan.get_url()
    tell(person, CLOSING, "plans/email/closing.txt", path=path, phase=phase, profile=_profile())


def tell_uncertain(plan: PlanPage, person: User) -> None:
    """A new version has left comments of the person without a sure place."""
    with override(settings.LANGUAGE_CODE):
        path = reverse("plans:places", args=[plan.pk])
    tell(person, UNCERTAIN, "plans/email/uncertain.txt", path=path, profile=_profile())


def _profile() -> str:
    """The address at which mails are switched off."""
    with override(settings.LANGUAGE_CODE):
        return f"{settings.BASE_URL}{reverse('members:profile')}"
