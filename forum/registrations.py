"""What the forum tells the others: topics can be discussed, what is discussed stays, and the navigation has an entry."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms import keeping, navigation, openings
from forum import targets
from forum.actions import open_boards
from forum.models import Post, Topic
from forum.paging import PAGE_SIZE
from forum.permissions import can_post_in_topic
from members.models import City
from search.registry import document_key, register_asking


def _forum_url(city: City | None) -> str:
    return reverse("forum:index", args=[city.slug]) if city else reverse("members:cities")


def _asking_url(words: str, city: str, theme: str) -> str:
    return f"{reverse('forum:ask')}?{urlencode({'baslik': words, 'kent': city, 'tema': theme})}"


def _post_url(topic: Topic, post: Post) -> str:
    """In a long topic, the page that begins with the post; on the first page stand as many rows, empty places among them."""
    rows_before = Post.objects.on(topic).filter(path__lt=post.path).count()
    page = f"?from={post.path}" if rows_before >= PAGE_SIZE else ""
    return f"{topic.get_absolute_url()}{page}#p{post.pk}"


def _is_discussed(pages: PageQuerySet) -> str:
    """Comments would lose what they are about."""
    models = [target.model for target in targets.targets() if issubclass(target.model, Page)]
    kinds = ContentType.objects.get_for_models(*models).values()
    keys = pages.order_by().values_list(Cast("pk", CharField()))
    if Post.objects.filter(content_type__in=kinds, object_pk__in=keys).exists():
        return gettext("People have commented on this page, so it cannot be deleted. You can unpublish it instead.")
    return ""


targets.register(
    targets.Target(
        model=Topic,
        city=lambda topic: topic.city,
        visible_to=Topic.objects.visible_to,
        may_comment=lambda user, topic: can_post_in_topic(user, topic),
        title=lambda topic: topic.title,
        theme=lambda topic: topic.board.theme,
        scope=lambda topic: document_key("topic", topic.pk),
        discussion=lambda topic: document_key("topic", topic.pk),
        reading=lambda: Topic.objects.select_related("board__city", "board__theme"),
        url=Topic.get_absolute_url,
        post_url=_post_url,
    )
)
keeping.register(_is_discussed)
register_asking(_asking_url)
openings.register(open_boards)
navigation.register(navigation.Entry(name="forum", label=_("Forum"), order=20, url=_forum_url))
