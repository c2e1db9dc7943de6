"""Addresses lead to the same pages as Wagtail's own routing, in fewer queries; restrictions hold wherever they are set."""

import pytest
from wagtail.models import Page, PageViewRestriction

from cms.models import CityPage, HomePage, TextPage
from cms.routing import LEVELS_AT_ONCE, is_public
from knowledge.models import GuidePage, KnowledgeIndexPage
from plans.actions.publish_version import publish_version
from tests.plans.making import two_chapters


@pytest.fixture
def plan(city, editor):
    plan = two_chapters(city, by=editor)
    publish_version(by=editor, plan=plan)
    return plan


@pytest.fixture
def about(db):
    return HomePage.objects.get().add_child(instance=TextPage(title="Hakkında", slug="hakkinda", body="<p>Metin.</p>"))


def restrict(page):
    return PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def test_the_page_that_is_found_is_whole_and_of_its_own_class(rf, plan, about, django_assert_num_queries):
    home, library = HomePage.objects.get(), KnowledgeIndexPage.objects.child_of(plan.city.page).get()
    guide = library.add_child(instance=GuidePage(title="Kılavuz", slug="kilavuz", summary="Özet"))
    for page in (about, plan.city.page, plan, library, guide):
        with django_assert_num_queries(1):
            address = page.url_path.removeprefix(home.url_path)
            found = home.route(rf.get("/"), address.strip("/").split("/")).page
        stored = type(page).objects.get(pk=page.pk)
        assert type(found) is type(page)
        for field in type(page)._meta.concrete_fields:
            assert getattr(found, field.attname) == getattr(stored, field.attname)


def test_the_home_page_shows_its_own_text(client, db):
    HomePage.objects.update(intro="<p>Hoş geldiniz.</p>")
    assert "Hoş geldiniz." in client.get("/tr/").content.decode()


@pytest.mark.parametrize("below", ["", "surumler/", "surum/1/"])
def test_an_address_leads_to_the_page_and_into_it(client, plan, below):
    assert client.get(f"{plan.get_url()}{below}").status_code == 200


@pytest.mark.parametrize("below", ["olmayan/", "surum/1/olmayan/", "surum/7/"])
def test_what_is_not_there_is_not_found(client, plan, below):
    assert client.get(f"{plan.get_url()}{below}").status_code == 404


def test_a_page_that_is_not_published_is_not_found(client, about):
    about.unpublish()
    assert client.get("/tr/hakkinda/").status_code == 404


def test_a_slug_counts_only_in_its_place(client, plan, about):
    assert client.get("/tr/hakkinda/").status_code == 200
    assert client.get(f"{plan.city.page.get_url()}hakkinda/").status_code == 404
    assert client.get(f"/tr/{plan.slug}/").status_code == 404


def test_a_page_deeper_than_is_looked_up_at_once_is_found(client, about):
    page = about
    for level in range(LEVELS_AT_ONCE):
        page = page.add_child(instance=TextPage(title=f"Sayfa {level}", slug=f"sayfa-{level}", body="<p>Metin.</p>"))
    assert "Sayfa 7" in client.get(page.get_url()).content.decode()
    assert client.get(f"{page.get_url()}olmayan/").status_code == 404


def test_an_address_of_thousands_of_parts_is_looked_up_with_few(client, about, django_assert_num_queries):
    with django_assert_num_queries(5) as captured:
        assert client.get(f"/tr/{'a/' * 2_000}").status_code == 404
    assert max(len(query["sql"]) for query in captured.captured_queries) < 5_000


def test_a_copy_is_found_by_wagtail(client, about, city):
    about.create_alias(parent=CityPage.objects.get(city=city).page_ptr, update_slug="kopya")
    assert client.get(f"{city.page.get_url()}kopya/").status_code == 200


def test_a_page_that_is_named_like_an_address_of_the_plan_does_not_hide_it(client, plan):
    chapter = plan.chapters.first()
    Page.objects.filter(pk=chapter.pk).update(slug="surumler", url_path=f"{plan.url_path}surumler/")
    assert "sürüm" in client.get(f"{plan.get_url()}surumler/").content.decode()


@pytest.mark.parametrize("above", [0, 1, 2])
def test_who_may_see_a_page_is_asked_of_those_above_it(client, client_of, member, plan, above):
    page = [plan, plan.city.page, HomePage.objects.get()][above]
    restriction = restrict(page)
    assert client.get(plan.get_url()).status_code == 302
    assert client_of(member).get(plan.get_url()).status_code == 200
    assert not Page.objects.filter(is_public(), pk=plan.pk).exists()
    restriction.delete()
    assert client.get(plan.get_url()).status_code == 200


def test_public_is_what_wagtail_calls_public(plan, about):
    restrict(plan)
    assert set(Page.objects.filter(is_public())) == set(Page.objects.public())


def test_a_page_costs_the_same_however_deep_it_lies(client, plan, about, django_assert_num_queries):
    for address in ("/tr/hakkinda/", plan.city.page.get_url()):
        client.get(address)
    with django_assert_num_queries(5):  # site, page; city, its plan, the menu's pages
        client.get("/tr/hakkinda/")
