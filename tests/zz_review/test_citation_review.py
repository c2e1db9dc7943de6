"""Found by reading: small things of the forum."""
import pytest
from django.urls import reverse

from forum import actions
from forum.models import Post
from tests import factories


def test_a_post_of_a_picture_alone_is_not_an_empty_post(city, member):
    topic = factories.topic(city, member)
    with_picture = factories.reply(Post.objects.on(topic).get(), member, "![Bozuk kaldırımın fotoğrafı](https://ornek.example/a.jpg)")
    assert "kaldırım" in with_picture.body_html


def test_board_page_queries(client, city, member, django_assert_max_num_queries):
    counts = []
    for n in (1, 20):
        for i in range(n):
            factories.topic(city, factories.person(city, "member"), title=f"Konu {n} {i}")
        url = factories.board(city).get_absolute_url()
        client.get(url)
        with django_assert_max_num_queries(100) as captured:
            client.get(url)
        counts.append(len(captured))
    assert counts[0] == counts[1], counts


def test_too_large_a_body_is_a_designed_page(client_of, city, member):
    topic = factories.topic(city, member)
    browser = client_of(member)
    browser.raise_request_exception = False
    response = browser.post(reverse("forum:reply_to_topic", args=[topic.pk]), {"body": "a" * (2 * 1024 * 1024 + 10)}, content_type="application/x-www-form-urlencoded") if False else browser.post(reverse("forum:reply_to_topic", args=[topic.pk]), "body=" + "a" * (2 * 1024 * 1024 + 10), content_type="application/x-www-form-urlencoded")
    assert 'class="error-page' in response.content.decode(), (response.status_code, response.content[:200])
