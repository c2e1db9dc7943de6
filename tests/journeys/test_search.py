"""Somebody finds a discussion on a phone, without Turkish letters; somebody else with the keyboard alone."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from tests import factories

PHONE = {"width": 360, "height": 740}


def test_on_a_phone_without_turkish_letters_and_mistyped(open_page, city, other_city, member):
    topic = factories.topic(city, member, title="Gece otobüsü", body="Durakların aydınlatması yetersiz.")
    factories.topic(city, member, title="Pazar yeri", body="Gölgelik yok.")
    page = open_page()
    page.set_viewport_size(PHONE)
    page.goto(reverse("search:search"))
    page.locator("#search-page").fill("durak aydinlatmasi")
    page.locator("#search-page").press("Enter")
    expect(page.locator(".hit__title a")).to_have_text(["Gece otobüsü"])
    expect(page.locator(".hit mark").first).to_be_visible()

    page.locator("#search-page").fill("otobsü")
    page.locator("#search-page").press("Enter")
    page.locator("main p a[href*='otob']").click()
    expect(page.locator("#search-page")).to_have_value("otobüsü")
    page.locator(".hit__title a").click()
    expect(page).to_have_url(re.compile(re.escape(topic.get_absolute_url())))


def test_suggestions_are_chosen_with_the_keyboard_alone(open_page, city, member):
    topic = factories.topic(city, member, title="Gece otobüsü kaç hatta?")
    factories.topic(city, member, title="Gece yürüyüşü")
    page = open_page()
    page.goto(reverse("search:search"))
    box = page.get_by_role("combobox", name="Arama").last
    box.focus()
    page.keyboard.type("gece")
    options = page.get_by_role("option")
    expect(options).to_have_count(2)
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_have_value("gece")
    page.keyboard.type(" oto")
    expect(options).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(topic.get_absolute_url())))


def test_filters_narrow_and_what_is_asked_stays(open_page, city, other_city, member):
    factories.topic(city, member, title="Gece otobüsü")
    stranger = factories.person(other_city, "member")
    factories.topic(other_city, stranger, title="Gece treni")
    page = open_page()
    page.goto(f"{reverse('search:search')}?q=gece")
    expect(page.locator(".hit")).to_have_count(2)
    page.get_by_role("navigation", name="Kent").get_by_role("link", name="Işıklı").click()
    expect(page.locator(".hit__title a")).to_have_text(["Gece treni"])
    page.locator("#search-page").fill("gece tren")
    page.locator("#search-page").press("Enter")
    expect(page).to_have_url(re.compile("kent=isikli"))
    expect(page.locator(".hit__title a")).to_have_text(["Gece treni"])
