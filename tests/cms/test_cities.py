"""Opening a city, by the action and in Wagtail; what nobody deletes; editors stay in their city."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import ProtectedError
from django.urls import reverse
from wagtail.models import Page

from cms.actions import open_city
from cms.models import HomePage
from forum.models import Board
from knowledge.actions import submit_experience
from members.models import City
from tests import factories


def test_a_new_city_has_a_page_boards_a_library_and_editors(administrator, client):
    city = open_city(by=administrator, name="Şirinköy").city
    assert city.slug == "sirinkoy"
    assert client.get("/tr/sirinkoy/").status_code == 200
    assert Board.objects.filter(city=city).count() == 13
    assert client.get("/tr/sirinkoy/deneyimler/").status_code == 200
    assert client.get("/tr/bilgi/").status_code == 200
    assert city.editors is not None


def test_only_administrators_open_cities(coordinator):
    with pytest.raises(PermissionDenied):
        open_city(by=coordinator, name="Şirinköy")


@pytest.mark.parametrize("name", ["Örnekkent", "Forum", "Ara", "Bilgi", "Kentler", "---", ""])
def test_a_name_that_cannot_be_an_address_is_refused_and_leaves_nothing(administrator, city, name):
    pages = Page.objects.count()
    with pytest.raises(ValidationError):
        open_city(by=administrator, name=name)
    assert City.objects.get() == city
    assert Page.objects.count() == pages


@pytest.fixture
def add_city() -> str:
    return reverse(City.snippet_viewset.get_url_name("add"))


def test_an_administrator_opens_a_city_in_wagtail(client_of, administrator, add_city):
    browser = client_of(administrator)
    assert browser.get(add_city).status_code == 200
    browser.post(add_city, {"name": "Şirinköy"})
    assert City.objects.get().page.live
    assert Board.objects.exists()


def test_wagtail_says_what_is_wrong_with_a_name_and_keeps_it(client_of, administrator, city, add_city):
    page = client_of(administrator).post(add_city, {"name": "Forum"})
    assert page.status_code == 200
    assert 'value="Forum"' in page.content.decode()
    assert "Bu adres başka bir sayfanın" in page.content.decode()
    assert City.objects.get() == city


def test_editors_open_no_city(client_of, editor, add_city):
    assert client_of(editor).post(add_city, {"name": "Şirinköy"}).status_code == 302
    assert not City.objects.filter(name="Şirinköy").exists()


def test_a_city_is_not_deleted(client_of, administrator, city):
    client_of(administrator).post(reverse(City.snippet_viewset.get_url_name("delete"), args=[city.pk]))
    assert City.objects.filter(pk=city.pk).exists()
    with pytest.raises(ProtectedError):
        city.delete()


@pytest.mark.parametrize(
    "page", [HomePage.objects.all, lambda: Page.objects.filter(slug="ornekkent")], ids=["home", "city"]
)
def test_the_pages_of_the_platform_are_not_deleted(client_of, administrator, city, page):
    found = page().get()
    client_of(administrator).post(reverse("wagtailadmin_pages:delete", args=[found.pk]))
    assert Page.objects.filter(pk=found.pk).exists()


def _article(city, member, editor) -> Page:
    article = submit_experience(
        author=member, city=city, title="Işık", summary="Yandı.", theme=None, answers={"need": "Karanlıktı."}
    ).page
    article.current_workflow_state.current_task_state.approve(user=editor)
    return article


def test_an_article_that_people_commented_on_is_not_deleted(client_of, administrator, city, member, editor):
    article, url = _article(city, member, editor), "wagtailadmin_pages:delete"
    article.refresh_from_db()
    factories.post_comment(author=member, target=article, body="Bizde de.")
    client_of(administrator).post(reverse(url, args=[article.pk]))
    assert Page.objects.filter(pk=article.pk).exists()


def test_an_article_without_comments_is_deleted(client_of, administrator, city, member, editor):
    article = _article(city, member, editor)
    client_of(administrator).post(reverse("wagtailadmin_pages:delete", args=[article.pk]))
    assert not Page.objects.filter(pk=article.pk).exists()


@pytest.mark.parametrize("view", ["edit", "delete", "copy", "move", "unpublish", "add_subpage"])
def test_an_editor_does_not_touch_another_citys_pages(client_of, editor, other_city, view):
    url = reverse(
        f"wagtailadmin_pages:{view}" if view != "add_subpage" else "wagtailadmin_pages:add_subpage",
        args=[other_city.page.pk],
    )
    assert client_of(editor).get(url).status_code == 302
    browser = client_of(editor)
    browser.post(url, {"title": "Ele geçirildi"})
    other_city.page.refresh_from_db()
    assert other_city.page.live
    assert other_city.page.title == "Işıklı"
