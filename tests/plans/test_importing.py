"""The editors' pages for Word files: tracked changes are asked for, a revised file is compared before it is written."""

import os
import re
import time
from html import unescape

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from plans.actions.import_plan import import_plan
from plans.actions.merge_suggestion import merge_suggestion
from plans.actions.publish_version import publish_version
from plans.actions.suggest_words import suggest_words
from plans.models import ChapterPage, PlanPage
from tests import factories
from tests.plans.making import NURSERY, PARK, replacing, revise, section_of, word_file
from tests.plans.test_reimport_plan import HALVES, LINES, drafts, keys, revised_lines
from tests.plans.word_files import deleted, in_a_section, inserted, paragraph, put


@pytest.fixture(autouse=True)
def _in_english(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "uploads": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "uploads"},
        },
    }
    with override("en"):
        yield


@pytest.fixture
def desk(editor, client_of) -> Client:
    return _signed_in(client_of, editor)


def _signed_in(client_of, person) -> Client:
    client = client_of(person)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.fixture
def plan(city, editor) -> PlanPage:
    imported, _losses = import_plan(by=editor, city=city, file=word_file(*LINES))
    return imported


def _upload(file) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("plan.docx", file.getvalue())}


def _tracked():
    xml = paragraph("Kalan ", inserted("eklenen sözler"), deleted("silinen sözler"))
    return in_a_section(lambda document: put(document, xml))


def _page(response) -> str:
    assert response.status_code == 200, response.status_code
    return unescape(response.content.decode())


def _kept() -> list[str]:
    try:
        return storages["uploads"].listdir("word")[1]
    except FileNotFoundError:
        return []


# Tracked changes in a new plan


def test_tracked_changes_are_shown_and_asked_for_before_anything_is_made(desk, city):
    response = desk.post(reverse("plan_import", args=[city.slug]), _upload(_tracked()), follow=True)
    page = _page(response)
    for words in ("1 insertion", "1 deletion", "eklenen sözler", "silinen sözler"):
        assert words in page
    assert not PlanPage.objects.exists()
    assert len(_kept()) == 1


@pytest.mark.parametrize(("decision", "text"), [("accept", "Kalan eklenen sözler"), ("refuse", "Kalan silinen sözler")])
def test_the_file_need_not_be_chosen_again_after_the_question(decision, text, desk, city):
    asked = desk.post(reverse("plan_import", args=[city.slug]), _upload(_tracked()))
    page = _page(desk.post(asked.url, {"tracked": decision}, follow=True))
    assert "The plan is imported" in page
    (block,) = PlanPage.objects.get().chapters[0].sections
    assert text in block.value["body"][0].value.source
    assert _kept() == []


def test_without_an_answer_the_question_is_asked_again(desk, city):
    asked = desk.post(reverse("plan_import", args=[city.slug]), _upload(_tracked()))
    assert "Please choose one of the two." in _page(desk.post(asked.url, {"tracked": ""}))
    assert not PlanPage.objects.exists()


def test_another_person_does_not_get_at_a_kept_file(desk, city, plan, client_of):
    asked = desk.post(reverse("plan_import", args=[city.slug]), _upload(_tracked()))
    colleague = _signed_in(client_of, factories.person(city, "editor"))
    page = _page(colleague.post(asked.url, {"tracked": "accept"}, follow=True))
    assert "choose it again" in page
    assert PlanPage.objects.count() == 1


def test_a_file_kept_for_one_thing_is_not_taken_for_another(desk, city, plan):
    asked = desk.post(reverse("plan_import", args=[city.slug]), _upload(_tracked()))
    token = asked.url.rstrip("/").split("/")[-1]
    page = _page(desk.get(reverse("plan_revise_preview", args=[plan.pk, token]), follow=True))
    assert "choose it again" in page


def test_what_nobody_came_back_for_is_deleted_after_a_day(desk, city):
    desk.post(reverse("plan_import", args=[city.slug]), _upload(_tracked()))
    (old,) = _kept()
    long_ago = time.time() - 2 * 24 * 60 * 60
    os.utime(storages["uploads"].path(f"word/{old}"), (long_ago, long_ago))
    desk.post(reverse("plan_import", args=[city.slug]), _upload(_tracked()))
    assert len(_kept()) == 1
    assert _kept() != [old]


def test_one_person_keeps_five_files_at_most(desk, city):
    for _time in range(7):
        desk.post(reverse("plan_import", args=[city.slug]), _upload(_tracked()))
    assert len(_kept()) == 5


