"""Answers to comments: who gives them, what they need, and that what they said before is kept."""

from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from forum.actions import edit_post, hide_post, post_comment, remove_post
from forum.models import Post
from members.models import Draft, Role
from plans.actions.answer_comment import MissingReasonError, answer_comment, answer_comments
from plans.actions.comment_on_section import comment_on_section
from plans.actions.publish_version import publish_version
from plans.models import Answer, AnswerRevision
from plans.permissions import can_answer_comment
from tests import factories
from tests.plans.making import section_of, two_chapters


@pytest.fixture
def version(city, editor):
    return publish_version(by=editor, plan=two_chapters(city, by=editor))


def _comment(version, author) -> Post:
    return comment_on_section(author=author, section=section_of(version, "1.1"), version=version, body="Bank az.")


@pytest.fixture
def comment(version, member) -> Post:
    return _comment(version, member)


def _answer(by, post, decision=Answer.Decision.ACCEPTED, reason="Dört bank *eklenir*.") -> Answer:
    return answer_comment(by=by, post=post, decision=decision, reason=reason)


def test_an_answer_has_a_decision_a_reason_a_person_and_a_time(comment, editor):
    answer = _answer(editor, comment)
    assert (answer.post, answer.decision, answer.answered_by) == (comment, "accepted", editor)
    assert "<em>eklenir</em>" in answer.reason_html
    assert answer.answered_at >= comment.submit_date
    assert not answer.revisions.exists()


@pytest.mark.parametrize("decision", Answer.Decision.values)
def test_each_decision_can_be_given(decision, comment, editor):
    assert _answer(editor, comment, Answer.Decision(decision)).decision == decision


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_an_answer_without_a_reason_is_refused(reason, comment, editor):
    with pytest.raises(MissingReasonError):
        _answer(editor, comment, reason=reason)
    assert not Answer.objects.exists()


def test_the_reason_is_sanitised(comment, editor):
    assert "<script" not in _answer(editor, comment, reason="Evet <script>alert(1)</script>").reason_html


def test_a_changed_answer_keeps_what_it_said_and_who(comment, editor, coordinator):
    first = _answer(editor, comment)
    changed = _answer(coordinator, comment, Answer.Decision.PARTLY, "İki bank eklenir.")
    assert changed.pk == first.pk
    assert (changed.decision, changed.reason, changed.answered_by) == ("partly", "İki bank eklenir.", coordinator)
    revision = AnswerRevision.objects.get()
    assert (revision.decision, revision.reason) == (first.decision, first.reason)
    assert (revision.answered_by, revision.answered_at) == (editor, first.answered_at)


def test_every_earlier_answer_is_kept_in_order(comment, editor):
    for reason in ("Bir.", "İki.", "Üç."):
        answer = _answer(editor, comment, reason=reason)
    assert [revision.reason for revision in answer.revisions.all()] == ["Bir.", "İki."]


def test_saying_the_same_again_changes_nothing(comment, editor, coordinator):
    first = _answer(editor, comment)
    again = _answer(coordinator, comment)
    assert (again.answered_by, again.answered_at) == (editor, first.answered_at)
    assert not AnswerRevision.objects.exists()


@pytest.mark.parametrize("role", ["another_member", "moderator", "stranger"])
def test_who_is_no_editor_answers_nothing(role, comment, request):
    person = request.getfixturevalue(role)
    assert not can_answer_comment(person, comment)
    with pytest.raises(PermissionDenied):
        _answer(person, comment)


def test_an_editor_of_another_city_answers_nothing(comment, other_city):
    with pytest.raises(PermissionDenied):
        _answer(factories.person(other_city, "editor"), comment)


def test_nobody_answers_their_own_comment(version, editor, coordinator):
    own = _comment(version, editor)
    with pytest.raises(PermissionDenied):
        _answer(editor, own)
    assert _answer(coordinator, own)


def test_a_reply_is_not_answered_on_its_own(comment, another_member, editor):
    reply = post_comment(author=another_member, target=comment.content_object, body="Evet.", parent=comment)
    with pytest.raises(PermissionDenied):
        _answer(editor, reply)


def test_a_topic_of_the_forum_is_not_answered(city, member, editor):
    opening = Post.objects.on(factories.topic(city, member)).get()
    with pytest.raises(PermissionDenied):
        _answer(editor, opening)


def test_what_its_author_took_back_is_not_answered(comment, member, editor):
    remove_post(by=member, post=comment)
    with pytest.raises(PermissionDenied):
        _answer(editor, comment)


def test_what_a_moderator_hid_is_not_answered(comment, moderator, editor):
    hide_post(by=moderator, post=comment, reason="Kişisel bilgi.")
    with pytest.raises(PermissionDenied):
        _answer(editor, comment)


def test_the_state_in_the_database_counts_not_the_one_at_hand(comment, member, editor):
    at_hand = Post.objects.get(pk=comment.pk)
    remove_post(by=member, post=comment)
    assert at_hand.status == Post.Status.PUBLISHED
    with pytest.raises(PermissionDenied):
        _answer(editor, at_hand)


