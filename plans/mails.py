"""Mails about plans."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forum.models import Post
from members.mails import tell
from members.models import User
from plans.models import Phase, PlanPage

ANSWERED = _("Müşterek: a reply to you")
CLOSING = _("Müşterek: a date that comes near")
UNCERTAIN = _("Müşterek: about what you wrote")


def tell_answered(post: Post) -> None:
    """The platform has answered what somebody wrote."""
    if post.user is not None:
        tell(post.user, ANSWERED, "plans/email/answered.txt", path=post.get_absolute_url)


def tell_closing(phase: Phase, person: User) -> bool:
    """The consultation ends soon. Whether the mail was sent."""
    return tell(person, CLOSING, "plans/email/closing.txt", path=phase.plan.get_url, phase=phase)


def tell_uncertain(plan: PlanPage, person: User) -> None:
    """A new version has left comments of the person without a sure place."""
    tell(person, UNCERTAIN, "plans/email/uncertain.txt", path=lambda: reverse("plans:places", args=[plan.pk]))
