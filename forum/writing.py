"""Writing in the forum: each view fetches, checks, calls one action, and redirects or shows the form again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from common.ratelimit import limited
from common.text import LONGEST_TEXT
from forum import actions, permissions
from forum.forms import PostForm, ReasonForm, TextForm, TopicForm, asked_title, render_preview
from forum.models import Board, ModerationAct, Post, Topic
from forum.targets import target_of
from forum.views import VERB_LABELS
from members.drafts import found_or_refused, keep_and_refuse, keep_typed, sign_in_first, take_draft
from members.requests import MemberRequest, SiteRequest, show_city

_WHAT_IS_WRONG = {
    actions.EmptyPostError: gettext_lazy("Please write something first."),
    actions.PostTooLongError: gettext_lazy("This text is too long."),
    actions.ForeignParentError: gettext_lazy("What you answer has been removed meanwhile. Your text is still here."),
    actions.RepeatedPostError: gettext_lazy("You have just sent this text; it is there."),
}


def say_what_is_wrong(form: Form, error: actions.PostError) -> None:
    form.add_error(None, _WHAT_IS_WRONG[type(error)])


@limited("post", method="POST")
@sign_in_first
def new_topic(request: MemberRequest, city: str, theme: str) -> HttpResponse:
    """Open a topic on a board; `?baslik=` gives its title to begin with."""
    board = get_object_or_404(Board.objects.select_related("city", "theme"), city__slug=city, theme__slug=theme)
    show_city(request, board.city)
    if not permissions.can_open_topic(request.user, board):
        is_kept = keep_typed(request, request.POST.get("title", ""))
        return render(request, "forum/join_first.html", {"board": board, "is_kept": is_kept}, status=403)
    initial = {"title": asked_title(request), **take_draft(request)}
    form = TopicForm(request.POST or None, initial=initial, person=request.user, city=board.city)
    if request.method == "POST" and form.is_to_be_sent():
        try:
            topic, _opening = actions.open_topic(
                author=request.user,
                board=board,
                title=form.cleaned_data["title"],
                body=form.cleaned_data["body"],
                organisation=form.speaks_for,
            )
        except actions.PostError as error:
            say_what_is_wrong(form, error)
        else:
            return redirect(topic)
    return render(request, "forum/new_topic.html", {"board": board, "form": form})


@limited("post", method="POST")
@sign_in_first
def reply(request: MemberRequest, pk: int) -> HttpResponse:
    """Answer a post, in a topic or under anything else that is discussed."""
    parent = found_or_refused(
        request, Post.objects.visible_to(request.user), pk, _("What you answer is no longer there.")
    )
    target = parent.content_object
    show_city(request, parent.city)
    if not permissions.can_reply(request.user, parent):
        raise keep_and_refuse(request, _("This discussion is closed."), title=target_of(target).title(target))
    return _write(request, target=target, parent=parent, shown=parent)


@limited("post", method="POST")
@sign_in_first
def reply_to_topic(request: MemberRequest, pk: int) -> HttpResponse:
    """Answer a topic: the form at its end. Its opening may be gone; the topic stays."""
    topic = found_or_refused(request, Topic.objects.visible_to(request.user), pk, _("This topic is no longer there."))
    show_city(request, topic.city)
    if not permissions.can_post_in_topic(request.user, topic):
        raise keep_and_refuse(request, _("This discussion is closed."), title=topic.title)
    opening = Post.objects.on(topic).filter(path="")
    shown = opening.visible_to(request.user).first()
    return _write(request, target=topic, parent=shown or opening.get(), shown=shown)


def _write(request: MemberRequest, *, target: models.Model, parent: Post, shown: Post | None) -> HttpResponse:
    """`shown`: the post that is answered, where the person may read it."""
    form = PostForm(request.POST or None, initial=take_draft(request), person=request.user, city=parent.city)
    if request.method == "POST" and form.is_to_be_sent():
        try:
            post = actions.post_comment(
                author=request.user,
                target=target,
                body=form.cleaned_data["body"],
                parent=parent,
                organisation=form.speaks_for,
            )
        except actions.PostError as error:
            say_what_is_wrong(form, error)
        else:
            return redirect(post.standing_url)
    context = {"form": form, "shown": shown, "title": target_of(target).title(target), "back": parent.standing_url}
    return render(request, "forum/reply.html", context)


@limited("post", method="POST")
@sign_in_first
def edit_post(request: MemberRequest, pk: int) -> HttpResponse:
    """Change one's own text."""
    post = found_or_refused(
        request, Post.objects.visible_to(request.user), pk, _("What you change is no longer there.")
    )
    show_city(request, post.city)
    if not permissions.can_edit_post(request.user, post):
        why = target_of(post.content_object).why_fixed(post)
        title = target_of(post.content_object).title(post.content_object)
        raise keep_and_refuse(request, why or _("This text can no longer be changed."), title)
    form = TextForm(request.POST or None, initial={"body": post.comment, **take_draft(request)}, city=post.city)
    if request.method == "POST" and form.is_to_be_sent():
        try:
            actions.edit_post(by=request.user, post=post, body=form.cleaned_data["body"])
        except actions.PostError as error:
            say_what_is_wrong(form, error)
        else:
            return redirect(post.standing_url)
    return render(request, "forum/edit_post.html", {"form": form, "back": post.standing_url})


