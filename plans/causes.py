"""The comments that may have led to a change of the text."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Exists, OuterRef

from forum.models import Post
from plans.models import Anchor, Answer, Change, PlanPage

TAKEN_UP = (Answer.Decision.ACCEPTED, Answer.Decision.PARTLY)


def comments_by_section(plan: PlanPage) -> dict[str, list[Post]]:
    """By section key, the published comments that stand in it in the current version, with their answers and
    `led_before`, whether they have led to a change already: two queries."""
    anchors = Anchor.objects.filter(version=plan.current_version, section__isnull=False)
    posts = Post.objects.filter(quote__anchors__in=anchors, status=Post.Status.PUBLISHED)
    found: dict[str, list[Post]] = defaultdict(list)
    led_before = Exists(Change.comments.through.objects.filter(post=OuterRef("pk")))
    rows = posts.annotate(led_before=led_before).select_related("user", "answer", "quote").order_by("pk")
    places = dict(anchors.values_list("quote__post_id", "section__key"))
    for post in rows:
        if key := places.get(post.pk):  # none for a comment that was written between the two queries
            found[key].append(post)
    return found


def is_taken_up(post: Post) -> bool:
    answer = getattr(post, "answer", None)
    return answer is not None and answer.decision in TAKEN_UP
