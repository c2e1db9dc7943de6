"""The desk's pages: who sees which comments, old and new side by side, what is decided there, and who is led there."""

from html import unescape

import pytest
from django.core import mail
from django.urls import reverse

from forum.actions import remove_post
from members.models import User
from plans.actions.comment_on_section import comment_on_section
from plans.actions.publish_version import publish_version
from plans.actions.settle_anchor import settle_anchor
from plans.models import Anchor, Phase, PlanPage, PlanVersion, Settlement
from tests.plans.making import NURSERY, TRANSPORT, replacing, revise, section_of, text_of

BENCHES = "Banklar çocuk alanına uzak duruyor."
CHANGED = "Banklar alana yakın ama az."
LIGHTS = "Parkta iki aydınlatma direği yanmıyor."
SHIFTS = "Kreşler vardiya saatlerine göre çalışır."
Decision = Settlement.Decision


@pytest.fixture
def comment(version):
    def comment(author: User, number: str, exact: str = "", body: str = "Bence eksik."):
        place = section_of(version, number)
        return comment_on_section(author=author, section=place, version=version, body=body, exact=exact)

    return comment


@pytest.fixture
def publish(plan, editor):
    def publish(*changes: tuple[str, str]) -> PlanVersion:
        for old, new in changes:
            revise(plan.chapters[0], replacing(old, new), by=editor)
        return publish_version(by=editor, plan=plan, note="Düzeltme.")

    return publish


@pytest.fixture
def unsure(comment, publish, member) -> Anchor:
    post = comment(member, "1.1", BENCHES, "Gölge de yok.")
    return post.quote.anchors.get(version=publish((BENCHES, CHANGED)))


@pytest.fixture
def lost(comment, publish, member) -> Anchor:
    post = comment(member, "1.1", BENCHES, "Gölge de yok.")
    return post.quote.anchors.get(version=publish((f" {BENCHES}", "")))


def place_url(anchor: Anchor) -> str:
    return reverse("plans:place", args=[anchor.quote.post_id])


def places_url(plan: PlanPage) -> str:
    return reverse("plans:places", args=[plan.pk])


def read(browser, url: str) -> str:
    response = browser.get(url)
    assert response.status_code == 200, response.status_code
    return unescape(response.content.decode())


def sent(anchor: Anchor, decision: str = "", **fields) -> dict:
    return {"anchor": anchor.pk, "seen": anchor.settlements.count(), "decision": decision, "remark": "", **fields}


def sentence_number(anchor: Anchor, number: str, words: str) -> tuple[str, str]:
    """(section, sentence) as the form sends them."""
    text = text_of(anchor.version, number)
    return str(text.section_id), f"{text.section_id}-{text.text[: text.text.index(words)].count('. ')}"


# The list


def test_editors_see_every_open_item_old_beside_new(unsure, plan, editor, client_of):
    page = read(client_of(editor), places_url(plan))
    assert f"<mark>{BENCHES}</mark>" in page
    assert f"<mark>{CHANGED}</mark>" in page
    assert "Gölge de yok." in page
    assert f"{place_url(unsure)}?liste" in page


def test_others_see_their_own(unsure, plan, member, another_member, client_of):
    assert "Gölge de yok." in read(client_of(member), places_url(plan))
    assert "Gölge de yok." not in read(client_of(another_member), places_url(plan))


def test_the_list_is_for_who_is_signed_in(unsure, plan, client):
    assert client.get(places_url(plan)).status_code == 302
    assert client.get(place_url(unsure)).status_code == 302


def test_what_is_settled_or_taken_back_is_not_listed(comment, publish, plan, member, editor, client_of):
    posts = [comment(member, "1.1", BENCHES, body) for body in ("Kapanan.", "Geri alınan.", "Kalan.")]
    second = publish((BENCHES, CHANGED))
    settle_anchor(by=editor, anchor=posts[0].quote.anchors.get(version=second), decision=Decision.SETTLED, seen=0)
    settle_anchor(by=editor, anchor=posts[2].quote.anchors.get(version=second), decision=Decision.OPEN, seen=0)
    remove_post(by=member, post=posts[1])
    page = read(client_of(editor), places_url(plan))
    assert [body in page for body in ("Kapanan.", "Geri alınan.", "Kalan.")] == [False, False, True]
    assert "Hâlâ açık" in page