def test_asking_who_may_answer_takes_no_query_a_comment(comment, editor, django_assert_num_queries):
    can_answer_comment(editor, comment)
    with django_assert_num_queries(0):
        assert can_answer_comment(editor, comment)


def test_an_answer_that_was_given_meanwhile_is_shown_before_it_is_replaced(client_of, city, comment, editor):
    second = factories.person(city, Role.EDITOR, display_name="İkinci Editör")
    url, browser = reverse("plans:answer", args=[comment.pk]), client_of(second)
    browser.get(url)
    _answer(editor, comment, Answer.Decision.DECLINED, "Bütçe yetmez.")
    typed = {"decision": "accepted", "reason": "Olur.", "seen": ""}
    page = browser.post(url, typed)
    assert Answer.objects.get().decision == "declined"
    assert "Bu arada Editör yanıt verdi: Kabul edilmedi. Bütçe yetmez." in page.content.decode()
    assert page.context["form"]["reason"].value() == "Olur."
    browser.post(url, {**typed, "seen": page.context["form"]["seen"].value()})
    assert Answer.objects.get().decision == "accepted"


@pytest.mark.parametrize("hidden", [True, False])
def test_together_are_changed_those_that_one_may_answer(client_of, city, version, comment, editor, moderator, hidden):
    second = factories.person(city, Role.EDITOR, display_name="İkinci Editör")
    others = [_comment(version, factories.person(city, Role.MEMBER)), _comment(version, second)]
    answer_comments(by=editor, posts=[comment, *others], decision=Answer.Decision.NOTED, reason="Görüldü.")
    if hidden:
        hide_post(by=moderator, post=others[0], reason="Adres")
    seen = Answer.objects.get(post=comment).answered_at.isoformat()
    typed = {"decision": "accepted", "reason": "Olur.", "for_all": "on", "seen": seen}
    response = client_of(second).post(reverse("plans:answer", args=[comment.pk]), typed)
    assert response.status_code == 302
    decisions = dict(Answer.objects.values_list("post", "decision"))
    assert decisions == {
        comment.pk: "accepted",
        others[0].pk: "noted" if hidden else "accepted",
        others[1].pk: "noted",
    }


def test_an_answer_to_several_that_was_changed_meanwhile_is_not_written_over(client_of, city, version, comment, editor):
    second = factories.person(city, Role.EDITOR, display_name="İkinci Editör")
    other = _comment(version, factories.person(city, Role.MEMBER))
    answer_comments(by=editor, posts=[comment, other], decision=Answer.Decision.NOTED, reason="Görüldü.")
    seen = Answer.objects.get(post=comment).answered_at.isoformat()
    _answer(editor, other, Answer.Decision.DECLINED, "Bütçe yetmez.")
    answer_comments(by=editor, posts=[comment, other], decision=Answer.Decision.PARTLY, reason="Bir bölümü.")
    typed = {"decision": "accepted", "reason": "Olur.", "for_all": "on", "seen": seen}
    page = client_of(second).post(reverse("plans:answer", args=[comment.pk]), typed)
    assert page.status_code == 200
    assert page.context["form"]["reason"].value() == "Olur."
    assert set(Answer.objects.values_list("decision", flat=True)) == {"partly"}


def test_words_that_were_answered_are_not_changed_any_more(client_of, comment, member, editor):
    browser = client_of(member)
    edit = reverse("forum:edit_post", args=[comment.pk])
    thread = reverse("plans:thread", args=[comment.pk])
    assert edit in browser.get(thread).content.decode()
    _answer(editor, comment)
    assert edit not in browser.get(thread).content.decode()
    refused = browser.post(edit, {"body": "Bambaşka bir söz."})
    assert refused.status_code == 403
    page = unescape(refused.content.decode())
    assert all(words in page for words in ("yanıtlandığı gibi kalır", "Bambaşka bir söz."))
    assert Draft.objects.get(user=member).fields["body"] == "Bambaşka bir söz."
    comment.refresh_from_db()
    assert (comment.edited_at, "Bambaşka" in comment.comment) == (None, False)
    with pytest.raises(PermissionDenied):
        edit_post(by=member, post=comment, body="Bambaşka bir söz.")


@pytest.mark.parametrize("together", [False, True])
def test_what_was_edited_meanwhile_is_read_again_before_it_is_answered(together, client_of, comment, member, editor):
    browser = client_of(editor)
    address = reverse("plans:answer", args=[comment.pk])
    if together:
        plan = comment.quote.section.plan_id
        address = f"{reverse('plans:answer_together', args=[plan])}?yorum={comment.pk}"
    read = browser.get(address).context["form"]["read"].value()
    edit_post(by=member, post=comment, body="Bambaşka bir söz.")
    sent = {"decision": "declined", "reason": "Yer yok.", "read": read}
    page = browser.post(address, sent)
    assert not Answer.objects.exists()
    assert all(words in page.content.decode() for words in ("Bambaşka bir söz.", "değiştirildi"))
    assert page.context["form"]["reason"].value() == "Yer yok."
    assert browser.post(address, sent | {"read": page.context["form"]["read"].value()}).status_code == 302
    assert Answer.objects.get().reason == "Yer yok."
