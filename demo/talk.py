"""The demo's forum: topics and replies, dated back as if the city had talked for months."""

from datetime import datetime, timedelta
from typing import Any

from cms.models import Theme
from demo.dates import awake, days_ago
from demo.people import Cast
from demo.reading import CITIES, read_toml
from forum.actions import open_topic, post_comment
from forum.models import Board, Post, Topic


def load_forum(cast: Cast) -> None:
    """All topics of both cities."""
    for slug in CITIES:
        for row in read_toml(f"{slug}/forum.toml")["topic"]:
            _load_topic(cast, cast.cities[slug].pk, row)


def date_post(post: Post, at: datetime) -> None:
    """Make a post look written at `at`."""
    Post.objects.filter(pk=post.pk).update(submit_date=awake(at))


def _load_topic(cast: Cast, city_id: int, row: dict[str, Any]) -> None:
    opened_at = days_ago(row["days_ago"])
    topic, opening = open_topic(
        author=cast.people[row["author"]],
        board=Board.objects.get(city_id=city_id, theme=Theme.objects.get(slug=row["theme"])),
        title=row["title"],
        body=row["body"],
        organisation=cast.organisations.get(row.get("organisation", "")),
    )
    posts, times = [opening], [opened_at]
    for reply in row.get("post", []):
        posts.append(
            post_comment(
                author=cast.people[reply["author"]],
                target=topic,
                body=reply["body"],
                parent=posts[reply["reply_to"]],
                organisation=cast.organisations.get(reply.get("organisation", "")),
            )
        )
        times.append(opened_at + timedelta(hours=reply["hours_after"]))
    for post, at in zip(posts, times, strict=True):
        date_post(post, at)
    Topic.objects.filter(pk=topic.pk).update(created_at=awake(opened_at), last_post_at=awake(max(times)))
