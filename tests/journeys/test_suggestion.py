"""Other words are proposed and supported; an editor merges one suggestion, and of another reads why that cannot be."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from members.models import User
from plans.models import Anchor, ChapterPage, PlanVersion, Suggestion
from tests.journeys import material

WHY = "İki hat yetmiyor."
REASON = "Haklısınız; öneri metne girdi."
LIGHT = "Duraklar iyi aydınlatılır."
BRIGHT = "Duraklar gece boyunca aydınlatılır."


def propose(page: Page, version: PlanVersion, sentence: str, words: str) -> None:
    page.goto(version.plan.get_url())
    page.locator(".sentence", has_text=sentence).locator("a.sentence__control").click()
    expect(page.locator("[name=words]")).to_be_hidden()
    page.get_by_label("Başka bir ifade öneriyorum").check()
    expect(page.locator("[name=words]")).to_have_value(sentence)
    page.locator("[name=words]").fill(words)
    page.locator("[name=body]").fill(WHY)
    page.locator("form:has([name=body]) button[type=submit]:not([name])").click()
    expect(page.locator("article.comment ins").first).to_be_visible()


def merge(page: Page, version: PlanVersion, suggestion: Suggestion, reason: str) -> None:
    """From the list of what waits."""
    page.goto(reverse("plans:unanswered", args=[version.plan.pk]))
    page.locator(f"main a[href*='{reverse('plans:merge_suggestion', args=[suggestion.post_id])}']").click()
    page.locator("[name=reason]").fill(reason)
    page.locator("form:has([name=reason]) button[type=submit]").click()


@pytest.fixture
def suggestions(open_page, member, version) -> list[Suggestion]:
    """Of a member: other words for two sentences of §2.1."""
    page = open_page(member)
    propose(page, version, material.SENTENCE, material.CHANGED)
    propose(page, version, LIGHT, BRIGHT)
    return list(Suggestion.objects.order_by("pk"))


def test_words_are_proposed_supported_and_merged(open_page, editor, another_member: User, version, suggestions):
    first, _second = suggestions
    page = open_page(another_member)
    page.goto(version.plan.get_url())
    shown = page.locator(f"#p{first.post_id}")
    expect(shown.locator("del")).to_contain_text("yalnız iki")
    expect(shown.locator("ins")).to_contain_text("en az beş")
    shown.get_by_role("button", name="Destekle").click()
    expect(shown.locator(".suggestion")).to_contain_text("1 kişi destekliyor")
    expect(shown.get_by_role("button", name="Desteğimi geri al")).to_be_visible()

    page = open_page(editor)
    merge(page, version, first, REASON)
    expect(page.locator(".notice--success")).to_contain_text("taslağına işlendi")
    draft = ChapterPage.objects.order_by("path").last()
    page.goto(reverse("wagtailadmin_pages:history", args=[draft.pk]))
    expect(page.locator("table.listing")).to_contain_text("Önerilen ifadeyi işledi")

    draft.latest_revision.publish(user=editor)
    page.goto(reverse("plan_publish", args=[version.plan.pk]))
    expect(page.locator(f"input[type=checkbox][value='{first.post_id}']")).to_be_checked()
    page.locator("form:has([name=note]) button[type=submit]").click()
    expect(page.locator(".plan-desk a[href$='/surum/2/']")).to_be_visible()

    page = open_page()
    page.goto(version.plan.get_url())
    expect(page.locator(f"#b-2-1 a.commented[href='#p{first.post_id}']")).to_have_text(material.CHANGED)
    shown = page.locator(f"#p{first.post_id}")
    expect(shown.locator(".badge--verdict-edited")).to_be_visible()
    expect(shown.locator(".answer--accepted")).to_contain_text(REASON)
    expect(shown.locator(".answer")).to_contain_text("2. sürüm")
    assert Anchor.objects.get(version__number=2, quote__post=first.post_id).verdict == "edited"


def test_words_that_have_changed_since_are_not_overwritten(open_page, editor, version, suggestions):
    _first, second = suggestions
    page = open_page(editor)
    page.goto(reverse("plans:unanswered", args=[version.plan.pk]))
    page.locator(f"main a[href*='{reverse('plans:merge_suggestion', args=[second.post_id])}']").click()
    page.locator("[name=reason]").fill(REASON)
    now = "Duraklar iyi aydınlatılır ve temiz tutulur."
    material.revise_plan(by=editor, plan=version.plan, old=LIGHT, new=now)  # another editor, meanwhile
    page.locator("form:has([name=reason]) button[type=submit]").click()

    expect(page.locator("main .notice")).to_contain_text("Hiçbir şeyin üzerine yazılmadı")
    expect(page.locator("main .difference").first.locator("ins")).to_contain_text("ve temiz tutulur")
    expect(page.locator("[name=reason]")).to_have_value(REASON)
    assert now in str(ChapterPage.objects.order_by("path").last().get_latest_revision_as_object().sections.raw_data)
    assert Suggestion.objects.get(pk=second.pk).merged_at is None

    page.locator("input[name=decision][value=partly]").check()
    page.locator("form:has([name=decision]) button[type=submit]").click()
    expect(page.locator("main")).not_to_contain_text(BRIGHT)  # it waits no more
    page.goto(version.plan.get_url())
    expect(page.locator(f"#p{second.post_id} .answer--partly")).to_contain_text(REASON)
