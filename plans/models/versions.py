"""What is published of a plan: sections that keep their identity, versions that never change."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cms.models import Theme
from common.html import stored_html
from members.models import City
from members.permissions import Person
from plans.frozen import FrozenModel
from plans.models.pages import PlanPage


class SectionQuerySet(models.QuerySet["Section"]):
    def visible_to(self, person: Person) -> SectionQuerySet:
        """Sections of the plans that the person may read."""
        return self.filter(plan__in=PlanPage.objects.visible_to(person))

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


class PlanVersionQuerySet(models.QuerySet["PlanVersion"]):
    def newest_first(self) -> PlanVersionQuerySet:
        """With their adoption, if they were adopted, and `adopted_number`; without their source, the whole draft."""
        adopted = PlanVersion.objects.filter(plan=OuterRef("plan"), adoption__isnull=False).order_by("-number")
        versions = self.select_related("adoption").defer("source").order_by("-number")
        return versions.annotate(adopted_number=Subquery(adopted.values("number")[:1]))

    def read_by(self, person: Person) -> PlanVersionQuerySet:
        """With what the person has marked as read of the plan: `marked_number` and `marked_at`, None where nothing is."""
        marks = ReadMark.objects.filter(user=person.pk, plan=OuterRef("plan"))
        return self.annotate(
            marked_number=Subquery(marks.values("version__number")), marked_at=Subquery(marks.values("read_at"))
        )


class PlanVersion(FrozenModel):
    """One published state of a plan. Written once by `publish_version`, never changed."""

    plan = models.ForeignKey(PlanPage, on_delete=models.PROTECT, related_name="versions", verbose_name=_("plan"))
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=255)
    summary = models.TextField(_("plain summary"), blank=True)
    note = models.TextField(_("what changed"), blank=True)
    source = models.JSONField(_("chapters as drafted"), default=list)  # plans.drafting.source_of
    published_at = models.DateTimeField(_("published at"), default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("published by")
    )
    adopted_number: int | None = None  # of the plan's version that was adopted last, from `newest_first`
    marked_number: int | None  # these two from `read_by` alone
    marked_at: datetime | None

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="version_number_once_per_plan")]

    def __str__(self) -> str:
        return f"{self.title} · {self.number}"

    def get_absolute_url(self) -> str:
        return f"{self.plan.get_url()}surum/{self.number}/"

    def difference_url(self, earlier: int) -> str:
        """The permanent address of the comparison with the version of that number."""
        return f"{self.get_absolute_url()}fark/{earlier}/"


class SectionTextQuerySet(models.QuerySet["SectionText"]):
    def visible_to(self, person: Person) -> SectionTextQuerySet:
        """Texts of the plans that the person may read."""
        return self.filter(version__plan__in=PlanPage.objects.visible_to(person))


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


class ReadMark(models.Model):
    """The newest version of a plan that a person has read, so that the next one can say what changed since."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("member")
    )
    plan = models.ForeignKey(PlanPage, on_delete=models.CASCADE, related_name="+", verbose_name=_("plan"))
    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="+", verbose_name=_("version"))
    read_at = models.DateTimeField(_("read at"), default=timezone.now)

    class Meta:
        verbose_name = _("read mark")
        verbose_name_plural = _("read marks")
        constraints = [models.UniqueConstraint(fields=["user", "plan"], name="one_read_mark_per_plan")]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.version}"
