"""One can leave at once, whatever the address looks like; and an address with a fragment opens what it leads to."""

import re

import pytest
from playwright.sync_api import expect

from plans.actions.comment_on_section import comment_on_section
from tests.journeys.material import SENTENCE

HARMLESS = re.compile(r"^https://harmless\.example/")


@pytest.fixture
def comment(version, member):
    text = version.texts.get(number="2.1")
    return comment_on_section(
        author=member, section=text.section, version=version, body="Beş hat olsun.", exact=SENTENCE, start=0
    )


@pytest.mark.parametrize("fragment", ["", "#%", "#%E0%A4%A", "#yok"])
def test_three_times_escape_leaves_from_every_address(open_page, settings, version, fragment):
    settings.QUICK_EXIT_URL = "https://harmless.example/"
    page = open_page()
    page.route(HARMLESS, lambda route: route.fulfill(body="hava durumu"))
    page.goto(version.plan.get_url() + fragment)
    for _press in range(3):
        page.keyboard.press("Escape")
    expect(page).to_have_url(HARMLESS)


def test_a_fragment_opens_what_is_folded_around_its_element(open_page, version, comment):
    page = open_page()
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(version.plan.get_url())
    expect(page.locator(f"#p{comment.pk}")).to_be_hidden()
    page.goto(f"{version.plan.get_url()}#p{comment.pk}")  # within the page
    expect(page.locator(f"#p{comment.pk}")).to_be_visible()
    page.reload()
    expect(page.locator(f"#p{comment.pk}")).to_be_visible()
