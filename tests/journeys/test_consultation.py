"""A consultation, from both sides: it ends while somebody types, and several editors revise the plan at once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from forum.models import Post
from members.models import Role, User
from plans.actions.enter_phase import enter_phase
from plans.models import ChapterPage, Phase
from tests import factories
from tests.journeys.material import SENTENCE

WORDS = "Son gece seferi için uzun uzun yazdım; iki hat yetmiyor."


@pytest.fixture
def another_editor(city) -> User:
    return factories.person(city, Role.EDITOR, display_name="İkinci Editör")


def test_a_consultation_ends_while_somebody_types(open_page, editor, member, version):
    soon = timezone.now() + timedelta(days=2)
    enter_phase(by=editor, plan=version.plan, kind=Phase.Kind.CONSULTATION, ends_at=soon)
    page = open_page(member)
    page.goto(version.plan.get_url())
    sentence = page.locator(".sentence", has_text=SENTENCE)
    sentence.locator("a.sentence__control").focus()
    page.keyboard.press("Enter")
    page.locator("[name=body]").fill(WORDS)

    an_hour_ago = timezone.now() - timedelta(hours=1)
    Phase.objects.update(starts_at=an_hour_ago - timedelta(days=9), ends_at=an_hour_ago)
    page.locator("form:has([name=body]) button[type=submit]:not([name])").click()

    expect(page.locator("main")).to_contain_text("sona erdi")
    expect(page.locator("main")).to_contain_text(WORDS)
    assert not Post.objects.exists()
    page.goto(reverse("members:drafts"))
    expect(page.locator("main textarea")).to_have_value(WORDS)

    enter_phase(by=editor, plan=version.plan, kind=Phase.Kind.CONSULTATION, ends_at=soon)
    page.locator("main ol.rows a").first.click()
    expect(page.locator("[name=body]")).to_have_value(WORDS)
    page.locator("form:has([name=body]) button[type=submit]:not([name])").click()
    expect(page.locator("#b-2-1 article.comment")).to_contain_text(WORDS)
    page.goto(reverse("members:drafts"))
    expect(page.locator("main textarea")).to_have_count(0)


def open_chapter(page: Page, chapter: ChapterPage) -> None:
    page.goto(reverse("wagtailadmin_pages:edit", args=[chapter.pk]))


def rename_first_section(page: Page, heading: str) -> None:
    page.locator("[name=sections-0-value-heading]").fill(heading)
    page.locator("form#page-edit-form").get_by_role("button", name="Taslağı kaydet").first.click()
    expect(page.locator(".messages")).to_contain_text("güncellendi")


def test_two_editors_revise_two_chapters_at_once(open_page, editor, another_editor, version):
    first, second = version.plan.chapters
    one, other = open_page(editor), open_page(another_editor)
    open_chapter(one, first)
    open_chapter(other, second)
    rename_first_section(one, "Kim, neyi, ne zaman yapar?")
    rename_first_section(other, "Gece de ulaşım")

    drafts = [chapter.get_latest_revision_as_object() for chapter in ChapterPage.objects.order_by("path")]
    headings = [draft.sections[0].value["heading"] for draft in drafts]
    assert headings == ["Kim, neyi, ne zaman yapar?", "Gece de ulaşım"]

    for page in (one, other):
        page.goto("about:blank")  # an open editor saves by itself, which is refused after somebody else has saved
    for draft in drafts:
        draft.save_revision(user=editor).publish(user=editor)
    one.goto(reverse("plan_publish", args=[version.plan.pk]))
    for heading in headings:
        expect(one.get_by_role("heading", name=heading)).to_be_visible()
