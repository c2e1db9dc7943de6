"""Chapters and sections are found whatever was done with Word's headings."""

import pytest
from docx.enum.text import WD_BREAK

from plans.docx.enumeration import counting, typed_number
from plans.docx.reader import read_plan
from tests.plans.word_files import as_turkish_word, field, line, paragraph, put, saved, text_box

BODY = "Duraklarda ışık yok; son otobüs gece yarısından önce kalkıyor."


def outline(build) -> dict[str, list[str]]:
    plan = read_plan(saved(build))
    return {chapter.title: [section.heading for section in chapter.sections] for chapter in plan.chapters}


EXPECTED = {"Ulaşım": ["Duraklar", "Otobüsler"], "Bakım": ["Kreşler"]}


def with_headings(document, levels: tuple[int, int], chapters=EXPECTED) -> None:
    for title, sections in chapters.items():
        document.add_heading(title, levels[0])
        for heading in sections:
            document.add_heading(heading, levels[1])
            document.add_paragraph(BODY)


@pytest.mark.parametrize("levels", [(1, 2), (2, 3), (1, 3), (3, 5)])
def test_the_highest_level_in_use_makes_chapters_and_the_next_sections(levels):
    assert outline(lambda document: with_headings(document, levels)) == EXPECTED


def test_a_turkish_words_style_ids_are_known():
    def build(document):
        with_headings(document, (1, 2))
        as_turkish_word(document)

    assert outline(build) == EXPECTED


def test_a_style_of_ones_own_counts_by_its_outline_level():
    def build(document):
        style = document.styles.add_style("Bizim bölüm", 1)
        style.base_style = document.styles["Heading 1"]
        for title, sections in EXPECTED.items():
            document.add_paragraph(title, style="Bizim bölüm")
            for heading in sections:
                put(document, paragraph(heading, properties='<w:outlineLvl w:val="1"/>'))
                document.add_paragraph(BODY)

    assert outline(build) == EXPECTED


def test_the_only_heading_above_all_others_is_the_plans_title():
    def build(document):
        document.add_heading("Kentin Planı", 1)
        with_headings(document, (2, 3))

    plan = read_plan(saved(build))
    assert plan.title == "Kentin Planı"
    assert [chapter.title for chapter in plan.chapters] == list(EXPECTED)


def test_a_file_of_one_chapter_keeps_it():
    def build(document):
        document.add_heading("Kentin Planı", 0)
        document.add_heading("Ulaşım", 1)
        for heading in ("Duraklar", "Otobüsler"):
            document.add_heading(heading, 2)
            document.add_heading("Durum", 3)
            document.add_paragraph(BODY)

    assert outline(build) == {"Ulaşım": ["Duraklar", "Otobüsler"]}


def test_numbers_tell_levels_apart_where_all_headings_are_on_one():
    def build(document):
        for words in ("1. ULAŞIM", "1.1 Duraklar", "1.1.1 Işık", "1.2 Otobüsler", "2. BAKIM", "2.1 Kreşler"):
            document.add_heading(words, 1)
            document.add_paragraph(BODY)

    assert outline(build) == {"ULAŞIM": ["Giriş", "Duraklar", "Otobüsler"], "BAKIM": ["Giriş", "Kreşler"]}


def test_a_heading_of_the_wrong_level_follows_those_numbered_like_it():
    def build(document):
        for words, level in (
            ("1. Ulaşım", 1),
            ("1.1 Duraklar", 2),
            ("1.2 Otobüsler", 3),
            ("2. Bakım", 2),
            ("2.1 Kreşler", 2),
            ("3. Su", 1),
            ("3.1 Kesinti", 2),
        ):
            document.add_heading(words, level)
            document.add_paragraph(BODY)

    assert outline(build) == {
        "Ulaşım": ["Giriş", "Duraklar", "Otobüsler"],
        "Bakım": ["Giriş", "Kreşler"],
        "Su": ["Giriş", "Kesinti"],
    }


