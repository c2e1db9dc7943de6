"""What became of each section between two versions, and why."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from forum.models import Post
from plans.models.versions import PlanVersion, Section


class Change(models.Model):
    """One section that differs between a version and the one before: the comments that led to it, or the editors' reason.

    What the difference is, is read from both versions' texts; only why is kept here.
    """

    class Kind(models.TextChoices):
        ADDED = "added", _("New section")
        REMOVED = "removed", _("Taken out")
        EDITED = "edited", _("Text changed")
        RENAMED = "renamed", _("Heading changed")
        MOVED = "moved", _("Moved")

    version = models.ForeignKey(
        PlanVersion, on_delete=models.CASCADE, related_name="changes", verbose_name=_("version")
    )
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="changes", verbose_name=_("section"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    reason = models.TextField(_("reason"), blank=True)
    comments = models.ManyToManyField(
        Post, related_name="led_to", blank=True, verbose_name=_("comments that led to it")
    )

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        constraints = [models.UniqueConstraint(fields=["version", "section"], name="one_change_per_section")]

    def __str__(self) -> str:
        return f"{self.version} · {self.section} · {self.kind}"


class Successor(models.Model):
    """In `version`, text of `section` stands in `successor`: the section was re-made, split, or merged into another.

    `share` is the part of the section's earlier text that went there, from 0 to 1.
    """

    version = models.ForeignKey(
        PlanVersion, on_delete=models.CASCADE, related_name="successors", verbose_name=_("version")
    )
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="successors", verbose_name=_("section"))
    successor = models.ForeignKey(
        Section, on_delete=models.PROTECT, related_name="predecessors", verbose_name=_("successor")
    )
    share = models.FloatField(_("share"))

    class Meta:
        verbose_name = _("successor")
        verbose_name_plural = _("successors")
        ordering = ("-share",)
        constraints = [models.UniqueConstraint(fields=["version", "section", "successor"], name="successor_named_once")]

    def __str__(self) -> str:
        return f"{self.section} → {self.successor} ({self.share:.0%})"
