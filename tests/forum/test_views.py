import pytest
from django.urls import reverse

from forum import actions
from forum.models import ModerationAct, Post, Topic
from tests import factories


@pytest.fixture
def topic(city, member):
    return factories.topic(city, member, body="Bankların *yarısı* kırık.")


@pytest.fixture
def opening(topic):
    return Post.objects.on(topic).get()


def test_a_visitor_reads_boards_and_topics(client, city, topic):
    for url in (reverse("forum:index", args=[city.slug]), topic.board.get_absolute_url(), topic.get_absolute_url()):
        page = client.get(url)
        assert page.status_code == 200
        assert topic.title in page.content.decode()


def test_a_member_opens_a_topic(client_of, city, member):
    url = reverse("forum:new_topic", args=[city.slug, "toplu-tasima"])
    response = client_of(member).post(url, {"title": "Gece otobüsü", "body": "Saat 23'ten sonra yok."}, follow=True)
    assert "Gece otobüsü" in response.content.decode()
    assert Topic.objects.get().author == member


def test_a_topic_without_text_comes_back_with_its_title(client_of, city, member):
    url = reverse("forum:new_topic", args=[city.slug, "toplu-tasima"])
    page = client_of(member).post(url, {"title": "Gece otobüsü", "body": ""}).content.decode()
    assert 'value="Gece otobüsü"' in page
    assert not Topic.objects.exists()


def test_who_is_no_member_is_asked_to_join_first(client_of, city, stranger):
    url = reverse("forum:new_topic", args=[city.slug, "parklar"])
    assert client_of(stranger).get(url).status_code == 403


def test_a_signed_in_person_answers(client_of, opening, stranger):
    url = reverse("forum:reply", args=[opening.pk])
    response = client_of(stranger).post(url, {"body": "Bizde de öyle."}, follow=True)
    assert "Bizde de öyle." in response.content.decode()
    assert Post.objects.get(user=stranger).parent_id == opening.pk


def test_an_answer_to_what_was_removed_meanwhile_keeps_the_words(client_of, topic, opening, member, another_member):
    reply = factories.reply(opening, member, "Silinecek")
    url = reverse("forum:reply", args=[reply.pk])
    assert client_of(another_member).get(url).status_code == 200
    Post.objects.filter(pk=opening.pk).update(status=Post.Status.HELD)  # between the check and the lock
    url = reverse("forum:reply_to_topic", args=[topic.pk])
    page = client_of(another_member).post(url, {"body": "Uzun uzun yazdım"})
    assert page.status_code == 200
    assert "Uzun uzun yazdım" in page.content.decode()


