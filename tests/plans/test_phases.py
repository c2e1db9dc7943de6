"""The phases of a plan: who may let which begin, and what people may do in it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from forum.models import Post
from members.actions import leave_city
from members.models import Draft, Role
from plans import permissions
from plans.actions.comment_on_section import comment_on_section
from plans.actions.enter_phase import EndInThePastError, MissingEndError, NothingPublishedError, enter_phase
from plans.actions.publish_version import publish_version
from plans.models import Phase, PlanPage, Section, SectionText
from tests import factories
from tests.plans.making import section_of

K = Phase.Kind


@pytest.fixture
def version(plan, editor):
    return publish_version(by=editor, plan=plan, note="Düzeltme.")


def fresh(plan) -> PlanPage:
    """As the next request sees it: a plan reads its phase once."""
    return PlanPage.objects.get(pk=plan.pk)


def enter(plan, kind, by, **how) -> Phase:
    if kind == K.CONSULTATION:
        how.setdefault("ends_at", timezone.now() + timedelta(days=10))
    return enter_phase(by=by, plan=plan, kind=kind, **how)


def put_in(plan, kind, **fields) -> Phase:
    """The phase, whoever entered it: some are entered by adoption alone."""
    if kind == K.CONSULTATION:
        fields.setdefault("ends_at", timezone.now() + timedelta(days=10))
    return Phase.objects.create(plan=plan, kind=kind, **fields)


def end(phase) -> None:
    """As if it had begun and ended earlier."""
    now = timezone.now()
    Phase.objects.filter(pk=phase.pk).update(starts_at=now - timedelta(days=9), ends_at=now - timedelta(minutes=1))


@pytest.mark.parametrize(
    ("kind", "comment", "suggest", "publish"),
    [
        (None, True, True, True),
        (K.PREPARATION, False, False, True),
        (K.DRAFT, True, True, True),
        (K.CONSULTATION, True, True, False),
        (K.REVISION, False, False, True),
        (K.ADOPTED, False, False, False),
        (K.MONITORING, True, False, False),
        (K.ARCHIVED, False, False, False),
    ],
)
def test_the_phase_decides_what_is_done(plan, version, member, editor, kind, comment, suggest, publish):
    if kind:
        put_in(plan, kind)
    plan = fresh(plan)
    assert permissions.can_comment_on_plan(member, plan) is comment
    assert permissions.can_suggest(member, plan) is suggest
    assert permissions.can_publish_version(editor, plan) is publish


def test_a_consultation_that_has_ended_takes_nothing_and_lets_editors_publish(plan, version, member, editor):
    end(put_in(plan, K.CONSULTATION))
    plan = fresh(plan)
    assert not permissions.can_comment_on_plan(member, plan)
    assert not permissions.can_suggest(member, plan)
    assert permissions.can_publish_version(editor, plan)


@pytest.mark.parametrize("kind", [K.PREPARATION, K.DRAFT, K.CONSULTATION, K.REVISION])
def test_editors_and_coordinators_begin_what_is_worked_on(plan, version, member, moderator, editor, coordinator, kind):
    for person in (editor, coordinator):
        assert permissions.can_enter_phase(person, fresh(plan), kind)
    for person in (member, moderator):
        with pytest.raises(PermissionDenied):
            enter(plan, kind, person)


def test_coordinators_put_a_plan_away(plan, version, editor, coordinator):
    with pytest.raises(PermissionDenied):
        enter(plan, K.ARCHIVED, editor)
    assert enter(plan, K.ARCHIVED, coordinator).kind == K.ARCHIVED


def test_monitoring_follows_adoption(plan, version, editor, coordinator):
    with pytest.raises(PermissionDenied):
        enter(plan, K.MONITORING, coordinator)
    put_in(plan, K.ADOPTED)
    with pytest.raises(PermissionDenied):
        enter(plan, K.MONITORING, editor)
    assert enter(plan, K.MONITORING, coordinator).kind == K.MONITORING


def test_nobody_declares_a_plan_adopted(plan, version, editor, coordinator, administrator):
    for person in (editor, coordinator, administrator):
        with pytest.raises(PermissionDenied):
            enter(plan, K.ADOPTED, person)


@pytest.mark.parametrize("kind", [K.PREPARATION, K.DRAFT, K.CONSULTATION, K.REVISION])
def test_an_adopted_plan_is_not_opened_again_by_a_phase(plan, version, coordinator, kind):
    put_in(plan, K.ADOPTED)
    with pytest.raises(PermissionDenied):
        enter(plan, kind, coordinator)


def test_a_consultation_needs_an_end_ahead_and_something_to_read(plan, editor):
    with pytest.raises(NothingPublishedError):
        enter(plan, K.CONSULTATION, editor)
    publish_version(by=editor, plan=plan, note="Düzeltme.")
    with pytest.raises(MissingEndError):
        enter_phase(by=editor, plan=plan, kind=K.CONSULTATION)
    with pytest.raises(EndInThePastError):
        enter(plan, K.CONSULTATION, editor, ends_at=timezone.now())
    assert not plan.phases.exists()


def test_a_plan_for_members_is_read_by_members_alone(
    client, client_of, plan, version, city, member, stranger, editor, administrator
):
    neighbour = factories.person(city, Role.MEMBER)
    enter(plan, K.DRAFT, editor, audience=Phase.Audience.MEMBERS)
    text = SectionText.objects.get(version=version, number="1.1")
    url, comments = plan.get_url(), reverse("plans:section_comments", args=[text.section_id, 1])
    for browser in (client, client_of(stranger)):
        for address in (url, version.get_absolute_url(), f"{url}surumler/", text.section.get_absolute_url()):
            refused = browser.get(address)
            assert refused.status_code == 403
            assert text.heading not in refused.content.decode()
        assert browser.get(comments).status_code == 404
        assert "yanmıyor" not in browser.get(reverse("search:search"), {"q": "direği"}).content.decode()
    for person in (member, neighbour, administrator):
        assert client_of(person).get(url).status_code == 200
        assert client_of(person).get(comments).status_code == 200
        assert Section.objects.visible_to(person).filter(pk=text.section_id).exists()
    leave_city(user=neighbour, city=city)
    assert client_of(neighbour).get(url).status_code == 403


def test_comments_on_a_plan_for_members_are_hidden_with_it(client, plan, version, member, editor, stranger):
    section = section_of(version, "1.1")
    post = comment_on_section(author=member, section=section, version=version, body="Yalnız bize.")
    assert Post.objects.visible_to(stranger).filter(pk=post.pk).exists()
    enter(plan, K.REVISION, editor, audience=Phase.Audience.MEMBERS)
    assert not Post.objects.visible_to(stranger).filter(pk=post.pk).exists()
    assert Post.objects.visible_to(member).filter(pk=post.pk).exists()
    assert client.get(reverse("plans:thread", args=[post.pk])).status_code == 404
    assert "Yalnız bize" not in client.get(plan.city.page.get_url()).content.decode()


def test_a_late_comment_is_refused_and_kept(client_of, plan, version, member, editor):
    phase = enter(plan, K.CONSULTATION, editor)
    section = section_of(version, "1.1")
    address = reverse("plans:comment", args=[section.pk, 1]) + "?cumle=0"
    browser = client_of(member)
    assert browser.get(address).status_code == 200
    end(phase)
    late = browser.post(address, {"body": "Bu cümleye uzun uzun yazdım."})
    page = late.content.decode()
    assert late.status_code == 403
    assert "Bu cümleye uzun uzun yazdım." in page
    assert "sona erdi" in page
    assert not Post.objects.filter(comment__contains="uzun uzun").exists()
    draft = Draft.objects.get(user=member)
    assert (draft.path, draft.fields["body"]) == (address, "Bu cümleye uzun uzun yazdım.")
    listed = browser.get(reverse("members:drafts")).content.decode()
    assert "Bu cümleye uzun uzun yazdım." in listed
    # Opened again, the form has the words, and sending them ends the keeping.
    enter(fresh(plan), K.CONSULTATION, editor)
    assert browser.get(address).context["form"].initial["body"] == draft.fields["body"]
    assert browser.post(address, {"body": draft.fields["body"]}).status_code == 302
    assert not Draft.objects.filter(user=member).exists()


def test_the_page_of_phases_begins_one(client_of, plan, version, editor):
    address = reverse("plans:phase", args=[plan.pk])
    browser = client_of(editor)
    day = timezone.localdate() + timedelta(days=5)
    wrong = browser.post(address, {"kind": "consultation", "audience": "public"})
    assert list(wrong.context["form"].errors) == ["last_day"]
    answer = browser.post(address, {"kind": "consultation", "audience": "public", "last_day": day.isoformat()})
    assert answer.status_code == 302
    phase = fresh(plan).phase
    assert timezone.localtime(phase.ends_at).date() == day
    assert (phase.kind, phase.entered_by) == (K.CONSULTATION, editor)
    page = browser.get(plan.get_url()).content.decode()
    assert "5 gün kaldı" in page


def test_an_editor_reads_that_only_a_coordinator_opens_an_adopted_plan(client_of, plan, version, editor):
    Phase.objects.create(plan=plan, kind=K.ADOPTED)
    answer = client_of(editor).get(reverse("plans:phase", args=[plan.pk]))
    assert answer.status_code == 403
    assert "yalnızca kentin koordinatörü başlatır" in answer.content.decode()


def test_where_no_comment_is_taken_none_is_asked_for(client, plan, version, editor):
    text = SectionText.objects.get(version=version, number="1.1")
    page, form = (reverse(f"plans:{name}", args=[text.section_id, 1]) for name in ("section_comments", "comment"))
    phase = enter(plan, K.CONSULTATION, editor)
    assert form in client.get(page).content.decode()
    end(phase)
    closed = client.get(page).content.decode()
    assert form not in closed
    assert "sona erdi" in closed


def test_the_page_of_phases_is_for_those_who_set_them(client, client_of, plan, version, member):
    address = reverse("plans:phase", args=[plan.pk])
    assert client_of(member).get(address).status_code == 403
    assert client.get(address).status_code == 302


def test_a_reminder_goes_out_once_to_members_who_want_it(plan, version, member, another_member, stranger, editor):
    another_member.wants_mails = False
    another_member.save()
    enter(plan, K.CONSULTATION, editor, ends_at=timezone.now() + timedelta(days=2))
    call_command("remind")
    called = sorted(address for message in mail.outbox for address in message.to)
    assert member.email in called
    assert stranger.email not in called
    assert another_member.email not in called
    assert plan.get_url() in mail.outbox[0].body
    assert plan.title not in mail.outbox[0].subject
    call_command("remind")
    assert len(mail.outbox) == len(called)


def test_no_reminder_of_what_is_far_over_or_replaced(plan, version, member, editor):
    enter(plan, K.CONSULTATION, editor, ends_at=timezone.now() + timedelta(days=9))
    call_command("remind")
    end(fresh(plan).phase)
    call_command("remind")
    enter(fresh(plan), K.CONSULTATION, editor, ends_at=timezone.now() + timedelta(days=1))
    enter(fresh(plan), K.REVISION, editor)
    call_command("remind")
    assert mail.outbox == []
