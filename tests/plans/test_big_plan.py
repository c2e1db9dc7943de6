"""The reading page of a plan with 200 sections and 2,000 comments: few queries, few bytes, and no comment out of reach."""

import gzip

import pytest
from django.urls import reverse

from forum.models import Post
from plans.discussion import BESIDE_A_SECTION
from plans.models import Anchor
from tests.plans.big_plan import COMMENTS, SECTIONS, make_big_plan

BYTES = 150_000


@pytest.fixture
def version(city, editor):
    return make_big_plan(city, by=editor)


def crowded(version):
    """The section with the most comments."""
    keys = list(Anchor.objects.filter(version=version, section__isnull=False).values_list("section", flat=True))
    return max(set(keys), key=keys.count)


def test_it_is_as_large_as_it_says(version):
    assert version.texts.exclude(kind="chapter").count() == SECTIONS
    assert Anchor.objects.filter(version=version).count() == COMMENTS
    assert Post.objects.filter(quote__version=version).count() == COMMENTS
    for post in Post.objects.filter(quote__version=version, child_count__gt=0)[:5]:
        assert Post.objects.filter(thread_id=post.thread_id).count() == 2


# Signed in: the session, and the person with their roles.
@pytest.mark.parametrize(("who", "queries"), [("nobody", 10), ("member", 12), ("editor", 12)])
def test_it_is_read_with_few_queries(request, client, client_of, version, who, queries, django_assert_num_queries):
    reader = client if who == "nobody" else client_of(request.getfixturevalue(who))
    reader.get(version.plan.get_url())
    with django_assert_num_queries(queries):
        response = reader.get(version.plan.get_url())
    assert response.status_code == 200


def test_it_weighs_little_as_it_is_sent(client_of, version, editor):
    response = client_of(editor).get(version.plan.get_url(), headers={"accept-encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.content) < BYTES
    assert b"</html>" in gzip.decompress(response.content)


def test_the_comments_of_a_section_are_had_when_asked_for(client, version, django_assert_num_queries):
    section = crowded(version)
    page = client.get(version.plan.get_url()).content.decode()
    assert 'class="comment"' not in page
    address = reverse("plans:section_comments", args=[section, version.number])
    assert f'href="{address}"' in page
    beside = client.get(f"{address}yaninda/").content.decode()
    assert beside.count('class="comment"') == BESIDE_A_SECTION
    assert f'href="{address}"' in beside  # the others


def test_an_address_of_a_comment_brings_its_sections_comments_along(client, version, django_assert_num_queries):
    section = crowded(version)
    post = Post.objects.filter(quote__anchors__section=section, status="published").order_by("quote__anchors__start")[0]
    arrived = client.get(post.get_absolute_url(), follow=True)
    assert arrived.status_code == 200
    assert f'id="p{post.pk}"' in arrived.content.decode()
    with django_assert_num_queries(10 + 4):  # their posts, answers, changes and suggestions
        client.get(arrived.redirect_chain[-1][0])


def test_what_nobody_may_read_is_not_counted(client, version):
    section = crowded(version)
    anchors = Anchor.objects.filter(version=version, section=section)
    shown = anchors.filter(quote__post__status="published").count()
    assert shown < anchors.count()
    beside = client.get(f"{reverse('plans:section_comments', args=[section, version.number])}yaninda/")
    assert f"{shown} yorum" in beside.content.decode()
