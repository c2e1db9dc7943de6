"""The phases of a plan, with their dates; they decide who may do what (plans/permissions.py)."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plans.models.pages import PlanPage


class PhaseQuerySet(models.QuerySet["Phase"]):
    def running(self, at: datetime | None = None) -> PhaseQuerySet:
        """Begun phases, the newest first: the first one of a plan is the one that is running."""
        return self.filter(starts_at__lte=at or timezone.now()).order_by("-starts_at", "-pk")

    def of_outer_plan(self) -> PhaseQuerySet:
        """For a subquery: the begun phases of the outer query's plan."""
        return self.running().filter(plan=OuterRef("pk"))


class Phase(models.Model):
    """A stretch of a plan's life. A plan without any is a draft that is open to all."""

    class Kind(models.TextChoices):
        PREPARATION = "preparation", _("Preparation")
        DRAFT = "draft", _("Draft")
        CONSULTATION = "consultation", _("In consultation")
        REVISION = "revision", _("Revision")
        ADOPTED = "adopted", _("Adopted")
        MONITORING = "monitoring", _("Monitoring")
        ARCHIVED = "archived", _("Archived")

    class Audience(models.TextChoices):
        PUBLIC = "public", _("Everybody")
        MEMBERS = "members", _("Members of the city")

    plan = models.ForeignKey(PlanPage, on_delete=models.CASCADE, related_name="phases", verbose_name=_("plan"))
    kind = models.CharField(_("phase"), max_length=12, choices=Kind)
    audience = models.CharField(_("who may read"), max_length=8, choices=Audience, default=Audience.PUBLIC)
    starts_at = models.DateTimeField(_("begins"), default=timezone.now)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("set by")
    )
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)

    objects = PhaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ("starts_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")), name="phase_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(kind="consultation") | Q(ends_at__isnull=False), name="consultation_has_an_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} · {self.get_kind_display()}"

    @property
    def fixes_text(self) -> bool:
        """The text is what the platform stands behind, or it is put away: only an update opens it again."""
        return self.kind in (Phase.Kind.ADOPTED, Phase.Kind.MONITORING, Phase.Kind.ARCHIVED)

    @property
    def has_ended(self) -> bool:
        return self.ends_at is not None and self.ends_at <= timezone.now()
