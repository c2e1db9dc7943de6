"""Members share experiences; editors approve them, or send them back."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from knowledge import actions
from knowledge.models import ArticlePage, Submission, Term
from knowledge.permissions import was_returned
from tests import factories

ANSWERS = {
    "need": "Akşam durak karanlıktı.",
    "done": "Gece yürüdük.",
    "change": "Lambalar yandı.",
    "partners": "",
    "cost": "",
    "differently": "",
}


@pytest.fixture
def submission(city, member) -> Submission:
    return actions.submit_experience(
        author=member, city=city, title="Işıklı durak", summary="Yürüdük, yandı.", theme=None, answers=ANSWERS
    )


def approve(submission, editor):
    submission.page.current_workflow_state.current_task_state.approve(user=editor)


def send_back(submission, editor, comment):
    submission.page.current_workflow_state.current_task_state.reject(user=editor, comment=comment)
    return Submission.objects.get(pk=submission.pk)


def test_a_submission_waits_unpublished(client, submission):
    assert not submission.page.live
    assert submission.page.workflow_in_progress
    assert not ArticlePage.objects.visible_to(None).exists()


def test_an_approved_experience_is_read_by_everybody(client, submission, editor):
    approve(submission, editor)
    page = client.get(ArticlePage.objects.get().get_url()).content.decode()
    assert "Lambalar yandı." in page
    assert "Işıklı durak" in client.get(submission.page.get_parent().get_url()).content.decode()


def test_a_returned_experience_shows_the_remark_and_is_submitted_again(client_of, submission, member, editor):
    returned = send_back(submission, editor, "Tarih de yazar mısınız?")
    assert was_returned(returned.page)
    browser = client_of(member)
    assert "Tarih de yazar mısınız?" in browser.get(reverse("knowledge:my_experiences")).content.decode()
    fields = {"title": "Işıklı durak", "summary": "Kasımda yürüdük.", **ANSWERS}
    browser.post(reverse("knowledge:revise_experience", args=[submission.pk]), fields)
    page = Submission.objects.get().page
    assert page.current_workflow_state.status == "in_progress"
    assert page.get_latest_revision_as_object().summary == "Kasımda yürüdük."


def test_what_an_editor_has_changed_is_not_overwritten(submission, member, editor):
    submission.page.save_revision(user=editor)
    returned = send_back(submission, editor, "Düzelttim")
    with pytest.raises(PermissionDenied):
        actions.revise_experience(by=member, submission=returned, title="x", summary="x", theme=None, answers=ANSWERS)


def test_a_form_with_a_gap_keeps_what_was_written(client_of, city, member):
    browser = client_of(member)
    browser.post(reverse("members:choose_city"), {"city": city.slug})
    page = browser.post(
        reverse("knowledge:submit_experience"), {"title": "Yarım", "need": "Uzun uzun"}
    ).content.decode()
    assert "Uzun uzun" in page
    assert not Submission.objects.exists()


def test_a_stranger_does_not_submit(city, stranger):
    with pytest.raises(PermissionDenied):
        actions.submit_experience(author=stranger, city=city, title="x", summary="x", theme=None, answers=ANSWERS)


def test_an_editor_of_another_city_cannot_approve(client_of, submission, other_city):
    elsewhere = factories.person(other_city, "editor")
    assert not submission.page.permissions_for_user(elsewhere).can_publish()


def test_a_member_does_not_enter_the_admin(client_of, member, editor):
    assert client_of(member).get(reverse("wagtailadmin_home")).status_code == 302
    assert client_of(editor).get(reverse("wagtailadmin_home")).status_code == 200


def test_an_article_is_commented_on(client_of, client, submission, editor, stranger):
    approve(submission, editor)
    article = ArticlePage.objects.get()
    client_of(stranger).post(reverse("knowledge:comment", args=[article.pk]), {"body": "Biz de denedik."})
    assert "Biz de denedik." in client.get(article.get_url()).content.decode()


def test_the_glossary_is_in_turkish_order_and_both_languages(client, db):
    page = client.get(reverse("knowledge:glossary")).content.decode()
    assert page.index("ayrımcılık") < page.index("bakım emeği") < page.index("değerlendirme")
    term = Term.objects.get(term_en="gender budgeting")
    shown = client.get(term.get_absolute_url()).content.decode()
    assert term.meaning_tr in shown
    assert "gender budgeting" in client.get(term.get_absolute_url().replace("/tr/", "/en/")).content.decode()
