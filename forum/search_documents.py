"""Topics, posts and comments in the search index. A topic holds its opening text; what answers it is found as posts."""

from html import unescape
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from forum.models import Post, Topic
from forum.targets import existing_targets, prefetch_targets, target_of
from members.models import City
from members.permissions import Person
from search.registry import Content, Facet, Source, document_key, register, register_closing


def city_facet(city: City | None) -> Facet | None:
    return Facet(city.slug, city.name) if city else None


def _text_of(body_html: str) -> str:
    """The words of a post's sanitised HTML."""
    return unescape(strip_tags(body_html))


def _with_opening(topics: QuerySet[Topic]) -> QuerySet[Topic]:
    """Topics with `opening_html` and `opening_kind`, text and kind of organisation of the opening post while it is
    published."""
    of_topic = Post.objects.filter(
        content_type=ContentType.objects.get_for_model(Topic), object_pk=Cast(OuterRef("pk"), models.CharField())
    )
    opening = of_topic.filter(path="", status=Post.Status.PUBLISHED)
    return topics.select_related("board__city", "board__theme").annotate(
        opening_html=Subquery(opening.values("body_html")[:1]),
        opening_kind=Subquery(opening.values("organisation_kind")[:1]),
    )


def _topic_content(topic: Any) -> Content:
    theme = topic.board.theme
    return Content(
        title=topic.title,
        body=_text_of(topic.opening_html or ""),
        city=city_facet(topic.city),
        theme=Facet(theme.slug, theme.name),
        published_at=topic.created_at,
        organisation_kind=topic.opening_kind or "",
        scope=document_key("topic", topic.pk),
    )


def _in_topics(posts: QuerySet[Post]) -> QuerySet[Post]:
    """What answers a topic; its opening is found as the topic itself."""
    return posts.filter(content_type=ContentType.objects.get_for_model(Topic)).exclude(path="")


def _elsewhere(posts: QuerySet[Post]) -> QuerySet[Post]:
    return posts.exclude(content_type=ContentType.objects.get_for_model(Topic))


def _published() -> QuerySet[Post]:
    return Post.objects.filter(existing_targets(), status=Post.Status.PUBLISHED)


def _with_what_they_are_about(posts: QuerySet[Post]) -> QuerySet[Post]:
    return posts.select_related("user", "city").prefetch_related(prefetch_targets())


def _visible_posts(person: Person) -> QuerySet[Post]:
    return _with_what_they_are_about(Post.objects.visible_to(person))


def _post_title(post: Post) -> str:
    target = target_of(post.content_object)
    return f"{post.author_name}: {target.title(post.content_object)}"


def _post_content(post: Post) -> Content:
    """Without its author: a name that was given up must not go on finding what was written under it."""
    target = target_of(post.content_object)
    theme = target.theme(post.content_object)
    return Content(
        title=target.title(post.content_object),
        body=_text_of(post.body_html),
        city=city_facet(post.city),
        theme=Facet(theme.slug, theme.name) if theme else None,
        published_at=post.submit_date,
        organisation_kind=post.organisation_kind,
        scope=target.scope(post.content_object),
    )


def _closed_topics(person: Person) -> list[str]:
    """Hidden topics, and those of which no post is published."""
    closed = Topic.objects.filter(Q(hidden_at__isnull=False) | Q(post_count=0))
    closed = closed.exclude(pk__in=Topic.objects.visible_to(person).values("pk"))
    return [document_key("topic", pk) for pk in closed.values_list("pk", flat=True)]


register_closing(_closed_topics)
register(
    Source(
        kind="topic",
        label=_("Topics"),
        model=Topic,
        indexed=lambda: _with_opening(Topic.objects.filter(hidden_at__isnull=True)),
        visible_to=lambda person: _with_opening(Topic.objects.visible_to(person)),
        content=_topic_content,
        title=lambda topic: topic.title,
        title_lookup="title",
        is_discussion=True,
        city_lookup="board__city",
        author_pk=lambda topic: topic.author_id,
        url=lambda topic: topic.get_absolute_url(),
    )
)
register(
    Source(
        kind="post",
        label=_("Posts"),
        model=Post,
        indexed=lambda: _with_what_they_are_about(_in_topics(_published())),
        visible_to=lambda person: _in_topics(_visible_posts(person)),
        content=_post_content,
        title=_post_title,
        title_lookup="",
        url=lambda post: post.get_absolute_url(),
        author_pk=lambda post: post.user_id,
        stands_alone=False,
    )
)
register(
    Source(
        kind="comment",
        label=_("Comments"),
        model=Post,
        indexed=lambda: _with_what_they_are_about(_elsewhere(_published())),
        visible_to=lambda person: _elsewhere(_visible_posts(person)),
        content=_post_content,
        title=_post_title,
        title_lookup="",
        url=lambda post: post.get_absolute_url(),
        author_pk=lambda post: post.user_id,
        stands_alone=False,
    )
)
