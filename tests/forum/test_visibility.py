"""Who may read what: `visible_to` and `for_reading`, per state of a post and per person."""

import pytest
from django.contrib.auth.models import AnonymousUser

from forum import actions
from forum.models import ModerationAct, Post, Topic
from tests import factories

READERS = ("visitor", "author", "stranger", "moderator", "elsewhere")
# state → who may read the words
MATRIX = {
    "published": {"visitor", "author", "stranger", "moderator", "elsewhere"},
    "held": {"author", "moderator"},
    "hidden": {"author", "moderator"},
    "removed": set(),
}


@pytest.fixture
def people(member, stranger, moderator, other_city):
    return {
        "visitor": AnonymousUser(),
        "author": member,
        "stranger": stranger,
        "moderator": moderator,
        "elsewhere": factories.person(other_city, "moderator"),
    }


@pytest.mark.parametrize("state", MATRIX)
@pytest.mark.parametrize("reader", READERS)
def test_words_are_read_by_those_who_may(state, reader, people, city, member):
    topic = factories.topic(city, member)
    Post.objects.on(topic).update(status=state)
    readable = Post.objects.visible_to(people[reader]).exists()
    assert readable is (reader in MATRIX[state])


def test_a_removed_post_with_replies_leaves_an_empty_place(city, member, another_member):
    topic = factories.topic(city, member)
    opening = Post.objects.on(topic).get()
    factories.reply(opening, another_member)
    actions.remove_post(by=member, post=opening)
    shown = list(Post.objects.on(topic).for_reading(another_member))
    assert [post.readable for post in shown] == [False, True]


def test_posts_of_a_hidden_topic_are_not_found_anywhere(city, member, moderator):
    topic = factories.topic(city, member)
    actions.moderate_topic(by=moderator, topic=topic, verb=ModerationAct.Verb.HIDE_TOPIC, reason="Karışık")
    assert not Topic.objects.visible_to(member).exists()
    assert not Post.objects.visible_to(member).exists()
    assert Post.objects.visible_to(moderator).exists()
