"""What an article's page shows beside the article itself: its discussion, in pages of comments."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest

from forum.forms import PostForm
from forum.models import Post
from forum.permissions import can_comment
from forum.presenters import present_post
from knowledge.models import ArticlePage
from members.requests import show_city

COMMENTS_ON_A_PAGE = 50
PAGE_PARAMETER = "yorumlar"


def article_context(request: HttpRequest, article: ArticlePage) -> dict[str, Any]:
    """A page of the article's comments in reading order, and the form for a new one."""
    show_city(request, article.city)
    may_comment = can_comment(request.user, article)
    posts = Post.objects.on(article).for_reading(request.user)
    page = Paginator(posts, COMMENTS_ON_A_PAGE).get_page(request.GET.get(PAGE_PARAMETER))
    library = article.get_parent().specific
    way_up = [{"label": library.label, "url": library.get_url(request)}]
    if article.city:
        way_up.insert(0, {"label": article.city.name, "url": article.city.get_absolute_url()})
    return {
        "breadcrumbs": way_up,
        "comments": [present_post(post, request.user, may_reply=may_comment) for post in page],
        "comment_count": page.paginator.count,
        "previous_url": _page_address(page.previous_page_number()) if page.has_previous() else "",
        "next_url": _page_address(page.next_page_number()) if page.has_next() else "",
        "comment_form": PostForm(person=request.user, city=article.city) if may_comment else None,
    }


def _page_address(number: int) -> str:
    return f"?{PAGE_PARAMETER}={number}#yorumlar"


def comment_address(article: ArticlePage, post: Post) -> str:
    """Where a comment stands for a visitor: on which page of the article's comments, and its anchor."""
    before = Q(thread_id__lt=post.thread_id) | Q(thread_id=post.thread_id, path__lt=post.path)
    number = Post.objects.on(article).for_reading(AnonymousUser()).filter(before).count() // COMMENTS_ON_A_PAGE + 1
    page = f"?{PAGE_PARAMETER}={number}" if number > 1 else ""
    return f"{article.get_url()}{page}#p{post.pk}"
