"""What became of what people said: answers together, changes named, who has not spoken."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from forum.actions import hide_post
from members.actions import confirm_representation, request_representation
from members.models import OrganisationKind, User
from plans.actions.answer_comment import answer_comment, answer_comments, answered_together
from plans.actions.comment_on_section import comment_on_section
from plans.actions.publish_version import Why, publish_version
from plans.models import Answer, Phase, Section
from plans.outcomes import outcomes_of, voices_of
from tests import factories
from tests.plans.making import replacing, revise, section_of

D = Answer.Decision


@pytest.fixture
def write(version, member):
    def write(body, number="1.1", by=None, **how):
        place = section_of(version, number)
        return comment_on_section(author=by or member, section=place, version=version, body=body, **how)

    return write


@pytest.fixture
def like(write, another_member):
    return [write("Bank az."), write("Bank yetmiyor.", by=another_member)]


# Answers given together


def test_like_comments_get_one_answer(like, editor):
    answers = answer_comments(by=editor, posts=like, decision=D.ACCEPTED, reason="Eklenir.")
    assert {answer.reason for answer in answers} == {"Eklenir."}
    assert answered_together(answers[0]) == like


def test_all_or_none(like, write, editor):
    own = write("Benim sözüm.", by=editor)
    with pytest.raises(PermissionDenied):
        answer_comments(by=editor, posts=[*like, own], decision=D.ACCEPTED, reason="Eklenir.")
    assert not Answer.objects.exists()


def test_one_of_them_may_get_an_answer_of_its_own(like, editor):
    answer_comments(by=editor, posts=like, decision=D.ACCEPTED, reason="Eklenir.")
    answer_comment(by=editor, post=like[0], decision=D.PARTLY, reason="İki tane eklenir.")
    first, second = (Answer.objects.get(post=post) for post in like)
    assert [first.reason, second.reason] == ["İki tane eklenir.", "Eklenir."]
    assert answered_together(first) == [like[0]]
    assert first.revisions.get().reason == "Eklenir."


def test_editors_choose_like_comments_and_answer_them(client_of, plan, like, editor):
    browser = client_of(editor)
    address = reverse("plans:answer_together", args=[plan.pk])
    assert address in browser.get(reverse("plans:unanswered", args=[plan.pk])).content.decode()
    chosen = f"{address}?yorum={like[0].pk}&yorum={like[1].pk}&yorum=x&yorum={10**30}"
    page = browser.get(chosen).content.decode()
    assert all(post.comment in page for post in like)
    empty = browser.post(chosen, {"decision": "accepted", "reason": " "})
    assert list(empty.context["form"].errors) == ["reason"]
    assert browser.post(chosen, {"decision": "accepted", "reason": "Eklenir."}).status_code == 302
    assert Answer.objects.filter(reason="Eklenir.").count() == 2
    # Changed later, for all of them.
    again = reverse("plans:answer", args=[like[0].pk])
    browser.post(again, {"decision": "declined", "reason": "Yer yok.", "for_all": "on"})
    assert set(Answer.objects.values_list("decision", "reason")) == {("declined", "Yer yok.")}


def test_who_was_answered_meanwhile_is_named_and_what_was_typed_stays(client_of, plan, like, editor, coordinator):
    address = reverse("plans:answer_together", args=[plan.pk]) + f"?yorum={like[0].pk}&yorum={like[1].pk}"
    browser, typed = client_of(editor), {"decision": "accepted", "reason": "Hepsine eklenir."}
    browser.get(address)
    answer_comment(by=coordinator, post=like[0], decision=D.DECLINED, reason="Bütçe yetmez.")
    page = browser.post(address, typed)
    assert f"yanıtlandı: {like[0].author_name}." in page.content.decode()
    assert "Hepsine eklenir." in page.content.decode()
    assert Answer.objects.get().decision == D.DECLINED
    rest = reverse("plans:answer_together", args=[plan.pk]) + page.context["action"]
    assert browser.post(rest, typed).status_code == 302
    assert [Answer.objects.get(post=post).decision for post in like] == [D.DECLINED, D.ACCEPTED]
    late = browser.post(address, typed)
    assert late.status_code == 200
    assert "Hepsine eklenir." in late.content.decode()


def test_of_two_who_answer_together_at_once_the_second_is_told(client_of, plan, like, editor, coordinator, monkeypatch):
    def late(**given):
        """Between the page's check and the lock."""
        answer_comment(by=coordinator, post=like[0], decision=D.DECLINED, reason="Bütçe yetmez.")
        return answer_comments(**given)

    monkeypatch.setattr("plans.views.answering.answer_comments", late)
    address = reverse("plans:answer_together", args=[plan.pk]) + f"?yorum={like[0].pk}&yorum={like[1].pk}"
    page = client_of(editor).post(address, {"decision": "accepted", "reason": "Eklenir."})
    assert like[0].author_name in page.context["form"].non_field_errors()[0]
    assert Answer.objects.get().decision == D.DECLINED