def test_scripts_in_a_post_do_not_reach_the_page(client, opening, topic, another_member):
    factories.reply(
        opening, another_member, '<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror="y">'
    )
    page = client.get(topic.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "<img src=x" not in page


def test_a_hidden_post_shows_its_words_to_nobody_else(client, client_of, opening, topic, another_member, moderator):
    reply = factories.reply(opening, another_member, "Telefon numarası")
    client_of(moderator).post(reverse("forum:hide_post", args=[reply.pk]), {"reason": "Kişisel bilgi"})
    assert "Telefon numarası" not in client.get(topic.get_absolute_url()).content.decode()
    assert "Telefon numarası" in client_of(another_member).get(topic.get_absolute_url()).content.decode()
    assert client.get(reverse("forum:post", args=[reply.pk])).status_code == 404


def test_its_author_reads_why_a_post_was_hidden(client_of, opening, topic, another_member, moderator):
    reply = factories.reply(opening, another_member, "Telefon numarası")
    actions.hide_post(by=moderator, post=reply, reason="Kişisel bilgi var")
    page = client_of(another_member).get(topic.get_absolute_url()).content.decode()
    assert "Kişisel bilgi var" in page
    assert moderator.display_name not in page


def test_a_locked_topic_can_be_read_but_not_answered(client_of, topic, opening, another_member, moderator):
    url = reverse("forum:moderate_topic", args=[topic.pk])
    client_of(moderator).post(f"{url}?verb=lock_topic", {"reason": "Konu dağıldı"})
    browser = client_of(another_member)
    assert browser.get(topic.get_absolute_url()).status_code == 200
    assert browser.post(reverse("forum:reply", args=[opening.pk]), {"body": "Bir şey daha"}).status_code == 403


@pytest.mark.parametrize("name", ["forum:edit_post", "forum:remove_post", "forum:hide_post"])
def test_a_stranger_changes_nothing(client_of, opening, another_member, name):
    response = client_of(another_member).post(reverse(name, args=[opening.pk]), {"body": "x", "reason": "x"})
    assert response.status_code == 403
    assert Post.objects.get(pk=opening.pk).comment == opening.comment


def test_a_member_does_not_enter_moderation(client_of, city, member, moderator):
    url = reverse("forum:moderation", args=[city.slug])
    assert client_of(member).get(url).status_code == 403
    assert client_of(moderator).get(url).status_code == 200


def test_the_preview_is_sanitised(client_of, member):
    page = client_of(member).post(reverse("forum:preview"), {"body": "**kalın** <script>x</script>"})
    assert "<strong>kalın</strong>" in page.content.decode()
    assert "<script>" not in page.content.decode()


def test_too_many_posts_are_answered_with_429_and_keep_the_words(client_of, opening, another_member, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "post": "2/m"}
    browser, url = client_of(another_member), reverse("forum:reply", args=[opening.pk])
    for number in range(2):
        assert browser.post(url, {"body": f"Yanıt {number}"}).status_code == 302
    refused = browser.post(url, {"body": "Kaybolmasın"})
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert "Kaybolmasın" in refused.content.decode()


def _add_posts(topic, author, count):
    opening = Post.objects.on(topic).get(path="")
    for number in range(count):
        factories.reply(opening, author, f"Yanıt {number}")


def test_a_topic_page_runs_as_many_queries_for_a_thousand_posts_as_for_ten(
    client_of, city, member, another_member, django_assert_max_num_queries
):
    browser = client_of(another_member)
    counts = []
    for number, posts in enumerate((10, 1_000)):
        topic = factories.topic(city, member, title=f"Konu {number}")
        _add_posts(topic, another_member, posts)
        browser.get(topic.get_absolute_url())
        with django_assert_max_num_queries(20) as captured:
            assert browser.get(topic.get_absolute_url()).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_pages_of_a_long_topic_hold_every_post_once(client, city, member, another_member):
    topic = factories.topic(city, member)
    _add_posts(topic, another_member, 119)
    seen, url = [], topic.get_absolute_url()
    for _page in range(3):
        context = client.get(url).context
        seen += [shown["post"].pk for shown in context["posts"]]
        url = topic.get_absolute_url() + context["next_url"]
    assert context["next_url"] == ""
    assert seen == [post.pk for post in Post.objects.on(topic)]


def test_a_permanent_link_leads_to_the_page_on_which_the_post_stands(client, city, member, another_member):
    topic = factories.topic(city, member)
    _add_posts(topic, another_member, 119)
    last = Post.objects.on(topic).last()
    page = client.get(reverse("forum:post", args=[last.pk]), follow=True)
    assert f'id="p{last.pk}"' in page.content.decode()


def test_words_written_after_the_session_ended_come_back_after_sign_in(client, opening, another_member):
    url = reverse("forum:reply", args=[opening.pk])
    refused = client.post(url, {"body": "Oturumum bitmiş, sözüm kalsın"})
    assert refused.status_code == 302
    assert not Post.objects.filter(comment__contains="sözüm kalsın").exists()
    client.post(reverse("account_login"), {"login": another_member.email, "password": factories.PASSWORD})
    assert "Oturumum bitmiş, sözüm kalsın" in client.get(url).content.decode()


def test_a_post_says_which_role_its_author_has_in_the_city(client, city, member, moderator, other_city):
    topic = factories.topic(city, member)
    opening = Post.objects.on(topic).get()
    factories.reply(opening, moderator, "Moderatörün yanıtı.")
    factories.reply(opening, factories.person(other_city, "editor"), "Başka kentin editörü.")
    page = client.get(topic.get_absolute_url()).content.decode()
    assert page.count("badge--role-moderator") == 1
    assert "badge--role-editor" not in page
    assert "badge--role-member" not in page


def test_words_written_while_the_topic_was_locked_are_given_back_with_the_reason(client_of, city, member, moderator):
    topic = factories.topic(city, member)
    actions.moderate_topic(by=moderator, topic=topic, verb=ModerationAct.Verb.LOCK_TOPIC, reason="Sakinleşelim")
    url = reverse("forum:reply_to_topic", args=[topic.pk])
    response = client_of(member).post(url, {"body": "Uzun uzun yazdıklarım"})
    assert response.status_code == 403
    assert "Uzun uzun yazdıklarım" in response.content.decode()
    assert "Bu tartışma kapandı" in response.content.decode()
