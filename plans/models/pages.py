"""The draft of a plan: pages edited in Wagtail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from cms.models import Theme
from cms.routing import SitePage, is_public
from members.models import City, User
from members.permissions import Person
from plans.blocks import SECTION_BLOCKS

if TYPE_CHECKING:
    from plans.models.phases import Phase
    from plans.models.versions import PlanVersion


class PlanPageQuerySet(PageQuerySet):
    def visible_to(self, person: Person) -> PlanPageQuerySet:
        """Public pages; a plan whose running phase is for members, to members of its city alone."""
        from plans.models.phases import Phase

        public = self.live().filter(is_public())
        if isinstance(person, User) and person.is_superuser:
            return public
        for_members = Phase.objects.of_outer_plan().values("audience")[:1]
        own_cities = person.memberships.values("city") if isinstance(person, User) else []
        return public.annotate(audience=Subquery(for_members)).filter(
            Q(audience__isnull=True) | ~Q(audience=Phase.Audience.MEMBERS) | Q(city__in=own_cities)
        )


class PlanPage(RoutablePageMixin, SitePage):
    """A city's Local Equality Monitoring Plan. Its address shows the latest published version, never the draft."""

    city = models.ForeignKey(
        City, on_delete=models.PROTECT, related_name="plans", verbose_name=_("city"), editable=False
    )
    period = models.CharField(_("period"), max_length=40, blank=True, help_text="2026–2028")
    summary = RichTextField(_("plain summary"), features=["bold", "italic", "link"], blank=True)

    objects: ClassVar[PageManager] = PageManager.from_queryset(PlanPageQuerySet)()

    served_with = ("city",)
    parent_page_types: ClassVar[list[str]] = ["cms.CityPage"]
    subpage_types: ClassVar[list[str]] = ["plans.ChapterPage"]
    admin_default_ordering = "ord"  # chapters in the plan's order
    content_panels: ClassVar[list] = [*Page.content_panels, FieldPanel("period"), FieldPanel("summary")]

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")

    def clean(self) -> None:
        super().clean()
        saved = PlanPage.objects.filter(pk=self.pk).first()
        if saved is None:
            return
        if saved.slug != self.slug and self.versions.exists():
            raise ValidationError({"slug": _("People hold on to the address of a published plan: it stays.")})
        if saved.has_been_adopted:
            self._keep_what_is_adopted(saved)

    def _keep_what_is_adopted(self, saved: PlanPage) -> None:
        """Raises ValidationError where the draft would rename the plan that the platform stands behind, or end it."""
        if self.expire_at is not None:
            raise ValidationError({"expire_at": _("The plan is adopted: it does not expire.")})
        for name in ("title", "period"):
            if saved.is_fixed and getattr(self, name) != getattr(saved, name):
                raise ValidationError({name: _("The plan is adopted: only an update changes this.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A plan belongs to the city below whose page it stands, wherever Wagtail made, copied or moved it."""
        if self.path:
            self.city = City.objects.get(page__path=self.path[: -self.steplen])
        super().save(*args, **kwargs)

    def can_move_to(self, parent: Page) -> bool:
        """A published plan stays in its city, and keeps its address."""
        return not self.versions.exists() and super().can_move_to(parent)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The draft: its title and summary, and the chapters' drafts."""
        from plans.views import previewing

        return previewing.preview_plan(request, self)

    @property
    def chapters(self) -> models.QuerySet[ChapterPage]:
        """The live chapters that everybody may read, in the order of the page tree."""
        return ChapterPage.objects.child_of(self).live().filter(is_public()).order_by("path")

    @property
    def current_version(self) -> PlanVersion | None:
        """With what `newest_first` adds. One query."""
        return self.versions.newest_first().first() if self.pk else None

    @property
    def has_been_adopted(self) -> bool:
        """Whether the city's platform has adopted one of its versions: from then on the plan stays where all can read it."""
        return bool(self.pk) and self.versions.filter(adoption__isnull=False).exists()

    @cached_property
    def phase(self) -> Phase | None:
        """The running phase; None for a plan that has none, a draft open to all. Read once an instance."""
        return self.phases.running().first()

    @property
    def is_fixed(self) -> bool:
        """Whether nobody changes the plan's text in the running phase: an adopted plan is changed by an update alone."""
        return self.phase is not None and self.phase.fixes_text

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Every page below the plan's address, for who may read the plan."""
        from plans.views import reading

        return reading.refuse(request, self) or super().serve(request, *args, **kwargs)

    @path("")
    def latest(self, request: HttpRequest) -> HttpResponse:
        from plans.views import reading

        return reading.show_latest(request, self)

    @path("surumler/")
    def version_list(self, request: HttpRequest) -> HttpResponse:
        from plans.views import reading

        return reading.list_versions(request, self)

    @path("surum/<int:number>/")
    def version(self, request: HttpRequest, number: int) -> HttpResponse:
        from plans.views import reading

        return reading.show_version(request, self, number)

    @path("fark/")
    def choose_comparison(self, request: HttpRequest) -> HttpResponse:
        from plans.views import comparing

        return comparing.choose(request, self)

    @path("surum/<int:number>/fark/<int:earlier>/")
    def comparison(self, request: HttpRequest, number: int, earlier: int) -> HttpResponse:
        from plans.views import comparing

        return comparing.show(request, self, earlier, number)

    @path("bolum/<str:key>/")
    def section(self, request: HttpRequest, key: str) -> HttpResponse:
        from plans.views import reading

        return reading.show_section(request, self, key)


class ChapterPage(SitePage):
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

    def can_move_to(self, parent: Page) -> bool:
        """A chapter that stands in a version stays in its plan."""
        from plans.models.versions import Section

        published = Section.objects.filter(key=str(self.translation_key)).exclude(plan=parent.pk)
        return not published.exists() and super().can_move_to(parent)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from plans.views import reading

        return reading.show_chapter(request, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The draft as a version would show it."""
        from plans.views import previewing

        return previewing.preview_chapter(request, self)
