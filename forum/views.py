"""Reading the forum: the boards of a city, a board, a topic, a post's permanent link."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache

from common.addresses import PAGE, page_addresses, read_key
from forum.forms import TITLE, PostForm, asked_title
from forum.models import Board, ModerationAct, Post, Topic, name_of
from forum.paging import thread_page
from forum.permissions import can_moderate_topic, can_open_topic, can_post_in_topic
from forum.presenters import present_post
from members.models import City
from members.permissions import Person, can_moderate_city
from members.requests import SiteRequest, show_city

TOPICS_ON_A_PAGE = 25
LATEST_ON_THE_INDEX = 8
HELD_ON_A_PAGE, LATEST_ACTS = 25, 100


def visible_topics(person: Person) -> QuerySet[Topic]:
    return Topic.objects.visible_to(person).select_related("author", "board__city", "board__theme")


def present_topic(topic: Topic) -> dict[str, Any]:
    """The `topic_row` component's parameters."""
    return {
        "title": topic.title,
        "url": topic.get_absolute_url(),
        "author_name": name_of(topic.author),
        "post_count": topic.post_count,
        "last_post_at": topic.last_post_at,
        "theme": topic.board.theme.name,
        "is_locked": topic.is_locked,
    }


def start(request: SiteRequest) -> HttpResponse:
    """The forum of the chosen city, or the choice of one."""
    return redirect("forum:index", request.city.slug) if request.city else redirect("members:cities")


def ask(request: SiteRequest) -> HttpResponse:
    """Leads to the form of a new topic with the title `?baslik=`: of the city `?kent=`, else the chosen one, on the board of
    `?tema=`. Where one of them is missing, to where it is chosen."""
    city = City.objects.filter(slug=request.GET.get("kent", "")).first() or request.city
    if not city:
        return redirect(f"{reverse('members:cities')}?{urlencode({'next': request.get_full_path()})}")
    theme = request.GET.get("tema", "")
    on_a_board = theme and Board.objects.filter(city=city, theme__slug=theme).exists()
    address = (
        reverse("forum:new_topic", args=[city.slug, theme]) if on_a_board else reverse("forum:index", args=[city.slug])
    )
    return redirect(f"{address}{_titled(asked_title(request))}")


def _titled(title: str) -> str:
    return f"?{urlencode({TITLE: title})}" if title else ""


def index(request: SiteRequest, city: str) -> HttpResponse:
    """All boards of a city, and what was last talked about; or, with `?baslik=`, the choice of a board for a topic with this
    title."""
    found = get_object_or_404(City, slug=city)
    show_city(request, found)
    boards = Board.objects.filter(city=found).select_related("theme", "city")
    topics = visible_topics(request.user).filter(board__city=found)
    counts = dict(topics.order_by().values_list("board_id").annotate(Count("pk")))
    title = asked_title(request)
    themes = [
        {
            "name": board.theme.name,
            "slug": board.theme.slug,
            "url": _asking_on(board, title) if title else board.get_absolute_url(),
            "count_label": _count_label(counts.get(board.pk, 0)),
        }
        for board in boards
    ]
    context = {
        "themes": themes,
        "asked_title": title,
        "latest": [present_topic(topic) for topic in topics[:LATEST_ON_THE_INDEX]],
        "may_moderate": can_moderate_city(request.user, found),
    }
    return render(request, "forum/index.html", context)


def _asking_on(board: Board, title: str) -> str:
    return f"{reverse('forum:new_topic', args=[board.city.slug, board.theme.slug])}{_titled(title)}"


def _count_label(count: int) -> str:
    return ngettext("%(count)s topic", "%(count)s topics", count) % {"count": count}


def _way_up(city: City, board: Board | None = None) -> list[dict[str, str]]:
    """The component `breadcrumbs`' items: the city, its forum, a board of it."""
    items = [
        {"label": city.name, "url": city.get_absolute_url()},
        {"label": _("Forum"), "url": reverse("forum:index", args=[city.slug])},
    ]
    return [*items, {"label": board.theme.name, "url": board.get_absolute_url()}] if board else items


def _topics_before(topics: QuerySet[Topic], marker: str) -> QuerySet[Topic]:
    """The topics after the one with this key, in the order of a board (newest post first)."""
    key = read_key(marker)
    last = topics.filter(pk=key).first() if key is not None else None
    if last is None:
        return topics
    older = topics.filter(last_post_at__lt=last.last_post_at)
    return older | topics.filter(last_post_at=last.last_post_at, pk__lt=last.pk)


