"""Boards, topics, and Post: every reply in a topic, every comment on a plan's section, every remark under an article."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import BooleanField, Case, Exists, OuterRef, Q, Subquery, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_comments_xtd.models import XtdComment

from cms.models import Theme
from common.html import stored_html
from common.text import turkish_slug
from forum.targets import content_type_of, target_of, visible_targets
from members.models import City, Membership, Organisation, OrganisationKind, Role, User
from members.permissions import Person


def name_of(person: User | None) -> str:
    """The name of today; of who has left, none: it may be the one that they gave up."""
    return person.display_name if person else gettext("Former member")


class Board(models.Model):
    """The place for one theme of the commons in one city."""

    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="boards", verbose_name=_("city"))
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="boards", verbose_name=_("theme"))

    class Meta:
        verbose_name = _("board")
        verbose_name_plural = _("boards")
        ordering = ("theme__position",)
        constraints = [models.UniqueConstraint(fields=["city", "theme"], name="one_board_per_city_and_theme")]

    def __str__(self) -> str:
        return f"{self.city} · {self.theme}"

    def get_absolute_url(self) -> str:
        return reverse("forum:board", args=[self.city.slug, self.theme.slug])


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, person: Person) -> TopicQuerySet:
        """Hidden topics, and those of which no post is published, are seen by the moderators of their city alone; its author
        is shown a topic whose only post was hidden, with the reason."""
        moderated = City.objects.with_role(person, Role.MODERATOR)
        shown = Q(post_count__gt=0)
        if isinstance(person, User):
            shown |= Q(author=person)
        return self.filter((Q(hidden_at__isnull=True) & shown) | Q(board__city__in=moderated))


class Topic(models.Model):
    """A subject on a board. Its opening text is the root of its only thread."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="topics", verbose_name=_("board"))
    title = models.CharField(_("title"), max_length=200)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="topics", verbose_name=_("author")
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    last_post_at = models.DateTimeField(_("last post at"), default=timezone.now, db_index=True)
    post_count = models.PositiveIntegerField(_("posts"), default=0)
    locked_at = models.DateTimeField(_("locked at"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden at"), null=True, blank=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ("-last_post_at", "-pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("forum:topic", args=[self.pk, turkish_slug(self.title) or "konu"])

    @property
    def city(self) -> City:
        return self.board.city

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None


def _role_of_author() -> models.QuerySet:
    """The role in the post's city that readers are told, the first of these that its author has."""
    order = [Role.COORDINATOR, Role.EDITOR, Role.MODERATOR]
    ranks = Case(*(When(role=role, then=Value(rank)) for rank, role in enumerate(order)))
    held = Membership.objects.filter(user=OuterRef("user"), city=OuterRef("city"), role__in=order)
    return held.order_by(ranks).values("role")[:1]


class PostQuerySet(models.QuerySet["Post"]):
    def _readable(self, person: Person) -> Q:
        condition = Q(status=Post.Status.PUBLISHED)
        if isinstance(person, User):
            others = ~Q(status=Post.Status.REMOVED)
            condition |= others & (Q(user=person) | Q(city__in=City.objects.with_role(person, Role.MODERATOR)))
        return condition

    def visible_to(self, person: Person) -> PostQuerySet:
        """Posts whose words the person may read, under targets that the person may see."""
        return self.filter(self._readable(person)).filter(visible_targets(person))

    def on(self, target: models.Model) -> PostQuerySet:
        """All posts about one object, in reading order."""
        return self.filter(content_type=content_type_of(target), object_pk=str(target.pk)).order_by("thread_id", "path")

    def for_reading(self, person: Person) -> PostQuerySet:
        """What a thread shows the person: readable posts, and an empty place for a removed or hidden one below which
        something can be read. Each has `readable` (where it is False, no word of the post may be shown),
        `hidden_because` and `author_role` in the city."""
        readable = self._readable(person)
        below = Post.objects.filter(readable, thread_id=OuterRef("thread_id"), path__startswith=OuterRef("path"))
        place = Q(status__in=[Post.Status.REMOVED, Post.Status.HIDDEN], child_count__gt=0) & Exists(below)
        marked = Case(When(readable, then=Value(True)), default=Value(False), output_field=BooleanField())
        hidings = ModerationAct.objects.filter(post=OuterRef("pk"), verb=ModerationAct.Verb.HIDE_POST)
        shown = self.filter(readable | place).annotate(
            readable=marked,
            hidden_because=Subquery(hidings.order_by("-acted_at").values("reason")[:1]),
            author_role=Subquery(_role_of_author()),
        )
        return shown.select_related("user", "organisation", "city")


class Post(XtdComment):
    """One contribution by one person, about whatever can be discussed (forum/targets.py).

    Rows of one thread share `thread_id`, the root's id; `path` (forum/threads.py) orders them. Written by
    forum/actions.py alone; tree columns are set once.
    """

    class Status(models.TextChoices):
        PUBLISHED = "published", _("Published")
        HELD = "held", _("Held for review")
        HIDDEN = "hidden", _("Hidden by a moderator")
        REMOVED = "removed", _("Removed by its author")

    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.PUBLISHED)
    city = models.ForeignKey(City, null=True, on_delete=models.PROTECT, related_name="posts", verbose_name=_("city"))
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="posts", verbose_name=_("organisation")
    )
    # Frozen when it was written: the organisation may get another name, or be of another kind.
    organisation_name = models.CharField(_("spoke for"), max_length=200, blank=True)
    organisation_kind = models.CharField(_("kind of organisation"), max_length=30, blank=True, choices=OrganisationKind)
    body_html = models.TextField(_("text as HTML"))
    path = models.CharField(_("place in the thread"), max_length=120, blank=True)
    child_count = models.PositiveIntegerField(_("replies given a place"), default=0)
    edited_at = models.DateTimeField(_("edited at"), null=True, blank=True)

    objects: ClassVar[Any] = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")

    def __str__(self) -> str:
        return f"{self.pk}: {self.comment[:50]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Passes by XtdComment.save, which renumbers whole threads; forum/actions.py gives the place."""
        self.is_public = self.status == Post.Status.PUBLISHED
        self.is_removed = self.status in (Post.Status.HIDDEN, Post.Status.REMOVED)
        if not self.submit_date:  # type: ignore[has-type]
            self.submit_date = timezone.now()
        models.Model.save(self, *args, **kwargs)

    def get_absolute_url(self, anchor_pattern: str | None = None) -> str:
        """The permanent link; it leads to wherever the post stands."""
        return reverse("forum:post", args=[self.pk])

    @property
    def author_name(self) -> str:
        return name_of(self.user)

    @property
    def body(self) -> SafeString:
        """The sanitised HTML (common/html.py)."""
        return stored_html(self.body_html)

    @property
    def is_root(self) -> bool:
        return self.path == ""

    @property
    def standing_url(self) -> str:
        return target_of(self.content_object).post_url(self.content_object, self)


