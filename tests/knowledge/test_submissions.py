"""Members share experiences; editors approve them, or send them back."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from knowledge import actions
from knowledge.models import ArticlePage, ExperiencePage, Submission, Term
from knowledge.permissions import was_returned
from members.actions import change_profile
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


def send_back_plainly(submission, editor):
    send_back(submission, editor, "Tarih?")


def form_of(page: ExperiencePage) -> dict[str, str]:
    """The article's form in Wagtail as it is when nothing was typed into it."""
    body = streamfield([(block.block_type, rich_text(block.value.source)) for block in page.body])
    fields = {name: getattr(page, name) or "" for name in ("title", "slug", "summary", "credit")}
    return nested_form_data({**fields, "theme": "", "organisation": "", "body": body, "comments": inline_formset([])})


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


def test_a_rejection_in_wagtails_editor_comes_back_with_its_remark(client_of, submission, member, editor):
    """There the editor's form is saved with the rejection; its HTML is another, its words are the author's."""
    browser, page = client_of(editor), submission.page
    send_back_url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    action = {"action-workflow-action": "1", "workflow-action-name": "reject"}
    remark = {"workflow-action-extra-data": json.dumps({"comment": "Maliyeti de yazar mısınız?"})}
    browser.post(send_back_url, form_of(page) | action | remark)
    mine = client_of(member).get(reverse("knowledge:my_experiences")).content.decode()
    assert "Maliyeti de yazar mısınız?" in mine
    assert reverse("knowledge:revise_experience", args=[submission.pk]) in mine


def test_a_rejection_needs_a_remark(client_of, submission, editor):
    state = submission.page.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[submission.page.pk, "reject", state.pk])
    client_of(editor).post(url, {"comment": " "})
    assert Submission.objects.get().page.current_workflow_state.status == "in_progress"
    client_of(editor).post(url, {"comment": "Tarih?"})
    assert Submission.objects.get().page.current_workflow_state.status == "needs_changes"


@pytest.mark.parametrize(
    ("end", "path"), [(approve, "/deneyimler/isikli-durak/"), (send_back_plainly, "/deneyimlerim/")]
)
def test_the_author_hears_of_the_end_in_one_mail_that_leads_to_the_site(
    submission, editor, mailoutbox, django_capture_on_commit_callbacks, end, path
):
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        end(submission, editor)
    (mail,) = [mail for mail in mailoutbox if mail.to == [submission.author.email]]
    assert path in mail.body
    assert "yonetim" not in mail.body
    assert submission.page.title not in mail.subject


@pytest.mark.parametrize("end", [approve, send_back_plainly])
def test_who_has_switched_mails_off_gets_none(
    submission, editor, member, mailoutbox, django_capture_on_commit_callbacks, end
):
    change_profile(user=member, display_name=member.display_name, wants_mails=False)
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        end(submission, editor)
    assert member.email not in [address for mail in mailoutbox for address in mail.to]


def test_what_an_editor_has_changed_is_not_overwritten(submission, member, editor):
    submission.page.summary = "Düzeltilmiş özet."
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


LATE = "Uzun uzun yazdığım söz"


def assert_kept(response, browser, person):
    """The page says no and has the words; so have the person's drafts."""
    assert response.status_code == 403
    assert LATE in response.content.decode()
    assert person.drafts.count() == 1
    assert LATE in browser.get(reverse("members:drafts")).content.decode()


def test_words_about_an_article_that_was_taken_away_meanwhile_are_kept(client_of, submission, editor, stranger):
    approve(submission, editor)
    article, browser = ArticlePage.objects.get(), client_of(stranger)
    url = reverse("knowledge:comment", args=[article.pk])
    article.unpublish()
    assert_kept(browser.post(url, {"body": LATE}), browser, stranger)
    assert browser.get(url).status_code == 404


def test_so_are_those_about_an_article_that_takes_no_comments(client_of, submission, editor, stranger, monkeypatch):
    approve(submission, editor)
    monkeypatch.setattr("knowledge.views.can_comment", lambda user, article: False)
    browser = client_of(stranger)
    sent = browser.post(reverse("knowledge:comment", args=[ArticlePage.objects.get().pk]), {"body": LATE})
    assert_kept(sent, browser, stranger)
    assert "Işıklı durak" in browser.get(reverse("members:drafts")).content.decode()


def test_so_is_an_experience_that_no_longer_waits_for_its_author(client_of, submission, member, editor):
    returned = send_back(submission, editor, "Tarih?")
    returned.page.summary = "Düzeltilmiş özet."
    returned.page.save_revision(user=editor)
    url, browser = reverse("knowledge:revise_experience", args=[submission.pk]), client_of(member)
    fields = {"title": "Işıklı durak", "summary": "Kısa", **ANSWERS, "done": LATE}
    assert_kept(browser.post(url, fields), browser, member)
    assert member.drafts.get().fields["done"] == LATE


def test_so_is_one_that_is_no_longer_there(client_of, submission, member):
    url, browser = reverse("knowledge:revise_experience", args=[submission.pk]), client_of(member)
    submission.delete()
    assert_kept(browser.post(url, {**ANSWERS, "done": LATE}), browser, member)
    assert browser.get(url).status_code == 404


def test_an_experience_of_who_is_no_member_waits_until_they_join(client_of, city, stranger):
    url, browser = reverse("knowledge:submit_experience"), client_of(stranger)
    assert browser.post(url, {"title": "Yarım", **ANSWERS, "done": LATE}).status_code == 403
    drafts = browser.get(reverse("members:drafts")).content.decode()
    assert "Yarım" in drafts
    assert LATE in drafts
    browser.post(reverse("members:join"), {"city": city.slug, "next": url})
    assert LATE in browser.get(url).content.decode()


def test_the_glossary_is_in_turkish_order_and_both_languages(client, db):
    page = client.get(reverse("knowledge:glossary")).content.decode()
    assert page.index("ayrımcılık") < page.index("bakım emeği") < page.index("değerlendirme")
    term = Term.objects.get(term_en="gender budgeting")
    shown = client.get(term.get_absolute_url()).content.decode()
    assert term.meaning_tr in shown
    assert "gender budgeting" in client.get(term.get_absolute_url().replace("/tr/", "/en/")).content.decode()
