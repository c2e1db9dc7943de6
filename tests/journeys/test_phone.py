"""On a narrow phone no page scrolls sideways."""

from playwright.sync_api import Page

from tests.journeys import pages

WIDTHS = (360, 320)
# How far a page reaches beyond its right edge, and the first element that does.
OVERHANG = """() => {
  const root = document.documentElement;
  const over = root.scrollWidth - root.clientWidth;
  if (over <= 0) return "";
  const sticksOut = (element) => element.getBoundingClientRect().right > root.clientWidth + 1;
  const widest = [...document.body.querySelectorAll("*")].find(sticksOut);
  return `${over} px: ${widest?.outerHTML.slice(0, 200)}`;
}"""


def overhanging(page: Page, addresses: dict[str, str]) -> list[str]:
    found = []
    for name, address in addresses.items():
        pages.visit(page, name, address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if overhang := page.evaluate(OVERHANG):
                found.append(f"{name}, {width} px wide: {overhang}")
    return found


def test_no_page_scrolls_sideways(open_page, demo_cities):
    visitor, coordinator = open_page(), open_page(pages.person(pages.COORDINATOR))
    assert overhanging(visitor, pages.public_pages()) == []
    assert overhanging(coordinator, pages.member_pages()) == []
