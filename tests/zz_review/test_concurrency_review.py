"""Run with .ci/with-postgres: two requests at once."""

import threading

import pytest
from django.db import connections
from django.urls import reverse

from forum import actions
from forum.models import Post, Topic
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def at_once(*jobs):
    errors, barrier = [], threading.Barrier(len(jobs))

    def run(job):
        try:
            barrier.wait()
            job()
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    [t.start() for t in threads]
    [t.join() for t in threads]
    return errors


def test_a_topic_sent_twice_at_once_is_kept_once(city, member):
    board = factories.board(city)
    for number in range(5):
        at_once(*[lambda: actions.open_topic(author=member, board=board, title=f"Konu {number}", body="Söz")] * 2)
    assert Topic.objects.count() == 5


def test_a_reply_sent_twice_at_once_is_kept_once(city, member):
    topic = factories.topic(city, member)
    opening = Post.objects.on(topic).get()
    for number in range(5):
        at_once(*[lambda: actions.post_comment(author=member, target=topic, body=f"Söz {number}", parent=opening)] * 2)
    assert Post.objects.on(topic).count() == 6


def test_a_name_taken_twice_at_once_is_a_message(city):
    people = [factories.UserFactory() for _ in range(2)]
    from django.core.exceptions import ValidationError

    from members.actions import change_profile

    bad = []
    for n in range(5):
        errors = at_once(
            *[lambda p=p: change_profile(user=p, display_name=f"Aynı ad {n}", wants_mails=True) for p in people]
        )
        bad += [e for e in errors if not isinstance(e, ValidationError)]
    assert not bad, bad


def test_counts_after_many_at_once(city, member):
    topic = factories.topic(city, member)
    opening = Post.objects.on(topic).get()
    people = [factories.UserFactory() for _ in range(6)]
    errors = at_once(
        *[
            lambda p=p: [
                actions.post_comment(author=p, target=topic, body=f"{p} {i}", parent=opening) for i in range(5)
            ]
            for p in people
        ]
    )
    assert errors == []
    topic.refresh_from_db()
    assert topic.post_count == 31
    assert Post.objects.get(pk=opening.pk).child_count == 30
    assert len(set(Post.objects.on(topic).values_list("path", flat=True))) == 31
    Post.objects.all().delete
    from search.models import OutboxEntry

    print("left in outbox", OutboxEntry.objects.count())


def test_lock_and_answer_at_once(city, member, moderator):
    """Behind a lock on the topic, an answer is refused once it is locked."""
    from django.core.exceptions import PermissionDenied

    from forum.models import ModerationAct

    late = []
    for n in range(10):
        topic = factories.topic(city, member, title=f"Konu {n}")
        opening = Post.objects.on(topic).get()
        stale = Topic.objects.get(pk=topic.pk)
        actions.moderate_topic(by=moderator, topic=topic, verb=ModerationAct.Verb.LOCK_TOPIC, reason="x")
        try:
            actions.post_comment(author=member, target=stale, body="Geç", parent=opening)
            late.append(n)
        except PermissionDenied:
            pass
    assert not late, late


@pytest.mark.parametrize("parameters", [{"from": "\x00"}])
def test_nul_in_from(client, city, member, parameters):
    client.raise_request_exception = False
    topic = factories.topic(city, member)
    assert client.get(topic.get_absolute_url(), parameters).status_code == 200


@pytest.mark.parametrize(
    ("name", "data"), [("members:choose_city", {"city": "\x00"}), ("members:join", {"city": "\x00"})]
)
def test_nul_in_posted_city(client, member, name, data):
    client.raise_request_exception = False
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(reverse(name), data).status_code == 404


def test_nul_in_the_city_cookie(client, db):
    client.raise_request_exception = False
    response = client.get("/tr/kentler/", headers={"cookie": 'kent="\\000"'})
    assert response.status_code == 200


def test_a_number_too_great(client, db):
    client.raise_request_exception = False
    assert client.get("/tr/forum/gonderi/" + "9" * 30 + "/").status_code == 404
