"""The outbox of the index, and links between discussions and plan sections. Both hold document keys, never models."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutboxEntry(models.Model):
    """A document that has changed and is not indexed yet; written in the transaction of the change itself."""

    kind = models.CharField(max_length=30)
    object_pk = models.CharField(max_length=40)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("waiting for the index")
        verbose_name_plural = _("waiting for the index")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_pk}"


class LinkQuerySet(models.QuerySet["Link"]):
    def sections_of(self, discussion_key: str) -> LinkQuerySet:
        return self.filter(discussion_key=discussion_key)

    def discussions_of(self, section_key: str) -> LinkQuerySet:
        return self.filter(section_key=section_key).exclude(discussion_key="")


class Link(models.Model):
    """The text of `cited_in` (the document key of a post) cites a plan section, so that its discussion belongs there.

    `discussion_key` is "" for a post in no topic. `cited_as` is the section's number when it was first cited: in a later
    version the section may have another one, and another section may have this one.
    """

    section_key = models.CharField(_("section"), max_length=60, db_index=True)
    discussion_key = models.CharField(_("discussion"), max_length=60, blank=True, db_index=True)
    cited_in = models.CharField(_("cited in"), max_length=60, db_index=True)
    cited_as = models.CharField(_("cited as"), max_length=20)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(_("created at"), default=timezone.now)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.UniqueConstraint(fields=["cited_in", "cited_as"], name="one_link_per_citation"),
        ]

    def __str__(self) -> str:
        return f"{self.section_key} – {self.discussion_key}"
