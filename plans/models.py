"""A plan: drafted as Wagtail pages, published as versions that never change, discussed section by section.

`PlanPage` and its `ChapterPage`s are the draft. `Section` is the permanent identity of a section: comments and links
hold on to it. A `PlanVersion` with its `SectionText`s is what the public reads. A `Quote` says what a comment is about and
never changes; an `Anchor` says where that stands in one version.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from cms.models import Theme
from common.html import stored_html
from forum.models import Post
from members.models import City
from members.permissions import Person
from plans.blocks import SECTION_BLOCKS
from plans.frozen import FrozenModel


class PlanPage(RoutablePageMixin, Page):
    """A city's Local Equality Monitoring Plan. Its address shows the latest published version, never the draft."""

    city = models.ForeignKey(
        City, on_delete=models.PROTECT, related_name="plans", verbose_name=_("city"), editable=False
    )
    period = models.CharField(_("period"), max_length=40, blank=True, help_text="2026–2028")
    summary = RichTextField(_("plain summary"), features=["bold", "italic", "link"], blank=True)

    parent_page_types: ClassVar[list[str]] = ["cms.CityPage"]
    subpage_types: ClassVar[list[str]] = ["plans.ChapterPage"]
    admin_default_ordering = "ord"  # chapters in the plan's order
    content_panels: ClassVar[list] = [*Page.content_panels, FieldPanel("period"), FieldPanel("summary")]

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """A plan made in Wagtail's explorer belongs to the city whose page it stands below."""
        if self.city_id is None and self.path:
            self.city = City.objects.get(page__path=self.path[: -self.steplen])
        super().full_clean(*args, **kwargs)

    @property
    def chapters(self) -> models.QuerySet[ChapterPage]:
        """The live chapters in the order of the page tree."""
        return ChapterPage.objects.child_of(self).live().order_by("path")

    @property
    def current_version(self) -> PlanVersion | None:
        return self.versions.order_by("-number").first()

    @path("")
    def latest(self, request: HttpRequest) -> HttpResponse:
        from plans import reading

        return reading.show_latest(request, self)

    @path("surumler/")
    def version_list(self, request: HttpRequest) -> HttpResponse:
        from plans import reading

        return reading.list_versions(request, self)

    @path("surum/<int:number>/")
    def version(self, request: HttpRequest, number: int) -> HttpResponse:
        from plans import reading

        return reading.show_version(request, self, number)

    @path("bolum/<str:key>/")
    def section(self, request: HttpRequest, key: str) -> HttpResponse:
        from plans import reading

        return reading.show_section(request, self, key)


class ChapterPage(Page):
    """One theme's chapter of a plan. It has no page of its own: its address leads into the plan's reading page."""

    theme = models.ForeignKey(
        Theme,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        limit_choices_to={"kind": Theme.Kind.CHAPTER},
        verbose_name=_("theme"),
    )
    sections = StreamField(SECTION_BLOCKS, blank=True, verbose_name=_("sections"))

    parent_page_types: ClassVar[list[str]] = ["plans.PlanPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list] = [*Page.content_panels, FieldPanel("theme"), FieldPanel("sections")]

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from plans import reading

        return reading.show_chapter(request, self)


class SectionQuerySet(models.QuerySet["Section"]):
    def with_texts(self) -> SectionQuerySet:
        """Sections with their plan, city and texts: two queries for any number of them."""
        texts = SectionText.objects.select_related("version", "theme").defer("html")
        return self.select_related("plan__city").prefetch_related(models.Prefetch("texts", texts))


class Section(models.Model):
    """The permanent identity of one section of a plan, whatever its text, number or place. Never deleted.

    `key` is the block's id in the chapter; a chapter itself is a section too, its key the page's translation key.
    """

    plan = models.ForeignKey(PlanPage, on_delete=models.PROTECT, related_name="identities", verbose_name=_("plan"))
    key = models.CharField(_("key"), max_length=36)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="section_key_once_per_plan")]

    def __str__(self) -> str:
        return f"{self.plan_id} · {self.key}"

    def get_absolute_url(self) -> str:
        """The permanent address: it leads to the section in the current version, or says what became of it."""
        return f"{self.plan.get_url()}bolum/{self.key}/"

    @property
    def city(self) -> City:
        return self.plan.city

    @cached_property
    def latest_text(self) -> SectionText | None:
        """The section's text in the newest version that has it. No query where `with_texts` has read them."""
        read_already = "texts" in getattr(self, "_prefetched_objects_cache", {})
        texts = self.texts.all() if read_already else self.texts.select_related("version", "theme")
        return max(texts, key=lambda text: text.version.number, default=None)

    @property
    def neutral_url(self) -> str:
        """The permanent address without a language, for texts that are stored: the reader's language is added when it is
        followed (LocaleMiddleware)."""
        return self.get_absolute_url().removeprefix(f"/{get_language()}")


class PlanVersion(FrozenModel):
    """One published state of a plan. Written once by `publish_version`, never changed."""

    plan = models.ForeignKey(PlanPage, on_delete=models.PROTECT, related_name="versions", verbose_name=_("plan"))
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=255)
    summary = models.TextField(_("plain summary"), blank=True)
    note = models.TextField(_("what changed"), blank=True)
    published_at = models.DateTimeField(_("published at"), default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("published by")
    )

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="version_number_once_per_plan")]

    def __str__(self) -> str:
        return f"{self.title} · {self.number}"

    def get_absolute_url(self) -> str:
        return f"{self.plan.get_url()}surum/{self.number}/"


class SectionTextQuerySet(models.QuerySet["SectionText"]):
    def visible_to(self, person: Person) -> SectionTextQuerySet:
        """Texts of plans whose page is public."""
        return self.filter(version__plan__in=PlanPage.objects.live().public())


class SectionText(FrozenModel):
    """A section's text in one version: its number, heading, HTML with marked sentences, and plain text."""

    class Kind(models.TextChoices):
        CHAPTER = "chapter", _("Chapter")
        TEXT = "text", _("Text")
        GOAL = "goal", _("Goal")
        OBJECTIVE = "objective", _("Objective")
        COMMITMENT = "commitment", _("Watched commitment")
        ACTIVITY = "activity", _("Monitoring activity")

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="texts", verbose_name=_("version"))
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="texts", verbose_name=_("section"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    position = models.PositiveIntegerField(_("position"))
    number = models.CharField(_("number"), max_length=20)
    code = models.CharField(_("code"), max_length=20, blank=True)
    heading = models.CharField(_("heading"), max_length=255)
    theme = models.ForeignKey(Theme, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("theme"))
    html = models.TextField(_("HTML"))
    text = models.TextField(_("plain text"))

    objects = SectionTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("section text")
        verbose_name_plural = _("section texts")
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["version", "section"], name="section_once_per_version")]

    def __str__(self) -> str:
        return f"{self.number} {self.heading}"

    def get_absolute_url(self) -> str:
        return f"{self.version.get_absolute_url()}#{self.fragment}"

    @property
    def fragment(self) -> str:
        """The element id on the reading page: `b-2-3`."""
        return f"b-{self.number.replace('.', '-')}"

    @property
    def is_chapter(self) -> bool:
        return self.kind == self.Kind.CHAPTER

    @property
    def body(self) -> SafeString:
        """HTML that `publish_version` has sanitised."""
        return stored_html(self.html)


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
