"""A version as a PDF: what is tagged, what stands in it, what it is not stopped by."""

import io

import pypdf

from plans.actions.publish_version import publish_version
from plans.exports.collect import Export
from plans.exports.version_pdf import version_pdf
from tests.plans.exports.talking import HIDDEN_WORDS, next_version, tags, text_of
from tests.plans.making import make_plan, section


def read(version, *, with_comments: bool = False) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(version_pdf(Export(version), with_comments=with_comments).render()))


def test_it_is_tagged_says_its_language_and_title_and_is_pdf_ua(version):
    reader = read(version)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "tr-TR"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Örnekkent Eşitlik Planı"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert {"/Title", "/H1", "/H2", "/H3", "/L", "/Table", "/TH", "/Note", "/Link", "/TOC"} <= tags(reader)


def test_all_that_stands_in_the_plan_stands_in_it(version):
    text = text_of(read(version))
    for words in (
        "Kent & yaşam",
        "1.1 Işıklı parklar",
        "Hedef A1.1",
        "Parkta iki aydınlatma direği yanmıyor.",
        "ampul",
        "İğdır & <Şirin>",
        "Gözlem, 2026.",
        "Park dairesi",
        "2.1 Otobüs",
        "Herkes için.",
    ):
        assert words in text, words


def test_the_foot_of_every_page_bears_the_permanent_address(version, settings):
    address = f"{settings.BASE_URL}{version.get_absolute_url().removeprefix('/tr')}"
    assert all(address in page.extract_text().replace("\n", "") for page in read(version).pages)


def test_the_same_version_gives_the_same_file(version):
    first, second = (version_pdf(Export(version), with_comments=False).render() for _time in range(2))
    assert first == second


def test_comments_stand_behind_the_plan_where_they_are_asked_for(version, talk):
    assert "Geç kalkmalı." not in text_of(read(version))
    text = text_of(read(version, with_comments=True))
    for words in ("aydınlatma direği yanmıyor", "Yanmıyor, bakın.", "Biri onarıldı.", "Katılıyorum.", "Geç kalkmalı."):
        assert words in text, words
    assert not [words for words in HIDDEN_WORDS if words in text]


def test_a_comment_whose_words_are_gone_keeps_them(plan, version, talk, editor):
    text = text_of(read(next_version(plan, by=editor), with_comments=True))
    assert "Son otobüs" in text
    assert "Geç kalkmalı." in text


def test_markup_of_the_typesetter_stays_text(city, editor):
    evil = "#panic() *a* _b_ $c$ @d &lt;e&gt; \\ `f` https://g.org // h"
    plan = make_plan(city, {"#eval(1)": [section("= *Başlık*", evil)]}, by=editor, title="#set page()")
    text = text_of(read(publish_version(by=editor, plan=plan)))
    assert "#eval(1)" in text
    assert "= *Başlık*" in text
    assert "#panic() *a* _b_ $c$ @d <e> \\ `f` https://g.org // h" in text


def test_pictures_and_arabic_have_their_signs(city, editor):
    plan = make_plan(city, {"Bir": [section("İki", "Merhaba 🙂 👍🏽 dünya ₺ → مرحبا")]}, by=editor)
    reader = read(publish_version(by=editor, plan=plan))
    assert b"pdfuaid:part" in reader.trailer["/Root"]["/Metadata"].get_data()
    assert "🙂" in text_of(reader)


def test_words_without_a_space_end_on_the_page(city, editor):
    long = "".join(f"{number:03d}q" for number in range(100))
    address = f"https://ornek.org/{long}"
    plan = make_plan(city, {"Bir": [section("İki", f"{long} {address}")]}, by=editor)
    pages = read(publish_version(by=editor, plan=plan)).pages
    lines = [line for page in pages for line in page.extract_text().splitlines() if "q" in line]
    assert max(map(len, lines)) < 110
    assert f"{long}{address}" in "".join("".join(lines).split())


def test_a_sign_that_no_typeface_has_stops_nothing(city, editor):
    plan = make_plan(city, {"Bir": [section("İki", "Merhaba 漢字 dünya")]}, by=editor)
    reader = read(publish_version(by=editor, plan=plan))
    assert "Merhaba" in text_of(reader)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
