"""Where a section's permanent address leads once the section is gone."""

import pytest
from django.utils.html import escape

from plans.actions.publish_version import publish_version
from plans.models import PlanPage, Successor
from plans.succession import heirs_of
from tests.plans import making
from tests.plans.making import NURSERY, PARK, TRANSPORT, make_plan, section

BINS = "Çöp kutuları haftada üç kez boşaltılır. Kokudan yakınanların sayısı her ay duyurulur."
PARKS = section("Parklar", PARK, BINS)
CARE = section("Kreşler", NURSERY)
BUS = section("Otobüs", TRANSPORT)


@pytest.fixture
def plan(city, editor) -> PlanPage:
    return make_plan(city, {"Hizmetler": [PARKS, CARE]}, by=editor)


@pytest.fixture
def first(plan, editor):
    return publish_version(by=editor, plan=plan)


@pytest.fixture
def parks(first):
    return making.section_of(first, "1.1")


def revise(plan, editor, *sections):
    making.revise(plan.chapters.get(), lambda _blocks: list(sections), by=editor)
    return publish_version(by=editor, plan=plan, note="Düzeltme.")


def successors(version) -> dict[tuple[str, str], float]:
    rows = Successor.objects.filter(version=version).select_related("section", "successor")
    return {(row.section.latest_text.heading, row.successor.latest_text.heading): round(row.share, 2) for row in rows}


def test_a_first_version_and_an_unchanged_one_have_no_successors(plan, editor, first):
    assert successors(first) == {}
    assert successors(revise(plan, editor, PARKS, CARE, BUS)) == {}


def test_a_section_made_anew_leads_to_its_successor_with_a_word(client, plan, editor, parks):
    version = revise(plan, editor, CARE, section("Yeşil alanlar", PARK, BINS))
    assert successors(version) == {("Parklar", "Yeşil alanlar"): 1.0}
    response = client.get(parks.get_absolute_url(), follow=True)
    assert response.redirect_chain == [(f"{plan.get_url()}?eski={parks.key}#b-1-2", 302)]
    arrived = response.context["arrived"]
    assert arrived["anchor"] == "b-1-2"
    assert "§1.1 Parklar" in arrived["text"]
    assert response.content.decode().count(escape(arrived["text"])) == 1


@pytest.mark.parametrize("key", ["", "yok"])
def test_another_key_says_nothing(client, plan, first, key):
    response = client.get(plan.get_url(), {"eski": key})
    assert (response.status_code, response.context["arrived"]) == (200, {})


def test_a_split_section_names_its_successors(client, plan, editor, parks):
    version = revise(plan, editor, CARE, section("Aydınlatma", PARK), section("Çöp", BINS))
    assert set(successors(version)) == {("Parklar", "Aydınlatma"), ("Parklar", "Çöp")}
    page = client.get(parks.get_absolute_url())
    assert page.status_code == 200
    html = page.content.decode()
    assert f'href="{plan.get_url()}#b-1-2"' in html
    assert f'href="{plan.get_url()}#b-1-3"' in html
    assert "Banklar çocuk alanına uzak" in html


def test_a_section_that_stays_but_loses_half_of_its_text_is_told(client, plan, editor, parks):
    stays = {**PARKS, "value": section("Parklar", PARK)["value"]}
    version = revise(plan, editor, stays, CARE, section("Çöp", BINS))
    assert set(successors(version)) == {("Parklar", "Çöp")}
    assert client.get(parks.get_absolute_url()).url == f"{plan.get_url()}#b-1-1"


def test_the_way_leads_through_several_versions(client, plan, editor, parks):
    renamed, merged = section("Yeşil alanlar", PARK, BINS), section("Açık alanlar", PARK, BINS, TRANSPORT)
    revise(plan, editor, CARE, renamed)
    revise(plan, editor, renamed, CARE, BUS)
    revise(plan, editor, CARE, merged)
    assert client.get(parks.get_absolute_url()).url.endswith("#b-1-2")


def test_what_a_section_gave_away_while_it_stood_is_not_what_it_became(client, plan, editor, parks):
    stays = {**PARKS, "value": section("Parklar", PARK)["value"]}
    bins = section("Çöp", BINS)
    revise(plan, editor, stays, CARE, bins)
    revise(plan, editor, CARE, bins, section("Aydınlatma", PARK))
    assert client.get(parks.get_absolute_url()).url.endswith("#b-1-3")


def test_a_section_that_went_nowhere_says_so(client, plan, editor, parks):
    assert successors(revise(plan, editor, CARE, BUS)) == {}
    page = client.get(parks.get_absolute_url())
    assert page.status_code == 200
    assert page.context["heirs"] == []


def test_a_section_that_comes_back_is_led_to_again(client, plan, editor, parks):
    revise(plan, editor, CARE, section("Yeşil alanlar", PARK, BINS))
    revise(plan, editor, PARKS, CARE)
    assert client.get(parks.get_absolute_url()).url == f"{plan.get_url()}#b-1-1"


def test_following_takes_three_queries_over_one_version_and_over_many(plan, editor, parks, django_assert_num_queries):
    for number in range(1, 4):
        version = revise(plan, editor, CARE, section(f"Ad {number}", PARK, BINS))
        parks.plan = plan
        with django_assert_num_queries(3):
            [heir] = heirs_of(parks, version)
        assert (heir.text.heading, heir.percent) == (f"Ad {number}", 100)
