"""`§2.1` in a post means the section that had this number when it was written, for ever."""

import pytest

from forum.actions import edit_post, post_comment
from forum.models import Post
from plans.actions.publish_version import publish_version
from search.models import Citation
from tests import factories
from tests.plans.making import revise, section, section_of, two_chapters


@pytest.fixture
def plan(city, editor):
    return two_chapters(city, by=editor)


@pytest.fixture
def version(plan, editor):
    return publish_version(by=editor, plan=plan, note="Düzeltme.")


@pytest.fixture
def park(version):
    return section_of(version, "1.1")


@pytest.fixture
def topic(city, member, park):
    return factories.topic(city, member, body="§1.1 üzerine. §9.9 diye bir bölüm yok; 51.1 de değil.")


def opening(topic) -> Post:
    return Post.objects.on(topic).get(path="")


def put_a_section_before(plan, editor):
    """The park is §1.2 from now on, and §1.1 another section."""
    revise(plan.chapters.first(), lambda blocks: [section("Yeni", "Yeni bir konu."), *blocks], by=editor)
    return publish_version(by=editor, plan=plan, note="Düzeltme.")


def test_a_sign_links_to_the_section_of_the_citys_plan(topic, park):
    post = opening(topic)
    assert post.body_html.count("<a ") == 1
    assert f'href="{park.neutral_url}"' in post.body_html
    assert [(link.section_key, link.cited_as) for link in Citation.objects.all()] == [(f"section:{park.pk}", "1.1")]


def test_an_edit_keeps_what_a_sign_meant(plan, editor, member, topic, park):
    second = put_a_section_before(plan, editor)
    edit_post(by=member, post=opening(topic), body="§1.1 ve §2.1 üzerine.")
    bus = section_of(second, "2.1")
    assert opening(topic).body_html.count(park.neutral_url) == 1
    assert set(Citation.objects.values_list("section_key", "cited_as")) == {
        (f"section:{park.pk}", "1.1"),
        (f"section:{bus.pk}", "2.1"),
    }


def test_a_new_sign_means_the_section_that_has_the_number_now(plan, editor, member, topic, park):
    second = put_a_section_before(plan, editor)
    later = factories.reply(opening(topic), member, "§1.1 yeni bir bölüm olmuş.")
    assert section_of(second, "1.1").neutral_url in later.body_html
    assert park.neutral_url not in later.body_html


def test_a_sign_that_is_taken_out_links_no_more(member, topic):
    edit_post(by=member, post=opening(topic), body="Yanlış yazmışım.")
    assert not Citation.objects.exists()


def test_a_comment_on_a_section_keeps_its_signs_too_and_is_no_discussion(client, plan, editor, member, park, version):
    comment = post_comment(author=member, target=section_of(version, "2.1"), body="§1.1 ile birlikte.")
    put_a_section_before(plan, editor)
    edit_post(by=member, post=comment, body="§1.1 ile birlikte okunmalı.")
    comment.refresh_from_db()
    assert park.neutral_url in comment.body_html
    assert not Citation.objects.filter(section_key=f"section:{park.pk}").exclude(discussion_key="").exists()


def test_the_topic_says_under_which_number_it_cites_a_renumbered_section(client, plan, editor, topic):
    before = client.get(topic.get_absolute_url()).content.decode()
    assert "§1.1 Parklar" in before
    assert "o zamanki" not in before
    put_a_section_before(plan, editor)
    after = client.get(topic.get_absolute_url()).content.decode()
    assert "§1.2 Parklar" in after
    assert "o zamanki" in after
