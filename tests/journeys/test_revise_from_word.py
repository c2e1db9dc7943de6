"""A revised Word file comes into a plan that is there: the editor answers what is asked, sees what changes, confirms."""

import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from plans.actions.import_plan import import_plan
from plans.models import PlanPage
from tests.plans.making import NURSERY, PARK, word_file
from tests.plans.test_reimport_plan import HALVES, LINES, keys
from tests.plans.word_files import deleted, inserted, paragraph, put


@pytest.fixture
def plan(city, editor) -> PlanPage:
    lines = [*LINES[:3], ("Heading 2", "Gündelik hayat"), ("Normal", PARK), ("Normal", NURSERY), *LINES[7:]]
    imported, _losses = import_plan(by=editor, city=city, file=word_file(*lines))
    return imported


@pytest.fixture
def revised_file(tmp_path) -> Path:
    """The plan with a section split in two, and tracked changes at its end."""
    from docx import Document

    document = Document(word_file(*HALVES))
    put(document, paragraph("Gece seferi ", inserted("üçe çıkar"), deleted("kalkar"), "."))
    path = tmp_path / "duzeltilmis.docx"
    document.save(path)
    return path


def test_a_revised_file_becomes_drafts_after_every_question_is_answered(open_page, plan, editor, revised_file):
    key = keys(plan)["Gündelik hayat"]
    page = open_page(editor)
    page.goto(reverse("plan_desk"))
    page.locator(f"a[href='{reverse('plan_revise', args=[plan.pk])}']").click()
    page.locator("input[name=file]").set_input_files(revised_file)
    page.locator("form[enctype] button[type=submit]").click()

    expect(page.locator("ins")).to_have_text("üçe çıkar")
    expect(page.locator("del")).to_have_text("kalkar")
    page.locator("input[value=accept]").check()
    page.locator("form:has(input[value=accept]) button[type=submit]").click()

    confirm = page.locator("form:has(input[name=seen]) button[type=submit]")
    page.locator("select[name=section-0]").select_option(key)
    page.locator("select[name=section-1]").select_option("new")
    confirm.click()

    expect(page).to_have_url(re.compile(reverse("plan_revised", args=[plan.pk])))
    expect(page.locator("main a[href$='/edit/']")).to_have_count(2)
    assert keys(plan)["Işık"] == key
    assert set(keys(plan)) == {"Işık", "Çocuk", "Otobüs"}
    assert [block.value["heading"] for block in plan.chapters[0].sections] == ["Gündelik hayat"]  # not approved yet
