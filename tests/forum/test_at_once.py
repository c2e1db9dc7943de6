"""Two requests at once: nothing is written twice, lost, or overwritten by what was read before."""

import threading

import pytest
from django.db import connections

from forum import actions
from forum.models import Post, Topic
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def at_once(*jobs):
    """Run the jobs in threads that start together; gives the errors."""
    errors, barrier = [], threading.Barrier(len(jobs))

    def run(job):
        try:
            barrier.wait()
            job()
        except Exception as error:  # whatever it is, the test looks at it
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


@pytest.fixture
def topic(city, member):
    return factories.topic(city, member)


def test_a_topic_sent_twice_is_kept_once(city, member):
    board = factories.board(city)
    for number in range(5):

        def send(title=f"Konu {number}"):
            actions.open_topic(author=member, board=board, title=title, body="Söz")

        assert [type(error) for error in at_once(send, send)] == [actions.RepeatedPostError]
    assert Topic.objects.count() == 5


def test_a_reply_sent_twice_is_kept_once(topic, member):
    opening = Post.objects.on(topic).get()
    for number in range(5):

        def send(body=f"Söz {number}"):
            actions.post_comment(author=member, target=topic, body=body, parent=opening)

        assert [type(error) for error in at_once(send, send)] == [actions.RepeatedPostError]
    assert Post.objects.on(topic).count() == 6


def test_replies_hidings_and_removals_wait_for_each_other(topic, member, moderator):
    opening = Post.objects.on(topic).get()
    people = [factories.UserFactory() for _number in range(4)]
    spam = [factories.reply(opening, people[0], f"Reklam {number}") for number in range(5)]

    def answer(person):
        for number in range(5):
            actions.post_comment(author=person, target=topic, body=f"{person} {number}", parent=opening)

    def hide():
        for post in spam:
            actions.hide_post(by=moderator, post=post, reason="Reklam")

    def remove():
        actions.remove_post(by=member, post=opening)

    assert at_once(*[lambda person=person: answer(person) for person in people], hide, remove) == []
    topic.refresh_from_db()
    opening.refresh_from_db()
    paths = list(Post.objects.on(topic).values_list("path", flat=True))
    assert topic.post_count == 20
    assert opening.child_count == opening.nested_count == 25
    assert len(set(paths)) == len(paths) == 26
