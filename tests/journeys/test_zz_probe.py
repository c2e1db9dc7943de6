import time
from tests.journeys import pages
from tests.journeys.test_accessibility import breaches
def test_axe(open_page, demo_cities):
    page = open_page()
    for n, a in pages.public_pages().items():
        t=time.time(); page.goto(a); t1=time.time(); breaches(page, n); t2=time.time()
        print(f"{n:25} goto {t1-t:.2f} axe {t2-t1:.2f} nodes {page.evaluate('document.querySelectorAll(`*`).length')}")
