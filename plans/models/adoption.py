"""Adoption: who stands behind a version, and when that is enough."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import City, Organisation, OrganisationKind
from plans.frozen import FrozenModel
from plans.models.versions import PlanVersion

FEWEST_ORGANISATIONS = 3
FEWEST_KINDS = 3


class QuorumRule(models.Model):
    """How many organisations, of how many of the five kinds, must endorse a version before the city's platform adopts it."""

    city = models.OneToOneField(City, on_delete=models.CASCADE, related_name="quorum_rule", verbose_name=_("city"))
    organisations = models.PositiveSmallIntegerField(
        _("organisations"), default=FEWEST_ORGANISATIONS, validators=[MinValueValidator(2)]
    )
    kinds = models.PositiveSmallIntegerField(
        _("kinds of organisations"),
        default=FEWEST_KINDS,
        validators=[MinValueValidator(2), MaxValueValidator(len(OrganisationKind))],
    )

    class Meta:
        verbose_name = _("quorum rule")
        verbose_name_plural = _("quorum rules")

    def __str__(self) -> str:
        return f"{self.city}: {self.organisations} / {self.kinds}"

    def clean(self) -> None:
        if self.kinds is not None and self.organisations is not None and self.kinds > self.organisations:
            raise ValidationError({"kinds": _("There cannot be more kinds than organisations.")})


class QuorumChange(FrozenModel):
    """Somebody set the rule of a city anew: from what, and to what."""

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="quorum_changes", verbose_name=_("city"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("changed by")
    )
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)
    organisations_before = models.PositiveSmallIntegerField(_("organisations before"))
    kinds_before = models.PositiveSmallIntegerField(_("kinds of organisations before"))
    organisations = models.PositiveSmallIntegerField(_("organisations"))
    kinds = models.PositiveSmallIntegerField(_("kinds of organisations"))

    class Meta:
        verbose_name = _("change of the quorum rule")
        verbose_name_plural = _("changes of the quorum rule")
        ordering = ("changed_at", "pk")

    def __str__(self) -> str:
        before = f"{self.organisations_before} / {self.kinds_before}"
        return f"{self.city}: {before} → {self.organisations} / {self.kinds}"


class Endorsement(models.Model):
    """An organisation stands behind a version. It can be taken back until the version is adopted."""

    version = models.ForeignKey(
        PlanVersion, on_delete=models.CASCADE, related_name="endorsements", verbose_name=_("version")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="endorsements", verbose_name=_("organisation")
    )
    endorsed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("endorsed by")
    )
    endorsed_at = models.DateTimeField(_("endorsed at"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("endorsement")
        verbose_name_plural = _("endorsements")
        ordering = ("endorsed_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["version", "organisation"],
                condition=Q(withdrawn_at__isnull=True),
                name="an_organisation_endorses_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.version}"


class Adoption(FrozenModel):
    """The platform has adopted a version, under the quorum rule of that day."""

    version = models.OneToOneField(
        PlanVersion, on_delete=models.PROTECT, related_name="adoption", verbose_name=_("version")
    )
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("adopted by")
    )
    adopted_at = models.DateTimeField(_("adopted at"), default=timezone.now)
    organisations = models.PositiveSmallIntegerField(_("organisations needed"))
    kinds = models.PositiveSmallIntegerField(_("kinds needed"))

    class Meta:
        verbose_name = _("adoption")
        verbose_name_plural = _("adoptions")

    def __str__(self) -> str:
        return f"{self.version} · {self.adopted_at:%Y-%m-%d}"
