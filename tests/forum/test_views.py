import pytest
from django.urls import reverse

from forum import actions
from forum.models import ModerationAct, Post, Topic
from tests import factories

MODERATION_QUERIES = 8


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


WORDS = "Uzun uzun yazdığım söz"


def assert_kept(response, person):
    """The page says no, and the words are in it and among the person's drafts."""
    assert response.status_code == 403
    assert WORDS in response.content.decode()
    assert person.drafts.get().fields["body"] == WORDS


@pytest.mark.parametrize("how", ["removed", "hidden"])
def test_an_answer_to_what_is_gone_meanwhile_keeps_the_words(
    client_of, opening, member, another_member, moderator, how
):
    parent = factories.reply(opening, member, "Gidecek")
    url, browser = reverse("forum:reply", args=[parent.pk]), client_of(another_member)
    assert browser.get(url).status_code == 200
    take_away(parent, how, moderator)
    assert_kept(browser.post(url, {"body": WORDS}), another_member)
    assert browser.get(url).status_code == 404


def take_away(post, how, moderator):
    if how == "removed":
        actions.remove_post(by=post.user, post=post)
    else:
        actions.hide_post(by=moderator, post=post, reason="Adres")


def test_words_for_a_topic_that_was_hidden_meanwhile_are_kept(
    client_of, topic, opening, member, another_member, moderator
):
    actions.moderate_topic(by=moderator, topic=topic, verb=ModerationAct.Verb.HIDE_TOPIC, reason="x")
    answered = client_of(another_member).post(reverse("forum:reply_to_topic", args=[topic.pk]), {"body": WORDS})
    assert_kept(answered, another_member)
    assert_kept(client_of(member).post(reverse("forum:edit_post", args=[opening.pk]), {"body": WORDS}), member)


def test_words_of_who_is_no_member_are_kept_until_they_join(client_of, city, stranger):
    url, browser = reverse("forum:new_topic", args=[city.slug, "parklar"]), client_of(stranger)
    refused = browser.post(url, {"title": "Başlık", "body": WORDS})
    assert refused.status_code == 403
    assert "saklandı" in refused.content.decode()
    browser.post(reverse("members:join"), {"city": city.slug, "next": url})
    page = browser.get(url).content.decode()
    assert WORDS in page
    assert 'value="Başlık"' in page


@pytest.mark.parametrize("how", ["removed", "hidden"])
def test_the_words_of_an_opening_that_is_gone_are_nowhere(client_of, city, another_member, moderator, how):
    author = factories.person(city, "member", display_name="Gülsüm Ersoy")
    topic = factories.topic(city, author, body="Adresim: Gül Sokak 5")
    opening = Post.objects.on(topic).get()
    factories.reply(opening, another_member)
    take_away(opening, how, moderator)
    browser, url = client_of(another_member), reverse("forum:reply_to_topic", args=[topic.pk])
    assert url in browser.get(topic.get_absolute_url()).content.decode()
    page = browser.get(url).content.decode()
    assert "Gül Sokak 5" not in page
    assert "Gülsüm" not in page
    assert browser.post(url, {"body": WORDS}).status_code == 302


def test_a_topic_of_which_nothing_can_be_read_is_not_listed(client, client_of, topic, opening, member, moderator):
    take_away(opening, "hidden", moderator)
    addresses = [topic.get_absolute_url(), topic.board.get_absolute_url()]
    assert [topic.title in client.get(address).content.decode() for address in addresses] == [False, False]
    assert "Adres" in client_of(member).get(addresses[0]).content.decode()  # why, for its author
    actions.show_post(by=moderator, post=opening)
    assert [topic.title in client.get(address).content.decode() for address in addresses] == [True, True]