def test_sections_counted_anew_in_each_chapter_stay_sections():
    def build(document):
        for title in ("Ulaşım", "Bakım"):
            document.add_heading(title, 1)
            for words in ("1. Durum", "2. Öneriler"):
                document.add_heading(words, 2)
                document.add_paragraph(BODY)

    assert outline(build) == {"Ulaşım": ["Durum", "Öneriler"], "Bakım": ["Durum", "Öneriler"]}


def test_on_one_level_a_heading_without_text_is_that_of_a_chapter():
    assert outline(lambda document: with_headings(document, (1, 1))) == EXPECTED


def test_bold_and_numbered_lines_are_headings_where_no_style_is_used():
    def build(document):
        for words in ("1. ULAŞIM", "1.1 Durak aydınlatması", "1.2 Otobüsler", "2. BAKIM", "2.1 Kreşler"):
            line(document, words, bold=words.isupper())
            document.add_paragraph(BODY)
        line(document, "KAYNAKÇA", bold=True)
        document.add_paragraph(BODY)

    assert outline(build) == {
        "ULAŞIM": ["Giriş", "Durak aydınlatması", "Otobüsler"],
        "BAKIM": ["Giriş", "Kreşler"],
        "KAYNAKÇA": ["Giriş"],
    }


def test_larger_letters_stand_above_smaller_ones():
    def build(document):
        line(document, "Örnekkent Eşitlik Planı", size=24, bold=True)
        for title, sections in EXPECTED.items():
            line(document, title, size=16, bold=True)
            for heading in sections:
                line(document, heading, size=13, bold=True)
                document.add_paragraph(BODY)

    assert outline(build) == EXPECTED
    assert read_plan(saved(build)).title == "Örnekkent Eşitlik Planı"


def test_a_bolum_on_a_line_of_its_own_belongs_to_the_next_line():
    def build(document):
        for number, title in (("BİRİNCİ BÖLÜM", "ULAŞIM"), ("İKİNCİ BÖLÜM", "BAKIM")):
            line(document, number, bold=True)
            line(document, title, bold=True)
            line(document, "Madde başlığı", bold=True)
            document.add_paragraph(BODY)

    plan = read_plan(saved(build))
    assert [chapter.title for chapter in plan.chapters] == ["ULAŞIM", "BAKIM"]
    assert [loss.detail for loss in plan.losses if loss.kind == "typed-number"] == ["BİRİNCİ BÖLÜM", "İKİNCİ BÖLÜM"]


def test_bolum_with_a_roman_number_stands_above_digits():
    def build(document):
        for words in ("BÖLÜM I – ULAŞIM", "1. Duraklar", "2. Otobüsler", "BÖLÜM II – BAKIM", "1. Kreşler"):
            line(document, words, bold=True)
            document.add_paragraph(BODY)

    assert outline(build) == {"ULAŞIM": ["Giriş", "Duraklar", "Otobüsler"], "BAKIM": ["Giriş", "Kreşler"]}


def test_sentences_captions_and_fields_are_no_headings_though_they_are_bold():
    def build(document):
        line(document, "1. ULAŞIM", bold=True)
        for words in ("Bu bir uyarıdır.", "Tablo 1: Duraklar", "Sorumlu: Ulaşım dairesi", "Ayrıca:"):
            line(document, words, bold=True)
        document.add_paragraph(BODY)
        line(document, "2. BAKIM", bold=True)
        document.add_paragraph(BODY)

    assert outline(build) == {"ULAŞIM": ["Giriş"], "BAKIM": ["Giriş"]}


def test_deeper_headings_stand_inside_their_section():
    def build(document):
        document.add_heading("Ulaşım", 1)
        document.add_heading("Duraklar", 2)
        for level in (3, 4, 5):
            document.add_heading(f"Ayrıntı {level}", level)
        document.add_paragraph(BODY)

    (section,) = read_plan(saved(build)).chapters[0].sections
    assert section.blocks[0].count("<h4>") == 3


def test_a_section_before_the_first_chapter_becomes_a_chapter():
    def build(document):
        document.add_heading("Sunuş", 2)
        document.add_paragraph(BODY)
        with_headings(document, (1, 2))

    assert outline(build) == {"Sunuş": ["Giriş"], **EXPECTED}


