"""The plan desk in Wagtail's admin: importing, the dry run, publishing; and what Wagtail may not do to a plan."""

from html import unescape
from typing import get_args

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.test.utils.form_data import rich_text

from plans.actions.comment_on_section import comment_on_section
from plans.actions.publish_version import publish_version
from plans.desk.import_words import WHAT_IS_LOST, WHY_NOT
from plans.docx.model import ErrorCode, LossKind
from plans.models import ChapterPage, PlanPage, PlanVersion
from tests import factories
from tests.plans.making import (
    replacing,
    revise,
    section_of,
    small_word_file,
    word_file,
)

DESK = "plan_desk"


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.fixture
def desk(editor, client_of) -> Client:
    """The editor's browser, with the admin in English."""
    return _signed_in(client_of, editor)


def _signed_in(client_of, person) -> Client:
    client = client_of(person)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.fixture
def commented(plan, editor, member) -> PlanPage:
    """A published plan with comments on the three sections."""
    version = publish_version(by=editor, plan=plan, note="Düzeltme.")
    for number, words in (("1.1", "Banklar çocuk alanına uzak duruyor."), ("1.2", ""), ("2.1", "Duraklarda")):
        comment_on_section(
            author=member, section=section_of(version, number), version=version, body=number, exact=words
        )
    return plan


def _upload(content: bytes, name: str = "plan.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def _page(response) -> str:
    assert response.status_code == 200, response.status_code
    return unescape(response.content.decode())


# Who may


def _addresses(city, plan) -> list[str]:
    return [reverse(DESK), reverse("plan_import", args=[city.slug]), reverse("plan_publish", args=[plan.pk])]


@pytest.mark.parametrize("role", ["member", "moderator", "stranger"])
def test_who_is_no_editor_does_not_enter(role, city, plan, client_of, request):
    client = _signed_in(client_of, request.getfixturevalue(role))
    upload = {"file": _upload(small_word_file().getvalue())}
    for address in _addresses(city, plan):
        for answer in (client.get(address), client.post(address, upload)):
            assert answer.status_code in (302, 403)
    assert not PlanVersion.objects.exists()
    assert PlanPage.objects.count() == 1


def test_who_is_signed_out_is_asked_to_sign_in(city, plan, client):
    for address in _addresses(city, plan):
        assert "/hesap/login/" in client.get(address, follow=True).redirect_chain[-1][0]


def test_an_editor_of_another_city_does_nothing_here(city, plan, other_city, client_of):
    client = _signed_in(client_of, factories.person(other_city, "editor"))
    assert plan.title not in _page(client.get(reverse(DESK)))
    client.post(reverse("plan_publish", args=[plan.pk]))
    client.post(reverse("plan_import", args=[city.slug]), {"file": _upload(small_word_file().getvalue())})
    assert not PlanVersion.objects.exists()
    assert PlanPage.objects.count() == 1


def test_the_menu_names_plans_to_editors_only(desk, client_of, administrator):
    home = reverse("wagtailadmin_home")
    assert reverse(DESK) in _page(desk.get(home))
    assert reverse(DESK) in _page(_signed_in(client_of, administrator).get(home))


# The list


def test_the_list_leads_to_chapters_versions_and_publishing(desk, city, plan, editor):
    version = publish_version(by=editor, plan=plan, note="Düzeltme.")
    page = _page(desk.get(reverse(DESK)))
    for link in (
        reverse("wagtailadmin_explore", args=[plan.pk]),
        reverse("plan_publish", args=[plan.pk]),
        reverse("plan_import", args=[city.slug]),
        version.get_absolute_url(),
    ):
        assert f'href="{link}"' in page


# Import


def test_a_word_file_becomes_a_plan(desk, city):
    address = reverse("plan_import", args=[city.slug])
    assert 'enctype="multipart/form-data"' in _page(desk.get(address))
    page = _page(desk.post(address, {"file": _upload(small_word_file().getvalue())}, follow=True))
    plan = PlanPage.objects.get()
    assert plan.chapters.count() == 2
    assert "Everything in the file was kept." in page
    assert reverse("plan_publish", args=[plan.pk]) in page


def test_what_could_not_be_kept_is_listed(desk, city):
    file = word_file(("Heading 1", "1. Bakım"), ("Heading 2", "Kreş"), ("Normal", "Metin."))
    page = _page(desk.post(reverse("plan_import", args=[city.slug]), {"file": _upload(file.getvalue())}, follow=True))
    assert "A number typed before a heading was taken off" in page
    assert "1. Bakım" in page


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"Merhaba", "not-docx"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old-doc"),
        (small_word_file().getvalue()[:4000], "damaged"),
        (word_file(("Normal", "Metin.")).getvalue(), "no-headings"),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_clear_word(content, code, desk, city):
    page = _page(desk.post(reverse("plan_import", args=[city.slug]), {"file": _upload(content)}))
    assert str(WHY_NOT[code]) in page
    assert not PlanPage.objects.exists()


def test_no_file_and_a_huge_one_are_refused(desk, city, monkeypatch):
    address = reverse("plan_import", args=[city.slug])
    assert "Please choose a file." in _page(desk.post(address, {"csrfmiddlewaretoken": "x"}))
    monkeypatch.setattr("plans.forms.LARGEST_FILE", 10)
    assert "larger than 30 MB" in _page(desk.post(address, {"file": _upload(b"x" * 11)}))


def test_each_loss_and_each_error_has_words():
    """A code of plans/docx without a text would be an error page."""
    assert set(get_args(LossKind)) == set(WHAT_IS_LOST)
    assert set(get_args(ErrorCode)) == set(WHY_NOT)


# Wagtail's own operations


def _copy(client: Client, chapter: ChapterPage, plan: PlanPage, **more) -> ChapterPage:
    form = {"new_title": "Kopya", "new_slug": "kopya", "new_parent_page": plan.pk, "publish_copies": "on"}
    client.post(reverse("wagtailadmin_pages:copy", args=[chapter.pk]), form | more)
    return ChapterPage.objects.get(slug="kopya")


def _keys(chapter: ChapterPage) -> list[str]:
    return [block.id for block in chapter.sections]


def test_a_chapter_copied_in_wagtail_gets_keys_of_its_own(desk, plan, editor):
    original = plan.chapters[0]
    keys = _keys(original)
    copy = _copy(desk, original, plan)
    assert not set(_keys(copy)) & set(keys)
    assert _keys(ChapterPage.objects.get(pk=original.pk)) == keys
    assert publish_version(by=editor, plan=plan, note="Düzeltme.").texts.count() == 8


def test_an_edit_in_wagtail_keeps_the_keys(desk, plan):
    chapter = plan.chapters[0]
    keys = _keys(chapter)
    revision = chapter.save_revision()
    assert [block.id for block in revision.as_object().sections] == keys


def test_a_plan_with_versions_is_not_deleted(commented, client_of, administrator):
    client = _signed_in(client_of, administrator)
    for page in (commented, commented.get_parent()):
        form = {"confirm_site_name": settings.WAGTAIL_SITE_NAME}
        answer = client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), form, follow=True)
        assert "cannot be deleted" in _page(answer)
    assert commented.versions.count() == 1


