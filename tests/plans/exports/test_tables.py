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
from plans.exports.tables import render_csv, render_xlsx
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
    assert content.splitlines()[0].count(b";") == 15


def test_a_comment_is_told_with_its_place_its_answer_and_its_link(version, talk, settings):
    row = list(row_of(version, "Yanmıyor").values())
    assert row[:6] == [
        "1 Kent & yaşam",
        "1.1",
        "Işıklı parklar",
        "aydınlatma direği yanmıyor",
        "Değişmedi",
        "Yanmıyor, bakın.",
    ]
    local = talk.quoting.submit_date.astimezone(ZoneInfo("Europe/Istanbul"))
    assert row[7:12] == ["Üye", "", "", f"{local:%Y-%m-%d %H:%M}", "1"]
    assert row[12:14] == ["Kısmen kabul edildi", "Biri onarıldı."]
    assert row[15] == f"{settings.BASE_URL}/forum/gonderi/{talk.quoting.pk}/"


def test_whoever_spoke_for_an_organisation_is_listed_with_it(version, city, member, coordinator):
    union = OrganisationFactory(city=city, name="Emek Sendikası", kind=OrganisationKind.TRADE_UNION)
    confirm_representation(by=coordinator, representation=request_representation(user=member, organisation=union))
    comment_on_section(
        author=member, section=section_of(version, "1.2"), version=version, body="Vardiya.", organisation=union
    )
    row = list(row_of(version, "Vardiya.").values())
    assert row[8:10] == ["Emek Sendikası", "Sendika"]


def test_an_orphan_has_no_section(plan, version, talk, editor):
    row = list(row_of(next_version(plan, by=editor), "Geç kalkmalı.").values())
    assert row[:5] == ["", "", "", "Son otobüs", "Artık planda yok"]


def test_proposed_words_have_a_column(version, talk):
    Suggestion.objects.create(post=talk.whole, words="Üç direk")
    assert list(row_of(version, "Bütün bölüme").values())[6] == "Üç direk"


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_spreadsheet_takes_words_for_a_formula(version, member, start):
    body = f'{start}HYPERLINK("http://kotu.example";"tıkla")'
    comment_on_section(author=member, section=section_of(version, "1.2"), version=version, body=f"\\{body}")
    assert row_of(version, "HYPERLINK")["Yorum"].startswith(f"'{start}")
    sheet = openpyxl.load_workbook(io.BytesIO(render_xlsx(Export(version)))).active
    cell = sheet["F2"]
    assert (cell.data_type, cell.value[:1]) == ("s", start)


def test_the_sheet_keeps_its_first_row_in_sight_and_its_links_open(version, talk):
    sheet = openpyxl.load_workbook(io.BytesIO(render_xlsx(Export(version)))).active
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert sheet["F2"].alignment.wrap_text
    assert sheet.column_dimensions["F"].width > 40
    assert sheet["P2"].hyperlink.target == sheet["P2"].value
    assert sheet["K2"].is_date
    assert sheet.max_row == 1 + len(rows_of(version))


def test_no_word_goes_on_that_a_visitor_may_not_read(version, talk):
    content = render_csv(Export(version)).decode()
    assert not [words for words in HIDDEN_WORDS if words in content]
    assert "@example.org" not in content
    assert len(rows_of(version)) == 3
