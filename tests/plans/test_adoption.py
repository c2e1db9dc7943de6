"""Adoption: who may endorse what, when that is enough, and that an adopted plan stays until an update begins."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from members.actions import confirm_representation, request_representation
from members.models import OrganisationKind, Role
from plans.actions.adopt_version import NewerVersionError, NoQuorumError, OpenItemsError, adopt_version
from plans.actions.comment_on_section import comment_on_section
from plans.actions.endorse_version import endorse_version, withdraw_endorsement
from plans.actions.enter_phase import enter_phase
from plans.actions.publish_version import publish_version
from plans.actions.set_quorum_rule import RuleInUseError, set_quorum_rule
from plans.actions.start_update import start_update
from plans.frozen import FrozenRowError
from plans.models import Anchor, ChapterPage, Phase, PlanPage, QuorumChange
from plans.quorum import standing_of
from tests import factories
from tests.plans.making import add_chapter, replacing, revise, section, section_of

KINDS = [OrganisationKind.CIVIL_SOCIETY, OrganisationKind.ACADEMIA, OrganisationKind.TRADE_UNION]


@pytest.fixture
def version(plan, editor):
    """Published and being revised: the time to endorse."""
    version = publish_version(by=editor, plan=plan)
    enter_phase(by=editor, plan=plan, kind=Phase.Kind.REVISION)
    return version


@pytest.fixture
def speaker(city, coordinator):
    """`speaker(kind)`: (person, organisation), confirmed."""

    def make(kind=OrganisationKind.CIVIL_SOCIETY, where=None):
        place = where or city
        person = factories.person(place, Role.MEMBER)
        organisation = factories.OrganisationFactory(city=place, kind=kind)
        asked = request_representation(user=person, organisation=organisation)
        by = coordinator if place == city else factories.person(place, Role.COORDINATOR)
        confirm_representation(by=by, representation=asked)
        return person, organisation

    return make


@pytest.fixture
def endorsed(version, speaker):
    """A version behind which enough stand."""
    for kind in KINDS:
        person, organisation = speaker(kind)
        endorse_version(by=person, version=version, organisation=organisation)
    return version


def fresh(plan) -> PlanPage:
    return PlanPage.objects.get(pk=plan.pk)


def test_who_speaks_for_an_organisation_endorses_once_and_may_take_it_back(version, speaker):
    person, organisation = speaker()
    for _ in range(2):
        endorse_version(by=person, version=version, organisation=organisation)
    assert standing_of(version).organisation_count == 1
    withdraw_endorsement(by=person, version=version, organisation=organisation)
    assert standing_of(version).organisation_count == 0
    assert version.endorsements.get().withdrawn_at is not None
    endorse_version(by=person, version=version, organisation=organisation)
    assert standing_of(version).organisation_count == 1


def test_nobody_else_endorses(version, speaker, member, editor, coordinator, other_city):
    _person, organisation = speaker()
    elsewhere, foreign = speaker(where=other_city)
    for by, body in ((member, organisation), (editor, organisation), (coordinator, organisation), (elsewhere, foreign)):
        with pytest.raises(PermissionDenied):
            endorse_version(by=by, version=version, organisation=body)
    assert not version.endorsements.exists()


@pytest.mark.parametrize(
    "kind", [Phase.Kind.DRAFT, Phase.Kind.PREPARATION, Phase.Kind.CONSULTATION, Phase.Kind.ARCHIVED]
)
def test_it_is_endorsed_when_the_platform_decides(version, plan, speaker, kind):
    person, organisation = speaker()
    Phase.objects.create(plan=plan, kind=kind, ends_at=timezone.now() + timedelta(days=1))
    with pytest.raises(PermissionDenied):
        endorse_version(by=person, version=version, organisation=organisation)


def test_only_the_newest_version_is_endorsed(version, plan, editor, speaker):
    person, organisation = speaker()
    publish_version(by=editor, plan=plan)
    with pytest.raises(PermissionDenied):
        endorse_version(by=person, version=version, organisation=organisation)


def test_enough_of_enough_kinds_adopt(endorsed, plan, coordinator):
    adoption = adopt_version(by=coordinator, version=endorsed)
    assert (adoption.organisations, adoption.kinds, adoption.adopted_by) == (3, 3, coordinator)
    assert fresh(plan).phase.kind == Phase.Kind.ADOPTED


def test_the_plans_and_the_citys_page_say_so(client, endorsed, plan, coordinator):
    adopt_version(by=coordinator, version=endorsed)
    enter_phase(by=coordinator, plan=plan, kind=Phase.Kind.MONITORING)
    day = date_format(timezone.localdate(), "j F Y")
    for address in (plan.get_url(), plan.city.page.get_url()):
        shown = client.get(address).content.decode()
        assert "İzleme" in shown
        assert f"1. sürüm, kentin platformunca {day} tarihinde kabul edildi." in shown


@pytest.mark.parametrize("kinds", [KINDS[:2], [KINDS[0], KINDS[0], KINDS[1]]])
def test_too_few_or_too_much_alike_do_not(version, speaker, coordinator, kinds):
    for kind in kinds:
        person, organisation = speaker(kind)
        endorse_version(by=person, version=version, organisation=organisation)
    with pytest.raises(NoQuorumError):
        adopt_version(by=coordinator, version=version)


def test_only_a_coordinator_declares_it(endorsed, editor, member, moderator):
    for person in (editor, member, moderator):
        with pytest.raises(PermissionDenied):
            adopt_version(by=person, version=endorsed)


def test_while_a_comment_has_no_sure_place_nothing_is_adopted(endorsed, plan, member, editor, coordinator):
    Phase.objects.create(plan=plan, kind=Phase.Kind.DRAFT)
    place = section_of(endorsed, "1.1")
    post = comment_on_section(author=member, section=place, version=endorsed, body="Az.")
    Phase.objects.create(plan=plan, kind=Phase.Kind.REVISION)
    anchors = Anchor.objects.filter(quote__post=post)
    anchors.update(verdict=Anchor.Verdict.CHECK)
    with pytest.raises(OpenItemsError) as refused:
        adopt_version(by=coordinator, version=endorsed)
    assert refused.value.count == 1
    anchors.update(decision="settled")
    assert adopt_version(by=coordinator, version=endorsed)


def test_a_version_that_is_no_longer_the_newest_is_not_adopted(endorsed, plan, editor, coordinator):
    publish_version(by=editor, plan=plan)
    with pytest.raises(NewerVersionError):
        adopt_version(by=coordinator, version=endorsed)


def test_an_adopted_plan_is_neither_edited_nor_withdrawn(
    endorsed, plan, editor, coordinator, speaker, client_of, administrator
):
    adopt_version(by=coordinator, version=endorsed)
    revise(plan.chapters[0], replacing("Banklar", "Masalar"), by=editor)
    for person in (editor, coordinator, administrator):
        with pytest.raises(PermissionDenied):
            publish_version(by=person, plan=fresh(plan), note="Değişti.")
    endorsement = endorsed.endorsements.first()
    with pytest.raises(PermissionDenied):
        withdraw_endorsement(by=endorsement.endorsed_by, version=endorsed, organisation=endorsement.organisation)
    client_of(administrator).post(reverse("wagtailadmin_pages:unpublish", args=[plan.pk]))
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    client_of(administrator).post(f"{bulk}?id={plan.pk}&next=/")
    assert fresh(plan).live


@pytest.mark.parametrize("button", ["unpublish", "delete"])
def test_no_chapter_of_an_adopted_plan_is_withdrawn_until_an_update_begins(
    endorsed, plan, editor, coordinator, client_of, button
):
    adopt_version(by=coordinator, version=endorsed)
    chapter, desk = plan.chapters[0], client_of(editor)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", button])
    for address in (reverse(f"wagtailadmin_pages:{button}", args=[chapter.pk]), f"{bulk}?id={chapter.pk}&next=/"):
        page = desk.post(address, follow=True).content.decode()
        assert "koordinatör güncelleme başlatana kadar" in page
    assert ChapterPage.objects.get(pk=chapter.pk).live
    start_update(by=coordinator, plan=fresh(plan))
    desk.post(reverse(f"wagtailadmin_pages:{button}", args=[chapter.pk]))
    assert not ChapterPage.objects.filter(pk=chapter.pk, live=True).exists()


def test_an_update_begins_with_what_was_adopted(endorsed, plan, editor, coordinator):
    adopt_version(by=coordinator, version=endorsed)
    keys = list(endorsed.texts.values_list("section__key", "heading"))
    revise(plan.chapters[0], lambda blocks: blocks[1:], by=editor)
    plan.chapters[1].delete()
    add_chapter(plan, "Sonradan", [section("Y", "Metin.")], by=editor)
    with pytest.raises(PermissionDenied):
        start_update(by=editor, plan=fresh(plan))
    start_update(by=coordinator, plan=fresh(plan))
    assert fresh(plan).phase.kind == Phase.Kind.PREPARATION
    updated = publish_version(by=editor, plan=fresh(plan), note="Güncelleme.")
    assert list(updated.texts.values_list("section__key", "heading")) == keys
    assert not updated.changes.exists()
    assert ChapterPage.objects.child_of(plan).filter(title="Sonradan", live=False).exists()
    assert endorsed.adoption


def test_an_update_begins_with_the_adopted_version_though_a_newer_one_was_published(
    updated, endorsed, plan, coordinator
):
    enter_phase(by=coordinator, plan=fresh(plan), kind=Phase.Kind.ARCHIVED)
    assert start_update(by=coordinator, plan=fresh(plan)) == endorsed
    assert "Banklar" in json.dumps(plan.chapters[0].sections.get_prep_value(), ensure_ascii=False)


def test_an_update_of_a_plan_for_members_stays_among_them(version, plan, coordinator, client, client_of):
    enter_phase(by=coordinator, plan=fresh(plan), kind=Phase.Kind.ARCHIVED, audience=Phase.Audience.MEMBERS)
    client_of(coordinator).post(reverse("plans:start_update", args=[plan.pk]))
    assert fresh(plan).phase.kind == Phase.Kind.PREPARATION
    assert client.get(plan.get_url()).status_code != 200
    assert client.get(reverse("api:plan", args=[plan.pk])).status_code == 404


def test_without_a_version_there_is_nothing_to_update(plan, coordinator):
    enter_phase(by=coordinator, plan=fresh(plan), kind=Phase.Kind.ARCHIVED)
    with pytest.raises(PermissionDenied):
        start_update(by=coordinator, plan=fresh(plan))
    assert plan.chapters.count() == 2


def test_the_rule_is_set_by_coordinators_until_organisations_are_counted(city, version, speaker, editor, coordinator):
    with pytest.raises(PermissionDenied):
        set_quorum_rule(by=editor, city=city, organisations=2, kinds=2)
    for organisations, kinds in ((1, 1), (2, 6), (2, 3)):
        with pytest.raises(ValidationError):
            set_quorum_rule(by=coordinator, city=city, organisations=organisations, kinds=kinds)
    set_quorum_rule(by=coordinator, city=city, organisations=4, kinds=2)
    assert standing_of(version).rule.organisations == 4
    person, organisation = speaker()
    endorse_version(by=person, version=version, organisation=organisation)
    with pytest.raises(RuleInUseError):
        set_quorum_rule(by=coordinator, city=city, organisations=2, kinds=2)


def test_who_changed_the_rule_from_what_to_what_stays_on_the_page(client, client_of, city, version, plan, coordinator):
    rule = client_of(coordinator)
    for organisations, kinds in ((4, 3), (4, 3), (2, 2)):
        rule.post(reverse("plans:quorum", args=[plan.pk]), {"organisations": organisations, "kinds": kinds})
    changes = [
        (row.organisations_before, row.kinds_before, row.organisations, row.kinds) for row in QuorumChange.objects.all()
    ]
    assert changes == [(3, 3, 4, 3), (4, 3, 2, 2)]
    with pytest.raises(FrozenRowError):
        QuorumChange.objects.first().save()
    page = client.get(reverse("plans:support", args=[plan.pk])).content.decode()
    assert page.index("Kurum sayısı, en az: 4 → 2") < page.index("Kurum sayısı, en az: 3 → 4")
    assert coordinator.display_name in page


def test_the_rule_by_which_a_version_was_adopted_stays_beside_it(client, city, endorsed, plan, coordinator):
    adopt_version(by=coordinator, version=endorsed)
    set_quorum_rule(by=coordinator, city=city, organisations=5, kinds=4)
    page = client.get(reverse("plans:support", args=[plan.pk])).content.decode()
    assert "O günkü kural: en az 3 kurum, en az 3 tür." in page


def test_the_page_shows_who_stands_behind_it_and_leads_to_adoption(
    client, client_of, version, plan, coordinator, speaker
):
    address = reverse("plans:support", args=[plan.pk])
    for kind in KINDS:
        person, organisation = speaker(kind)
        browser = client_of(person)
        assert organisation.name in browser.get(address).content.decode()
        sent = {"version": version.number, "organisation": organisation.pk}
        assert browser.post(reverse("plans:endorse", args=[plan.pk]), sent).status_code == 302
    page = client.get(address).content.decode()
    assert all(endorsement.organisation.name in page for endorsement in version.endorsements.all())
    adopting = reverse("plans:adopt", args=[plan.pk])
    assert adopting not in page
    assert adopting in client_of(coordinator).get(address).content.decode()
    client_of(coordinator).post(adopting, {"version": version.number})
    assert "kabul edildi." in client.get(address).content.decode()


@pytest.mark.parametrize(("organisations", "kinds", "why"), [(1, 1, "En az 2 olmalı."), (9, 9, "En çok 5 olabilir.")])
def test_an_impossible_rule_is_refused_in_plain_words(organisations, kinds, why, client_of, plan, version, coordinator):
    sent = {"organisations": organisations, "kinds": kinds}
    assert why in client_of(coordinator).post(reverse("plans:quorum", args=[plan.pk]), sent).content.decode()


def test_who_comes_late_is_told_why_not(client_of, version, plan, coordinator):
    answer = client_of(coordinator).post(
        reverse("plans:adopt", args=[plan.pk]), {"version": version.number}, follow=True
    )
    assert "kurum" in answer.content.decode()
    assert fresh(plan).phase.kind == Phase.Kind.REVISION


def test_at_the_beginning_of_an_update_the_adopted_version_is_decided(endorsed, plan, editor, coordinator, client_of):
    """Its endorsements stay, and it is not adopted once more."""
    adopt_version(by=coordinator, version=endorsed)
    start_update(by=coordinator, plan=PlanPage.objects.get(pk=plan.pk))
    enter_phase(by=editor, plan=PlanPage.objects.get(pk=plan.pk), kind=Phase.Kind.REVISION)
    endorsement = endorsed.endorsements.first()
    with pytest.raises(PermissionDenied):
        withdraw_endorsement(by=endorsement.endorsed_by, version=endorsed, organisation=endorsement.organisation)
    assert client_of(coordinator).post(reverse("plans:adopt", args=[plan.pk]), {"version": 1}).status_code == 403


@pytest.mark.parametrize("begins_update", [False, True])
def test_an_adopted_plan_stays_where_all_can_read_it(
    endorsed, plan, editor, coordinator, administrator, client, client_of, begins_update
):
    adopt_version(by=coordinator, version=endorsed)
    if begins_update:
        start_update(by=coordinator, plan=PlanPage.objects.get(pk=plan.pk))
    kind = Phase.Kind.PREPARATION if begins_update else Phase.Kind.MONITORING
    setter = editor if begins_update else coordinator
    page = client_of(setter).post(reverse("plans:phase", args=[plan.pk]), {"kind": kind, "audience": "members"})
    assert "Plan kabul edilmiş: herkes okuyabilir." in page.content.decode()

    client_of(editor).post(reverse("wagtailadmin_pages:set_privacy", args=[plan.pk]), {"restriction_type": "login"})
    unpublish = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    client_of(administrator).post(f"{unpublish}?id={plan.city.page.pk}&next=/", {"include_descendants": "on"})
    assert client.get(plan.get_url()).status_code == 200


def test_an_adopted_plan_neither_expires_nor_gets_another_name(endorsed, plan, coordinator):
    adopt_version(by=coordinator, version=endorsed)
    draft = PlanPage.objects.get(pk=plan.pk)
    draft.expire_at = timezone.now()
    with pytest.raises(ValidationError):
        draft.full_clean()
    draft = PlanPage.objects.get(pk=plan.pk)
    draft.title = "Başka ad"
    with pytest.raises(ValidationError):
        draft.full_clean()
    start_update(by=coordinator, plan=plan)
    draft = PlanPage.objects.get(pk=plan.pk)
    draft.title = "Başka ad"
    draft.full_clean()


@pytest.fixture
def updated(endorsed, plan, editor, coordinator):
    """The second version, published in an update of the adopted first one."""
    adopt_version(by=coordinator, version=endorsed)
    start_update(by=coordinator, plan=fresh(plan))
    revise(plan.chapters[0], replacing("Banklar", "Masalar"), by=editor)
    version = publish_version(by=editor, plan=fresh(plan), note="Güncelleme.")
    enter_phase(by=editor, plan=fresh(plan), kind=Phase.Kind.REVISION)
    return version


def test_while_an_update_runs_the_pages_name_the_adopted_version(updated, endorsed, plan, client):
    stands = "kentin planı 1. sürümdür"
    for address in (plan.get_url(), plan.city.page.get_url(), reverse("plans:support", args=[plan.pk])):
        assert stands in client.get(address).content.decode(), address
    read = client.get(endorsed.get_absolute_url()).content.decode()
    assert "kentin kabul edilmiş planını" in read
    behind = f"{reverse('plans:support', args=[plan.pk])}?surum=1"
    assert behind in read
    page = client.get(behind).content.decode()
    assert all(endorsement.organisation.name in page for endorsement in endorsed.endorsements.all())
    assert "kabul edildi." in page
    for nonsense in ("9", "x", "1e9", "-1"):
        assert client.get(f"{reverse('plans:support', args=[plan.pk])}?surum={nonsense}").status_code == 404


def test_who_supports_a_version_in_a_page_that_has_aged_is_told(updated, endorsed, plan, client_of):
    endorsement = endorsed.endorsements.first()
    sent = {"version": 1, "organisation": endorsement.organisation.pk}
    for more in ({}, {"geri": "1"}):
        page = client_of(endorsement.endorsed_by).post(
            reverse("plans:endorse", args=[plan.pk]), sent | more, follow=True
        )
        assert page.status_code == 200
        assert "artık karar verilmiyor" in page.content.decode()
    assert endorsed.endorsements.filter(withdrawn_at__isnull=True).count() == len(KINDS)


def test_who_does_not_speak_for_it_supports_nothing(version, plan, speaker, member, client_of):
    _person, organisation = speaker()
    sent = {"version": 1, "organisation": organisation.pk}
    assert client_of(member).post(reverse("plans:endorse", args=[plan.pk]), sent).status_code == 403
