"""Links between discussions and plan sections: proposed by the machine and by members, decided by editors and moderators."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forum.actions import hide_post
from forum.models import Post
from members.models import Role
from plans.actions.publish_version import publish_version
from search.indexing import drain
from search.linking import discussions_of, proposals, sections_of
from search.links import LinkedAlreadyError, RejectedLinkError, decide_link, propose_link
from search.models import Link
from search.references import read_reference
from tests import factories
from tests.plans.making import make_plan, replacing, revise, section, section_of

State = Link.State
LIGHTS = "Karanlık duraklara lamba konur, sönen lambalar bir haftada onarılır."
NURSERIES = "Kreşler vardiyalı çalışanlar için akşam yediye kadar açık kalır."


pytestmark = pytest.mark.usefixtures("empty_index")


@pytest.fixture
def plan(city, editor):
    chapters = {
        "Ulaşım": [section("Duraklar", LIGHTS), section("Seferler", "Son otobüs gece yarısı kalkar.")],
        "Bakım": [section("Kreşler", NURSERIES), section("Yaşlılar", "Evde destek sırası yayımlanır.")],
    }
    return make_plan(city, chapters, by=editor)


@pytest.fixture
def version(plan, editor):
    return publish_version(by=editor, plan=plan)


@pytest.fixture
def stops(version):
    return section_of(version, "1.1")


@pytest.fixture
def nurseries(version):
    return section_of(version, "2.1")


@pytest.fixture
def topic(city, member, version):
    return talk(city, member)


def talk(city, author, title="Durağımız karanlık", body="Durakta lambalar yanmıyor, sönen lamba onarılmıyor."):
    topic = factories.topic(city, author, title=title, body=body)
    drain()
    return topic


def key(obj) -> str:
    return f"{'topic' if hasattr(obj, 'board') else 'section'}:{obj.pk}"


def link_between(section, topic) -> Link:
    return Link.objects.get(section_key=key(section), discussion_key=key(topic))


def test_the_section_that_a_topic_is_about_is_proposed_with_the_words_in_common(topic, stops, nurseries):
    link = link_between(stops, topic)
    assert (link.state, link.proposed_by, link.score is None) == (State.PROPOSED, None, False)
    assert link.score > 0
    assert any(word.startswith("lamba") for word in link.words)
    assert not Link.objects.filter(section_key=key(nurseries)).exists()


def test_nobody_sees_a_proposal_but_who_decides(topic, stops, member, editor, moderator, client, client_of):
    address = topic.get_absolute_url()
    link = link_between(stops, topic)
    decide = reverse("search:decide_link", args=[link.pk])
    for reader, sees in (
        (client, False),
        (client_of(member), False),
        (client_of(editor), True),
        (client_of(moderator), True),
    ):
        page = reader.get(address).content.decode()
        assert (decide in page) is sees
    assert discussions_of(member, [key(stops)]) == {}


def test_one_click_confirms_and_who_and_when_is_kept(topic, stops, moderator, client, client_of, plan):
    link = link_between(stops, topic)
    sent = {"karar": "onay", "geri": topic.get_absolute_url()}
    answer = client_of(moderator).post(reverse("search:decide_link", args=[link.pk]), sent)
    assert (answer.status_code, answer.url) == (302, topic.get_absolute_url())
    link.refresh_from_db()
    assert (link.state, link.decided_by) == (State.CONFIRMED, moderator)
    assert link.decided_at is not None
    assert topic.title in client.get(plan.get_url()).content.decode()
    page = client.get(topic.get_absolute_url()).content.decode()
    assert "§1.1 Duraklar" in page
    assert "Karanlık duraklara lamba konur" in page  # what the plan says today
    assert moderator.display_name in page


def test_what_is_rejected_is_never_proposed_again(topic, stops, plan, editor, member):
    decide_link(by=editor, link=link_between(stops, topic), confirmed=False)
    revise(plan.chapters[0], replacing("bir haftada", "üç günde"), by=editor)
    publish_version(by=editor, plan=plan, note="Düzeltme.")
    drain()
    assert link_between(stops, topic).state == State.REJECTED
    assert proposals(editor, discussion_key=key(topic)) == []
    with pytest.raises(RejectedLinkError):
        propose_link(by=member, section_key=key(stops), discussion_key=key(topic))
    propose_link(by=editor, section_key=key(stops), discussion_key=key(topic))  # who decides may change their mind
    assert link_between(stops, topic).state == State.CONFIRMED


def test_proposals_follow_what_both_say(topic, stops, plan, editor):
    revise(plan.chapters[0], replacing(LIGHTS, "Bilet fiyatları yayımlanır."), by=editor)
    publish_version(by=editor, plan=plan, note="Düzeltme.")
    drain()
    assert not any(word.startswith("lamba") for word in link_between(stops, topic).words)


@pytest.mark.parametrize("role", ["member", "stranger", "foreign editor"])
def test_others_decide_nothing(role, topic, stops, other_city, request):
    link = link_between(stops, topic)
    person = factories.person(other_city, Role.EDITOR) if role == "foreign editor" else request.getfixturevalue(role)
    with pytest.raises(PermissionDenied):
        decide_link(by=person, link=link, confirmed=True)
    link.refresh_from_db()
    assert link.state == State.PROPOSED


def test_a_member_proposes_and_who_decides_links_at_once(topic, nurseries, stops, member, editor, client_of):
    address = f"{reverse('search:propose_link')}?konu={key(topic)}"
    assert client_of(member).post(address, {"bolum": "2.1", "neden": "Kreşe giden durak."}).status_code == 302
    link = link_between(nurseries, topic)
    assert (link.state, link.proposed_by, link.reason) == (State.PROPOSED, member, "Kreşe giden durak.")
    with pytest.raises(LinkedAlreadyError):
        propose_link(by=member, section_key=key(nurseries), discussion_key=key(topic))
    assert client_of(editor).post(address, {"bolum": stops.get_absolute_url()}).status_code == 302
    assert link_between(stops, topic).state == State.CONFIRMED


@pytest.mark.parametrize("typed", ["9.9", "", "x", "§", "https://ornek.org/", "/tr/bolum/yok/", "\x001.1"])
def test_what_is_no_section_is_said_and_stays(typed, topic, member, client_of):
    address = f"{reverse('search:propose_link')}?konu={key(topic)}"
    answer = client_of(member).post(address, {"bolum": typed, "neden": "Şundan ötürü."})
    assert answer.status_code in (200, 400)
    assert "Şundan ötürü." in answer.content.decode() or answer.status_code == 400
    assert not Link.objects.filter(proposed_by=member).exists()


@pytest.mark.parametrize("konu", ["", "topic:0", "topic:x", "section:1", "yok:1", "topic:" + "9" * 40])
def test_only_a_discussion_is_linked(konu, member, client_of, version):
    assert client_of(member).get(reverse("search:propose_link"), {"konu": konu}).status_code == 404


def test_a_pasted_address_links_at_once(city, member, version, stops, plan, client):
    place = f"http://testserver{plan.get_url()}#b-2-1"
    body = f"Bakın: http://testserver{stops.get_absolute_url()} ve {place}"
    topic = talk(city, member, title="Adresler", body=body)
    linked = {one.section.key for one in sections_of(member, key(topic))}
    assert linked == {key(stops), key(section_of(version, "2.1"))}


def test_an_address_or_a_number_is_read(city, version, stops, plan):
    for typed in (
        "1.1",
        "§1.1",
        "§ 1.1",
        stops.get_absolute_url(),
        f"{plan.get_url()}#b-1-1",
        f"{plan.get_url()}surum/1/#b-1-1",
        f"{plan.get_url()}surum/1/?cumle=b-1-1-c0#b-1-1-c0",
    ):
        assert read_reference(typed, city).key == key(stops), typed
    for typed in ("1", f"{plan.get_url()}#b-1", "/baska/plan/#b-1-1", "bolum"):
        found = read_reference(typed, city)
        assert found is None or found.key != key(stops)


def test_the_topic_says_when_the_section_has_changed_since(topic, stops, plan, editor, client):
    decide_link(by=editor, link=link_between(stops, topic), confirmed=True)
    assert "Metni o zamandan beri değişti" not in client.get(topic.get_absolute_url()).content.decode()
    revise(plan.chapters[0], replacing("bir haftada", "üç günde"), by=editor)
    publish_version(by=editor, plan=plan, note="Düzeltme.")
    page = client.get(topic.get_absolute_url()).content.decode()
    assert "Metni o zamandan beri değişti" in page
    assert f"{plan.get_url()}surum/2/fark/1/#b-1-1" in page
    assert "üç günde" in page


def test_links_go_with_the_text_of_a_section_that_was_made_anew(topic, stops, plan, editor, client):
    decide_link(by=editor, link=link_between(stops, topic), confirmed=True)
    revise(plan.chapters[0], lambda blocks: [section("Durak ışıkları", LIGHTS), *blocks[1:]], by=editor)
    newest = publish_version(by=editor, plan=plan, note="Yeniden yazıldı.")
    heir = section_of(newest, "1.1")
    assert heir != stops
    link = link_between(heir, topic)
    assert (link.state, link.followed_from) == (State.CONFIRMED, key(stops))
    assert topic.title in client.get(plan.get_url()).content.decode()


def test_a_renumbered_section_keeps_its_discussions(topic, stops, plan, editor, client):
    decide_link(by=editor, link=link_between(stops, topic), confirmed=True)
    revise(plan.chapters[0], lambda blocks: [section("Yeni", "Bambaşka bir konu."), *blocks], by=editor)
    publish_version(by=editor, plan=plan, note="Eklendi.")
    assert "§1.2 Duraklar" in client.get(topic.get_absolute_url()).content.decode()


def test_a_hidden_topic_is_beside_no_section(topic, stops, plan, editor, moderator, client):
    decide_link(by=editor, link=link_between(stops, topic), confirmed=True)
    hide_post(by=moderator, post=Post.objects.on(topic).get(), reason="Adres")
    assert topic.title not in client.get(plan.get_url()).content.decode()
    assert topic.title not in client.get(reverse("plans:map", args=[plan.pk])).content.decode()


def test_the_sections_of_another_city_are_proposed_too(stops, other_city, plan, client):
    author = factories.person(other_city, Role.MEMBER)
    there = talk(other_city, author)
    link = link_between(stops, there)
    decide_link(by=factories.person(stops.city, Role.EDITOR), link=link, confirmed=True)
    assert other_city.name in client.get(plan.get_url()).content.decode()


def test_the_map_says_what_is_talked_about_what_not_and_what_the_plan_lacks(
    topic, stops, plan, editor, member, city, client, client_of
):
    for title in ("Sokak köpekleri", "Köpeklere mama"):
        talk(city, member, title=title, body="Sokak köpeklerine mama noktası gerek.")
    decide_link(by=editor, link=link_between(stops, topic), confirmed=True)
    address = reverse("plans:map", args=[plan.pk])
    page = client.get(address).content.decode()
    assert topic.title in page
    assert page.count("plan-map__silent") == 3
    covered, uncovered = page.split('id="degmeyen"')
    assert "Sokak köpekleri" in uncovered
    assert "Sokak köpekleri" not in covered
    assert topic.title not in uncovered


def test_the_editor_decides_on_the_map(topic, stops, plan, editor, client, client_of):
    address = reverse("plans:map", args=[plan.pk])
    decide = reverse("search:decide_link", args=[link_between(stops, topic).pk])
    assert decide in client_of(editor).get(address).content.decode()
    assert decide not in client.get(address).content.decode()


def test_the_map_costs_the_same_for_many_discussions(topic, plan, city, member, client, django_assert_num_queries):
    address = reverse("plans:map", args=[plan.pk])
    client.get(address)
    with django_assert_num_queries(15) as asked:
        client.get(address)
    for number in range(3):
        talk(city, member, title=f"Durak {number}", body=f"Durakta {number} lamba yanmıyor.")
    with django_assert_num_queries(len(asked)):
        client.get(address)


@pytest.mark.parametrize("sent", [{}, {"karar": ""}, {"karar": "belki"}])
def test_no_decision_is_no_rejection(sent, topic, stops, editor, client_of):
    link = link_between(stops, topic)
    assert client_of(editor).post(reverse("search:decide_link", args=[link.pk]), sent).status_code == 400
    link.refresh_from_db()
    assert link.state == State.PROPOSED


def test_who_decides_otherwise_than_somebody_else_did_meanwhile_is_told(topic, stops, editor, moderator, client_of):
    link = link_between(stops, topic)
    decide_link(by=editor, link=link, confirmed=True)
    sent = {"karar": "ret", "durum": State.PROPOSED, "geri": topic.get_absolute_url()}
    page = client_of(moderator).post(reverse("search:decide_link", args=[link.pk]), sent, follow=True).content.decode()
    assert f"{editor.display_name} bağlantıyı onayladı" in page
    link.refresh_from_db()
    assert (link.state, link.decided_by) == (State.CONFIRMED, editor)


def test_who_decides_sees_what_was_rejected_and_may_link_it_after_all(
    topic, stops, editor, moderator, client, client_of
):
    link = link_between(stops, topic)
    decide_link(by=editor, link=link, confirmed=False)
    address = topic.get_absolute_url()
    assert "Reddedilen bağlantılar" not in client.get(address).content.decode()
    page = client_of(moderator).get(address).content.decode()
    assert "Reddedilen bağlantılar" in page
    assert editor.display_name in page
    sent = {"karar": "onay", "durum": State.REJECTED, "geri": address}
    client_of(moderator).post(reverse("search:decide_link", args=[link.pk]), sent)
    assert link_between(stops, topic).state == State.CONFIRMED


def test_what_the_text_cites_waits_for_no_decision(topic, stops, editor, another_member):
    assert proposals(editor, discussion_key=key(topic))
    reply = factories.reply(Post.objects.on(topic).get(), another_member, "Bakın §1.1.")
    assert proposals(editor, discussion_key=key(topic)) == []
    hide_post(by=factories.person(topic.city, Role.MODERATOR), post=reply, reason="Adres")
    assert proposals(editor, discussion_key=key(topic))


def test_the_proposal_of_somebody_whose_account_is_gone_stays(topic, nurseries, member, editor):
    gone = factories.person(topic.city, Role.MEMBER)
    propose_link(by=gone, section_key=key(nurseries), discussion_key=key(topic), reason="Kreşin durağı.")
    gone.delete()
    topic.save()
    drain()
    assert link_between(nurseries, topic).reason == "Kreşin durağı."


def test_an_editor_who_takes_up_what_was_rejected_gives_the_reason(topic, nurseries, member, editor):
    link = propose_link(by=member, section_key=key(nurseries), discussion_key=key(topic), reason="Belki.")
    decide_link(by=editor, link=link, confirmed=False)
    propose_link(by=editor, section_key=key(nurseries), discussion_key=key(topic), reason="Kreşin durağı bu.")
    link.refresh_from_db()
    assert (link.state, link.proposed_by, link.reason) == (State.CONFIRMED, editor, "Kreşin durağı bu.")


def test_what_is_removed_or_closed_cannot_be_proposed_and_what_was_typed_stays(
    topic, stops, plan, editor, member, client_of
):
    revise(plan.chapters[0], lambda blocks: blocks[1:], by=editor)
    publish_version(by=editor, plan=plan, note="Çıkarıldı.")
    address = f"{reverse('search:propose_link')}?konu={key(topic)}"
    answer = client_of(member).post(address, {"bolum": stops.get_absolute_url(), "neden": "Şundan ötürü."})
    assert answer.status_code == 200
    assert "Şundan ötürü." in answer.content.decode()


def test_back_leads_nowhere_else(topic, stops, editor, client_of):
    sent = {"karar": "ret", "geri": "https://kotu.example/"}
    answer = client_of(editor).post(reverse("search:decide_link", args=[link_between(stops, topic).pk]), sent)
    assert answer.url == "/"


def test_the_pages_cost_the_same_for_many_links(topic, stops, version, city, member, editor, client_of):
    """On the topic's page, the section's, and the reading page of an editor."""
    reader = client_of(editor)
    sections = [section_of(version, number) for number in ("1.1", "1.2", "2.1", "2.2")]
    addresses = [
        topic.get_absolute_url(),
        reverse("plans:section_comments", args=[stops.pk, version.number]),
        version.plan.get_url(),
    ]
    decide_link(by=editor, link=link_between(stops, topic), confirmed=True)
    propose_link(by=member, section_key=key(sections[1]), discussion_key=key(topic))
    first = [count_queries(reader, address) for address in addresses]
    for place in sections[2:]:
        propose_link(by=editor, section_key=key(place), discussion_key=key(topic))
    for number in range(3):
        other = talk(city, member, title=f"Durak {number}", body=f"Durakta {number} lamba yanmıyor.")
        decide_link(by=editor, link=link_between(stops, other), confirmed=True)
        propose_link(by=member, section_key=key(sections[1]), discussion_key=key(other))
    assert [count_queries(reader, address) for address in addresses] == first == [19, 14, 17]


def count_queries(reader, address) -> int:
    reader.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert reader.get(address).status_code == 200
    return len(queries)
