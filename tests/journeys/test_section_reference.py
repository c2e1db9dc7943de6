"""A topic that names a section of the plan, and the section, lead to each other."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from forum.models import Topic

TITLE = "Gece otobüsü kaç hatta?"


def test_a_topic_links_to_the_section_it_names_and_the_section_shows_the_topic(open_page, city, member, version):
    page = open_page(member)
    page.goto(reverse("forum:board", args=[city.slug, "toplu-tasima"]))
    page.locator("main a[href$='/yeni/']").first.click()
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=body]").fill("§2.1 yalnız iki hattan söz ediyor. §9.9 diye bir bölüm ise yok.")
    page.locator("form:has([name=title]) button[type=submit]:not([name])").click()
    expect(page.locator("h1")).to_have_text(TITLE)

    topic = Topic.objects.get()
    page = open_page()
    page.goto(topic.get_absolute_url())
    expect(page.locator(".post__body a")).to_have_text(["§2.1"])
    expect(page.locator("aside.related li a").first).to_contain_text("Gece ulaşımı")
    page.locator(".post__body a").click()

    expect(page).to_have_url(re.compile(f"{re.escape(version.plan.get_url())}#b-2-1$"))
    discussions = page.locator("#b-2-1 .discussions a")
    expect(discussions).to_have_text([TITLE])
    expect(page.locator("#b-2-2 .discussions")).to_have_count(0)
    discussions.click()
    expect(page.locator("h1")).to_have_text(TITLE)


def test_a_reply_that_is_edited_no_longer_names_the_section(open_page, city, member, version):
    """What a text does not cite any more is not shown at the section."""
    page = open_page(member)
    page.goto(reverse("forum:new_topic", args=[city.slug, "toplu-tasima"]))
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=body]").fill("§2.1 üzerine.")
    page.locator("form:has([name=title]) button[type=submit]:not([name])").click()
    page.locator("article.post a[href$='/duzenle/']").click()
    page.locator("[name=body]").fill("Bölümü yanlış yazmışım.")
    page.locator("form:has([name=body]) button[type=submit]:not([name])").click()
    expect(page.locator("h1")).to_have_text(TITLE)
    page.goto(version.plan.get_url())
    expect(page.locator(".discussions")).to_have_count(0)
