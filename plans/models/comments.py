"""What a comment is about, where that stands in each version, and what the platform answers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from common.html import stored_html
from forum.models import Post
from plans.frozen import FrozenModel
from plans.models.versions import PlanVersion, Section


class Quote(FrozenModel):
    """The words that a comment is about, as they stood in the version that was read. Never changes.

    An empty `exact` is a comment on the whole section. `start` counts characters of the section's plain text.
    """

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="quote", verbose_name=_("comment"))
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="quotes", verbose_name=_("section"))
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="quotes", verbose_name=_("version"))
    exact = models.TextField(_("words"), blank=True)
    prefix = models.CharField(_("words before"), max_length=80, blank=True)
    suffix = models.CharField(_("words after"), max_length=80, blank=True)
    start = models.PositiveIntegerField(_("start"), default=0)

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")

    def __str__(self) -> str:
        return self.exact[:60] or str(self.section)


class AnchorQuerySet(models.QuerySet["Anchor"]):
    def open(self) -> AnchorQuerySet:
        """Uncertain or lost, of a published comment, and not decided by anybody: a plan with such a one is not adopted."""
        undecided = Q(decision__in=["", Settlement.Decision.OPEN])
        waiting = Q(verdict__in=[Anchor.Verdict.CHECK, Anchor.Verdict.ORPHAN])
        return self.filter(undecided, waiting, quote__post__status=Post.Status.PUBLISHED)


class Anchor(models.Model):
    """Where a comment's quote stands in one version, and how sure that is. An orphan stands nowhere."""

    class Verdict(models.TextChoices):
        SAME = "same", _("Unchanged")
        MOVED = "moved", _("Moved")
        EDITED = "edited", _("Text edited")
        CHECK = "check", _("To be checked")
        ORPHAN = "orphan", _("No longer in the plan")

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="anchors", verbose_name=_("quote"))
    version = models.ForeignKey(
        PlanVersion, on_delete=models.CASCADE, related_name="anchors", verbose_name=_("version")
    )
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict)
    section = models.ForeignKey(
        Section, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("section")
    )
    start = models.PositiveIntegerField(_("start"), null=True)
    end = models.PositiveIntegerField(_("end"), null=True)
    score = models.FloatField(_("score"), default=1.0)
    # The newest Settlement's, carried on while it holds (plans/anchors.py); "" without one.
    decision = models.CharField(_("settled as"), max_length=10, blank=True)
    # Of a suggestion that was merged before: whether the words that it proposed stand there. None of any other comment.
    has_proposed_words = models.BooleanField(_("has the proposed words"), null=True)

    objects = AnchorQuerySet.as_manager()

    class Meta:
        verbose_name = _("anchor")
        verbose_name_plural = _("anchors")
        constraints = [
            models.UniqueConstraint(fields=["quote", "version"], name="one_anchor_per_version"),
            models.CheckConstraint(
                condition=Q(verdict="orphan", section__isnull=True) | (~Q(verdict="orphan") & Q(section__isnull=False)),
                name="only_an_orphan_has_no_section",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quote} · {self.verdict}"

    @property
    def is_moved_and_edited(self) -> bool:
        """Its words stand, changed, in another section than the one in which they were quoted."""
        return self.verdict == Anchor.Verdict.EDITED and self.section_id != self.quote.section_id

    def get_verdict_display(self) -> str:  # type: ignore[no-redef]  # Django lets it be defined
        """Of words that went to another section and changed, both."""
        label = str(Anchor.Verdict(self.verdict).label)
        return f"{Anchor.Verdict.MOVED.label} · {label}" if self.is_moved_and_edited else label

    @property
    def is_uncertain(self) -> bool:
        return self.verdict in (Anchor.Verdict.CHECK, Anchor.Verdict.ORPHAN)

    @property
    def is_open(self) -> bool:
        """Uncertain or lost, and nobody has settled it. Of many: `AnchorQuerySet.open`."""
        return self.is_uncertain and self.decision in ("", Settlement.Decision.OPEN)

    def get_decision_display(self) -> str:
        return str(Settlement.Decision(self.decision).label) if self.decision else ""

    @property
    def possible_decisions(self) -> list[Settlement.Decision]:
        """What people can decide. Nothing, where the place was sure without them."""
        decision = Settlement.Decision
        if self.verdict == Anchor.Verdict.CHECK:
            return list(decision)
        if self.is_uncertain or self.decision:
            return [decision.MOVED_HERE, decision.SETTLED, decision.OPEN]
        return []


class Settlement(FrozenModel):
    """What somebody decided about an anchor that was uncertain or lost. Rows are only added; the newest counts.

    `same_place`: it stands where the anchor says. `moved_here`: the person chose the place; `verdict`, `section`, `start`
    and `end` keep what the anchor said before. `settled`: the comment needs no place any more. `open`: it still matters and
    has none yet.
    """

    class Decision(models.TextChoices):
        SAME_PLACE = "same_place", _("It belongs there")
        MOVED_HERE = "moved_here", _("Attached to other words")
        SETTLED = "settled", _("Settled")
        OPEN = "open", _("Still open")

    anchor = models.ForeignKey(Anchor, on_delete=models.CASCADE, related_name="settlements", verbose_name=_("anchor"))
    decision = models.CharField(_("decision"), max_length=10, choices=Decision)
    remark = models.TextField(_("remark"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), default=timezone.now)
    verdict = models.CharField(_("verdict before"), max_length=8, choices=Anchor.Verdict)
    section = models.ForeignKey(
        Section, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("section before")
    )
    start = models.PositiveIntegerField(_("start before"), null=True)
    end = models.PositiveIntegerField(_("end before"), null=True)

    class Meta:
        verbose_name = _("settlement")
        verbose_name_plural = _("settlements")
        ordering = ("decided_at", "pk")

    def __str__(self) -> str:
        return f"{self.anchor_id} · {self.decision}"


class Answer(models.Model):
    """The platform's answer to a comment: a decision and its reason."""

    class Decision(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        PARTLY = "partly", _("Partly accepted")
        DECLINED = "declined", _("Declined")
        NOTED = "noted", _("Noted")

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="answer", verbose_name=_("comment"))
    decision = models.CharField(_("decision"), max_length=10, choices=Decision)
    reason = models.TextField(_("reason"))
    reason_html = models.TextField(_("reason as HTML"))
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered at"), default=timezone.now)
    group = models.UUIDField(_("group"), null=True, db_index=True)  # like comments that were answered together share it

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")

    def __str__(self) -> str:
        return f"{self.post_id}: {self.decision}"

    @property
    def body(self) -> SafeString:
        return stored_html(self.reason_html)


class AnswerRevision(models.Model):
    """An answer before it was changed."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="revisions", verbose_name=_("answer"))
    decision = models.CharField(_("decision"), max_length=10, choices=Answer.Decision)
    reason = models.TextField(_("reason"))
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(_("answered at"))

    class Meta:
        ordering = ("answered_at",)

    def __str__(self) -> str:
        return f"{self.answer_id}: {self.decision}"
