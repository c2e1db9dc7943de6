"""axe finds no breach of the rules of WCAG 2.0, 2.1 and 2.2, levels A and AA."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys import pages

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
WHOLE_PAGE = "html"
# axe needs many seconds for a whole plan. Where that has been done, a chapter with comments stands for the rest.
CHAPTER = "#b-1"


def breaches(page: Page, name: str, part: str = WHOLE_PAGE) -> list[str]:
    """What axe finds in a part of the page: a line for each rule and element."""
    found = Axe().run(page, context=part, options=RULES).response["violations"]
    return [
        f"{name}: {breach['id']} ({breach['help']}) {node['html'][:200]} {node['failureSummary']}"
        for breach in found
        for node in breach["nodes"]
    ]


def breaches_of(page: Page, addresses: dict[str, str], parts: dict[str, str] | None = None) -> list[str]:
    """The same for several pages; `parts` says of which only a part is looked at."""
    found = []
    for name, address in addresses.items():
        pages.visit(page, name, address)
        expect(page.locator("h1")).to_be_visible()
        found += breaches(page, name, (parts or {}).get(name, WHOLE_PAGE))
    return found


def refused_form(page: Page, address: str) -> None:
    """The page with its form's errors."""
    page.goto(address)
    page.locator("main form button[type=submit]:not([name])").first.click()
    expect(page.locator("#form-errors")).to_be_visible()


def test_for_visitors(open_page, demo_cities):
    page, addresses = open_page(), pages.public_pages()
    parts = {"older version": "main > .notice", "versions side by side": CHAPTER}
    found = breaches_of(page, addresses, parts=parts)
    for name in ("sign up", "comment form"):
        refused_form(page, addresses[name])
        found += breaches(page, f"{name}, refused")
    assert found == []


def test_for_those_who_write_and_edit(open_page, demo_cities):
    page, addresses = open_page(pages.person(pages.COORDINATOR)), pages.member_pages()
    found = breaches_of(page, addresses, parts={"plan": CHAPTER})
    refused_form(page, addresses["answer"])
    found += breaches(page, "answer, refused")
    desk = pages.desk_pages()
    found += breaches_of(page, desk, parts=dict.fromkeys(desk, "main"))
    assert found == []


def test_in_the_dark_and_on_a_phone(open_page, demo_cities):
    page, addresses = open_page(color_scheme="dark"), pages.public_pages()
    page.set_viewport_size({"width": 360, "height": 800})
    names = ("home", "comment form", "comments of a section", "topic", "experience", "search with results", "sign in")
    found = breaches_of(page, {name: addresses[name] for name in names})

    page.goto(addresses["plan"])
    page.locator(f"{CHAPTER} details.margin summary").first.click()
    found += breaches(page, "plan", CHAPTER)
    page.locator("[popovertarget=site-menu]").first.click()
    expect(page.locator("#site-menu")).to_be_visible()
    found += breaches(page, "menu", "header")
    assert found == []
