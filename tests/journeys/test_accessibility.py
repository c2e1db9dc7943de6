"""axe finds no breach of the rules of WCAG 2.0, 2.1 and 2.2, levels A and AA."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys import pages

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}


def breaches(page: Page, name: str, part: str | None = None) -> list[str]:
    """What axe finds on the page (or in one element of it), a line for each rule and element."""
    found = Axe().run(page, context=part, options=RULES).response["violations"]
    return [
        f"{name}: {breach['id']} ({breach['help']}) {node['html'][:200]} {node['failureSummary']}"
        for breach in found
        for node in breach["nodes"]
    ]


def breaches_of(page: Page, addresses: dict[str, str], part: str | None = None) -> list[str]:
    found = []
    for name, address in addresses.items():
        pages.visit(page, name, address)
        expect(page.locator("h1")).to_be_visible()
        found += breaches(page, name, part)
    return found


def refused_form(page: Page, address: str) -> None:
    """The page with its form's errors."""
    page.goto(address)
    page.locator("main form button[type=submit]:not([name])").first.click()
    expect(page.locator("#form-errors")).to_be_visible()


def test_for_visitors(open_page, demo_cities):
    page = open_page()
    found = breaches_of(page, pages.public_pages())
    for name in ("sign up", "comment form"):
        refused_form(page, pages.public_pages()[name])
        found += breaches(page, f"{name}, refused")
    assert found == []


def test_for_those_who_write_and_edit(open_page, demo_cities):
    page = open_page(pages.person(pages.COORDINATOR))
    found = breaches_of(page, pages.member_pages())
    refused_form(page, pages.member_pages()["answer"])
    found += breaches(page, "answer, refused")
    found += breaches_of(page, pages.desk_pages(), part="main")
    assert found == []


def test_in_the_dark_and_on_a_phone(open_page, demo_cities):
    page = open_page(color_scheme="dark")
    page.set_viewport_size({"width": 360, "height": 800})
    names = ("home", "plan", "comment form", "topic", "experience", "search with results", "sign in")
    addresses = {name: address for name, address in pages.public_pages().items() if name in names}
    found = breaches_of(page, addresses)
    page.locator("[popovertarget=site-menu]").first.click()
    expect(page.locator("#site-menu")).to_be_visible()
    assert found + breaches(page, "menu") == []
