"""A plan written in Word becomes a published version that everybody reads."""

import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from plans.models import PlanPage
from tests import factories
from tests.journeys import material

PLAN_FILE = Path(__file__).parents[2] / "demo/content/defnekent/plan.docx"


def sign_in(page: Page, email: str) -> None:
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(factories.PASSWORD)
    page.locator("main form button[type=submit]").click()


def import_file(page: Page, city, file) -> None:
    page.goto(reverse("plan_desk"))
    page.locator(f"a[href='{reverse('plan_import', args=[city.slug])}']").click()
    page.locator("input[name=file]").set_input_files(file)
    page.locator("form[enctype] button[type=submit]").click()


def test_an_editor_imports_a_plan_and_publishes_it_and_a_visitor_reads_it(open_page, city, editor):
    page = open_page()
    page.goto(reverse("plan_desk"))
    sign_in(page, editor.email)
    expect(page).to_have_url(re.compile(reverse("plan_desk")))

    import_file(page, city, PLAN_FILE)
    publish = page.locator("a[href$='/yayimla/']")
    expect(publish).to_be_visible()
    expect(page.locator("table.listing")).to_have_count(0)  # nothing was lost

    publish.click()
    page.locator("textarea[name=note]").fill("Görüşe açılan ilk taslak.")
    page.locator("form:has(textarea[name=note]) button[type=submit]").click()
    plan = PlanPage.objects.get(city=city)
    expect(page.locator(f".plan-desk a[href='{plan.current_version.get_absolute_url()}']")).to_be_visible()

    read(open_page(), city, plan)


def read(page: Page, city, plan: PlanPage) -> None:
    """A visitor finds the plan from the city's page, and each section under its number and its permanent address."""
    page.goto(city.page.get_url())
    page.locator(f"main a[href='{plan.get_url()}']").first.click()
    expect(page.locator("h1")).to_have_text("Defnekent Yerel Eşitlik İzleme Planı 2026–2028")
    assert page.locator("section.chapter").count() >= 8
    assert page.locator("section.plan-section").count() >= 60

    page.locator("#b-2-3 a.plan-section__number").click()
    expect(page).to_have_url(re.compile(r"#b-2-3$"))
    expect(page.locator("#b-2-3")).to_be_in_viewport()

    page.locator("a[href$='/surumler/']").click()
    expect(page.get_by_text("Görüşe açılan ilk taslak.")).to_be_visible()
    page.locator("main ol.rows a").click()
    expect(page).to_have_url(re.compile(r"/surum/1/$"))


@pytest.fixture
def word_file(tmp_path):
    def save(**how) -> Path:
        path = tmp_path / "plan.docx"
        path.write_bytes(material.word_file(**how).getvalue())
        return path

    return save


def test_an_editor_sees_what_could_not_be_kept(open_page, city, editor, word_file):
    page = open_page(editor)
    import_file(page, city, word_file(merged_cells=True))
    losses = page.locator("table.listing tbody tr")
    expect(losses).to_have_count(1)
    expect(losses).to_contain_text("Kim, neyi yapar?")


def test_an_editor_learns_why_a_file_cannot_be_read(open_page, city, editor, tmp_path):
    path = tmp_path / "plan.docx"
    path.write_text("not a Word file")
    page = open_page(editor)
    import_file(page, city, path)
    expect(page.locator(".error-message")).to_be_visible()
    expect(page.locator("input[name=file]")).to_be_visible()
