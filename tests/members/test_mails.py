"""Mails about what concerns a person can be switched off; those about their account cannot."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.template.loader import get_template
from django.urls import reverse

from members.mails import tell

TEMPLATES = Path(settings.BASE_DIR, "templates")
# Whatever is sent by `tell`: all mails but those of allauth.
CONCERNING = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.glob("[!a]*/email/*.txt"))


def tell_of(person) -> bool:
    return tell(person, "Konu", "members/email/base.txt", path=lambda: "/tr/")


def test_who_wants_mails_is_told_and_led_to_the_switch(member):
    assert tell_of(member)
    (message,) = mail.outbox
    assert f"{settings.BASE_URL}/tr/\n" in message.body
    assert reverse("members:profile") in message.body


@pytest.mark.parametrize("switched_off", ["wants_mails", "is_active"])
def test_who_wants_none_or_has_no_account_is_left_alone(member, switched_off):
    setattr(member, switched_off, False)
    assert not tell_of(member)
    assert mail.outbox == []


def test_a_mail_that_was_not_sent_is_not_said_to_be(member, monkeypatch):
    def fail(backend, messages):
        raise ConnectionRefusedError("away")

    monkeypatch.setattr(EmailBackend, "send_messages", fail)
    assert not tell_of(member)


@pytest.mark.parametrize("template", CONCERNING)
def test_every_such_mail_says_how_to_switch_it_off(template):
    given = {"url": "https://örnek.example/metin/", "profile": "https://örnek.example/profil/", "phase": None}
    text = get_template(template).render(given)
    assert given["url"] in text
    assert given["profile"] in text


def test_a_new_password_comes_to_who_wants_no_mails(client, member):
    member.wants_mails = False
    member.save()
    client.post(reverse("account_reset_password"), {"email": member.email})
    (message,) = mail.outbox
    assert message.to == [member.email]
    assert reverse("members:profile") not in message.body
