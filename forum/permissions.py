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
    return takes_replies(post) and can_comment(user, post.content_object)


def takes_replies(post: Post) -> bool:
    """A published post; and the opening of a topic, whatever became of its words: what answers it answers the topic."""
    return post.status == Post.Status.PUBLISHED or (post.is_root and isinstance(post.content_object, Topic))


def can_post_for(user: Person, organisation: Organisation | None) -> bool:
    return organisation is None or can_speak_for(user, organisation)


def can_edit_post(user: Person, post: Post) -> bool:
    """The author, while what the post is about takes posts: in a closed discussion nobody changes what others answered; and
    while nothing fixes its words."""
    target = post.content_object
    return is_editable(user, post) and can_comment(user, target) and not target_of(target).why_fixed(post)


def is_editable(user: Person, post: Post) -> bool:
    """Whether the person could edit the post where the discussion is open: their own, published or held."""
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
