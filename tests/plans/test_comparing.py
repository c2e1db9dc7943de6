"""Two versions of a plan compared: what the page says, at which address, and how many queries that takes."""

from datetime import UTC, datetime
from html import unescape

import pytest
from django.utils.html import strip_tags
from django.utils.translation import override

from forum.actions import hide_post
from plans.actions.comment_on_section import comment_on_section
from plans.actions.enter_phase import enter_phase
from plans.actions.publish_version import Why, publish_version
from plans.models import Phase, PlanPage, PlanVersion
from plans.views.comparison_page import ComparisonPage
from tests.plans import making
from tests.plans.making import NURSERY, PARK, TRANSPORT, make_plan, section, section_of

BINS = "Çöp kutuları haftada üç kez boşaltılır. Kokudan yakınanların sayısı her ay duyurulur."
PARKS, CARE, BUS = section("Parklar", PARK, BINS), section("Kreşler", NURSERY), section("Otobüs", TRANSPORT)


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.fixture
def plan(city, editor) -> PlanPage:
    return make_plan(city, {"Hizmetler": [PARKS, CARE], "Ulaşım": [BUS]}, by=editor)


@pytest.fixture
def first(plan, editor):
    return publish_version(by=editor, plan=plan)


def revise(plan, editor, *sections, chapter: int = 0, **kwargs):
    making.revise(plan.chapters[chapter], lambda _blocks: list(sections), by=editor)
    return publish_version(by=editor, plan=plan, **{"note": "Düzeltme.", **kwargs})


def reworded(block, old: str, new: str):
    return making.replacing(old, new)([block])[0]


@pytest.fixture
def second(plan, first, editor):
    """1.1 has other words, 1.2 is gone, 1.2 is new; chapter 2 is as it was."""
    changed = reworded(PARKS, "üç kez", "beş kez")
    return revise(plan, editor, changed, section("Pazar", "Pazar yerinde gölgelik kurulur."))


def compared(client, plan, address: str = "surum/2/fark/1/"):
    response = client.get(f"{plan.get_url()}{address}")
    assert response.status_code == 200, response.status_code
    return response


def rows(response) -> dict[str, dict]:
    chapters = response.context["chapters"]
    return {row["anchor"]: row for chapter in chapters for run in chapter["runs"] for row in run["rows"]}


def facts(response) -> dict[str, list[str]]:
    return {anchor: [fact["value"] for fact in row.get("facts", [])] for anchor, row in rows(response).items()}


def words_of(response) -> str:
    return " ".join(unescape(strip_tags(response.content.decode())).split())


def test_it_says_what_became_of_each_section(client, plan, second):
    page = compared(client, plan)
    assert facts(page) == {"b-1-1": ["edited"], "e-1-2": ["removed"], "b-1-2": ["added"], "b-2-1": []}
    assert page.context["summary"] == "1 section changed, 1 section new, 1 section taken out"
    listed = [(child["number"], child["note"]) for item in page.context["toc"] for child in item["children"]]
    assert listed == [("1.1", "Text changed"), ("1.2", "Taken out"), ("1.2", "New section")]


def test_words_that_went_and_came_are_told_without_seeing_them(client, plan, second):
    text = words_of(compared(client, plan))
    assert "haftada [taken out: üç] [put in: beş] kez boşaltılır" in text
    # What is new or gone as a whole is said once, and reads as a text.
    assert "[put in: Pazar" not in text
    assert "Pazar yerinde gölgelik kurulur." in text


def test_side_by_side_each_text_stands_for_itself(client, plan, second):
    page = compared(client, plan, "surum/2/fark/1/?gorunum=yan")
    same, changed = rows(page)["b-1-1"]["sides"]
    assert (same.is_same, changed.is_same) == (True, False)
    assert "".join(part.text for part in changed.old) == BINS
    assert "".join(part.text for part in changed.new) == BINS.replace("üç kez", "beş kez")
    assert [view["selected"] for view in page.context["views"]] == [False, True]


