"""A plan about which much was said: a section's comments come when they are asked for, and every link finds its comment."""

import re

import pytest
from playwright.sync_api import expect

from forum.models import Post
from plans.models import Anchor
from tests.journeys.test_accessibility import breaches
from tests.plans.big_plan import make_big_plan

SECTIONS, COMMENTS = 24, 230


@pytest.fixture
def version(city, editor):
    return make_big_plan(city, by=editor, sections=SECTIONS, comments=COMMENTS)


@pytest.fixture
def anchor(version) -> Anchor:
    """A comment that quotes words, among the first ones of its section."""
    quoting = Anchor.objects.filter(version=version, quote__post__status=Post.Status.PUBLISHED, start__isnull=False)
    return quoting.exclude(quote__exact="").order_by("section", "start")[0]


def section_of(page, version, anchor):
    text = version.texts.get(section=anchor.section)
    return page.locator(f"#{text.fragment}")


def test_a_sections_comments_come_when_they_are_asked_for(open_page, version, anchor):
    page = open_page()
    page.goto(version.plan.get_url())
    section = section_of(page, version, anchor)
    expect(page.locator(".comment")).to_have_count(0)
    section.locator("[data-beside]").click()
    comment = section.locator(f"#p{anchor.quote.post_id}")
    expect(comment).to_be_visible()
    expect(section.locator("[data-beside]")).to_have_count(0)
    expect(section.locator("summary").first).to_be_focused()
    expect(page.locator(".comment")).to_have_count(section.locator(".comment").count())  # of this section alone
    chapter = f"#b-{version.texts.get(section=anchor.section).number.split('.')[0]}"
    assert breaches(page, "a chapter with comments loaded and to load", chapter) == []


def test_marked_words_lead_to_their_comment(open_page, version, anchor):
    page = open_page()
    page.goto(version.plan.get_url())
    section_of(page, version, anchor).locator(f"a.commented[href*='/{anchor.quote.post_id}/']").first.click()
    expect(page.locator(f"#p{anchor.quote.post_id}")).to_be_in_viewport()
    assert page.url.endswith(f"#p{anchor.quote.post_id}")


def test_an_address_with_a_comment_finds_it(open_page, version, anchor):
    page = open_page()
    page.goto(f"{version.plan.get_url()}#p{anchor.quote.post_id}")  # as it was copied when there were few
    expect(page.locator(f"#p{anchor.quote.post_id}")).to_be_in_viewport()


def test_an_address_with_a_comment_finds_it_on_a_page_that_is_open(open_page, version, anchor):
    page = open_page()
    page.goto(version.plan.get_url())
    page.evaluate("name => { window.location.hash = name }", f"p{anchor.quote.post_id}")
    expect(page.locator(f"#p{anchor.quote.post_id}")).to_be_in_viewport()


@pytest.mark.parametrize("width", [360, 1280])
def test_without_a_script_the_comments_have_their_page(open_page, version, anchor, width):
    page = open_page(java_script_enabled=False)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(version.plan.get_url())
    section_of(page, version, anchor).locator("[data-beside]").click()
    expect(page.locator(f"#p{anchor.quote.post_id}")).to_be_visible()


def test_comments_that_cannot_be_loaded_are_read_on_their_page(open_page, version, anchor):
    page = open_page()
    page.goto(version.plan.get_url())
    page.route("**/yaninda/", lambda route: route.fulfill(body="", content_type="text/html"))
    section_of(page, version, anchor).locator("[data-beside]").click()
    expect(page).to_have_url(re.compile("/yorumlar/$"))
    expect(page.locator(f"#p{anchor.quote.post_id}")).to_be_visible()
