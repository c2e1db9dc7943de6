"""The comments of a version as CSV and XLSX."""

import csv
import io
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from members.actions import confirm_representation, request_representation
from members.models import OrganisationKind
from plans.actions.comment_on_section import comment_on_section
from plans.exports.collect import Export
from plans.exports.tables import _csv_cell, render_csv, render_xlsx
from plans.models import Suggestion
from tests.factories import OrganisationFactory
from tests.plans.exports.talking import HIDDEN_WORDS, next_version
from tests.plans.making import section_of


def rows_of(version) -> list[dict[str, str]]:
    content = render_csv(Export(version)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content, newline=""), delimiter=";"))


def row_of(version, words: str) -> dict[str, str]:
    return next(row for row in rows_of(version) if words in row["Yorum"])


def test_excel_in_turkey_opens_it(version, talk):
    content = render_csv(Export(version))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.splitlines()[0].count(b";") == 16


def test_a_comment_is_told_with_its_place_its_answer_and_its_link(version, talk, settings):
    local = talk.quoting.submit_date.astimezone(ZoneInfo("Europe/Istanbul"))
    expected = {
        "Ana bölüm": "1 Kent & yaşam",
        "Bölüm": "1.1",
        "Başlık": "Işıklı parklar",
        "Alıntılanan sözler": "aydınlatma direği yanmıyor",
        "Bu sürümdeki yeri": "Değişmedi",
        "Yazıldığı bölüm": "§1.1 Işıklı parklar (1. sürüm)",
        "Yorum": "Yanmıyor, bakın.",
        "Yazan": "Üye",
        "Kurum": "",
        "Yazıldığı tarih": f"{local:%Y-%m-%d %H:%M}",
        "Altına yazılanların sayısı": "1",
        "Platformun yanıtı": "Kısmen kabul edildi",
        "Gerekçe": "Biri onarıldı.",
        "Kalıcı bağlantı": f"{settings.BASE_URL}/forum/gonderi/{talk.quoting.pk}/",
    }
    assert expected.items() <= row_of(version, "Yanmıyor").items()


def test_whoever_spoke_for_an_organisation_is_listed_with_it(version, city, member, coordinator):
    union = OrganisationFactory(city=city, name="Emek Sendikası", kind=OrganisationKind.TRADE_UNION)
    confirm_representation(by=coordinator, representation=request_representation(user=member, organisation=union))
    comment_on_section(
        author=member, section=section_of(version, "1.2"), version=version, body="Vardiya.", organisation=union
    )
    row = row_of(version, "Vardiya.")
    assert (row["Kurum"], row["Kurumun türü"]) == ("Emek Sendikası", "Sendika")


def test_an_orphan_stands_in_no_section_but_was_written_in_one(plan, version, talk, editor):
    row = row_of(next_version(plan, by=editor), "Geç kalkmalı.")
    assert (row["Ana bölüm"], row["Bölüm"], row["Başlık"]) == ("", "", "")
    assert (row["Alıntılanan sözler"], row["Bu sürümdeki yeri"]) == ("Son otobüs", "Artık planda yok")
    assert row["Yazıldığı bölüm"] == "§2.1 Otobüs (1. sürüm)"


def test_proposed_words_have_a_column(version, talk):
    Suggestion.objects.create(post=talk.whole, words="Üç direk")
    assert row_of(version, "Bütün bölüme")["Önerilen sözler"] == "Üç direk"


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_spreadsheet_takes_words_for_a_formula(version, member, start):
    body = f'{start}HYPERLINK("http://kotu.example";"tıkla")'
    comment_on_section(author=member, section=section_of(version, "1.2"), version=version, body=f"\\{body}")
    assert row_of(version, "HYPERLINK")["Yorum"].startswith(f"'{start}")
    sheet = openpyxl.load_workbook(io.BytesIO(render_xlsx(Export(version)))).active
    cell = sheet["G2"]
    assert (cell.data_type, cell.value[:1]) == ("s", start)


@pytest.mark.parametrize(
    ("words", "cell"),
    [
        ("a|=1+1", "a|'=1+1"),
        ('"=1+1', "'\"=1+1"),
        (" =1+1", "' =1+1"),
        ('a;"=1+1"', 'a;"\'=1+1"'),
        ("beş, -5 derece", "beş, -5 derece"),
        ('"Evet"', '"Evet"'),
    ],
)
def test_formulas_are_found_behind_other_separators_quotes_and_spaces(words, cell):
    assert _csv_cell(words) == cell


def test_the_sheet_keeps_its_first_row_in_sight_and_its_links_open(version, talk):
    sheet = openpyxl.load_workbook(io.BytesIO(render_xlsx(Export(version)))).active
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert sheet["G2"].alignment.wrap_text
    assert sheet.column_dimensions["G"].width > 40
    assert sheet["Q2"].hyperlink.target == sheet["Q2"].value
    assert sheet["L2"].is_date
    assert sheet.max_row == 1 + len(rows_of(version))


def test_no_word_goes_on_that_a_visitor_may_not_read(version, talk):
    content = render_csv(Export(version)).decode()
    assert not [words for words in HIDDEN_WORDS if words in content]
    assert "@example.org" not in content
    assert len(rows_of(version)) == 3