def test_sections_that_are_as_they_were_are_one_line(client, plan, second):
    page = compared(client, plan)
    [run] = page.context["chapters"][1]["runs"]
    assert run["is_same"]
    assert "1 section unchanged" in words_of(page)
    assert "Son otobüs" not in words_of(page)


def test_a_section_that_moved_says_where_it_stood(client, plan, first, editor):
    making.revise(plan.chapters[0], lambda _blocks: [PARKS], by=editor)
    revise(plan, editor, BUS, CARE, chapter=1)
    row = rows(compared(client, plan))["b-2-2"]
    assert [fact["value"] for fact in row["facts"]] == ["moved"]
    assert row["remarks"] == [
        {"text": "Before, it stood at §1.2, in “Hizmetler”.", "url": f"{first.get_absolute_url()}#b-1-2"}
    ]
    assert row["is_same_text"]


def test_a_section_made_anew_is_compared_with_what_it_was(client, plan, first, editor):
    revise(plan, editor, CARE, section("Yeşil alanlar", PARK, BINS))
    page = compared(client, plan)
    assert facts(page)["b-1-2"][:2] == ["remade", "renamed"]
    assert "It goes on from §1.1 “Parklar”, which was made anew." in words_of(page)
    assert page.context["summary"] == "1 section changed"


def test_a_section_that_was_merged_or_split_says_so(client, plan, first, editor):
    revise(plan, editor, section("Hizmetler", PARK, BINS, NURSERY))
    page = compared(client, plan)
    assert facts(page)["b-1-1"] == ["merged", "renamed"]
    assert [remark["url"] for remark in rows(page)["b-1-1"]["remarks"]] == [
        f"{first.get_absolute_url()}#b-1-1",
        f"{first.get_absolute_url()}#b-1-2",
    ]
    revise(plan, editor, section("Parklar", PARK), section("Çöp", BINS), CARE)
    assert facts(compared(client, plan, "surum/3/fark/2/"))["e-1-1"] == ["split"]


def test_text_is_followed_over_the_versions_between(client, plan, first, editor):
    revise(plan, editor, CARE, section("Yeşil alanlar", PARK, BINS))
    revise(plan, editor, CARE, section("Kent bahçeleri", PARK, BINS))
    assert facts(compared(client, plan, "surum/3/fark/1/"))["b-1-2"][0] == "remade"


def test_why_a_section_changed_is_said_with_the_comments_that_led_to_it(client, plan, first, editor, member, moderator):
    park = section_of(first, "1.1")
    shown = comment_on_section(author=member, section=park, version=first, body="Daha sık boşaltılsın.")
    hidden = comment_on_section(author=member, section=park, version=first, body="Adım Ayşe, evim 5 numara.")
    hide_post(by=moderator, post=hidden, reason="Kişisel")
    why = {park.key: Why(reason="Ölçüldü.", comments=[shown.pk, hidden.pk])}
    changed = reworded(PARKS, "üç kez", "beş kez")
    revise(plan, editor, changed, CARE, why=why, note="")
    page = compared(client, plan)
    [reason] = rows(page)["b-1-1"]["reasons"]
    assert (reason.text, reason.comments) == ("Ölçüldü.", [shown])
    text = page.content.decode()
    assert f'href="{shown.get_absolute_url()}"' in text
    assert "Ölçüldü." in text
    assert "Ayşe" not in text


def test_the_form_leads_to_the_permanent_address(client, plan, second, editor):
    revise(plan, editor, CARE)
    url = plan.get_url()
    for address, target in {
        "fark/": "surum/3/fark/2/",
        "fark/?once=1&sonra=3": "surum/3/fark/1/",
        "fark/?once=3&sonra=1&gorunum=yan": "surum/3/fark/1/?gorunum=yan",
        "surum/1/fark/2/": "surum/2/fark/1/",
    }.items():
        assert client.get(f"{url}{address}").url == f"{url}{target}"