@login_required
def remove_post(request: MemberRequest, pk: int) -> HttpResponse:
    """Take one's own text back, after a question."""
    post = get_object_or_404(Post.objects.visible_to(request.user), pk=pk)
    show_city(request, post.city)
    back = post.standing_url
    if not permissions.can_remove_post(request.user, post):
        raise PermissionDenied
    has_replies = _is_replied_to(post)
    if request.method == "POST":
        actions.remove_post(by=request.user, post=post)
        messages.success(
            request,
            _("Your text has been removed. Replies to it stay.") if has_replies else _("Your text has been removed."),
        )
        target = post.content_object
        return redirect(target_of(target).url(target))
    return render(request, "forum/remove_post.html", {"post": post, "back": back, "has_replies": has_replies})


def _is_replied_to(post: Post) -> bool:
    """Whether its place stays, for what stands below it."""
    below = Post.objects.filter(thread_id=post.thread_id, path__startswith=post.path, status=Post.Status.PUBLISHED)
    return below.exclude(pk=post.pk).exists()


@sign_in_first
def hide_post(request: MemberRequest, pk: int) -> HttpResponse:
    """A moderator hides a post, with a reason."""
    post = get_object_or_404(Post.objects.visible_to(request.user), pk=pk)
    show_city(request, post.city)
    back = post.standing_url
    if not permissions.can_moderate_post(request.user, post):
        raise PermissionDenied
    form = ReasonForm(request.POST or None, initial=take_draft(request))
    if request.method == "POST" and form.is_valid():
        actions.hide_post(by=request.user, post=post, reason=form.cleaned_data["reason"])
        messages.success(request, _("The post is hidden; its author sees your reason."))
        return redirect(back)
    return render(request, "forum/hide_post.html", {"post": post, "form": form, "back": back})


@login_required
@require_POST
def show_post(request: MemberRequest, pk: int) -> HttpResponse:
    """A moderator publishes a held or hidden post."""
    post = get_object_or_404(Post.objects.visible_to(request.user), pk=pk)
    actions.show_post(by=request.user, post=post)
    messages.success(request, _("The post is published."))
    return redirect(post.standing_url)


@sign_in_first
def moderate_topic(request: MemberRequest, pk: int) -> HttpResponse:
    """A moderator locks, opens, hides or shows a topic, with a reason."""
    topic = get_object_or_404(Topic.objects.visible_to(request.user), pk=pk)
    show_city(request, topic.city)
    verb = request.GET.get("verb", "")
    if not permissions.can_moderate_topic(request.user, topic) or verb not in actions.TOPIC_CHANGES:
        raise PermissionDenied
    form = ReasonForm(request.POST or None, initial=take_draft(request))
    if request.method == "POST" and form.is_valid():
        actions.moderate_topic(
            by=request.user, topic=topic, verb=ModerationAct.Verb(verb), reason=form.cleaned_data["reason"]
        )
        messages.success(request, _("Done: %(act)s") % {"act": VERB_LABELS[ModerationAct.Verb(verb)]})
        return redirect(topic)
    context = {"topic": topic, "form": form, "submit_label": VERB_LABELS[ModerationAct.Verb(verb)]}
    return render(request, "forum/moderate_topic.html", context)


@require_POST
@limited("preview")
def preview(request: SiteRequest) -> HttpResponse:
    """The rendered Markdown of a text that is being written, as an HTML fragment. Whose session has ended gets no page to
    sign in: it would stand in the fragment's place."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    body = request.POST.get("body", "")[:LONGEST_TEXT]
    return render(request, "forum/preview.html", {"html": render_preview(body, request.city or None)})
