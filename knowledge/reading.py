"""What an article's page shows beside the article itself: its discussion."""

from typing import Any

from django.http import HttpRequest

from forum.forms import PostForm
from forum.models import Post
from forum.permissions import can_comment
from forum.presenters import present_post
from knowledge.models import ArticlePage

COMMENTS_ON_A_PAGE = 200


def article_context(request: HttpRequest, article: ArticlePage) -> dict[str, Any]:
    """The article's comments in reading order, and the form for a new one."""
    if article.city:
        request.city = article.city  # type: ignore[attr-defined]
    may_comment = can_comment(request.user, article)
    posts = Post.objects.on(article).for_reading(request.user)[:COMMENTS_ON_A_PAGE]
    return {
        "comments": [present_post(post, request.user, may_reply=may_comment) for post in posts],
        "comment_form": PostForm(person=request.user) if may_comment else None,
    }
