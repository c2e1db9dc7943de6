"""Posts with what a person may do with them, as the component `post` wants them (docs/design.md)."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from forum import permissions
from forum.models import Post
from members.permissions import Person


def _moderator_actions(post: Post) -> list[dict[str, Any]]:
    if post.status == Post.Status.PUBLISHED:
        return [{"label": _("Hide"), "url": reverse("forum:hide_post", args=[post.pk]), "icon": "eye-off"}]
    label = _("Show again") if post.status == Post.Status.HIDDEN else _("Publish")
    return [{"label": label, "url": reverse("forum:show_post", args=[post.pk]), "method": "post", "icon": "eye"}]


def post_actions(post: Post, person: Person, *, may_reply: bool, is_fixed: bool = False) -> list[dict[str, Any]]:
    """What the person may do with a post, as links; no query beyond the person's roles."""
    actions: list[dict[str, Any]] = []
    if may_reply and post.status == Post.Status.PUBLISHED:
        actions.append({"label": _("Reply"), "url": reverse("forum:reply", args=[post.pk]), "icon": "reply"})
    if may_reply and not is_fixed and permissions.is_editable(person, post):
        actions.append({"label": _("Edit"), "url": reverse("forum:edit_post", args=[post.pk]), "icon": "pencil"})
    if permissions.can_remove_post(person, post):
        actions.append({"label": _("Remove"), "url": reverse("forum:remove_post", args=[post.pk]), "icon": "trash"})
    if permissions.can_moderate_post(person, post):
        actions += _moderator_actions(post)
    return actions


def present_post(post: Post, person: Person, *, may_reply: bool = False, is_fixed: bool = False) -> dict[str, Any]:
    """`{post, actions}` for the component; `is_fixed` where nobody changes its words any more. Of a post that is not
    `readable` nothing but that it is there: the page never has its words, nor its author's name."""
    if not getattr(post, "readable", True):
        return {"post": {"pk": post.pk, "level": post.level, "status": post.status, "readable": False}, "actions": []}
    return {"post": post, "actions": post_actions(post, person, may_reply=may_reply, is_fixed=is_fixed)}
