"""Somebody finds a discussion on a phone, without Turkish letters; somebody else with the keyboard alone."""

import re

from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from tests import factories
from tests.journeys.material import SENTENCE

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


def test_a_hit_in_a_plan_opens_at_its_sentence_without_any_script(open_page, version):
    page = open_page(java_script_enabled=False)
    page.set_viewport_size(PHONE)
    page.goto(f"{reverse('search:search')}?q=yalniz+iki+hat")
    expect(page.locator(".hit .meta").first).to_contain_text("Sürüm 1 · §2.1")
    page.locator(".hit__title a").first.click()
    found = page.locator(".sentence--found")
    expect(found).to_contain_text(SENTENCE)
    expect(found).to_be_in_viewport()


def test_a_search_is_saved_and_a_mail_brings_its_reader_to_what_is_new(open_page, city, member, another_member):
    page = open_page(member)
    page.set_viewport_size(PHONE)
    page.goto(f"{reverse('search:search')}?q=gece+otobusu")
    page.get_by_role("button", name="Yeni sonuçları bildir").click()
    expect(page.get_by_role("heading", level=2)).to_have_text(["gece otobusu"])

    factories.topic(city, another_member, title="Gece otobüsleri kaç hatta?")
    call_command("tell_of_news", verbosity=0)
    [message] = mail.outbox
    to_the_list, way_out = re.findall(r"http\S+", message.body)[:2]
    page.goto("about:blank")
    page.goto(to_the_list)
    page.get_by_role("link", name="Gece otobüsleri kaç hatta?").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Gece otobüsleri kaç hatta?")

    mailbox = open_page()  # signed out
    mailbox.goto(way_out)
    mailbox.get_by_role("button", name="Evet, e-posta gelmesin").click()
    expect(mailbox.get_by_role("heading", level=1)).to_have_text("Bu arama için artık e-posta gelmiyor")
    page.goto(to_the_list)
    expect(page.get_by_role("heading", name="Henüz kayıtlı aramanız yok")).to_be_visible()


def test_where_nothing_is_found_the_forum_is_asked(open_page, city, member):
    page = open_page(member)
    page.set_viewport_size(PHONE)
    page.goto(f"{reverse('search:search')}?q=gözlemevi+nerede")
    page.get_by_role("link", name="Bunu foruma sorun").click()
    page.locator(".theme-card", has_text="Kültür").click()
    expect(page.get_by_label("Başlık")).to_have_value("gözlemevi nerede")
    page.locator("textarea[name=body]").fill("Kentte bir gözlemevi var mı?")
    page.get_by_role("button", name="Konuyu aç").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("gözlemevi nerede")
