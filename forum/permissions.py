"""Who may do what in the forum."""

from django.db import models

from forum.models import Board, Post, Topic
from forum.targets import target_of
from members.models import Organisation, Role, User
from members.permissions import Person, can_moderate_city, can_speak_for, has_role, is_signed_in


def can_open_topic(user: Person, board: Board) -> bool:
    """Members of the board's city."""
    return has_role(user, board.city, Role.MEMBER, Role.EDITOR, Role.MODERATOR)


def can_post_in_topic(user: Person, topic: Topic) -> bool:
    """Every signed-in person, while the topic is open."""
    return is_signed_in(user) and topic.locked_at is None and topic.hidden_at is None


def can_comment(user: Person, target: models.Model) -> bool:
    return is_signed_in(user) and target_of(target).may_comment(user, target)


def can_reply(user: Person, post: Post) -> bool:
    return post.status == Post.Status.PUBLISHED and can_comment(user, post.content_object)


def can_post_for(user: Person, organisation: Organisation | None) -> bool:
    return organisation is None or can_speak_for(user, organisation)


def can_edit_post(user: Person, post: Post) -> bool:
    """The author, while the post is published or held."""
    return is_author(user, post) and post.status in (Post.Status.PUBLISHED, Post.Status.HELD)


def can_remove_post(user: Person, post: Post) -> bool:
    return is_author(user, post) and post.status != Post.Status.REMOVED


def can_moderate_post(user: Person, post: Post) -> bool:
    """A moderator of the city, but not of their own post, nor of one that its author has taken back."""
    may = can_moderate_city(user, post.city) and not is_author(user, post)
    return may and post.status != Post.Status.REMOVED


def can_moderate_topic(user: Person, topic: Topic) -> bool:
    return can_moderate_city(user, topic.city)


def is_author(user: Person, post: Post) -> bool:
    return isinstance(user, User) and post.user_id == user.pk
