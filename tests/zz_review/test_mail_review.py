"""A mail server that is away, when an editor answers three people at once."""

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from forum.actions import post_comment
from members.models import Role
from plans.actions.answer_comment import answer_comments
from plans.actions.publish_version import publish_version
from plans.models import Answer
from tests import factories
from tests.plans.making import section_of, two_chapters

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_one_mail_that_fails_keeps_the_others_and_the_answer(city, editor, monkeypatch):
    version = publish_version(by=editor, plan=two_chapters(city, by=editor), note="İlk.")
    people = [factories.person(city, Role.MEMBER) for _ in range(3)]
    posts = [post_comment(author=person, target=section_of(version, "1.1"), body=f"Söz {person}") for person in people]
    sent = EmailBackend.send_messages

    def refuse_the_first(self, messages):
        if messages[0].to == [people[0].email]:
            raise ConnectionRefusedError("away")
        return sent(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", refuse_the_first)
    error = None
    try:
        answer_comments(by=editor, posts=posts, decision="noted", reason="Teşekkürler.")
    except ConnectionRefusedError as refused:
        error = refused
    assert Answer.objects.count() == 3  # it is saved …
    assert (error, len(mail.outbox)) == (None, 2)  # … so nobody should read "500", and the others be told


def test_a_turkish_mail_links_to_the_turkish_page(city, editor, member):
    from django.utils import translation

    version = publish_version(by=editor, plan=two_chapters(city, by=editor), note="İlk.")
    post = post_comment(author=member, target=section_of(version, "1.1"), body="Söz")
    with translation.override("en"):  # the editor works in English
        answer_comments(by=editor, posts=[post], decision="noted", reason="Teşekkürler.")
    assert "/tr/" in mail.outbox[-1].body and "/en/" not in mail.outbox[-1].body, mail.outbox[-1].body


def test_a_password_link_leads_to_the_sites_own_address(client, city, member):
    """BASE_URL is what mails use (docs/settings.md); `make run` serves every host."""
    from django.urls import reverse

    client.post(reverse("account_reset_password"), {"email": member.email}, headers={"host": "kotu.example"})
    assert "kotu.example" not in mail.outbox[-1].body