class PostRevision(models.Model):
    """A post's text before an edit."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="revisions", verbose_name=_("post"))
    comment = models.TextField(_("text"))
    replaced_at = models.DateTimeField(_("replaced at"), default=timezone.now)

    class Meta:
        verbose_name = _("earlier text")
        verbose_name_plural = _("earlier texts")
        ordering = ("replaced_at",)

    def __str__(self) -> str:
        return f"{self.post_id} · {self.replaced_at:%Y-%m-%d %H:%M}"


class ModerationAct(models.Model):
    """One act of a moderator, with its reason. Rows are only ever added."""

    class Verb(models.TextChoices):
        HIDE_POST = "hide_post", _("hid a post")
        SHOW_POST = "show_post", _("showed a post again")
        HIDE_TOPIC = "hide_topic", _("hid a topic")
        SHOW_TOPIC = "show_topic", _("showed a topic again")
        LOCK_TOPIC = "lock_topic", _("locked a topic")
        UNLOCK_TOPIC = "unlock_topic", _("unlocked a topic")

    verb = models.CharField(_("act"), max_length=20, choices=Verb)
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("moderator")
    )
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.SET_NULL, related_name="acts")
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.SET_NULL, related_name="acts")
    reason = models.TextField(_("reason"), blank=True)
    acted_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("moderation act")
        verbose_name_plural = _("moderation log")
        ordering = ("-acted_at",)

    def __str__(self) -> str:
        return f"{self.get_verb_display()} · {self.acted_at:%Y-%m-%d %H:%M}"

    @property
    def moderator_name(self) -> str:
        return name_of(self.moderator)