def test_the_list_asks_the_database_as_often_for_many(
    comment, publish, plan, member, another_member, editor, client_of, django_assert_num_queries
):
    browser = client_of(editor)
    words = {"1.1": BENCHES, "1.2": SHIFTS}
    for author, number in ((member, "1.1"), (another_member, "1.2")):
        comment(author, number, words[number], f"İlk: {number}")
    publish((f" {BENCHES}", ""), (SHIFTS, "Kreşler gece de açık."))
    read(browser, places_url(plan))
    for few_or_many in (2, 14):
        page = ""
        with django_assert_num_queries(9):
            page = read(browser, places_url(plan))
        assert page.count("side-by-side__side") == 2 * few_or_many
        for count in range(12):
            author = member if count % 2 else another_member
            number = "1.1" if count % 3 else "1.2"
            comment(author, number, words[number], f"Söz {few_or_many} {count}")


# One comment


def test_one_page_shows_both_and_asks(unsure, member, client_of):
    page = read(client_of(member), place_url(unsure))
    assert f"<mark>{BENCHES}</mark>" in page
    assert f"<mark>{CHANGED}</mark>" in page
    assert [f'value="{decision}"' in page for decision in Decision] == [True] * 4


def test_a_lost_comment_offers_sections_and_their_sentences(lost, plan, editor, client_of):
    browser = client_of(editor)
    page = read(browser, place_url(lost))
    assert 'value="same_place"' not in page
    assert LIGHTS in page  # its section is still there
    nursery, bus = (str(section_of(lost.version, number).pk) for number in ("1.2", "2.1"))
    assert f'<option value="{bus}">2.1 Otobüs' in page
    found = read(browser, f"{place_url(lost)}?ara=otobüsler")
    assert (f"bolum={bus}#karar" in found, f"bolum={nursery}#karar" in found) == (True, False)
    shown = read(browser, f"{place_url(lost)}?bolum={nursery}")
    assert all(sentence in shown for sentence in (SHIFTS, NURSERY.split(". ")[0]))


def test_where_its_section_is_gone_sections_like_it_are_offered(comment, publish, plan, member, editor, client_of):
    post = comment(member, "1.1", BENCHES)
    nursery = "Kreşlerde ve çocuk alanına yakın yerlerde banklar durur. " + SHIFTS
    revise(plan.chapters[0], replacing(SHIFTS, nursery), by=editor)
    revise(plan.chapters[0], lambda blocks: blocks[1:], by=editor)
    anchor = post.quote.anchors.get(version=publish())
    Anchor.objects.filter(pk=anchor.pk).update(verdict="orphan", section=None, start=None, end=None)
    page = read(client_of(editor), place_url(anchor))
    assert f"bolum={section_of(anchor.version, '1.1').pk}#karar" in page


def test_the_author_confirms_the_place(unsure, member, client_of):
    answer = client_of(member).post(place_url(unsure), sent(unsure, "same_place", remark="Evet."), follow=True)
    unsure.refresh_from_db()
    assert (unsure.verdict, unsure.decision) == ("edited", "same_place")
    page = unescape(answer.content.decode())
    assert answer.redirect_chain[-1][0].startswith(reverse("plans:thread", args=[unsure.quote.post_id]))
    assert "Yeri orası" in page
    assert "Evet." in page


def test_an_editor_attaches_a_lost_comment_to_a_sentence(lost, plan, editor, client_of):
    section, sentence = sentence_number(lost, "1.2", SHIFTS)
    fields = sent(lost, "moved_here", bolum=section, cumle=sentence)
    answer = client_of(editor).post(f"{place_url(lost)}?liste", fields)
    assert (answer.status_code, answer.url) == (302, places_url(plan))
    lost.refresh_from_db()
    text = text_of(lost.version, "1.2")
    assert (lost.section_id, text.text[lost.start : lost.end]) == (text.section_id, SHIFTS)


def test_a_comment_on_a_whole_section_is_attached_to_a_section(comment, publish, plan, member, editor, client_of):
    post = comment(member, "1.1")
    revise(plan.chapters[0], lambda blocks: blocks[1:], by=editor)
    anchor = post.quote.anchors.get(version=publish())
    bus = text_of(anchor.version, "2.1")
    page = read(client_of(member), place_url(anchor))
    assert 'name="cumle"' not in page
    client_of(member).post(place_url(anchor), sent(anchor, "moved_here", bolum=bus.section_id))
    anchor.refresh_from_db()
    assert (anchor.section_id, anchor.start, anchor.end) == (bus.section_id, 0, len(TRANSPORT))


def test_another_section_is_looked_at_without_losing_a_word(lost, editor, client_of):
    section, _sentence = sentence_number(lost, "1.2", SHIFTS)
    fields = sent(lost, "moved_here", bolum=section, remark="Kreş cümlesi olmalı.", goster="1")
    page = unescape(client_of(editor).post(place_url(lost), fields).content.decode())
    assert "Kreş cümlesi olmalı." in page
    assert SHIFTS in page
    assert 'name="decision" value="moved_here" required id="id_decision_0" checked' in page
    assert not Settlement.objects.exists()


