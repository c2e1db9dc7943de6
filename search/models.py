"""The outbox of the index, links between discussions and plan sections, saved searches; by document key, never by model."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutboxQuerySet(models.QuerySet["OutboxEntry"]):
    def for_index(self) -> OutboxQuerySet:
        """Documents that are not indexed yet."""
        return self.exclude(kind=OutboxEntry.LINKS)

    def for_links(self) -> OutboxQuerySet:
        """Documents for which links are still to be proposed; each entry's `object_pk` is a document key."""
        return self.filter(kind=OutboxEntry.LINKS)


class OutboxEntry(models.Model):
    """A document that has changed and is not indexed yet; written in the transaction of the change itself."""

    LINKS = "links"  # in the place of a kind: see `for_links`

    kind = models.CharField(max_length=30)
    object_pk = models.CharField(max_length=40)
    created_at = models.DateTimeField(default=timezone.now)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("waiting for the index")
        verbose_name_plural = _("waiting for the index")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_pk}"


class Citation(models.Model):
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

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        constraints = [
            models.UniqueConstraint(fields=["cited_in", "cited_as"], name="one_link_per_citation"),
        ]

    def __str__(self) -> str:
        return f"{self.section_key} – {self.discussion_key}"


class LinkQuerySet(models.QuerySet["Link"]):
    def by_machine(self) -> LinkQuerySet:
        """As `Link.is_by_machine`."""
        alone = self.filter(proposed_by=None, reason="", followed_from="", score__isnull=False)
        return alone.filter(state=Link.State.PROPOSED)

    def confirmed(self) -> LinkQuerySet:
        return self.filter(state=Link.State.CONFIRMED)


class Link(models.Model):
    """A discussion belongs to a plan section: as the machine or a member proposes, and as an editor or moderator confirms.

    What was rejected stays, so that it is never proposed again. `score` and `words` say how much both texts are alike
    (search/likeness.py); without a score, somebody has proposed it (`proposed_by`, `reason`), or it came from another
    section, whose text stands in this one now: `followed_from` is the section where it was first.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        CONFIRMED = "confirmed", _("Confirmed")
        REJECTED = "rejected", _("Rejected")

    section_key = models.CharField(_("section"), max_length=60)
    discussion_key = models.CharField(_("discussion"), max_length=60)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROPOSED)
    score = models.FloatField(_("score"), null=True, blank=True)
    words = models.JSONField(_("words in common"), default=list)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    followed_from = models.CharField(_("came from"), max_length=60, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    proposed_at = models.DateTimeField(_("proposed at"), default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.UniqueConstraint(fields=["section_key", "discussion_key"], name="one_link_per_pair"),
        ]
        indexes = [models.Index(fields=["discussion_key"], name="links_of_a_discussion")]

    def __str__(self) -> str:
        return f"{self.section_key} – {self.discussion_key} ({self.state})"

    @property
    def is_by_machine(self) -> bool:
        """Whether nobody but the machine has proposed it and nobody has decided about it: what it may take back. Of a person
        whose account is gone, the reason is left."""
        by_people = self.proposed_by_id is not None or self.reason or self.followed_from
        return self.state == self.State.PROPOSED and self.score is not None and not by_people


class SavedSearch(models.Model):
    """A search whose owner is told when something new comes to it. Nobody else reads it.

    `address` is what the search page is asked, "q=durak&kent=izmir" (search/saved.py). `told`: the keys of the documents that
    mails were about, the latest ones last.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches", verbose_name=_("member")
    )
    address = models.TextField(_("address"))
    saved_at = models.DateTimeField(_("saved at"), default=timezone.now)
    looked_at = models.DateTimeField(_("last looked at"), null=True, blank=True)
    told = models.JSONField(_("told of"), default=list)
    told_at = models.DateTimeField(_("last told at"), null=True, blank=True)

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ("-saved_at", "-pk")

    def __str__(self) -> str:
        return self.address