def board(request: SiteRequest, city: str, theme: str) -> HttpResponse:
    """The topics of one board, the one with the newest post first."""
    found = get_object_or_404(Board.objects.select_related("city", "theme"), city__slug=city, theme__slug=theme)
    show_city(request, found.city)
    topics = list(
        _topics_before(visible_topics(request.user).filter(board=found), request.GET.get("sonra", ""))[
            : TOPICS_ON_A_PAGE + 1
        ]
    )
    more = len(topics) > TOPICS_ON_A_PAGE
    context = {
        "board": found,
        "breadcrumbs": _way_up(found.city),
        "topics": [{**present_topic(topic), "theme": ""} for topic in topics[:TOPICS_ON_A_PAGE]],
        "next_url": f"?sonra={topics[TOPICS_ON_A_PAGE - 1].pk}" if more else "",
        "first_url": found.get_absolute_url() if request.GET.get("sonra") else "",
        "may_open": can_open_topic(request.user, found),
    }
    return render(request, "forum/board.html", context)


def topic(request: SiteRequest, pk: int, slug: str) -> HttpResponse:
    """One page of a topic. The number of queries does not depend on the number of posts."""
    found = get_object_or_404(visible_topics(request.user), pk=pk)
    show_city(request, found.city)
    page = thread_page(Post.objects.on(found).for_reading(request.user), start=request.GET.get("from", ""))
    may_reply = can_post_in_topic(request.user, found)
    context = {
        "topic": found,
        "breadcrumbs": _way_up(found.city, found.board),
        "posts": [present_post(post, request.user, may_reply=may_reply) for post in page.posts],
        "page": page,
        "previous_url": f"?from={page.previous}" if page.previous is not None else "",
        "next_url": f"?from={page.next}" if page.next else "",
        "may_reply": may_reply,
        "form": PostForm(person=request.user) if may_reply else None,
        "moderation": _moderation_of(found) if can_moderate_topic(request.user, found) else [],
    }
    return render(request, "forum/topic.html", context)


VERB_LABELS = {
    ModerationAct.Verb.LOCK_TOPIC: gettext_lazy("Lock the topic"),
    ModerationAct.Verb.UNLOCK_TOPIC: gettext_lazy("Open the topic again"),
    ModerationAct.Verb.HIDE_TOPIC: gettext_lazy("Hide the topic"),
    ModerationAct.Verb.SHOW_TOPIC: gettext_lazy("Show the topic again"),
}


def _moderation_of(topic: Topic) -> list[dict[str, Any]]:
    lock = ModerationAct.Verb.UNLOCK_TOPIC if topic.is_locked else ModerationAct.Verb.LOCK_TOPIC
    hide = ModerationAct.Verb.SHOW_TOPIC if topic.hidden_at else ModerationAct.Verb.HIDE_TOPIC
    url = reverse("forum:moderate_topic", args=[topic.pk])
    return [{"label": VERB_LABELS[verb], "url": f"{url}?verb={verb}"} for verb in (lock, hide)]


def post(request: SiteRequest, pk: int) -> HttpResponse:
    """A post's permanent link: leads to where it stands. 404 when the person may not read it."""
    return redirect(get_object_or_404(Post.objects.visible_to(request.user), pk=pk).standing_url)


@login_required
@never_cache
def moderation(request: SiteRequest, city: str) -> HttpResponse:
    """For moderators of a city: what is held or hidden, the newest first, and the log of what was done."""
    found = get_object_or_404(City, slug=city)
    show_city(request, found)
    if not can_moderate_city(request.user, found):
        raise PermissionDenied
    held = Post.objects.for_reading(request.user).filter(city=found, status__in=[Post.Status.HELD, Post.Status.HIDDEN])
    page = Paginator(held.order_by("-pk"), HELD_ON_A_PAGE).get_page(request.GET.get(PAGE))
    acts = ModerationAct.objects.filter(post__city=found) | ModerationAct.objects.filter(topic__board__city=found)
    context = {
        "posts": [present_post(post, request.user) for post in page],
        "count": page.paginator.count,
        "acts": acts.select_related("moderator", "post__user", "topic").distinct()[:LATEST_ACTS],
        **page_addresses(page, request.GET),
    }
    return render(request, "forum/moderation.html", context)
