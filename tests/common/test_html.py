"""Nothing that people write can run in another's browser."""

from html.parser import HTMLParser

import pytest
from django.utils import translation

from common.html import TAGS, sanitise, stored_html
from common.markdown import render_markdown
from common.text import turkish_lower, turkish_slug, turkish_sort_key, turkish_upper

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="//evil.example">x</a>',
    '<p style="position:fixed" onclick="alert(1)">x</p>',
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<form action="/tr/hesap/logout/"><button>x</button></form>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    '<table background="javascript:alert(1)"><tr><td>x</td></tr></table>',
    "[x](javascript:alert(1))",
    "[x](  javascript:alert(1))",
    "![x](http://ornek.example/izle.png)",
    '<https://ornek.example/"onmouseover=alert(1)>',
]
ALLOWED_ATTRIBUTES = {"href", "rel", "colspan", "rowspan", "scope"}
HARMLESS = ("http://", "https://", "mailto:", "/tr/", "#")


class Tags(HTMLParser):
    """Collects what a browser would take for tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("source", HOSTILE)
@pytest.mark.parametrize("render", [sanitise, render_markdown])
def test_hostile_input_is_harmless(render, source):
    for tag, attributes in Tags(render(source)).found:
        assert tag in TAGS
        assert set(attributes) <= ALLOWED_ATTRIBUTES
        assert attributes.get("href", "#").startswith(HARMLESS)


def test_markdown_keeps_what_people_need():
    html = render_markdown("# Başlık\n\n**kalın** *eğik* [yer](https://ornek.example)\n\n- bir\n- iki\n\n> alıntı")
    for part in ("<h3>Başlık</h3>", "<strong>kalın</strong>", "<em>eğik</em>", "<li>bir</li>", "<blockquote>"):
        assert part in html
    assert 'rel="nofollow ugc noopener"' in html


def test_signs_become_links_outside_code_and_longer_numbers():
    links = {"§2.3": "/plan/bolum/a/"}
    html = render_markdown("§2.3 ve §2.31 ve `§2.3` ve [§2.3](https://ornek.example)", links)
    assert html.count('href="/plan/bolum/a/"') == 1


def test_turkish_letters_change_case_and_order_as_they_should():
    assert turkish_upper("ışık istasyonu") == "IŞIK İSTASYONU"
    assert turkish_lower("IŞIK İSTASYONU") == "ışık istasyonu"
    assert turkish_slug("Işıklı İstasyon: Gâvur Dağı") == "isikli-istasyon-gavur-dagi"
    assert sorted(["zeytin", "çam", "ceviz", "ılgın", "incir"], key=turkish_sort_key) == [
        "ceviz",
        "çam",
        "ılgın",
        "incir",
        "zeytin",
    ]


@pytest.mark.parametrize(("language", "prefix"), [("tr", "/tr/"), ("en", "/en/")])
def test_stored_links_lead_into_the_readers_language(language, prefix):
    own, media, other = (f'<a href="{url}">x</a>' for url in ("/kent/plan/", "/media/a.pdf", "https://example.org/"))
    with translation.override(language):
        assert stored_html(own) == f'<a href="{prefix}kent/plan/">x</a>'
        assert stored_html(media + other) == media + other
        assert stored_html('<a href="/tr/kent/">x</a>') == '<a href="/tr/kent/">x</a>'
