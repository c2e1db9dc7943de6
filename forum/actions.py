"""Every write of the forum: posts and topics. Views, commands and other apps all call these."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.html import strip_tags

from cms.models import Theme
from common.markdown import render_markdown
from common.text import LONGEST_TEXT
from forum import permissions, threads
from forum.models import Board, ModerationAct, Post, PostRevision, Topic
from forum.targets import content_type_of, target_of
from members.models import City, Organisation, User
from members.permissions import can_coordinate_city
from search.indexing import enqueue
from search.links import citations_in, move_citations, set_citations
from search.references import Reference, find_references
from search.registry import document_key


class PostError(ValueError):
    """A post that cannot be taken as it is."""


class EmptyPostError(PostError):
    """Nothing was written."""


class PostTooLongError(PostError):
    """More than common.text.LONGEST_TEXT characters."""


class ForeignParentError(PostError):
    """The post replied to belongs to something else, or can no longer be replied to."""


class RepeatedPostError(PostError):
    """The same text in the same place within seconds: a double click."""


REPEAT_WINDOW = timedelta(seconds=60)


def _checked(body: str) -> str:
    body = body.strip()
    if not body:
        raise EmptyPostError
    if len(body) > LONGEST_TEXT:
        raise PostTooLongError
    return body


def _new_post(*, author: User, target: models.Model, body: str, organisation: Organisation | None) -> Post:
    return Post(
        content_type=content_type_of(target),
        object_pk=str(target.pk),
        site_id=settings.SITE_ID,
        user=author,
        user_name=author.display_name,
        city=target_of(target).city(target),
        organisation=organisation,
        organisation_name=organisation.name if organisation else "",
        organisation_kind=organisation.kind if organisation else "",
        comment=body,
    )


def _render(post: Post) -> dict[str, Reference]:
    """Fill `body_html`; gives the references of the text. What it cited before goes on meaning the same."""
    known = citations_in(document_key("post", post.pk)) if post.pk else {}
    references = find_references(post.comment, post.city, known)
    post.body_html = render_markdown(post.comment, {sign: found.url for sign, found in references.items()})
    if not strip_tags(post.body_html).strip():  # only a picture, say, which is not shown
        raise EmptyPostError
    return references


def _link_sections(post: Post, references: dict[str, Reference]) -> None:
    """A post in a discussion that cites a section links the discussion there; in a comment on a section the sign stays a
    link."""
    set_citations(
        cited_in=document_key("post", post.pk),
        discussion_key=_discussion_of(post),
        cited={reference.cited_as: reference.key for reference in references.values()},
        by=post.user,
    )


def _discussion_of(post: Post) -> str:
    """The document key of the discussion in which the post can be read; "" for one in none."""
    about = post.content_object
    return target_of(about).discussion(about) if about and post.status == Post.Status.PUBLISHED else ""


def _wait_for(author: User) -> None:
    """Two clicks of one person come one after the other; the second one then finds what the first one wrote."""
    User.objects.select_for_update(of=("self",)).get(pk=author.pk)


def _refuse_repetition(post: Post, among: models.QuerySet[Post]) -> None:
    just_now = among.filter(user=post.user, submit_date__gt=timezone.now() - REPEAT_WINDOW)
    if just_now.filter(comment=post.comment, status=Post.Status.PUBLISHED).exists():
        raise RepeatedPostError


def _save_as_root(post: Post) -> None:
    post.save()
    post.parent_id = post.thread_id = post.pk
    Post.objects.filter(pk=post.pk).update(parent_id=post.pk, thread_id=post.pk)


def _save_as_reply(post: Post, parent_pk: int) -> None:
    """Give the reply the parent's next place. Locking the root makes the writers of one thread wait for each other,
    without which counts are lost and rows misplaced; the parent is read again behind that lock."""
    thread_id = Post.objects.values_list("thread_id", flat=True).get(pk=parent_pk)
    Post.objects.select_for_update(of=("self",)).order_by().get(pk=thread_id)
    parent = Post.objects.get(pk=parent_pk)
    same_target = (parent.content_type_id, parent.object_pk) == (post.content_type_id, post.object_pk)
    if not same_target or not permissions.takes_replies(parent):
        raise ForeignParentError
    if parent.level >= settings.COMMENTS_XTD_MAX_THREAD_LEVEL:  # the deepest level stays flat
        parent = Post.objects.get(pk=parent.parent_id)
    _refuse_repetition(post, Post.objects.filter(parent_id=parent.pk).exclude(pk=parent.pk))  # a root is its own parent
    post.thread_id, post.parent_id = thread_id, parent.pk
    post.path = threads.child_path(parent.path, parent.child_count + 1)
    post.level = threads.level(post.path)
    post.save()
    Post.objects.filter(pk=parent.pk).update(child_count=F("child_count") + 1)
    ancestors = threads.ancestor_paths(post.path)
    Post.objects.filter(thread_id=thread_id, path__in=ancestors).update(nested_count=F("nested_count") + 1)


@transaction.atomic
def post_comment(
    *,
    author: User,
    target: models.Model,
    body: str,
    parent: Post | None = None,
    organisation: Organisation | None = None,
    among: models.QuerySet[Post] | None = None,
) -> Post:
    """Write about `target`, or answer `parent`, which must be about the same target, and published unless it opens a topic.

    The same words of the same author within a minute are a double click, where they stand `among` these posts (by
    default, those beside which the new one would stand). Raises PermissionDenied, or a PostError that says what is wrong.
    """
    target = _locked_topic(target) if isinstance(target, Topic) else target
    if not (permissions.can_comment(author, target) and permissions.can_post_for(author, organisation)):
        raise PermissionDenied
    post = _new_post(author=author, target=target, body=_checked(body), organisation=organisation)
    references = _render(post)
    if parent is None:
        _wait_for(author)
        _refuse_repetition(post, Post.objects.on(target).filter(path="") if among is None else among)
        _save_as_root(post)
    else:
        _save_as_reply(post, parent.pk)
    _link_sections(post, references)
    if isinstance(target, Topic):
        Topic.objects.filter(pk=target.pk).update(post_count=F("post_count") + 1, last_post_at=post.submit_date)
    return post


@transaction.atomic
def open_topic(
    *, author: User, board: Board, title: str, body: str, organisation: Organisation | None = None
) -> tuple[Topic, Post]:
    """A new topic with its opening post. Raises PermissionDenied or PostError."""
    if not permissions.can_open_topic(author, board):
        raise PermissionDenied
    _wait_for(author)
    title = title.strip()
    if board.topics.filter(author=author, title=title, created_at__gt=timezone.now() - REPEAT_WINDOW).exists():
        raise RepeatedPostError
    topic = Topic.objects.create(board=board, title=title, author=author)
    post = post_comment(author=author, target=topic, body=body, organisation=organisation)
    topic.refresh_from_db()
    return topic, post


def _locked_topic(topic: Topic) -> Topic:
    """The topic as it is now, which nobody else changes until this transaction ends: what is allowed depends on it. Every
    action locks the topic before its posts."""
    return Topic.objects.select_for_update(of=("self",)).select_related("board__city").get(pk=topic.pk)


def _locked(post: Post) -> Post:
    """The same of a post."""
    if isinstance(post.content_object, Topic):
        _locked_topic(post.content_object)
    return Post.objects.select_for_update(of=("self",)).get(pk=post.pk)


@transaction.atomic
def edit_post(*, by: User, post: Post, body: str) -> Post:
    """Change a post's text; the earlier text is kept. Saving the same text changes nothing."""
    post = _locked(post)
    if not permissions.can_edit_post(by, post):
        raise PermissionDenied
    body = _checked(body)
    if body == post.comment:
        return post
    PostRevision.objects.create(post=post, comment=post.comment)
    post.comment, post.edited_at = body, timezone.now()
    references = _render(post)
    post.save(update_fields=["comment", "body_html", "edited_at"])
    _link_sections(post, references)
    _index_anew(post)
    return post


