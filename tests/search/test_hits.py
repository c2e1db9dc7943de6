"""Where a hit leads: into a plan at the sentence that answers, into a discussion at the post."""

import re

import pytest
from django.urls import reverse

from plans.actions.comment_on_section import comment_on_section
from plans.actions.publish_version import publish_version
from search import indexing
from tests.plans.making import make_plan, replacing, revise, section, section_of

LAMPS = "Parkta iki aydınlatma direği yanmıyor. Banklar çocuk alanına <b>çok uzak</b> duruyor. Sular akmıyor."
BENCH = "b-1-1-c1"  # the sentence about benches


pytestmark = pytest.mark.usefixtures("empty_index")


@pytest.fixture
def plan(city, editor):
    return make_plan(city, {"Kentsel hizmetler": [section("Parklar", LAMPS)]}, by=editor)


@pytest.fixture
def version(plan, editor):
    return publish_version(by=editor, plan=plan)


def hits(client, query, **parameters):
    indexing.drain()
    return client.get(reverse("search:search"), {"q": query, **parameters}).context["hits"]


def test_a_section_is_found_with_its_version_and_number(client, version):
    [hit] = hits(client, "uzak bank")
    assert hit["place"] == "Sürüm 1 · §1.1"


@pytest.mark.parametrize("query", ["uzak bank", "UZAK", "çocuk alan", '"çok uzak"', "uzka banklar"])
def test_a_section_opens_at_the_sentence_that_answers(client, version, plan, query):
    [hit] = hits(client, query)
    assert hit["url"] == f"{plan.get_url()}surum/1/?cumle={BENCH}#{BENCH}"
    page = client.get(hit["url"]).content.decode()
    assert page.count(f'id="{BENCH}"') == 1
    marked = re.findall(r'class="sentence sentence--found"[^>]*>([^<]*)', page)
    assert [words.strip() for words in marked] == ["Banklar çocuk alanına", "çok uzak", "duruyor."]


def test_a_section_of_which_only_the_heading_answers_opens_at_its_permanent_address(client, version):
    stood = section_of(version, "1.1")
    [hit] = hits(client, "Parklar", tur="section")
    assert hit["url"] in (stood.get_absolute_url(), f"{version.get_absolute_url()}?cumle=b-1-1-c0#b-1-1-c0")


def test_the_sentence_stays_where_it_was_found_when_the_plan_goes_on(client, plan, version, editor):
    [hit] = hits(client, "uzak bank")
    revise(plan.chapters[0], replacing("Parkta iki", "Önce şu: Parkta iki"), by=editor)
    publish_version(by=editor, plan=plan, note="Düzeltme.")
    page = client.get(hit["url"]).content.decode()
    assert "Banklar çocuk alanına" in page[page.index("sentence--found") :][:60]
    [newer] = hits(client, "uzak bank")
    assert newer["place"] == "Sürüm 2 · §1.1"


@pytest.mark.parametrize("asked", ["", "b-9-9-c9", "b-1-1-c99", '"><script>', "x" * 5_000])
def test_a_sentence_that_is_not_there_marks_nothing(client, version, asked):
    answer = client.get(version.get_absolute_url(), {"cumle": asked})
    assert answer.status_code == 200
    assert "sentence--found" not in answer.content.decode()


def test_a_comment_opens_where_it_stands(client, version, member):
    section_found = section_of(version, "1.1")
    comment = comment_on_section(author=member, section=section_found, version=version, body="Ihlamur dikilsin.")
    [hit] = hits(client, "ıhlamur", tur="comment")
    answer = client.get(hit["url"], follow=True)
    assert answer.redirect_chain[-1][0].endswith(f"#p{comment.pk}")
    assert f'id="p{comment.pk}"' in answer.content.decode()
