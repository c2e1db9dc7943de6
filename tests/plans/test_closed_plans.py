"""What a plan shows and takes while it takes no comments; and that no closed draft stands in the place of the city's plan."""

from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from members.models import Draft
from plans.actions.publish_version import publish_version
from plans.models import Adoption, Phase
from plans.registrations import current_plan
from tests.plans.making import make_plan, revise, section, section_of

K = Phase.Kind


@pytest.fixture
def version(plan, editor):
    return publish_version(by=editor, plan=plan)


def form_of(version) -> str:
    return reverse("plans:comment", args=[section_of(version, "1.1").pk, version.number])


@pytest.mark.parametrize(
    ("kind", "takes"), [(K.DRAFT, True), (K.REVISION, False), (K.ADOPTED, False), (K.MONITORING, True)]
)
def test_controls_stand_only_where_comments_are_taken(kind, takes, plan, version, client, client_of, member):
    Phase.objects.create(plan=plan, kind=kind)
    for reader in (client, client_of(member)):
        page = reader.get(plan.get_url()).content.decode()
        shown = ("sentence__control" in page, form_of(version) in page, "data-commentable" in page)
        assert shown == (takes, takes, takes)
        assert ("Şu anda yorum alınmıyor." in page) is not takes


def test_who_comes_too_late_is_told_why_keeps_the_words_and_is_led_on(plan, version, member, client, client_of):
    Phase.objects.create(plan=plan, kind=K.REVISION)
    answer = client_of(member).post(form_of(version), {"body": "Geç kaldım ama önemli."})
    page = unescape(answer.content.decode())
    assert answer.status_code == 403
    assert Draft.objects.get().fields["body"] == "Geç kaldım ama önemli."
    for found in ("Düzeltme", "Geç kaldım ama önemli.", reverse("members:drafts"), f"{plan.get_url()}#"):
        assert found in page
    visitor = unescape(client.post(form_of(version), {"body": "Giriş yapmadan."}).content.decode())
    assert "Giriş yapmadan." in visitor
    assert "kopyalayın" in visitor
    assert "<textarea" not in client.get(form_of(version)).content.decode()


@pytest.mark.parametrize("body", ["", "Böylesi daha iyi."])
def test_proposed_words_that_come_too_late_are_kept_and_shown(body, plan, version, member, client, client_of):
    Phase.objects.create(plan=plan, kind=K.REVISION)
    sent = {"proposes": "on", "words": "İki değil, üç bank konur.", "body": body}
    for person, browser in ((member, client_of(member)), (None, client)):
        page = browser.post(form_of(version), sent).content.decode()
        assert all(words in page for words in ("İki değil, üç bank konur.", body, "Önerdiğiniz ifade"))
        assert ("kopyalayın" in page) is (person is None)
    assert Draft.objects.get().fields == sent


def test_words_that_were_only_shown_are_not_kept(plan, version, member, client_of):
    Phase.objects.create(plan=plan, kind=K.REVISION)
    page = client_of(member).post(form_of(version), {"words": "Planda duran sözler.", "body": ""}).content.decode()
    assert "Planda duran sözler." not in page
    assert not Draft.objects.exists()


def test_words_that_come_too_late_can_still_be_sent_as_a_comment(plan, version, member, client_of):
    Phase.objects.create(plan=plan, kind=K.MONITORING)
    sent = {"body": "Şöyle olsun.", "proposes": "on", "words": "Yeni."}
    answer = client_of(member).post(form_of(version), sent)
    assert answer.status_code == 403
    assert "Yorum olarak gönder" in answer.content.decode()
    assert client_of(member).get(form_of(version)).context["form"]["body"].value() == "Şöyle olsun.\n\nYeni."


def test_a_closed_draft_does_not_stand_in_the_place_of_the_citys_plan(plan, version, editor, city, client):
    newer = make_plan(city, {"Ulaşım": [section("Otobüs", "Son otobüs.")]}, by=editor, title="Yeni plan")
    Phase.objects.create(plan=newer, kind=K.DRAFT, audience=Phase.Audience.MEMBERS)
    publish_version(by=editor, plan=newer)
    assert current_plan(city) == plan
    assert plan.get_url() in client.get(city.page.get_url()).content.decode()
    Phase.objects.create(plan=newer, kind=K.DRAFT)
    assert current_plan(city) == newer


def test_the_next_phase_is_for_those_who_read_the_plan_now(plan, version, editor, client_of):
    Phase.objects.create(plan=plan, kind=K.PREPARATION, audience=Phase.Audience.MEMBERS)
    page = client_of(editor).get(reverse("plans:phase", args=[plan.pk])).content.decode()
    assert 'value="members" required id="id_audience_1" checked' in page


def test_editors_of_an_adopted_plan_are_told_and_not_led_to_what_is_refused(plan, version, editor, client_of):
    Adoption.objects.create(version=version, adopted_at=timezone.now(), organisations=3, kinds=3)
    Phase.objects.create(plan=plan, kind=K.ADOPTED)
    browser = client_of(editor)
    phases = reverse("plans:phase", args=[plan.pk])
    assert phases not in browser.get(reverse("plan_desk")).content.decode()
    assert phases not in browser.get(plan.get_url()).content.decode()
    for page in (plan, plan.chapters[0]):
        editing = browser.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert "burada yazılanları hiçbir okur görmez" in editing


def test_the_page_of_a_section_that_was_taken_out_says_why(plan, version, editor, client):
    gone = section_of(version, "1.2")
    revise(plan.chapters[0], lambda blocks: blocks[:1], by=editor)
    publish_version(by=editor, plan=plan, note="İki kez yazılmıştı.")
    page = client.get(gone.get_absolute_url()).content.decode()
    assert "Neden çıkarıldı?" in page
    assert "İki kez yazılmıştı." in page
    assert f"{plan.get_url()}surum/2/fark/1/" in page