def _index_anew(post: Post) -> None:
    """The text that opens a topic is found as the topic."""
    if post.is_root and isinstance(post.content_object, Topic):
        enqueue("topic", [post.object_pk])


def _change_status(post: Post, status: Post.Status) -> None:
    was_published, post.status = post.status == Post.Status.PUBLISHED, status
    post.save(update_fields=["status", "is_public", "is_removed"])
    move_citations(cited_in=document_key("post", post.pk), discussion_key=_discussion_of(post))
    _index_anew(post)
    change = int(status == Post.Status.PUBLISHED) - int(was_published)
    if change and isinstance(post.content_object, Topic):
        topic = post.content_object
        newest = Post.objects.on(topic).filter(status=Post.Status.PUBLISHED).aggregate(Max("submit_date"))
        Topic.objects.filter(pk=topic.pk).update(
            post_count=F("post_count") + change, last_post_at=newest["submit_date__max"] or topic.created_at
        )


@transaction.atomic
def remove_post(*, by: User, post: Post) -> None:
    """The author takes a post back: its words are shown to nobody, its replies stay."""
    post = _locked(post)
    if not permissions.can_remove_post(by, post):
        raise PermissionDenied
    _change_status(post, Post.Status.REMOVED)


@transaction.atomic
def hide_post(*, by: User, post: Post, reason: str) -> None:
    """A moderator hides a post, with a reason that its author reads. Hidden already, it stays so, and nothing is logged."""
    post = _locked(post)
    if not permissions.can_moderate_post(by, post):
        raise PermissionDenied
    if post.status == Post.Status.HIDDEN:
        return
    _change_status(post, Post.Status.HIDDEN)
    ModerationAct.objects.create(verb=ModerationAct.Verb.HIDE_POST, moderator=by, post=post, reason=reason)