def test_a_permanent_link_leads_to_the_post_among_empty_places(client, topic, opening, member, another_member):
    for number in range(30):
        parent = factories.reply(opening, another_member, f"Üst {number}")
        factories.reply(parent, member, f"Alt {number}")
        actions.remove_post(by=another_member, post=parent)
    last = Post.objects.on(topic).last()
    page = client.get(reverse("forum:post", args=[last.pk]), follow=True)
    assert f'id="p{last.pk}"' in page.content.decode()


@pytest.mark.parametrize("marker", ["²", "9" * 30, "-1"])
def test_no_marker_is_an_error(client, topic, marker):
    assert client.get(topic.board.get_absolute_url(), {"sonra": marker}).status_code == 200


@pytest.mark.parametrize("path", ["gonderi/{}/", "gonderi/{}/yanitla/", "konu/{}/x/"])
def test_a_number_that_no_row_can_have_is_not_found(client_of, member, path):
    assert client_of(member).get("/tr/forum/" + path.format("9" * 30)).status_code == 404


def test_moderation_takes_as_many_queries_for_many_posts_as_for_one(
    client_of, city, opening, moderator, django_assert_num_queries
):
    browser, url = client_of(moderator), reverse("forum:moderation", args=[city.slug])
    for more in (1, 10):
        for number in range(more):
            post = factories.reply(opening, factories.UserFactory(), f"Söz {more} {number}")
            actions.hide_post(by=moderator, post=post, reason="Adres")
        browser.get(url)
        with django_assert_num_queries(MODERATION_QUERIES):
            page = browser.get(url).content.decode()
    assert "Adres" in page


def test_the_log_says_who_acted_even_when_they_have_left(client_of, city, opening, moderator, coordinator):
    actions.hide_post(by=moderator, post=opening, reason="Adres")
    moderator.delete()
    page = client_of(coordinator).get(reverse("forum:moderation", args=[city.slug])).content.decode()
    assert "None" not in page
    assert "Eski üye" in page


def test_a_preview_for_who_is_signed_out_is_no_page(client, db):
    assert client.post(reverse("forum:preview"), {"body": "x"}).status_code == 403


def test_a_moderators_reason_survives_the_end_of_the_session(client, opening, moderator):
    url = reverse("forum:hide_post", args=[opening.pk])
    asked = client.post(url, {"reason": WORDS})
    client.post(asked.url, {"login": moderator.email, "password": factories.PASSWORD})
    assert WORDS in client.get(url).content.decode()


def test_posts_of_somebody_signed_out_are_limited(client, topic, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "post": "2/m"}
    url = reverse("forum:reply_to_topic", args=[topic.pk])
    statuses = [client.post(url, {"body": WORDS}).status_code for _number in range(4)]
    assert statuses == [302, 302, 429, 429]


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
    client, client_of, city, member, another_member, moderator, django_assert_num_queries
):
    readers = ((client, 6), (client_of(another_member), 11), (client_of(moderator), 11))
    for number, posts in enumerate((10, 1_000)):
        topic = factories.topic(city, member, title=f"Konu {number}")
        _add_posts(topic, another_member, posts)
        for browser, queries in readers:
            browser.get(topic.get_absolute_url())
            with django_assert_num_queries(queries):
                assert browser.get(topic.get_absolute_url()).status_code == 200


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
    client.post(refused.url, {"login": another_member.email, "password": factories.PASSWORD})
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


def test_who_removes_a_text_is_told_what_stays(client_of, city, member, another_member):
    topic = factories.topic(city, member)
    opening = Post.objects.on(topic).get()
    reply = actions.post_comment(author=another_member, target=topic, body="Katılıyorum.", parent=opening)
    stays = "boş kalan yerin altında"
    for post, author in ((reply, another_member), (opening, member)):
        page = client_of(author).get(reverse("forum:remove_post", args=[post.pk])).content.decode()
        assert (stays in page) is (post == opening)
    client_of(another_member).post(reverse("forum:remove_post", args=[reply.pk]))
    assert stays not in client_of(member).get(reverse("forum:remove_post", args=[opening.pk])).content.decode()
