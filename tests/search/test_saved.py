"""Saved searches: a mail about what is new, once, of what its reader may see; and the ways to be rid of it."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from forum.actions import hide_post, moderate_topic, show_post
from forum.models import ModerationAct, Post
from members.models import User
from plans.actions.publish_version import publish_version
from plans.models import Phase
from search import indexing, queries
from search.engines.base import EngineUnavailableError
from search.models import OutboxEntry, SavedSearch
from search.saved import MOST_SAVED, remove_saved_search, save_search
from tests import factories
from tests.plans.making import make_plan, section

LIST = "search:saved_searches"


pytestmark = pytest.mark.usefixtures("empty_index")


def save(person, address="q=gece+otobüsü") -> SavedSearch:
    return save_search(by=person, parameters=QueryDict(address))


def send() -> list[str]:
    """Whom the mails of one day go to."""
    indexing.drain()
    mail.outbox.clear()
    call_command("tell_of_news", verbosity=0)
    return sorted(address for message in mail.outbox for address in message.to)


def send_a_day_later() -> list[str]:
    SavedSearch.objects.filter(looked_at__isnull=False).update(looked_at=timezone.now() - timedelta(days=1))
    return send()


@pytest.fixture
def saved(member) -> SavedSearch:
    return save(member)


@pytest.fixture
def topic(saved, city, another_member):
    """What is new to `saved`."""
    return factories.topic(city, another_member, title="Gece otobüsleri kaç hatta?")


def told(person, client_of) -> list[str]:
    searches = client_of(person).get(reverse(LIST)).context["searches"]
    return [found.title for search in searches for found in search["told"]]


def test_a_mail_says_that_there_is_something_new_and_the_page_says_what(topic, saved, member, client_of):
    assert send() == [member.email]
    [message] = mail.outbox
    for word in ("gece", "otobüs", "ornekkent"):
        assert word not in (message.subject + message.body).lower()
    assert f"{reverse(LIST)}#a{saved.pk}" in message.body
    assert "Yeni sonuç sayısı: 1" in message.body
    assert told(member, client_of) == [topic.title]


def test_nothing_is_told_twice(topic, saved, member, city, another_member, client_of):
    assert send() == [member.email]
    assert send_a_day_later() == []
    newer = factories.topic(city, another_member, title="Gece otobüsü pahalı")
    assert send() == []  # one mail a day
    assert send_a_day_later() == [member.email]
    assert "Yeni sonuç sayısı: 1" in mail.outbox[0].body
    assert told(member, client_of) == [newer.title, topic.title]


def test_a_text_that_changes_is_not_new(topic, saved, member):
    send()
    Post.objects.on(topic).get().save()
    assert send_a_day_later() == []


def test_what_was_there_before_and_what_one_writes_oneself_is_not_new(city, member, another_member):
    factories.topic(city, another_member, title="Gece otobüsü durağı")
    save(member)
    own = factories.topic(city, member, title="Gece otobüsü gelsin")
    factories.reply(Post.objects.on(own).get(), member, "Gece otobüsü gelmedi.")
    assert send() == []


@pytest.mark.parametrize(
    ("address", "is_told"),
    [
        ("q=otobüs+gece", True),
        ("q=otobusu", True),
        ("q=gece+tramvayı", False),
        ("q=gece+-otobüs", False),
        ('q="otobüsleri+gece"', False),
        ("q=otobüs&kent=ornekkent&tur=topic", True),
        ("q=otobüs&kent=isikli", False),
        ("q=otobüs+tür:yorum", False),
        ("q=otobüs+tarih:2001", False),
        ("tema=parklar", True),
        ("tema=bakim", False),
    ],
)
def test_told_is_what_has_all_of_the_words_within_the_narrowings(
    address, is_told, city, other_city, member, another_member
):
    save(member, address)
    factories.topic(city, another_member, title="Gece otobüsleri kaç hatta?")
    assert send() == ([member.email] if is_told else [])


def test_what_the_person_may_not_see_is_not_told_even_by_a_stale_index(topic, moderator):
    indexing.drain()
    moderate_topic(by=moderator, topic=topic, verb=ModerationAct.Verb.HIDE_TOPIC, reason="Karışık")
    OutboxEntry.objects.all().delete()
    assert send() == []


def test_a_plan_for_members_is_told_to_members_alone(city, editor, member, stranger):
    plan = make_plan(city, {"Ulaşım": [section("Otobüs", "Gece otobüsü sık gelir.")]}, by=editor)
    begins = timezone.now() - timedelta(minutes=1)
    Phase.objects.create(plan=plan, kind=Phase.Kind.DRAFT, audience=Phase.Audience.MEMBERS, starts_at=begins)
    save(member)
    save(stranger)
    publish_version(by=editor, plan=plan)
    assert send() == [member.email]


def test_what_comes_to_light_later_is_told_then(topic, saved, member, moderator, another_member):
    opening = Post.objects.on(topic).get()
    reply = factories.reply(opening, another_member, "Gece otobüsü bir saat bekletti.")
    hide_post(by=moderator, post=reply, reason="Bakılacak")
    assert send() == [member.email]
    show_post(by=moderator, post=reply)
    assert send_a_day_later() == [member.email]


def test_a_mail_that_fails_is_sent_by_the_next_run_and_stops_no_other(topic, saved, moderator, member, monkeypatch):
    SavedSearch.objects.create(user=moderator, address=saved.address, saved_at=saved.saved_at)
    really = EmailBackend.send_messages

    def refuse(backend, messages):
        if messages[0].to == [member.email]:
            raise ConnectionRefusedError("away")
        return really(backend, messages)

    with monkeypatch.context() as away:
        away.setattr(EmailBackend, "send_messages", refuse)
        assert send() == [moderator.email]
    assert send() == [member.email]
    assert send_a_day_later() == []


def test_while_the_engine_is_away_nothing_is_lost(topic, member, monkeypatch):
    def away():
        raise EngineUnavailableError("away")

    indexing.drain()
    with monkeypatch.context() as outage:
        outage.setattr(queries, "current_engine", away)
        with pytest.raises(CommandError):
            call_command("tell_of_news")
    assert send() == [member.email]


def test_two_runs_at_once_send_one_mail(topic, member, monkeypatch):
    really = EmailBackend.send_messages

    def run_again(backend, messages):
        monkeypatch.setattr(EmailBackend, "send_messages", really)
        call_command("tell_of_news", verbosity=0)
        return really(backend, messages)

    indexing.drain()
    monkeypatch.setattr(EmailBackend, "send_messages", run_again)
    call_command("tell_of_news", verbosity=0)
    assert [message.to for message in mail.outbox] == [[member.email]]


@pytest.mark.parametrize("change", [{"wants_mails": False}, {"is_active": False}])
def test_who_wants_no_mails_or_has_left_gets_none(topic, member, change):
    User.objects.filter(pk=member.pk).update(**change)
    assert send() == []


def test_the_mail_has_a_way_out_that_needs_no_signing_in(topic, member, client):
    send()
    way_out = re.search(r"http\S+/kayitli/dur/\S+", mail.outbox[0].body)[0]
    page = client.get(way_out)
    assert "gece" not in page.content.decode().lower()
    assert SavedSearch.objects.count() == 1  # programs follow links
    assert "artık e-posta gelmiyor" in client.post(way_out, follow=True).content.decode()
    assert SavedSearch.objects.count() == 0
    assert client.post(way_out, follow=True).status_code == 200
    assert client.get(way_out[:-2] + "x/").status_code == 404


def test_a_search_is_saved_from_its_page_and_removed_from_the_list(member, client_of, city):
    client = client_of(member)
    page = client.get(reverse("search:search"), {"q": "durak", "kent": "ornekkent", "sirala": "yeni"})
    assert not page.context["is_saved"]
    for _twice in range(2):
        answer = client.post(page.context["save_url"], follow=True)
    assert [search["label"] for search in answer.context["searches"]] == ["durak · Örnekkent"]
    assert client.get(answer.context["searches"][0]["url"]).context["is_saved"]
    client.post(reverse("search:remove_saved_search", args=[member.saved_searches.get().pk]))
    assert not member.saved_searches.exists()


def test_who_is_signed_out_signs_in_first_and_comes_back(client, member, client_of):
    address = client.get(reverse("search:search"), {"q": "durak"}).context["save_url"]
    answer = client.post(address)
    assert answer.status_code == 302
    assert address.split("?")[0] in answer.url
    assert "durak" in client_of(member).get(address).content.decode()
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("address", ["", "q=", "q=!!!", "sirala=yeni", "tur="])
def test_where_nothing_is_asked_nothing_is_saved(address, member, client_of):
    answer = client_of(member).post(f"{reverse('search:save_search')}?{address}", follow=True)
    assert "Henüz kaydedilecek bir şey yok" in answer.content.decode()
    assert not SavedSearch.objects.exists()


def test_there_is_an_end_to_what_is_saved(member, client_of):
    for number in range(MOST_SAVED):
        save(member, f"q=durak+{number}")
    answer = client_of(member).post(f"{reverse('search:save_search')}?q=fazla", follow=True)
    assert "Önce birini silin" in answer.content.decode()
    assert member.saved_searches.count() == MOST_SAVED


def test_nobody_sees_or_removes_what_somebody_else_has_saved(saved, another_member, client_of):
    client = client_of(another_member)
    assert client.get(reverse(LIST)).context["searches"] == []
    assert client.post(reverse("search:remove_saved_search", args=[saved.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        remove_saved_search(by=another_member, saved=saved)


def test_saved_searches_go_with_their_owner(saved, member):
    member.delete()
    assert not SavedSearch.objects.exists()


def test_the_list_takes_as_many_queries_for_many_as_for_few(
    topic, member, city, another_member, client_of, django_assert_num_queries
):
    send()
    client = client_of(member)
    client.get(reverse(LIST))
    with django_assert_num_queries(9) as few:
        client.get(reverse(LIST))
    for number in range(5):
        save(member, f"q=durak+{number}&kent=ornekkent")
        factories.topic(city, another_member, title=f"Durak {number}, gece otobüsü")
    send_a_day_later()
    with django_assert_num_queries(len(few)):
        client.get(reverse(LIST))
