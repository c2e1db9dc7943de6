"""A member submits an experience, the city's editor approves it in Wagtail, and it is found without Turkish letters."""

from django.urls import reverse
from playwright.sync_api import Page, expect

from knowledge.models import ExperiencePage

TITLE = "Gece otobüsünde istek durağı"


def submit(page: Page) -> None:
    page.goto(reverse("knowledge:my_experiences"))
    page.locator(f"main a[href='{reverse('knowledge:submit_experience')}']").first.click()
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=summary]").fill("Şoför, istenen yerde durur.")
    page.locator("[name=theme]").select_option(label="Toplu taşıma")
    page.locator("[name=need]").fill("Durakla ev arasındaki yol karanlıktı.")
    page.locator("[name=done]").fill("Belediye üç hatta **istek durağı** denedi.")
    page.locator("[name=change]").fill("Gece binen kadınların sayısı arttı.")
    page.locator("form:has([name=title]) button[type=submit]").click()
    expect(page.locator("main ul.rows")).to_contain_text(TITLE)


def approve(page: Page) -> None:
    """In Wagtail: from the list of what waits for review to the article; a word is put right, and it is approved."""
    page.goto(reverse("wagtailadmin_home"))
    page.get_by_role("link", name=TITLE).first.click()
    page.locator("[name=credit]").fill("Üye, Örnekkent")
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    page.locator("[data-workflow-action-name=approve]:not([data-workflow-action-modal-url])").click()
    expect(page.locator(".messages .success")).to_be_visible()


def search(page: Page, words: str) -> None:
    page.goto(reverse("search:search"))
    page.locator("main input[name=q]").fill(words)
    page.locator("main input[name=q]").press("Enter")
    expect(page.locator("main p[role=status]")).to_be_visible()


def test_an_experience_is_submitted_approved_and_found_without_turkish_letters(open_page, member, editor):
    visitor, author, reviewer = open_page(), open_page(member), open_page(editor)
    submit(author)
    search(visitor, "gece otobusu")
    expect(visitor.locator("ol.hits li")).to_have_count(0)

    approve(reviewer)
    search(visitor, "gece otobusu")
    visitor.locator("ol.hits a", has_text=TITLE).click()
    expect(visitor.locator("h1")).to_have_text(TITLE)
    expect(visitor.locator("main")).to_contain_text("istek durağı denedi")
    expect(visitor.locator("main")).to_contain_text("Üye, Örnekkent")
    author.reload()
    article = ExperiencePage.objects.get(title=TITLE)
    expect(author.locator(f"main a[href='{article.get_url()}']")).to_have_text(TITLE)