def test_nor_with_others_at_once(commented, client_of, administrator):
    client = _signed_in(client_of, administrator)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    answer = client.post(f"{address}?id={commented.pk}&next=/", follow=True)
    assert PlanPage.objects.filter(pk=commented.pk).exists()
    assert "cannot be deleted" in _page(answer)


def test_a_plan_without_versions_can_be_deleted(plan, client_of, administrator):
    client = _signed_in(client_of, administrator)
    client.post(reverse("wagtailadmin_pages:delete", args=[plan.pk]))
    assert not PlanPage.objects.exists()


def _form_of(page, **fields: str) -> dict[str, str]:
    """What Wagtail's editor sends for a plan's page."""
    return {"title": page.title, "slug": page.slug, "period": "", "summary": rich_text("<p>Özet.</p>"), **fields}


def test_the_address_of_a_published_plan_stays(desk, commented):
    address = reverse("wagtailadmin_pages:edit", args=[commented.pk])
    answer = desk.post(address, _form_of(commented, slug="baska", **{"action-publish": "on"}))
    assert "it stays" in _page(answer)
    commented.refresh_from_db()
    assert commented.slug != "baska"


def test_the_address_of_a_plan_in_preparation_may_change(desk, plan):
    desk.post(reverse("wagtailadmin_pages:edit", args=[plan.pk]), _form_of(plan, slug="baska"))
    assert PlanPage.objects.get(pk=plan.pk).get_latest_revision_as_object().slug == "baska"


def test_a_published_plan_stays_in_its_city(commented, other_city, client_of, administrator):
    client = _signed_in(client_of, administrator)
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[commented.pk, other_city.page.pk]))
    assert PlanPage.objects.get(pk=commented.pk).get_parent().specific.city == commented.city


def test_a_plan_in_preparation_belongs_to_the_city_it_is_moved_to(plan, other_city, client_of, administrator):
    client = _signed_in(client_of, administrator)
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[plan.pk, other_city.page.pk]))
    assert PlanPage.objects.get(pk=plan.pk).city == other_city


def test_a_copy_belongs_to_the_city_it_is_copied_to(commented, other_city, client_of, administrator):
    client = _signed_in(client_of, administrator)
    parent = other_city.page.pk
    form = {"new_title": "Kopya", "new_slug": "kopya", "new_parent_page": parent, "copy_subpages": "on"}
    client.post(reverse("wagtailadmin_pages:copy", args=[commented.pk]), {**form, "publish_copies": "on"})
    assert PlanPage.objects.get(slug="kopya").city == other_city


@pytest.mark.parametrize("what", ["chapter", "plan"])
def test_drafts_are_previewed(desk, plan, editor, what):
    revise(plan.chapters[0], replacing("Banklar", "Masalar"), by=editor, approve=False)
    page = plan.chapters[0] if what == "chapter" else plan
    preview = _page(desk.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])))
    assert "Masalar çocuk alanına uzak" in preview
    assert "Parklar" in preview


def test_a_plan_that_is_being_made_is_previewed(desk, city):
    address = reverse("wagtailadmin_pages:preview_on_add", args=["plans", "planpage", city.page.pk])
    form = {"title": "Yeni plan", "slug": "yeni-plan", "period": "", "summary": rich_text("<p>Özet.</p>")}
    assert desk.post(address, form).json()["is_valid"]
    assert "Yeni plan" in _page(desk.get(address))


def test_a_chapter_is_published_by_its_editors_and_waits_for_nobody(plan, desk):
    chapter = plan.chapters.first()
    assert chapter.get_workflow() is None
    editing = desk.get(reverse("wagtailadmin_pages:edit", args=[chapter.pk])).content.decode()
    assert "action-publish" in editing
    assert "action-submit" not in editing
