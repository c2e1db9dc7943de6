"""What somebody may not see is in no hit, count, filter or suggestion from the moment it is so, even if the index has not
heard of it; and who may see it goes on finding it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from forum.actions import hide_post, moderate_topic, post_comment, remove_post
from forum.models import ModerationAct, Post
from knowledge.models import ExplainerPage, KnowledgeIndexPage
from plans.actions.comment_on_section import comment_on_section
from plans.actions.publish_version import publish_version
from plans.models import Phase
from search import indexing
from search.engine import current_engine
from search.models import OutboxEntry
from tests import factories
from tests.plans.making import section_of, two_chapters

WORD = "Zerdali"


@pytest.fixture(autouse=True)
def _empty_index(db):
    current_engine().rebuild([])


@pytest.fixture
def outage(monkeypatch):
    """From now on the index hears of nothing."""

    def begin():
        indexing.drain()
        monkeypatch.setattr(indexing, "drain", lambda: 0)

    return begin


def seen(client) -> dict[str, object]:
    """What a search for the word tells: addresses, total, counts by kind, suggestions."""
    page = client.get(reverse("search:search"), {"q": WORD}).context
    counts = {
        option["label"]: option["count"]
        for filter_ in page["filters"]
        for option in filter_["options"]
        if filter_["legend"] == "Tür"
    }
    suggested = client.get(reverse("search:suggestions"), {"q": WORD[:4]}).json()["suggestions"]
    return {
        "urls": {hit["url"] for hit in page["hits"]},
        "total": page["total"],
        "counts": counts,
        "suggested": {one["url"] for one in suggested},
    }


def assert_unseen(client, url: str, others: int) -> None:
    found = seen(client)
    assert url not in found["urls"]
    assert url not in found["suggested"]
    assert found["total"] == others == len(found["urls"])
    assert found["counts"].get("Tümü", others) == others


@pytest.fixture
def topic(city, member):
    return factories.topic(city, member, title=f"{WORD} ağaçları", body="Kesilmesin.")


@pytest.fixture
def another_topic(city, member):
    return factories.topic(city, member, title=f"{WORD} bahçesi", body="Güzel.")


@pytest.mark.parametrize("stale", [False, True])
def test_a_hidden_topic_and_its_posts(client, topic, another_topic, another_member, moderator, outage, stale):
    factories.reply(Post.objects.on(topic).get(), another_member, f"{WORD} olsun.")
    indexing.drain()
    assert seen(client)["total"] == 3
    if stale:
        outage()
    moderate_topic(by=moderator, topic=topic, verb=ModerationAct.Verb.HIDE_TOPIC, reason="Adres")
    if not stale:
        indexing.drain()
    assert_unseen(client, topic.get_absolute_url(), others=1)


@pytest.mark.parametrize("change", ["hide", "remove"])
def test_a_hidden_or_removed_post(client, topic, another_member, moderator, outage, change):
    post = factories.reply(Post.objects.on(topic).get(), another_member, f"{WORD} olsun.")
    outage()
    assert seen(client)["total"] == 2
    if change == "hide":
        hide_post(by=moderator, post=post, reason="Adres")
    else:
        remove_post(by=another_member, post=post)
    assert_unseen(client, post.get_absolute_url(), others=1)


def test_a_topic_of_which_every_post_was_removed(client, topic, another_topic, member, outage):
    outage()
    remove_post(by=member, post=Post.objects.on(topic).get())
    assert_unseen(client, topic.get_absolute_url(), others=1)


def test_a_plan_in_a_phase_for_members(client, client_of, city, editor, member, another_member, topic, outage):
    """Sections and comments: the running phase decides, without any row of theirs changing."""
    plan = two_chapters(city, by=editor)
    version = publish_version(by=editor, plan=plan)
    section = section_of(version, "1.1")
    comment = comment_on_section(author=another_member, section=section, version=version, body=f"{WORD} yok.")
    outage()
    assert seen(client)["total"] == 2
    Phase.objects.create(
        plan=plan,
        kind=Phase.Kind.DRAFT,
        audience=Phase.Audience.MEMBERS,
        starts_at=timezone.now() - timedelta(minutes=1),
    )
    assert_unseen(client, comment.get_absolute_url(), others=1)
    assert comment.get_absolute_url() in seen(client_of(member))["urls"]
    assert seen(client_of(member))["total"] == 2


def test_an_unpublished_article_and_what_was_said_below_it(client, topic, outage, explainer, member):
    remark = post_comment(author=member, target=explainer, body=f"{WORD} sarıdır.")
    outage()
    assert {explainer.get_url(), remark.get_absolute_url()} < seen(client)["urls"]
    assert seen(client)["total"] == 3
    explainer.unpublish()
    assert_unseen(client, explainer.get_url(), others=1)


@pytest.fixture
def explainer(db, city):
    parent = KnowledgeIndexPage.objects.first()
    page = ExplainerPage(title=f"{WORD} nedir?", slug="zerdali", summary="Bir meyve.")
    parent.add_child(instance=page)
    return page


def test_what_waits_for_the_index_is_left_out_until_it_is_there(client, topic, another_topic, outage):
    outage()
    topic.title = f"Bambaşka {WORD}"
    topic.save()
    assert OutboxEntry.objects.filter(kind="topic", object_pk=str(topic.pk)).exists()
    assert_unseen(client, topic.get_absolute_url(), others=1)