def test_versions_bear_the_day_on_which_they_were_published_here(client, plan, second):
    PlanVersion.objects.filter(pk=second.pk).update(published_at=datetime(2026, 11, 28, 22, 30, tzinfo=UTC))
    page = compared(client, plan)
    assert ("2", "2 (29 November 2026)") in page.context["form"].fields["once"].choices


@pytest.mark.parametrize(
    ("query", "message"),
    [("once=1&sonra=1", "Please choose two different versions."), ("once=7&sonra=1", "The plan has no such version.")],
)
def test_a_choice_that_cannot_be_compared_is_refused_and_stays(client, plan, second, query, message):
    page = compared(client, plan, f"fark/?{query}")
    assert message in page.content.decode()
    assert page.context["form"]["sonra"].value() == "1"


@pytest.mark.parametrize("address", ["surum/2/fark/2/", "surum/2/fark/9/", "surum/9/fark/1/"])
def test_a_version_that_is_not_there_is_not_compared(client, plan, second, address):
    assert client.get(f"{plan.get_url()}{address}").status_code == 404


def test_a_plan_with_one_version_says_that_there_is_nothing_to_compare(client, plan, first):
    assert "There is nothing to compare yet" in words_of(compared(client, plan, "fark/"))


def test_versions_that_read_alike_say_so(client, plan, first, editor):
    revise(plan, editor, PARKS, CARE)
    assert "Nothing differs" in words_of(compared(client, plan))


def test_another_summary_is_shown_though_no_section_differs(client, plan, first, editor):
    plan.summary = "<p>Bu plan herkes içindir.</p>"
    plan.save_revision(user=editor).publish(user=editor)
    publish_version(by=editor, plan=plan)
    text = words_of(compared(client, plan))
    assert "Plain summary [put in: Bu plan herkes içindir.]" in text
    assert "Nothing differs" not in text


def test_what_is_for_members_is_compared_by_members(client, client_of, plan, second, editor, member):
    enter_phase(by=editor, plan=plan, kind=Phase.Kind.PREPARATION, audience=Phase.Audience.MEMBERS)
    address = f"{plan.get_url()}surum/2/fark/1/"
    assert client.get(address).status_code == 403
    assert client_of(member).get(address).status_code == 200


def _large(city, editor, sections: int) -> PlanPage:
    """A plan whose every second section has changed in version 2, each for the sake of a comment."""
    blocks = [section(f"Konu {n}", f"Bu {n}. konudur. {PARK}") for n in range(sections)]
    plan = make_plan(city, {"Tek": blocks}, by=editor, title=f"Plan {sections}")
    version = publish_version(by=editor, plan=plan)
    why = {}
    for text in version.texts.select_related("section").exclude(text="")[::2]:
        post = comment_on_section(author=editor, section=text.section, version=version, body=f"Yorum {text.number}")
        why[text.section.key] = Why(comments=[post.pk])
    changed = [reworded(block, "iki", "beş") if n % 2 == 0 else block for n, block in enumerate(blocks)]
    revise(plan, editor, *changed, why=why)
    return plan


def test_it_takes_as_many_queries_for_many_sections_as_for_few(city, editor, member, django_assert_num_queries):
    for sections in (4, 40):
        plan = _large(city, editor, sections)
        later, earlier = plan.versions.order_by("-number")
        plan.get_url()
        earlier.plan = later.plan = plan
        # Both texts, successors, changes and their comments.
        with django_assert_num_queries(5):
            page = ComparisonPage(earlier, later, member)
            assert len(page.contents()[0]["children"]) == sections // 2
            [chapter] = page.chapters()
        assert [row["reasons"] == [] for run in chapter["runs"] for row in run["rows"] if row["status"] != "same"] == [
            False
        ] * (sections // 2)