@pytest.mark.parametrize(
    ("decision", "with_section", "with_sentence"),
    [("", True, False), ("moved_here", False, False), ("moved_here", True, False), ("settled", True, True)],
)
def test_what_does_not_fit_is_said_and_what_was_typed_stays(
    decision, with_section, with_sentence, lost, editor, client_of
):
    section, sentence = sentence_number(lost, "1.2", SHIFTS)
    chosen = {"bolum": section if with_section else "", "cumle": sentence if with_sentence else ""}
    answer = client_of(editor).post(place_url(lost), sent(lost, decision, remark="Yazdıklarım.", **chosen))
    page = answer.content.decode()
    assert 'id="form-errors"' in page
    assert "Yazdıklarım." in page
    assert not Settlement.objects.exists()


def test_a_sentence_of_the_section_that_was_shown_is_not_taken_for_another_sections(lost, member, client_of):
    """Its sentences are on the page, one is chosen, then another section in the list, and that is sent."""
    _section, sentence = sentence_number(lost, "1.2", SHIFTS)
    other = text_of(lost.version, "2.1")
    answer = client_of(member).post(
        place_url(lost), sent(lost, "moved_here", remark="Burası.", bolum=other.section_id, cumle=sentence)
    )
    page = unescape(answer.content.decode())
    assert "Seçtiğiniz cümle başka bir bölümde" in page
    assert "Burası." in page
    assert f'value="{other.section_id}-0"' in page  # this section's sentences are shown now
    assert not Settlement.objects.exists()


def test_who_decides_second_is_told_and_decides_anew(unsure, member, editor, client_of):
    late = sent(unsure, "same_place", remark="Bence burası.")
    client_of(editor).post(place_url(unsure), sent(unsure, "settled", remark="Yanıtlandı."))
    page = unescape(client_of(member).post(place_url(unsure), late).content.decode())
    assert 'id="form-errors"' in page
    assert "Bence burası." in page
    assert "Yanıtlandı." in page
    assert 'name="seen" value="1"' in page
    assert Settlement.objects.count() == 1
    unsure.refresh_from_db()
    client_of(member).post(place_url(unsure), sent(unsure, "same_place", remark="Bence burası."))
    assert Settlement.objects.count() == 2


def test_a_version_that_came_in_between_is_shown(unsure, publish, member, client_of):
    late = sent(unsure, "settled", remark="Kapandı bence.")
    third = publish((LIGHTS, f"Yeni. {LIGHTS}"))
    page = unescape(client_of(member).post(place_url(unsure), late).content.decode())
    assert 'role="alert"' in page
    assert "Kapandı bence." in page
    assert f'name="anchor" value="{unsure.quote.anchors.get(version=third).pk}"' in page
    assert not Settlement.objects.exists()


def test_words_are_shown_back_where_a_newer_version_made_the_place_sure(unsure, publish, member, client_of):
    late = sent(unsure, "settled", remark="Kapandı bence.")
    publish((CHANGED, BENCHES))
    page = unescape(client_of(member).post(place_url(unsure), late).content.decode())
    assert "Kapandı bence." in page
    assert 'name="decision"' not in page


def test_what_was_typed_waits_for_who_signs_in_again(unsure, member, client):
    client.post(place_url(unsure), sent(unsure, "settled", remark="Oturumum kapanmış."))
    client.force_login(member)
    assert "Oturumum kapanmış." in read(client, place_url(unsure))


def test_a_sure_place_leads_back_to_the_comment(comment, member, client_of):
    post = comment(member, "1.1", BENCHES)
    answer = client_of(member).get(place_url(post.quote.anchors.get()))
    assert (answer.status_code, answer.url) == (302, post.standing_url)


@pytest.mark.parametrize("role", ["another_member", "moderator", "stranger"])
def test_the_page_is_for_its_author_and_editors(role, unsure, request, client_of):
    browser = client_of(request.getfixturevalue(role))
    assert browser.get(place_url(unsure)).status_code == 403
    assert browser.post(place_url(unsure), sent(unsure, "settled")).status_code == 403


def test_an_anchor_of_another_comment_is_not_decided_about(unsure, comment, member, client_of):
    other = comment(member, "2.1").quote.anchors.first()
    answer = client_of(member).post(place_url(unsure), {**sent(unsure, "settled"), "anchor": other.pk})
    assert answer.status_code == 404


# Who is led there


