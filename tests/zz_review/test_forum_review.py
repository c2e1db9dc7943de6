"""Each test says how it should be; each fails today."""
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from forum import actions
from forum.models import ModerationAct, Post, Topic
from search.models import Link
from tests import factories


@pytest.fixture
def topic(city, member):
    return factories.topic(city, member)


@pytest.fixture
def opening(topic):
    return Post.objects.on(topic).get()


LONG = "Uzun uzun yazdığım yanıt"


def test_reply_to_a_post_removed_meanwhile_keeps_the_words(client_of, opening, member, another_member):
    parent = factories.reply(opening, member, "Silinecek")
    actions.remove_post(by=member, post=parent)
    response = client_of(another_member).post(reverse("forum:reply", args=[parent.pk]), {"body": LONG})
    assert LONG in response.content.decode() or another_member.drafts.exists(), response.status_code


def test_reply_to_a_post_hidden_meanwhile_keeps_the_words(client_of, opening, member, another_member, moderator):
    parent = factories.reply(opening, member, "Gizlenecek")
    actions.hide_post(by=moderator, post=parent, reason="x")
    response = client_of(another_member).post(reverse("forum:reply", args=[parent.pk]), {"body": LONG})
    assert LONG in response.content.decode() or another_member.drafts.exists(), response.status_code


def test_reply_to_a_topic_hidden_meanwhile_keeps_the_words(client_of, topic, another_member, moderator):
    actions.moderate_topic(by=moderator, topic=topic, verb=ModerationAct.Verb.HIDE_TOPIC, reason="x")
    response = client_of(another_member).post(reverse("forum:reply_to_topic", args=[topic.pk]), {"body": LONG})
    assert LONG in response.content.decode() or another_member.drafts.exists(), response.status_code


def test_edit_of_a_post_whose_topic_was_hidden_meanwhile_keeps_the_words(client_of, topic, opening, member, moderator):
    actions.moderate_topic(by=moderator, topic=topic, verb=ModerationAct.Verb.HIDE_TOPIC, reason="x")
    response = client_of(member).post(reverse("forum:edit_post", args=[opening.pk]), {"body": LONG})
    assert LONG in response.content.decode() or member.drafts.exists(), response.status_code


def test_new_topic_of_who_is_no_longer_a_member_keeps_the_words(client_of, city, stranger):
    url = reverse("forum:new_topic", args=[city.slug, "parklar"])
    response = client_of(stranger).post(url, {"title": "Başlık", "body": LONG})
    assert LONG in response.content.decode() or stranger.drafts.exists(), response.status_code


def test_a_topic_whose_opening_was_removed_can_be_answered(client_of, topic, opening, member, another_member):
    factories.reply(opening, another_member)
    actions.remove_post(by=member, post=opening)
    browser = client_of(another_member)
    offered = reverse("forum:reply_to_topic", args=[topic.pk]) in browser.get(topic.get_absolute_url()).content.decode()
    response = browser.post(reverse("forum:reply_to_topic", args=[topic.pk]), {"body": LONG})
    assert not offered or response.status_code == 302


def test_a_removed_post_is_not_published_again_by_a_moderator_who_saw_it_before(opening, topic, member, moderator, another_member):
    post = factories.reply(opening, another_member, "Telefon numaram")
    actions.hide_post(by=moderator, post=post, reason="x")
    seen_by_moderator = Post.objects.get(pk=post.pk)
    actions.remove_post(by=another_member, post=Post.objects.get(pk=post.pk))
    try:
        actions.show_post(by=moderator, post=seen_by_moderator)
    except PermissionDenied:
        pass
    assert Post.objects.get(pk=post.pk).status == Post.Status.REMOVED


def test_a_removed_post_is_not_given_back_to_moderators_by_hiding(opening, moderator, another_member):
    post = factories.reply(opening, another_member, "Telefon numaram")
    seen = Post.objects.get(pk=post.pk)
    actions.remove_post(by=another_member, post=Post.objects.get(pk=post.pk))
    try:
        actions.hide_post(by=moderator, post=seen, reason="x")
    except PermissionDenied:
        pass
    assert Post.objects.get(pk=post.pk).status == Post.Status.REMOVED


def test_a_locked_topic_is_not_rewritten(topic, opening, member, moderator):
    actions.moderate_topic(by=moderator, topic=topic, verb=ModerationAct.Verb.LOCK_TOPIC, reason="x")
    with pytest.raises(PermissionDenied):
        actions.edit_post(by=member, post=Post.objects.get(pk=opening.pk), body="Bambaşka bir söz")


def test_double_click_at_the_deepest_level_is_kept_once(opening, another_member, settings):
    settings.COMMENTS_XTD_MAX_THREAD_LEVEL = 1
    deep = factories.reply(opening, another_member, "Birinci")
    factories.reply(deep, another_member, "Aynı söz")
    with pytest.raises(actions.RepeatedPostError):
        factories.reply(deep, another_member, "Aynı söz")


def test_a_reply_with_the_words_of_the_post_answered_is_no_double_click(opening, member):
    factories.reply(opening, member, opening.comment)


def test_permalink_leads_to_the_page_where_the_post_stands_among_empty_places(client, city, member, another_member):
    topic = factories.topic(city, member)
    opening = Post.objects.on(topic).get()
    for n in range(30):
        parent = factories.reply(opening, another_member, f"Üst {n}")
        factories.reply(parent, member, f"Alt {n}")
        actions.remove_post(by=another_member, post=parent)
    last = Post.objects.on(topic).last()
    page = client.get(reverse("forum:post", args=[last.pk]), follow=True)
    assert f'id="p{last.pk}"' in page.content.decode()


