"""What the forum tells the others: topics can be discussed, and the navigation has an entry."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms import navigation
from forum.models import Post, Topic
from forum.paging import PAGE_SIZE
from forum.permissions import can_post_in_topic
from forum.targets import Target, register
from members.models import City


def _forum_url(city: City | None) -> str:
    return reverse("forum:index", args=[city.slug]) if city else reverse("members:cities")


def _post_url(topic: Topic, post: Post) -> str:
    """In a long topic, the page that begins with the post."""
    page = f"?from={post.path}" if topic.post_count > PAGE_SIZE and post.path else ""
    return f"{topic.get_absolute_url()}{page}#p{post.pk}"


register(
    Target(
        model=Topic,
        city=lambda topic: topic.city,
        visible_to=Topic.objects.visible_to,
        may_comment=lambda user, topic: can_post_in_topic(user, topic),
        title=lambda topic: topic.title,
        theme=lambda topic: topic.board.theme,
        reading=lambda: Topic.objects.select_related("board__city", "board__theme"),
        post_url=_post_url,
    )
)
navigation.register(navigation.Entry(name="forum", label=_("Forum"), order=20, url=_forum_url))
