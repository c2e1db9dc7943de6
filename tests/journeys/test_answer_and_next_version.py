"""An editor answers a comment and publishes the next version: the comment follows its sentence, and the old one stays."""

import io
import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from forum.models import Post
from plans.actions.comment_on_section import comment_on_section
from plans.models import Anchor, Answer, PlanVersion
from tests.journeys import material
from tests.plans.exporting import text_of

REASON = "Haklısınız; hat sayısı beşe çıkarıldı."


@pytest.fixture
def comment(member, version) -> Post:
    text = version.texts.select_related("section").get(number="2.1")
    return comment_on_section(
        author=member, section=text.section, version=version, body="İki hat yetmiyor.", exact=material.SENTENCE
    )


def answer(page: Page, version: PlanVersion) -> None:
    """From the plan, over the list of what waits, to the answer."""
    page.goto(version.plan.get_url())
    page.locator("a[href$='/yanit-bekleyenler/']").click()
    page.locator("main a.button[href*='/yanit/']").click()
    page.locator(f"input[name=decision][value={Answer.Decision.ACCEPTED}]").check()
    page.locator("[name=reason]").fill(REASON)
    page.locator("form:has([name=reason]) button[type=submit]").click()
    expect(page.locator("main .empty")).to_be_visible()  # nothing waits any more
    page.locator("main .empty a").click()


def publish(page: Page, version: PlanVersion) -> None:
    """At the plan desk: the dry run says what would happen to the comment, then the version is published."""
    page.goto(reverse("plan_desk"))
    page.locator(f"a[href='{reverse('plan_publish', args=[version.plan.pk])}']").click()
    edited = page.locator("table.listing tr", has_text=str(Anchor.Verdict.EDITED.label))
    expect(edited.locator("td").last).to_have_text("1")
    expect(page.locator(".dry-run__comments del")).to_contain_text("yalnız iki")
    expect(page.locator(".dry-run__comments ins")).to_contain_text("en az beş")
    page.locator("[name=note]").fill("Yorumlara göre düzeltildi.")
    page.locator("form:has([name=note]) button[type=submit]").click()
    expect(page.locator(".plan-desk a[href$='/surum/2/']")).to_be_visible()


def test_a_comment_is_answered_and_follows_its_sentence_into_the_next_version(open_page, editor, version, comment):
    page = open_page(editor)
    answer(page, version)
    shown = page.locator(f"#p{comment.pk}")
    expect(shown.locator(".answer--accepted")).to_contain_text(REASON)

    material.revise_plan(by=editor, plan=version.plan, old=material.SENTENCE, new=material.CHANGED)
    publish(page, version)

    page = open_page()
    read_both_versions(page, version, comment)
    read_what_became_of_it(page, version, comment)


def read_both_versions(page: Page, version: PlanVersion, comment: Post) -> None:
    mark = page.locator(f"#b-2-1 a.commented[href='#p{comment.pk}']")
    shown = page.locator(f"#b-2-1 #p{comment.pk}")

    page.goto(version.plan.get_url())
    expect(mark).to_have_text(material.CHANGED)
    expect(shown.locator(".badge--verdict-edited")).to_be_visible()
    expect(shown.locator(".comment__quote")).to_have_text(material.SENTENCE)
    expect(shown.locator(".answer--accepted")).to_contain_text(REASON)

    page.locator("a[href$='/surumler/']").click()
    page.locator("main ol.rows a[href$='/surum/1/']").click()
    expect(page).to_have_url(re.compile(r"/surum/1/$"))
    expect(mark).to_have_text(material.SENTENCE)
    expect(shown.locator("[class*=badge--verdict]")).to_have_count(0)
    page.locator(".notice a").click()
    expect(mark).to_have_text(material.CHANGED)


def read_what_became_of_it(page: Page, version: PlanVersion, comment: Post) -> None:
    """From the plan to “you said, we did”, and the same as a PDF."""
    page.goto(version.plan.get_url())
    page.locator("main a[href$='/siz-soylediniz/']").click()
    expect(page.locator("main")).to_contain_text(REASON)
    file = page.request.get(page.locator("main a[href$='/siz-soylediniz.pdf']").get_attribute("href") or "")
    assert file.headers["content-type"] == "application/pdf"
    text = text_of(PdfReader(io.BytesIO(file.body())))
    assert all(words in text for words in (comment.comment, REASON, material.SENTENCE))


def test_a_comment_whose_section_is_taken_out_stays_readable_at_the_end(open_page, editor, version, comment):
    chapter = version.plan.chapters.last()
    chapter.sections = chapter.sections.raw_data[1:]
    chapter.save_revision(user=editor).publish(user=editor)
    page = open_page(editor)
    page.goto(reverse("plan_publish", args=[version.plan.pk]))
    page.locator("[name=note]").fill("Başka bir planda yer alıyor.")
    page.locator("form:has([name=note]) button[type=submit]").click()
    expect(page.locator(".plan-desk a[href$='/surum/2/']")).to_be_visible()

    page = open_page()
    page.goto(version.plan.get_url())
    orphan = page.locator(f".orphans #p{comment.pk}")
    expect(orphan.locator(".comment__quote")).to_have_text(material.SENTENCE)
    expect(orphan).to_contain_text("İki hat yetmiyor.")
