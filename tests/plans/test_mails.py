"""Mails about answers: sent to each, in Turkish, whatever happens to another."""

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import translation

from forum.actions import post_comment
from members.models import Role
from plans.actions.answer_comment import answer_comments
from plans.actions.publish_version import publish_version
from plans.models import Answer
from tests import factories
from tests.plans.making import section_of, two_chapters

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def posts(city, editor):
    version = publish_version(by=editor, plan=two_chapters(city, by=editor), note="İlk.")
    people = [factories.person(city, Role.MEMBER) for _number in range(3)]
    section = section_of(version, "1.1")
    return [post_comment(author=person, target=section, body=f"Söz {person}") for person in people]


def test_a_mail_that_fails_stops_neither_the_answers_nor_the_others(posts, editor, monkeypatch):
    sent = EmailBackend.send_messages

    def refuse_the_first(backend, messages):
        if messages[0].to == [posts[0].user.email]:
            raise ConnectionRefusedError("away")
        return sent(backend, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", refuse_the_first)
    answer_comments(by=editor, posts=posts, decision="noted", reason="Teşekkürler.")
    assert Answer.objects.count() == 3
    assert [message.to for message in mail.outbox] == [[post.user.email] for post in posts[1:]]


def test_a_turkish_mail_links_to_the_turkish_page(posts, editor):
    with translation.override("en"):  # the editor works in English
        answer_comments(by=editor, posts=posts, decision="noted", reason="Teşekkürler.")
    for message in mail.outbox:
        assert "/tr/" in message.body
        assert "/en/" not in message.body