@pytest.mark.parametrize("marker", ["²", "99999999999999999999999999"])
def test_no_marker_is_an_error(client, topic, marker):
    assert client.get(topic.board.get_absolute_url(), {"sonra": marker}).status_code == 200


@pytest.mark.parametrize("path", ["gonderi/{}/", "gonderi/{}/yanitla/", "konu/{}/x/"])
def test_a_number_too_great_is_404(client_of, db, member, path):
    assert client_of(member).get("/tr/forum/" + path.format("9" * 30)).status_code == 404


def test_nul_in_from(client, topic):
    assert client.get(topic.get_absolute_url(), {"from": "\x00"}).status_code == 200


def test_nul_in_city(client, city):
    assert client.post(reverse("members:choose_city"), {"city": "\x00"}).status_code == 404


def test_a_removed_opening_takes_its_title_and_name_along(client, topic, opening, member):
    actions.remove_post(by=member, post=opening)
    page = client.get(topic.board.get_absolute_url()).content.decode()
    assert topic.title not in page and member.display_name not in page


def test_a_removed_post_no_longer_links_sections(topic, opening, another_member):
    reply = factories.reply(opening, another_member, "x")
    Link.objects.create(section_key="section:1", discussion_key=f"topic:{topic.pk}", cited_in=f"post:{reply.pk}", cited_as="2.3")
    actions.remove_post(by=another_member, post=reply)
    assert not Link.objects.filter(cited_in=f"post:{reply.pk}").exists()


def test_moderation_page_queries(client_of, city, topic, opening, member, another_member, moderator, django_assert_max_num_queries):
    browser = client_of(moderator)
    url = reverse("forum:moderation", args=[city.slug])
    counts = []
    for rounds in (1, 10):
        for n in range(rounds):
            author = factories.UserFactory()
            post = factories.reply(opening, author, f"Söz {rounds} {n}")
            actions.hide_post(by=moderator, post=post, reason="x")
        browser.get(url)
        with django_assert_max_num_queries(500) as captured:
            browser.get(url)
        counts.append(len(captured))
    assert counts[0] == counts[1], counts


def test_last_post_at_after_the_last_was_hidden(topic, opening, another_member, moderator):
    before = Topic.objects.get(pk=topic.pk).last_post_at
    spam = factories.reply(opening, another_member, "Reklam")
    actions.hide_post(by=moderator, post=spam, reason="reklam")
    assert Topic.objects.get(pk=topic.pk).last_post_at == before


def test_preview_after_the_session_ended_is_no_page(client, db):
    response = client.post(reverse("forum:preview"), {"body": "x"}, follow=True)
    assert response.status_code != 200 or "<html" not in response.content.decode()


def test_a_preview_leaves_the_draft(client_of, topic, another_member):
    from members.models import Draft
    url = reverse("forum:reply_to_topic", args=[topic.pk])
    Draft.objects.create(user=another_member, path=url, fields={"body": LONG})
    client_of(another_member).post(url, {"body": LONG, "onizle": "1"})
    assert another_member.drafts.exists()


def test_a_refused_text_leaves_the_draft(client_of, topic, another_member):
    from members.models import Draft
    url = reverse("forum:reply_to_topic", args=[topic.pk])
    Draft.objects.create(user=another_member, path=url, fields={"body": LONG})
    client_of(another_member).post(url, {"body": ""})
    assert another_member.drafts.exists()


def test_a_moderators_reason_survives_the_end_of_the_session(client, opening, moderator):
    url = reverse("forum:hide_post", args=[opening.pk])
    client.post(url, {"reason": LONG})
    client.post(reverse("account_login"), {"login": moderator.email, "password": factories.PASSWORD})
    assert LONG in client.get(url).content.decode()


def test_signed_out_posts_are_limited(client, topic, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "post": "2/m"}
    url = reverse("forum:reply_to_topic", args=[topic.pk])
    statuses = [client.post(url, {"body": LONG}).status_code for _ in range(4)]
    assert 429 in statuses, statuses


def test_the_session_draft_of_one_person_is_not_shown_to_another(client, topic, member, another_member):
    url = reverse("forum:reply_to_topic", args=[topic.pk])
    client.force_login(member)
    from django.contrib.sessions.models import Session
    client.cookies.clear()  # session has ended
    client.post(url, {"body": "Adayın sırrı burada"})
    client.post(reverse("account_login"), {"login": another_member.email, "password": factories.PASSWORD})
    assert "Adayın sırrı" not in client.get(url).content.decode()


@pytest.mark.parametrize("how", ["removed", "hidden"])
def test_the_words_of_a_removed_or_hidden_opening_are_nowhere(client_of, city, member, another_member, moderator, how):
    topic = factories.topic(city, member, body="Adresim: Gül Sokak 5")
    opening = Post.objects.on(topic).get()
    factories.reply(opening, another_member)
    if how == "removed":
        actions.remove_post(by=member, post=opening)
    else:
        actions.hide_post(by=moderator, post=opening, reason="adres")
    page = client_of(another_member).get(reverse("forum:reply_to_topic", args=[topic.pk]))
    assert "Gül Sokak 5" not in page.content.decode()