# A revised file


def _compare(desk, plan, lines) -> str:
    """The address of the comparison."""
    response = desk.post(reverse("plan_revise", args=[plan.pk]), _upload(word_file(*lines)))
    assert response.status_code == 302, _page(response)
    return response.url


def _form(page: str, **more: str) -> dict[str, str]:
    return {"seen": re.search(r'name="seen" value="(\w+)"', page)[1], **more}


def test_the_list_of_plans_leads_to_the_upload(desk, plan):
    assert f'href="{reverse("plan_revise", args=[plan.pk])}"' in _page(desk.get(reverse("plan_desk")))
    assert 'enctype="multipart/form-data"' in _page(desk.get(reverse("plan_revise", args=[plan.pk])))


def test_the_comparison_names_every_section_and_writes_nothing(desk, plan):
    before = drafts(plan)
    kept = revised_lines(("Parklar", "Yeşil alanlar"), ("Otobüs", ""))[:-1]
    lines = [*kept, ("Heading 2", "Su"), ("Normal", "Kesinti yok.")]
    response = desk.get(_compare(desk, plan, lines))
    page = _page(response)
    for words in ("1.1 Yeşil alanlar", "renamed", "same", "2.1 Otobüs", "No longer in the file", "2.1 Su"):
        assert words in page
    assert response.context["counts"] == {"same": 1, "changed": 1, "new": 1, "undecided": 0}
    assert drafts(plan) == before


def test_each_section_shows_how_its_words_change(desk, plan):
    page = desk.get(_compare(desk, plan, revised_lines((PARK, PARK.replace("iki", "üç")))))
    rows = [section["row"] for chapter in page.context["chapters"] for section in chapter["rows"]]
    assert [bool(row.lines) for row in rows] == [True, False, False]
    assert re.search(r"<del>.*iki.*</del><ins>.*üç.*</ins>", page.content.decode())


def test_a_file_without_what_was_merged_meanwhile_is_warned_of(desk, plan, editor, member):
    version = publish_version(by=editor, plan=plan)
    words = "Banklar çocuk alanının yanına konur."
    where = {"section": section_of(version, "1.1"), "version": version, "exact": "Banklar çocuk alanına uzak duruyor."}
    suggestion = suggest_words(author=member, words=words, body="Daha açık.", **where)
    merge_suggestion(by=editor, suggestion=suggestion, reason="Haklısınız.")
    page = desk.get(_compare(desk, plan, LINES))
    [row] = page.context["comparison"].lacking
    assert (row["post"], row["name"], row["text"]) == (suggestion.post, "1.1 Parklar", where["exact"])
    kept = revised_lines((PARK, PARK.replace(where["exact"], words)))
    assert desk.get(_compare(desk, plan, kept)).context["comparison"].lacking == []


def test_confirmed_it_writes_drafts_and_says_which(desk, plan):
    before = keys(plan)
    address = _compare(desk, plan, revised_lines(("Parklar", "Yeşil alanlar")))
    page = _page(desk.post(address, _form(_page(desk.get(address))), follow=True))
    chapter = ChapterPage.objects.get(title="Kentsel hizmetler")
    assert reverse("wagtailadmin_pages:edit", args=[chapter.pk]) in page
    assert keys(plan)["Yeşil alanlar"] == before["Parklar"]
    assert _kept() == []


def test_the_same_file_gives_nothing_to_confirm(desk, plan):
    page = _page(desk.get(_compare(desk, plan, LINES)))
    assert "There is nothing to write." in page
    assert "Write the drafts" not in page


def test_an_editors_newer_draft_is_named(desk, plan, editor):
    chapter = ChapterPage.objects.get(title="Kentsel hizmetler")
    revise(chapter, replacing("Banklar", "Masalar"), by=editor, approve=False)
    page = _page(desk.get(_compare(desk, plan, LINES)))
    assert "becomes an earlier revision" in page
    assert reverse("wagtailadmin_pages:history", args=[chapter.pk]) in page


def test_drafts_that_changed_meanwhile_are_not_written_over(desk, plan, editor):
    address = _compare(desk, plan, revised_lines((PARK, "Parkta ışık var.")))
    form = _form(_page(desk.get(address)))
    revise(ChapterPage.objects.get(title="Ulaşım"), replacing("Son otobüs", "İlk otobüs"), by=editor)
    before = drafts(plan)
    page = _page(desk.post(address, form))
    assert "have changed in the meantime" in page
    assert drafts(plan) == before
    assert "The drafts are written" in _page(desk.post(address, _form(page), follow=True))


