"""From the dry run over the desk to adoption: refused while a comment has no sure place, then allowed."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from forum.models import Post
from members.actions import confirm_representation, request_representation
from members.models import City, OrganisationKind, Role, User
from plans.actions.comment_on_section import comment_on_section
from plans.actions.endorse_version import endorse_version
from plans.actions.enter_phase import enter_phase
from plans.models import Phase, PlanPage, PlanVersion, SectionText
from tests import factories
from tests.journeys import material

LAMPS = "Duraklar iyi aydınlatılır."
REWORDED = "Bütün duraklarda ışık geceleri açık kalır."
REMARK = "Aydınlatmayla ilgiliydi."
KINDS = [OrganisationKind.CIVIL_SOCIETY, OrganisationKind.ACADEMIA, OrganisationKind.TRADE_UNION]


@pytest.fixture
def comments(member, another_member, version) -> list[Post]:
    """One on a sentence that goes, one on a sentence that is written anew."""
    place = version.texts.select_related("section").get(number="2.1").section
    return [
        comment_on_section(author=author, section=place, version=version, body=body, exact=words)
        for author, body, words in (
            (member, "İki hat yetmiyor.", material.SENTENCE),
            (another_member, "Kim aydınlatacak?", LAMPS),
        )
    ]


def endorse(version: PlanVersion, city: City, coordinator: User) -> None:
    """Enough organisations of enough kinds stand behind the version."""
    for kind in KINDS:
        person = factories.person(city, Role.MEMBER)
        organisation = factories.OrganisationFactory(city=city, kind=kind)
        asked = request_representation(user=person, organisation=organisation)
        confirm_representation(by=coordinator, representation=asked)
        endorse_version(by=person, version=version, organisation=organisation)


def publish(page: Page, plan: PlanPage) -> None:
    """The dry run names both comments; then the version is published, and the plan desk counts them."""
    page.goto(reverse("plan_publish", args=[plan.pk]))
    waiting = page.locator(".dry-run__comments").first
    for body in ("İki hat yetmiyor.", "Kim aydınlatacak?"):
        expect(waiting).to_contain_text(body)
    page.locator("[name=note]").fill("Yeniden yazıldı.")
    page.locator("form:has([name=note]) button[type=submit]").click()
    expect(page.locator(".plan-desk a[href$='/surum/2/']")).to_be_visible()
    page.locator(".plan-desk a[href$='/yerler/']").click()
    expect(page.locator("main ol.rows > li")).to_have_count(2)


def decide(page: Page, decision: str) -> None:
    page.locator(f"[name=decision][value={decision}]").check()
    page.locator("[name=remark]").fill(REMARK)
    page.locator("form:has([name=remark]) .button--primary").click()


def adopt(page: Page, plan: PlanPage) -> None:
    page.goto(reverse("plans:support", args=[plan.pk]))
    page.once("dialog", lambda dialog: dialog.accept())  # asks whether one is sure
    page.locator("form[action$='/destek/kabul/'] button").click()


@pytest.mark.parametrize("with_script", [True, False], ids=["script", "no script"])
def test_dry_run_desk_adoption_refused_then_allowed(
    open_page, editor, member, another_member, coordinator, city, version, comments, with_script
):
    plan = version.plan
    material.revise_plan(by=editor, plan=plan, old=f"{material.SENTENCE} ", new="")
    material.revise_plan(by=editor, plan=plan, old=LAMPS, new=REWORDED)
    desk = open_page(editor)  # Wagtail needs its scripts
    publish(desk, plan)
    enter_phase(by=editor, plan=plan, kind=Phase.Kind.REVISION)
    endorse(plan.current_version, city, coordinator)

    support = open_page(coordinator)
    support.goto(reverse("plans:support", args=[plan.pk]))
    expect(support.locator("form[action$='/destek/kabul/']")).to_have_count(0)
    expect(support.locator(".notice--warning a[href$='/yerler/']")).to_be_visible()

    # The author says, from their own comment, to which sentence it belongs.
    author = open_page(another_member, java_script_enabled=with_script)
    author.set_viewport_size({"width": 360, "height": 740})
    author.goto(reverse("plans:thread", args=[comments[1].pk]))
    author.locator(f"a[href='{reverse('plans:place', args=[comments[1].pk])}']").click()
    attach(author, version.texts.get(number="2.2"))

    # The editor settles the other one, from the list; then nothing is open.
    place = open_page(editor, java_script_enabled=with_script)
    place.goto(reverse("plans:places", args=[plan.pk]))
    place.locator("main ol.rows a.button").click()
    decide(place, "settled")
    expect(place.locator("main .empty")).to_be_visible()

    adopt(support, plan)
    expect(support.locator("main .notice--success").last).to_contain_text("2")
    assert PlanPage.objects.get(pk=plan.pk).phase.kind == Phase.Kind.ADOPTED


def attach(page: Page, text: SectionText) -> None:
    """To a sentence of another section, after a look at it; what was typed before the look stays."""
    page.locator("[name=remark]").fill(REMARK)
    page.locator("[name=bolum]").select_option(str(text.section_id))
    page.locator("[name=goster]").click()
    expect(page.locator("[name=remark]")).to_have_value(REMARK)
    page.get_by_label("Her ay bir hat yürünür.").check()
    decide(page, "moved_here")
    told = page.locator("section[aria-labelledby=yeri]")
    expect(told.locator("mark")).to_have_text("Her ay bir hat yürünür.")
    expect(told).to_contain_text(REMARK)