def test_the_reading_page_asks_the_author_and_shows_editors_the_way(unsure, plan, member, editor, client, client_of):
    url = place_url(unsure)
    question = "Yorumunuzun yeri kesin değil."
    for browser, finds, asked in (
        (client_of(member), True, True),
        (client_of(editor), True, False),
        (client, False, False),
    ):
        page = read(browser, plan.get_url())
        assert (url in page, question in page or "The place of your comment is not certain." in page) == (finds, asked)
    assert places_url(plan) in read(client_of(editor), plan.get_url())
    assert places_url(plan) not in read(client_of(member), plan.get_url())


@pytest.mark.parametrize(("decision", "word"), [(Decision.SETTLED, "Kapandı"), (Decision.OPEN, "Hâlâ açık")])
def test_badges_say_what_was_decided(decision, word, lost, plan, editor, client):
    settle_anchor(by=editor, anchor=lost, decision=decision, seen=0)
    for url in (plan.get_url(), reverse("plans:orphans", args=[plan.pk, 2])):
        assert f"Artık planda yok · {word}" in " ".join(read(client, url).split())


def test_the_thread_tells_who_decided_what_as_whom(lost, plan, member, editor, client):
    place = section_of(lost.version, "1.2")
    settle_anchor(by=member, anchor=lost, decision=Decision.OPEN, seen=0, remark="Hâlâ önemli.")
    settle_anchor(by=editor, anchor=lost, decision=Decision.MOVED_HERE, seen=1, section=place, exact=SHIFTS)
    page = read(client, reverse("plans:thread", args=[lost.quote.post_id]))
    told = page[page.index('id="yeri"') :]
    assert f"<mark>{SHIFTS}</mark>" in told
    for words in ("Hâlâ açık", "Hâlâ önemli.", "Başka sözlere bağlandı", "Üye (", "Editör ("):
        assert words in told
    assert told.index("Başka sözlere bağlandı") < told.index("Hâlâ açık")


def test_the_plan_desk_counts_them(unsure, plan, editor, client_of):
    assert places_url(plan) in read(client_of(editor), reverse("plan_desk"))
    settle_anchor(by=editor, anchor=unsure, decision=Decision.SAME_PLACE, seen=0)
    assert places_url(plan) not in read(client_of(editor), reverse("plan_desk"))


def test_the_page_of_adoption_leads_there(unsure, plan, editor, member, coordinator, client_of):
    Phase.objects.create(plan=plan, kind=Phase.Kind.REVISION)
    support = reverse("plans:support", args=[plan.pk])
    assert places_url(plan) in read(client_of(editor), support)
    assert places_url(plan) not in read(client_of(member), support)
    answer = client_of(coordinator).post(reverse("plans:adopt", args=[plan.pk]), {"version": 2}, follow=True)
    assert "1 " in next(str(message) for message in answer.context["messages"])


# Mails


def published_with_mails(publish, callbacks, *changes) -> list[str]:
    mail.outbox.clear()
    with callbacks(execute=True):
        publish(*changes)
    return [message.to[0] for message in mail.outbox]


def test_authors_are_told_once_a_version(
    comment, publish, plan, member, another_member, editor, django_capture_on_commit_callbacks
):
    for author, number, words in (
        (member, "1.1", BENCHES),
        (member, "1.2", SHIFTS),
        (another_member, "1.1", LIGHTS),
    ):
        comment(author, number, words)
    told = published_with_mails(publish, django_capture_on_commit_callbacks, (f" {BENCHES}", ""), (f" {SHIFTS}", ""))
    assert told == [member.email]
    assert places_url(plan) in mail.outbox[0].body
    assert BENCHES not in mail.outbox[0].body
    assert published_with_mails(publish, django_capture_on_commit_callbacks, (LIGHTS, f"Yeni. {LIGHTS}")) == []


def test_who_wants_no_mails_or_has_settled_is_left_alone(
    comment, publish, member, another_member, editor, django_capture_on_commit_callbacks
):
    User.objects.filter(pk=another_member.pk).update(wants_mails=False)
    comment(another_member, "1.1", BENCHES)
    post = comment(member, "1.1", BENCHES)
    told = published_with_mails(publish, django_capture_on_commit_callbacks, (BENCHES, CHANGED))
    assert told == [member.email]
    anchor = post.quote.anchors.order_by("-pk")[0]
    settle_anchor(by=editor, anchor=anchor, decision=Decision.SETTLED, seen=0)
    assert published_with_mails(publish, django_capture_on_commit_callbacks, (f" {CHANGED}", "")) == []


def test_who_may_not_read_the_plan_any_more_is_not_told(
    comment, publish, plan, stranger, django_capture_on_commit_callbacks
):
    comment(stranger, "1.1", BENCHES)
    Phase.objects.create(plan=plan, kind=Phase.Kind.REVISION, audience=Phase.Audience.MEMBERS)
    assert published_with_mails(publish, django_capture_on_commit_callbacks, (BENCHES, CHANGED)) == []
