"""Other words that somebody proposes for a sentence or a section."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models import Post
from members.permissions import Person
from plans.models.comments import Anchor
from plans.models.pages import PlanPage
from plans.models.versions import SectionText


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def for_reading(self, person: Person) -> SuggestionQuerySet:
        """Each with `quoted`, the words that it would replace (of a comment without words, the whole section's);
        `support_count`; `is_supported`, by the person; and of a merged one `is_in_text`, whether its words stand in the
        newest version: None where none has been published since."""
        quote = "post__quote"
        texts = SectionText.objects.filter(version=OuterRef(f"{quote}__version"), section=OuterRef(f"{quote}__section"))
        newest = Anchor.objects.filter(quote__post=OuterRef("post")).order_by("-version__number")
        supports = Support.objects.filter(suggestion=OuterRef("pk"))
        counted = supports.order_by().values("suggestion").annotate(count=Count("pk")).values("count")
        return self.annotate(
            quoted=Case(
                When(**{f"{quote}__exact": ""}, then=Subquery(texts.values("text")[:1])), default=F(f"{quote}__exact")
            ),
            support_count=Coalesce(Subquery(counted), 0),
            is_supported=Exists(supports.filter(user=person.pk)),
            is_in_text=Subquery(newest.values("has_proposed_words")[:1]),
        )


class Suggestion(models.Model):
    """A comment that proposes words in place of those it quotes (plans.models.Quote). People support these words, so they
    never change. `merged_at` is set once, when an editor has taken them into the draft; a refusal is the comment's answer.
    """

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="suggestion", verbose_name=_("comment"))
    words = models.TextField(_("proposed words"), blank=True)  # blank: to strike the quoted words out
    merged_at = models.DateTimeField(_("merged at"), null=True, blank=True)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("merged by")
    )

    quoted: str  # this and the next three: of `for_reading`
    support_count: int
    is_supported: bool
    is_in_text: bool | None

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")

    def __str__(self) -> str:
        return self.words[:60]

    @property
    def plan(self) -> PlanPage:
        return self.post.quote.section.plan


class Support(models.Model):
    """Somebody stands behind a suggestion; once a person."""

    suggestion = models.ForeignKey(
        Suggestion, on_delete=models.CASCADE, related_name="supports", verbose_name=_("suggestion")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("member")
    )
    given_at = models.DateTimeField(_("given at"), default=timezone.now)

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("supports")
        constraints = [models.UniqueConstraint(fields=["suggestion", "user"], name="one_support_per_person")]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.suggestion_id}"