@pytest.fixture
def split_plan(city, editor) -> PlanPage:
    lines = [*LINES[:3], ("Heading 2", "Gündelik hayat"), ("Normal", PARK), ("Normal", NURSERY), *LINES[7:]]
    imported, _losses = import_plan(by=editor, city=city, file=word_file(*lines))
    return imported


def test_what_is_not_certain_is_decided_by_the_editor(desk, split_plan):
    key = keys(split_plan)["Gündelik hayat"]
    address = _compare(desk, split_plan, HALVES)
    page = _page(desk.get(address))
    assert "2 sections are to be decided by you" in page
    undecided = _page(desk.post(address, _form(page)))
    assert "Please decide." in undecided
    twice = _page(desk.post(address, _form(page, **{"section-0": key, "section-1": key})))
    assert "chosen for another one already" in twice
    assert f'value="{key}" selected' in twice
    assert not ChapterPage.objects.filter(has_unpublished_changes=True).exists()
    desk.post(address, _form(page, **{"section-0": "new", "section-1": key}))
    assert keys(split_plan)["Çocuk"] == key


def test_decisions_stay_where_the_drafts_changed_meanwhile(desk, split_plan, editor):
    key = keys(split_plan)["Gündelik hayat"]
    address = _compare(desk, split_plan, HALVES)
    form = _form(_page(desk.get(address)), **{"section-0": key, "section-1": "new"})
    revise(ChapterPage.objects.get(title="Ulaşım"), replacing("Son otobüs", "İlk otobüs"), by=editor)
    assert f'value="{key}" selected' in _page(desk.post(address, form))


def test_a_locked_chapter_is_named_and_nothing_written(desk, plan, administrator):
    ChapterPage.objects.filter(title="Kentsel hizmetler").update(locked=True, locked_by=administrator)
    address = _compare(desk, plan, revised_lines((PARK, "Parkta ışık var.")))
    page = _page(desk.get(address))
    assert "Somebody else has locked these chapters" in page
    assert "Somebody else has locked" in _page(desk.post(address, _form(page)))
    assert not ChapterPage.objects.filter(has_unpublished_changes=True).exists()


def test_tracked_changes_of_a_revised_file_are_asked_for_too(desk, plan):
    address = desk.post(reverse("plan_revise", args=[plan.pk]), _upload(_tracked())).url
    assert "1 insertion" in _page(desk.get(address))
    answered = f"{address}?tracked=refuse"
    page = _page(desk.get(answered))
    assert "Duraklar" in page
    assert "The drafts are written" in _page(desk.post(answered, _form(page, **{"section-0": "new"}), follow=True))
    text = ChapterPage.objects.get(title="Ulaşım").get_latest_revision_as_object().sections.raw_data[0]
    assert "silinen sözler" in str(text)


def test_a_file_that_cannot_be_read_is_refused_at_once(desk, plan):
    upload = {"file": SimpleUploadedFile("plan.docx", b"Merhaba")}
    assert "This is no Word file" in _page(desk.post(reverse("plan_revise", args=[plan.pk]), upload))
    assert _kept() == []


@pytest.mark.parametrize("role", ["member", "moderator", "stranger"])
def test_who_is_no_editor_revises_nothing(role, plan, client_of, request):
    client = _signed_in(client_of, request.getfixturevalue(role))
    for name, arguments in (("plan_revise", []), ("plan_revise_preview", ["0" * 32]), ("plan_revised", [])):
        address = reverse(name, args=[plan.pk, *arguments])
        for answer in (client.get(address), client.post(address, _upload(word_file(*LINES[:7])))):
            assert answer.status_code in (302, 403)
    assert _kept() == []


def test_the_comparison_asks_the_database_as_often_for_many_sections(desk, city, editor, django_assert_num_queries):
    def compare(sections: int) -> None:
        lines = [("Heading 1", "Kentsel hizmetler")]
        for number in range(sections):
            lines += [("Heading 2", f"Konu {number}"), ("Normal", f"{number}. metin burada, {PARK}")]
        plan, _losses = import_plan(by=editor, city=city, file=word_file(*lines))
        address = _compare(desk, plan, [*lines, ("Heading 2", "Yeni"), ("Normal", "Yeni.")])
        desk.get(address)
        with django_assert_num_queries(21):
            desk.get(address)

    compare(2)
    compare(40)