def test_others_answer_nothing_together(client, client_of, plan, like, member):
    address = reverse("plans:answer_together", args=[plan.pk]) + f"?yorum={like[0].pk}"
    assert client.get(address).status_code == 302
    assert client_of(member).post(address, {"decision": "accepted", "reason": "Evet."}).status_code == 403
    assert not Answer.objects.exists()


def test_everybody_who_wrote_is_told(like, editor, another_member, django_capture_on_commit_callbacks):
    User.objects.filter(pk=another_member.pk).update(wants_mails=False)
    with django_capture_on_commit_callbacks(execute=True):
        answer_comments(by=editor, posts=like, decision=D.NOTED, reason="Gizli kalsın diye konuya yazılmaz.")
    [message] = mail.outbox
    assert message.to == [like[0].user.email]
    assert like[0].get_absolute_url() in message.body
    assert "Gizli" not in message.subject + message.body


def test_saying_the_same_again_tells_nobody(like, editor, django_capture_on_commit_callbacks):
    answer_comment(by=editor, post=like[0], decision=D.NOTED, reason="Not edildi.")
    with django_capture_on_commit_callbacks(execute=True):
        answer_comment(by=editor, post=like[0], decision=D.NOTED, reason="Not edildi.")
    assert mail.outbox == []


def test_the_thread_shows_what_was_answered_before(client, like, editor):
    answer_comment(by=editor, post=like[0], decision=D.NOTED, reason="Önce bunu dedik.")
    answer_comment(by=editor, post=like[0], decision=D.ACCEPTED, reason="Şimdi bunu diyoruz.")
    page = client.get(reverse("plans:thread", args=[like[0].pk])).content.decode()
    assert "Önce bunu dedik." in page
    assert "Şimdi bunu diyoruz." in page


# You said, we did


def test_a_comment_says_to_which_change_it_led(client, plan, like, editor):
    answer_comments(by=editor, posts=like, decision=D.ACCEPTED, reason="Eklenir.")
    revise(plan.chapters[0], replacing("Banklar", "Dört bank"), by=editor)
    key = Section.objects.get(quotes__post=like[0]).key
    second = publish_version(by=editor, plan=plan, why={key: Why(comments=[post.pk for post in like])})
    [outcome] = outcomes_of(plan, editor)
    assert (outcome.posts, [change["version"] for change in outcome.changes]) == (like, [second.number])
    for address in (plan.get_url(), reverse("plans:thread", args=[like[0].pk])):
        assert "Bir değişikliğe yol açtı" in client.get(address).content.decode()


def test_a_declined_comment_says_why_nothing_changed(client, plan, like, editor):
    answer_comment(by=editor, post=like[0], decision=D.DECLINED, reason="Yer yok.")
    for address in (plan.get_url(), reverse("plans:said_and_done", args=[plan.pk])):
        assert "Değişiklik yok, çünkü" in client.get(address).content.decode()


def test_the_page_follows_the_plan_and_hides_what_is_hidden(client, plan, write, like, editor, moderator):
    bus = write("Otobüs seyrek.", "2.1")
    hidden = write("Gizlenecek söz.", "1.2")
    answer_comments(by=editor, posts=[*like, bus, hidden], decision=D.NOTED, reason="Birlikte bakıldı.")
    answer_comment(by=editor, post=bus, decision=D.ACCEPTED, reason="Sıklaşır.")
    hide_post(by=moderator, post=hidden, reason="Kural")
    answer = client.get(reverse("plans:said_and_done", args=[plan.pk]))
    assert [outcome.posts for outcome in answer.context["balance"].outcomes] == [like, [bus]]
    assert dict(answer.context["balance"].decisions) == {"noted": 2, "accepted": 1}
    assert answer.context["balance"].said == 3
    assert "Gizlenecek" not in answer.content.decode()