def test_a_whole_paragraph_in_a_headings_style_stays_text():
    def build(document):
        with_headings(document, (1, 2))
        document.add_heading(BODY * 5, 1)

    assert outline(build) == EXPECTED


# Numbers


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("1. Ulaşım", "Ulaşım"),
        ("1.1 Durak", "Durak"),
        ("2.3.1. Işık", "Işık"),
        ("1.Ulaşım", "Ulaşım"),
        ("1.1Durak", "Durak"),
        ("3) Su", "Su"),
        ("BÖLÜM 3: Ulaşım", "Ulaşım"),
        ("BÖLÜM II", ""),
        ("ÜÇÜNCÜ BÖLÜM – Su", "Su"),
        ("IV. Su", "Su"),
        ("B. Su", "Su"),
    ],
)
def test_a_typed_number_is_known(text, rest):
    assert text[typed_number(text).length :] == rest


@pytest.mark.parametrize(
    "text", ["2026–2028 hedefleri", "Ulaşım 1", "1", "3/4 çoğunluk", "Vatandaş", "A1 kodu", "5 yıllık hedef"]
)
def test_other_numbers_are_not(text):
    assert typed_number(text) is None


def test_a_number_that_counts_something_else_stays():
    headings = ["1. Ulaşım", "2. Bakım", "5 Mahalle", "12. Kalkınma Planı"]
    assert counting(map(typed_number, headings)) == [True, True, False, False]


# What stands before the chapters


def test_the_cover_is_left_out_and_its_title_kept():
    def build(document):
        line(document, "Örnekkent Platformu", size=12)
        line(document, "Yerel Eşitlik İzleme Planı", size=28)
        line(document, "Ocak 2026", size=12)
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        document.add_paragraph("Bu plan kentindir.")
        with_headings(document, (1, 2))

    plan = read_plan(saved(build))
    assert (plan.title, plan.summary_html) == ("Yerel Eşitlik İzleme Planı", "<p>Bu plan kentindir.</p>")
    assert [(loss.kind, loss.detail) for loss in plan.losses] == [("cover-page", "Örnekkent Platformu · Ocak 2026")]


def contents_by_field(document):
    document.add_heading("İÇİNDEKİLER", 1)
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>'
    put(document, paragraph(f'{begin}<w:r><w:fldChar w:fldCharType="separate"/></w:r>', "Ulaşım 1"))
    put(document, paragraph("Bakım 2"))
    put(document, paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>'))


def contents_by_control(document):
    part = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    put(document, f"<w:sdt><w:sdtPr>{part}</w:sdtPr><w:sdtContent>{paragraph('Ulaşım 1')}</w:sdtContent></w:sdt>")


def contents_by_hand(document):
    document.add_heading("İçindekiler", 1)
    for words in ("1. Ulaşım ........ 3", "1.1 Duraklar\t4", "2. Bakım………5"):
        document.add_paragraph(words)


@pytest.mark.parametrize("contents", [contents_by_field, contents_by_control, contents_by_hand])
def test_a_table_of_contents_is_left_out(contents):
    def build(document):
        contents(document)
        with_headings(document, (1, 2))

    assert outline(build) == EXPECTED
    plan = read_plan(saved(build))
    assert [loss.kind for loss in plan.losses] == ["contents"]
    assert plan.summary_html == ""


def test_headers_and_footers_are_not_read():
    def build(document):
        document.sections[0].header.paragraphs[0].text = "Her sayfada"
        with_headings(document, (1, 2))

    assert "Her sayfada" not in str(read_plan(saved(build)))


def test_a_heading_in_a_frame_or_a_box_is_a_heading():
    def build(document):
        cell = document.add_table(1, 1).cell(0, 0)
        cell.paragraphs[0].text = "Ulaşım"
        cell.paragraphs[0].style = "Heading 1"
        document.add_heading("Duraklar", 2)
        document.add_paragraph(BODY)
        put(document, paragraph(text_box(paragraph("Bakım", properties='<w:pStyle w:val="Heading1"/>'))))
        document.add_heading("Kreşler", 2)
        document.add_paragraph(field("PAGE", "7"))

    assert outline(build) == {"Ulaşım": ["Duraklar"], "Bakım": ["Kreşler"]}
