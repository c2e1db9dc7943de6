"""A member reads a version and says so; an editor publishes the next one; the member is shown what has changed."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from plans.actions.comment_on_section import comment_on_section
from plans.actions.publish_version import publish_version
from plans.models import PlanVersion, ReadMark
from tests.journeys import material
from tests.journeys.test_accessibility import breaches

WIDTHS = [360, 1280]
REASON = "Hat sayısı yetmiyordu."


@pytest.fixture
def commented(member, version) -> PlanVersion:
    text = version.texts.select_related("section").get(number="2.1")
    comment_on_section(
        author=member, section=text.section, version=version, body="İki hat yetmiyor.", exact=material.SENTENCE
    )
    return version


def mark_as_read(page: Page, number: int) -> None:
    page.locator("#okundu button").click()
    expect(page.locator(".notice--success")).to_contain_text(str(number))
    assert ReadMark.objects.get().version.number == number


def publish(page: Page, version: PlanVersion) -> None:
    """The dry run shows the words of the section and of the quote; the comment is named as what led to the change."""
    page.goto(reverse("plan_publish", args=[version.plan.pk]))
    section = page.locator(".dry-run__section")
    expect(section.locator(".dry-run__words ins")).to_contain_text("en az beş")
    expect(section.locator(".dry-run__comments del")).to_contain_text("yalnız iki")
    section.locator("input[name^=comments-]").check()
    section.locator("input[name^=reason-]").fill(REASON)
    assert breaches(page, "dry run", "main") == []
    page.locator("form:has([name=note]) button[type=submit]").click()
    expect(page.locator(".plan-desk a[href$='/surum/2/']")).to_be_visible()


def read_what_changed(page: Page, version: PlanVersion) -> None:
    """From the reading page, on which the section is marked, to the difference."""
    page.goto(version.plan.get_url())
    expect(page.locator("#b-2-1 .badge--change")).to_be_visible()
    assert page.locator(".toc__note").count() == 1
    page.locator("main .notice--info a").click()
    expect(page).to_have_url(re.compile(r"/surum/2/fark/1/$"))
    section = page.locator("#b-2-1")
    expect(section.locator("del")).to_contain_text("yalnız iki")
    expect(section.locator("ins")).to_contain_text("en az beş")
    expect(section.locator(".why")).to_contain_text(REASON)
    expect(section.locator(".why")).to_contain_text("İki hat yetmiyor.")
    assert breaches(page, "compared", "main") == []


def switch_view(page: Page, width: int) -> None:
    """Side by side where there is room; on a phone the two texts of what changed stand below each other, the rest once."""
    page.locator("main nav a[href='?gorunum=yan']").click()
    old, new = page.locator("#b-2-1 .sides__old.sides__changed"), page.locator("#b-2-1 .sides__new")
    expect(old.locator("ins")).to_have_count(0)
    expect(new.locator("del")).to_have_count(0)
    first, second = old.bounding_box(), new.bounding_box()
    assert first
    assert second
    assert (second["x"] > first["x"]) == (width == 1280)
    assert (second["y"] > first["y"]) == (width == 360)
    expect(page.locator("#b-2-1 .sides__copy").first).to_be_visible(visible=width == 1280)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert breaches(page, "side by side", "main") == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_member_is_shown_what_has_changed_since_they_read_the_plan(open_page, editor, member, commented, width):
    page = open_page(member)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(commented.plan.get_url())
    mark_as_read(page, 1)

    material.revise_plan(by=editor, plan=commented.plan, old=material.SENTENCE, new=material.CHANGED)
    desk = open_page(editor)
    desk.set_viewport_size({"width": width, "height": 900})
    publish(desk, commented)

    read_what_changed(page, commented)
    switch_view(page, width)
    mark_as_read(page, 2)
    expect(page).to_have_url(re.compile(re.escape(commented.plan.get_url())))
    expect(page.locator("main .notice--info")).to_have_count(0)
    expect(page.locator(".badge--change")).to_have_count(0)


def test_any_two_versions_are_compared(open_page, editor, version):
    material.revise_plan(by=editor, plan=version.plan, old=material.SENTENCE, new=material.CHANGED)
    publish_version(by=editor, plan=version.plan, note="Hat sayısı.")
    material.revise_plan(by=editor, plan=version.plan, old="iki ayda bir", new="her ay")
    publish_version(by=editor, plan=version.plan, note="Toplantılar.")
    page = open_page()
    page.goto(f"{version.plan.get_url()}fark/")
    expect(page).to_have_url(re.compile(r"/surum/3/fark/2/$"))
    expect(page.locator(".compared")).to_have_count(1)

    page.locator("[name=once]").select_option("1")
    page.locator(".compare-form button").click()
    expect(page).to_have_url(re.compile(r"/surum/3/fark/1/$"))
    expect(page.locator(".compared")).to_have_count(2)
    # What has not changed is folded, and opens.
    folded = page.locator(".unchanged li").first
    expect(folded).to_be_hidden()
    page.locator(".unchanged summary").first.click()
    expect(folded).to_be_visible()

    page.locator("[name=sonra]").select_option("1")
    page.locator(".compare-form button").click()
    expect(page.locator("#form-errors")).to_be_visible()
    expect(page.locator("[name=sonra]")).to_have_value("1")
