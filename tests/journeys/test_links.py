"""Discussions and sections find each other: the machine and members propose, editors and moderators decide."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from forum.models import Post, Topic
from plans.actions.publish_version import publish_version
from plans.models import PlanPage
from tests import factories
from tests.journeys.material import CHANGED, SENTENCE
from tests.plans.making import replacing, revise, section

TITLE = "Gece otobüsü yok, eve dönemiyoruz"
BODY = "Gece çalışanlar eve dönmekte zorlanıyor, otobüsler saat 23.00’ten sonra çalışmıyor, duraklar karanlık."
with_and_without_script = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])


@pytest.fixture
def topic(city, member, version) -> Topic:
    """About §2.1, which is proposed for it."""
    return factories.topic(city, member, title=TITLE, body=BODY, theme="toplu-tasima")


def proposal(page: Page, words: str) -> object:
    return page.locator(".proposal").filter(has_text=words)


def decide(page: Page, words: str, button: str) -> None:
    proposal(page, words).get_by_role("button", name=button).click()


@with_and_without_script
def test_an_editor_confirms_on_the_topics_page_in_one_click(open_page, topic, editor, version, script):
    page = open_page(editor, java_script_enabled=script)
    page.goto(topic.get_absolute_url())
    expect(proposal(page, "Gece ulaşımı")).to_contain_text("ortak sözcükler")
    decide(page, "Gece ulaşımı", "Onayla")
    expect(page.locator("h1")).to_have_text(TITLE)
    expect(page.locator(".links__list")).to_contain_text("§2.1 Gece ulaşımı")
    expect(page.locator(".links__list")).to_contain_text("Kentte gece çalışanlar eve dönmekte zorlanıyor")

    page = open_page()
    page.goto(topic.get_absolute_url())
    expect(page.locator(".links__list")).to_contain_text(f"{editor.display_name} onayladı")
    page.goto(version.plan.get_url())
    expect(page.locator("#b-2-1 .discussions a")).to_have_text([TITLE])


@with_and_without_script
def test_an_editor_decides_at_the_sections_margin(open_page, topic, editor, version, script):
    page = open_page(editor, java_script_enabled=script)
    page.goto(version.plan.get_url())
    margin = page.locator("#b-2-1 .plan-section__margin")
    margin.get_by_text("Önerilen bağlantılar (1)").click()
    margin.get_by_role("button", name="Reddet").click()
    expect(page).to_have_url(re.compile("#b-2-1$"))
    expect(page.get_by_text("Bağlanmadı; bir daha önerilmez.")).to_be_visible()
    expect(margin).to_have_count(0)

    page.goto(topic.get_absolute_url())
    page.get_by_text("Reddedilen bağlantılar (1)").click()
    page.get_by_role("button", name="Yine de bağla").click()
    expect(page.locator(".links__list").first).to_contain_text("§2.1 Gece ulaşımı")


def test_what_was_rejected_is_not_proposed_again_when_the_topic_is_edited(open_page, topic, editor, member):
    page = open_page(editor)
    page.goto(topic.get_absolute_url())
    decide(page, "Gece ulaşımı", "Reddet")
    expect(page.get_by_text("Reddedilen bağlantılar (1)")).to_be_visible()

    writer = open_page(member)
    writer.goto(reverse("forum:edit_post", args=[Post.objects.on(topic).get().pk]))
    writer.locator("[name=body]").fill(f"{BODY} Gece otobüsleri iki hatta kaldı.")
    writer.locator("form:has([name=body]) button[type=submit]:not([name])").click()
    expect(writer.locator(".post__body")).to_contain_text("iki hatta kaldı")

    page.goto(topic.get_absolute_url())
    expect(page.locator(".post__body")).to_contain_text("iki hatta kaldı")
    expect(proposal(page, "Gece ulaşımı")).to_have_count(0)


@with_and_without_script
def test_a_member_proposes_and_a_moderator_confirms(open_page, topic, another_member, moderator, version, script):
    page = open_page(another_member, java_script_enabled=script)
    page.goto(topic.get_absolute_url())
    page.get_by_role("link", name="Planın bir bölümüne bağla").click()
    page.locator("[name=neden]").fill("Yürüyüşte bu duraklar gezildi.")
    page.locator("[name=bolum]").fill("9.9")
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("#form-errors")).to_be_visible()
    expect(page.locator("[name=neden]")).to_have_value("Yürüyüşte bu duraklar gezildi.")
    page.locator("[name=bolum]").fill("2.2")
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("h1")).to_have_text(TITLE)
    expect(proposal(page, "Durak yürüyüşü")).to_contain_text("Editör ya da moderatör onayı bekliyor")

    page = open_page(moderator, java_script_enabled=script)
    page.goto(topic.get_absolute_url())
    expect(proposal(page, "Durak yürüyüşü")).to_contain_text(f"{another_member.display_name} önerdi")
    decide(page, "Durak yürüyüşü", "Onayla")
    linked = page.locator(".links__list").first
    expect(linked).to_contain_text("“Yürüyüşte bu duraklar gezildi.”")
    expect(linked).to_contain_text(f"{moderator.display_name} onayladı")


def rewritten(plan: PlanPage, editor) -> None:
    """The text of §2.1 becomes a section of its own making, after a new one; then one of its sentences changes."""
    text = f"Kentte gece çalışanlar eve dönmekte zorlanıyor. {SENTENCE} Duraklar iyi aydınlatılır."
    made_anew = [section("Bilet", "Biletler ucuzlar."), section("Gece yolculuğu", text)]
    for change in (lambda blocks: [*made_anew, *blocks[1:]], replacing(SENTENCE, CHANGED)):
        revise(plan.chapters[1], change, by=editor)
        publish_version(by=editor, plan=plan, note="Yeniden yazıldı.")


def test_a_link_follows_the_text_and_the_topic_says_that_it_has_changed(open_page, topic, editor, version):
    page = open_page(editor)
    page.goto(topic.get_absolute_url())
    decide(page, "Gece ulaşımı", "Onayla")
    expect(page.locator(".links__list")).to_contain_text("§2.1 Gece ulaşımı")
    expect(page.get_by_text("Metni o zamandan beri değişti")).to_have_count(0)
    rewritten(version.plan, editor)

    page = open_page()
    page.goto(topic.get_absolute_url())
    linked = page.locator(".links__list")
    expect(linked).to_contain_text("§2.2 Gece yolculuğu")
    expect(linked).to_contain_text("en az beş hatta")
    expect(linked).to_contain_text(f"{editor.display_name} onayladı")
    page.get_by_role("link", name="Metni o zamandan beri değişti").click()
    expect(page).to_have_url(re.compile("/surum/3/fark/1/#b-2-2$"))
    expect(page.locator("#b-2-2")).to_contain_text("yalnız iki")


@with_and_without_script
def test_the_editors_map(open_page, topic, city, member, editor, version, script):
    for title in ("Sokak köpekleri", "Köpeklere mama noktası"):
        factories.topic(city, member, title=title, body="Sokak köpeklerine mama ile su gerek.")
    page = open_page(editor, java_script_enabled=script)
    page.goto(version.plan.get_url())
    page.get_by_role("link", name="Planın haritası").click()
    figures = page.locator(".map-figures > div")
    expect(figures.filter(has_text="Konuşulmayan bölümler")).to_contain_text("3")
    page.locator(".map-figures a[href='#bekleyenler']").click()
    decide(page, TITLE, "Onayla")

    expect(page).to_have_url(re.compile("/harita/#bekleyenler$"))
    expect(page.locator("#bekleyenler")).to_have_count(0)
    expect(figures.filter(has_text="Konuşulmayan bölümler")).to_contain_text("2")
    row = page.locator(".plan-map tr").filter(has_text="§2.1")
    expect(row.locator("td").last).to_have_text("1")
    expect(row.get_by_role("link", name=TITLE)).to_be_visible()
    expect(page.locator(".plan-map__silent")).to_have_count(2)

    cluster = page.locator("section:has(#degmeyen) .rows > li")
    expect(cluster).to_have_count(1)
    expect(cluster.locator("h3")).to_contain_text("mama")
    cluster.get_by_role("link", name="Bir bölüme bağla").first.click()
    page.locator("[name=bolum]").fill("1.1")
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator(".links__list")).to_contain_text("§1.1 Kim, neyi yapar?")