def test_one_consultation_has_its_own_comments(client, plan, like, editor):
    now = timezone.now()
    past = Phase.objects.create(
        plan=plan, kind="consultation", starts_at=now - timedelta(days=9), ends_at=now - timedelta(days=2)
    )
    present = Phase.objects.create(
        plan=plan, kind="consultation", starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=2)
    )
    answer_comments(by=editor, posts=like, decision=D.NOTED, reason="Not edildi.")
    address = reverse("plans:said_and_done", args=[plan.pk])
    counts = {one.pk: client.get(f"{address}?gorus={one.pk}").context["balance"].said for one in plan.phases.all()}
    assert counts == {past.pk: 0, present.pk: 2}
    assert client.get(f"{address}?gorus=99999").status_code == 404
    assert client.get(f"{address}?gorus=bu").status_code == 200


def test_consultations_of_one_day_are_told_apart(client, plan, version):
    noon = timezone.make_aware(datetime(2025, 11, 29, 12))
    for hour in (0, 2):
        start = noon + timedelta(hours=hour)
        Phase.objects.create(plan=plan, kind="consultation", starts_at=start, ends_at=start + timedelta(hours=1))
    page = client.get(reverse("plans:said_and_done", args=[plan.pk])).content.decode()
    for words in ("29 Kasım 2025 12.00 – 13.00", "29 Kasım 2025 14.00 – 15.00"):
        assert words in page


def _queries(client, address) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("page", ["said_and_done", "voices"])
def test_many_comments_cost_as_many_queries_as_few(client, plan, write, editor, page):
    address = reverse(f"plans:{page}", args=[plan.pk])
    answer_comment(by=editor, post=write("İlk."), decision=D.NOTED, reason="Not edildi.")
    client.get(address)
    few = _queries(client, address)
    posts = [write(f"Söz {number}.", "2.1") for number in range(12)]
    answer_comments(by=editor, posts=posts[:6], decision=D.NOTED, reason="Birlikte.")
    for post in posts[6:]:
        answer_comment(by=editor, post=post, decision=D.ACCEPTED, reason="Tek tek.")
    assert _queries(client, address) == few


# Who has spoken


def test_the_matrix_counts_sections_and_chapters_by_kind(client, city, plan, version, write, coordinator):
    speaker, union = factories.person(city, "member"), factories.OrganisationFactory(city=city, kind="trade_union")
    asked = request_representation(user=speaker, organisation=union)
    confirm_representation(by=coordinator, representation=asked)
    write("Sendika adına.", "1.2", by=speaker, organisation=union)
    write("Kendi adıma.", "1.1")
    write("Yine kendi adıma.", "1.2")
    rows = {row["text"].number: dict(row["counts"]) for row in voices_of(version, speaker)}
    assert rows == {
        "1": {"trade_union": 1, "": 2},
        "1.1": {"": 1},
        "1.2": {"trade_union": 1, "": 1},
        "2": {},
        "2.1": {},
    }
    answer = client.get(reverse("plans:voices", args=[plan.pk]))
    silent = set(OrganisationKind.labels) - {OrganisationKind.TRADE_UNION.label}
    assert set(answer.context["silent"]) == {str(label) for label in silent}


def test_the_kind_is_that_of_the_day_it_was_written(city, plan, version, write, coordinator):
    speaker, body = factories.person(city, "member"), factories.OrganisationFactory(city=city, kind="academia")
    asked = request_representation(user=speaker, organisation=body)
    confirm_representation(by=coordinator, representation=asked)
    write("Merkez adına.", "1.1", by=speaker, organisation=body)
    body.kind = "civil_society"
    body.save()
    rows = {row["text"].number: dict(row["counts"]) for row in voices_of(version, speaker)}
    assert rows["1.1"] == {"academia": 1}
