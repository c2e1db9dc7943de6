"""Pages of a thread by keyset: a page starts at a place, so that the last one is as quick as the first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forum.models import Post, PostQuerySet

PAGE_SIZE = 50


@dataclass(frozen=True)
class ThreadPage:
    """Posts of one page; `previous` and `next` are the paths from which the neighbouring pages start, or None."""

    posts: list[Post]
    previous: str | None
    next: str | None


def thread_page(posts: PostQuerySet, start: str = "", size: int = PAGE_SIZE) -> ThreadPage:
    """The page of one thread's posts that begins at path `start` (a page begins at the root with "")."""
    rows = list(posts.filter(path__gte=start).order_by("path")[: size + 1])
    previous = None
    if start:
        before = list(posts.filter(path__lt=start).order_by("-path").values_list("path", flat=True)[:size])
        previous = before[-1] if before else None
    return ThreadPage(posts=rows[:size], previous=previous, next=rows[size].path if len(rows) > size else None)