@transaction.atomic
def show_post(*, by: User, post: Post) -> None:
    """A moderator publishes a held or hidden post; of one that is published nothing changes."""
    post = _locked(post)
    if not permissions.can_moderate_post(by, post):
        raise PermissionDenied
    if post.status == Post.Status.PUBLISHED:
        return
    _change_status(post, Post.Status.PUBLISHED)
    ModerationAct.objects.create(verb=ModerationAct.Verb.SHOW_POST, moderator=by, post=post)


TOPIC_CHANGES = {
    ModerationAct.Verb.LOCK_TOPIC: ("locked_at", True),
    ModerationAct.Verb.UNLOCK_TOPIC: ("locked_at", False),
    ModerationAct.Verb.HIDE_TOPIC: ("hidden_at", True),
    ModerationAct.Verb.SHOW_TOPIC: ("hidden_at", False),
}


@transaction.atomic
def moderate_topic(*, by: User, topic: Topic, verb: ModerationAct.Verb, reason: str = "") -> None:
    """Lock, unlock, hide or show a topic; what is so already stays, and nothing is logged. Raises PermissionDenied, or
    KeyError for a verb about posts."""
    topic = _locked_topic(topic)
    if not permissions.can_moderate_topic(by, topic):
        raise PermissionDenied
    field, happens = TOPIC_CHANGES[verb]
    if (getattr(topic, field) is not None) == happens:
        return
    setattr(topic, field, timezone.now() if happens else None)
    topic.save(update_fields=[field])
    ModerationAct.objects.create(verb=verb, moderator=by, topic=topic, reason=reason)


@transaction.atomic
def open_boards(*, by: User, city: City) -> None:
    """A board for every theme of the commons; those that exist stay."""
    if not can_coordinate_city(by, city):
        raise PermissionDenied
    for theme in Theme.objects.commons():
        Board.objects.get_or_create(city=city, theme=theme)
