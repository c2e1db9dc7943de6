"""Comments whose place is uncertain or lost: who decides what, what is kept of it, and what the next versions make of it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from forum.actions import hide_post, remove_post
from members.models import Role
from plans.actions.comment_on_section import comment_on_section
from plans.actions.publish_version import publish_version
from plans.actions.settle_anchor import (
    ImpossibleDecisionError,
    MissingPlaceError,
    OlderVersionError,
    SettledMeanwhileError,
    settle_anchor,
)
from plans.exports.collect import Export
from plans.exports.tables import rows
from plans.models import Anchor, Phase, PlanVersion, SectionText, Settlement
from plans.permissions import can_settle_anchor
from plans.quoting import QuoteNotFoundError
from tests import factories
from tests.plans.making import replacing, revise, section_of, text_of

BENCHES = "Banklar çocuk alanına uzak duruyor."
CHANGED = "Banklar alana yakın ama az."  # alike, not alike enough
LIGHTS = "Parkta iki aydınlatma direği yanmıyor."
SHIFTS = "Kreşler vardiya saatlerine göre çalışır."
Decision = Settlement.Decision


@pytest.fixture
def publish(plan, editor):
    """`publish(old, new)`: the next version, with words of the first chapter replaced."""

    def publish(old: str = "", new: str = "") -> PlanVersion:
        if old:
            revise(plan.chapters[0], replacing(old, new), by=editor)
        return publish_version(by=editor, plan=plan, note="Düzeltme.")

    return publish


@pytest.fixture
def comment(publish, member):
    version = publish()
    return comment_on_section(
        author=member, section=section_of(version, "1.1"), version=version, body="Gölge de yok.", exact=BENCHES
    )


@pytest.fixture
def unsure(comment, publish) -> Anchor:
    """The comment's place is to be checked in version 2."""
    return comment.quote.anchors.get(version=publish(BENCHES, CHANGED))


@pytest.fixture
def lost(comment, publish) -> Anchor:
    """The comment's words are not in version 2."""
    return comment.quote.anchors.get(version=publish(f" {BENCHES}", ""))


def settle(by, anchor, decision, *, seen=0, number="", exact="", **given) -> Settlement:
    section = section_of(anchor.version, number) if number else None
    return settle_anchor(by=by, anchor=anchor, decision=decision, seen=seen, section=section, exact=exact, **given)


def words_of(anchor: Anchor) -> str:
    return anchor.version.texts.get(section=anchor.section).text[anchor.start : anchor.end]


def newest(anchor: Anchor) -> Anchor:
    return anchor.quote.anchors.order_by("-version__number")[0]


def is_open(anchor: Anchor) -> bool:
    return Anchor.objects.open().filter(pk=anchor.pk).exists()


# What is decided


def test_it_belongs_there(unsure, editor):
    settlement = settle(editor, unsure, Decision.SAME_PLACE, remark=" Aynı konu. ")
    assert (settlement.verdict, settlement.section, settlement.start) == ("check", unsure.section, unsure.start)
    assert (settlement.decided_by, settlement.remark) == (editor, "Aynı konu.")
    unsure.refresh_from_db()
    assert (unsure.verdict, unsure.decision, words_of(unsure)) == ("edited", "same_place", CHANGED)
    assert not is_open(unsure)


def test_what_stands_there_unchanged_is_the_same(unsure, editor):
    text = text_of(unsure.version, "1.1").text
    quote = unsure.quote
    type(quote).objects.filter(pk=quote.pk).update(exact=text[unsure.start : unsure.end])
    settle(editor, unsure, Decision.SAME_PLACE)
    unsure.refresh_from_db()
    assert unsure.verdict == "same"


def test_a_lost_comment_is_attached_to_other_words(lost, editor):
    settlement = settle(editor, lost, Decision.MOVED_HERE, number="1.2", exact=SHIFTS)
    assert (settlement.verdict, settlement.section) == ("orphan", None)
    lost.refresh_from_db()
    assert (lost.verdict, lost.section, words_of(lost)) == ("edited", section_of(lost.version, "1.2"), SHIFTS)
    assert not is_open(lost)


def test_words_that_moved_and_changed_say_both(lost, editor, client):
    settle(editor, lost, Decision.MOVED_HERE, number="1.2", exact=SHIFTS)
    lost.refresh_from_db()
    assert lost.get_verdict_display() == "Yeri değişti · Metni düzenlendi"
    page = client.get(reverse("plans:thread", args=[lost.quote.post_id])).content.decode()
    assert "Yeri değişti · Metni düzenlendi" in page
    assert "§1.1 Parklar için yazıldı" in page
    [row] = rows(Export(lost.version))
    assert row.verdict == "Yeri değişti · Metni düzenlendi"


def test_the_same_words_at_another_place_have_moved(plan, publish, member, editor):
    """A twin that stood elsewhere already is no successor of its own accord: people say so."""
    version = publish(SHIFTS, f"{SHIFTS} {BENCHES}")
    park = section_of(version, "1.1")
    post = comment_on_section(author=member, section=park, version=version, body="Az.", exact=BENCHES)
    anchor = post.quote.anchors.get(version=publish(f"yanmıyor. {BENCHES}", "yanmıyor."))
    assert anchor.is_uncertain
    settle(editor, anchor, Decision.MOVED_HERE, number="1.2", exact=BENCHES)
    anchor.refresh_from_db()
    assert (anchor.verdict, words_of(anchor)) == ("moved", BENCHES)


def test_settled_needs_no_place(lost, editor):
    settle(editor, lost, Decision.SETTLED)
    lost.refresh_from_db()
    assert (lost.verdict, lost.section, lost.decision) == ("orphan", None, "settled")
    assert not is_open(lost)


def test_open_stays_open(unsure, editor):
    settle(editor, unsure, Decision.OPEN)
    unsure.refresh_from_db()
    assert (unsure.verdict, unsure.decision) == ("check", "open")
    assert is_open(unsure)


def test_a_comment_on_a_whole_section_goes_to_a_whole_section(plan, publish, member, editor):
    version = publish()
    post = comment_on_section(author=member, section=section_of(version, "1.1"), version=version, body="Kısa.")
    revise(plan.chapters[0], lambda blocks: blocks[1:], by=editor)
    anchor = post.quote.anchors.get(version=publish())
    settle(editor, anchor, Decision.MOVED_HERE, number="2.1", exact="Duraklarda")
    anchor.refresh_from_db()
    assert (anchor.verdict, words_of(anchor)) == ("edited", text_of(anchor.version, "2.1").text)


def test_every_decision_is_kept_with_what_was_before(lost, editor, member):
    settle(editor, lost, Decision.SETTLED)
    settle(member, lost, Decision.OPEN, seen=1, remark="Hâlâ önemli.")
    settle(editor, lost, Decision.MOVED_HERE, seen=2, number="1.1", exact=LIGHTS)
    settle(member, lost, Decision.OPEN, seen=3)
    kept = [(one.decision, one.verdict, one.decided_by) for one in lost.settlements.all()]
    assert kept == [
        ("settled", "orphan", editor),
        ("open", "orphan", member),
        ("moved_here", "orphan", editor),
        ("open", "edited", member),
    ]
    lost.refresh_from_db()
    assert (lost.verdict, lost.section, lost.start, lost.decision) == ("orphan", None, None, "open")


# Who decides


def test_the_author_decides_about_their_own_comment(unsure, member):
    assert settle(member, unsure, Decision.SAME_PLACE).decided_by == member


@pytest.mark.parametrize("role", ["another_member", "moderator", "stranger"])
def test_nobody_else_decides(role, unsure, request):
    person = request.getfixturevalue(role)
    assert not can_settle_anchor(person, unsure)
    with pytest.raises(PermissionDenied):
        settle(person, unsure, Decision.SETTLED)
    assert not Settlement.objects.exists()


def test_an_editor_of_another_city_decides_nothing(unsure, other_city):
    with pytest.raises(PermissionDenied):
        settle(factories.person(other_city, Role.EDITOR), unsure, Decision.SETTLED)


def test_who_may_not_read_the_plan_any_more_decides_nothing(plan, publish, editor, stranger):
    version = publish()
    post = comment_on_section(
        author=stranger, section=section_of(version, "1.1"), version=version, body="Az.", exact=BENCHES
    )
    anchor = post.quote.anchors.get(version=publish(BENCHES, CHANGED))
    Phase.objects.create(plan=plan, kind=Phase.Kind.REVISION, audience=Phase.Audience.MEMBERS)
    with pytest.raises(PermissionDenied):
        settle(stranger, anchor, Decision.SETTLED)


@pytest.mark.parametrize("gone", ["removed", "hidden"])
def test_about_a_comment_that_is_not_shown_nothing_is_decided(gone, unsure, comment, member, moderator, editor):
    if gone == "removed":
        remove_post(by=member, post=comment)
    else:
        hide_post(by=moderator, post=comment, reason="Kişisel bilgi.")
    with pytest.raises(PermissionDenied):
        settle(editor, unsure, Decision.SETTLED)


# What is refused


def test_a_sure_place_is_not_decided_about(comment, editor):
    anchor = comment.quote.anchors.get()
    for decision in Decision:
        with pytest.raises(ImpossibleDecisionError):
            settle(editor, anchor, decision, number="1.2", exact=SHIFTS)


def test_a_lost_comment_has_no_place_to_confirm(lost, editor):
    with pytest.raises(ImpossibleDecisionError):
        settle(editor, lost, Decision.SAME_PLACE)


def test_to_attach_needs_a_section_and_words(lost, editor):
    for given in ({}, {"number": "1.2"}):
        with pytest.raises(MissingPlaceError):
            settle(editor, lost, Decision.MOVED_HERE, **given)


def test_words_that_stand_nowhere_are_refused(lost, editor):
    with pytest.raises(QuoteNotFoundError):
        settle(editor, lost, Decision.MOVED_HERE, number="1.2", exact=BENCHES)


def test_a_section_of_no_text_in_the_version_is_refused(plan, lost, editor):
    other = plan.identities.create(key="yok")
    with pytest.raises(SectionText.DoesNotExist):
        settle_anchor(by=editor, anchor=lost, decision=Decision.MOVED_HERE, seen=0, section=other, exact=BENCHES)


def test_an_older_version_is_history(unsure, publish, editor):
    publish()
    with pytest.raises(OlderVersionError):
        settle(editor, unsure, Decision.SETTLED)


def test_who_decides_second_is_told(unsure, editor, member):
    settle(editor, unsure, Decision.SETTLED)
    with pytest.raises(SettledMeanwhileError):
        settle(member, unsure, Decision.SAME_PLACE)
    assert Settlement.objects.count() == 1


@pytest.mark.parametrize("decision", [Decision.SAME_PLACE, Decision.SETTLED, Decision.OPEN])
def test_a_double_click_decides_once(decision, unsure, editor):
    first = settle(editor, unsure, decision, remark="Evet.")
    assert settle(editor, unsure, decision, remark="Evet.") == first
    assert Settlement.objects.count() == 1


def test_two_different_places_are_no_double_click(lost, editor):
    first = settle(editor, lost, Decision.MOVED_HERE, number="1.2", exact=SHIFTS)
    assert settle(editor, lost, Decision.MOVED_HERE, number="1.2", exact=SHIFTS) == first
    with pytest.raises(SettledMeanwhileError):
        settle(editor, lost, Decision.MOVED_HERE, number="1.1", exact=LIGHTS)


# The next versions


def test_a_given_place_is_followed(lost, publish, editor):
    settle(editor, lost, Decision.MOVED_HERE, number="1.2", exact=SHIFTS)
    publish(LIGHTS, f"Yeni bir cümle. {LIGHTS}")
    publish("vardiya saatlerine göre çalışır", "vardiya saatlerine göre her gün çalışır")
    anchor = newest(lost)
    assert (anchor.verdict, words_of(anchor)) == ("edited", "Kreşler vardiya saatlerine göre her gün çalışır.")
    assert anchor.decision == "moved_here"


def test_a_confirmed_place_is_followed(unsure, publish, editor):
    settle(editor, unsure, Decision.SAME_PLACE)
    publish(CHANGED, "Banklar alana yakın ama çok az.")
    assert (newest(unsure).verdict, words_of(newest(unsure))) == ("edited", "Banklar alana yakın ama çok az.")


def test_settled_stays_settled(lost, publish, editor):
    settle(editor, lost, Decision.SETTLED)
    publish(LIGHTS, f"Yeni bir cümle. {LIGHTS}")
    assert (newest(lost).verdict, newest(lost).decision) == ("orphan", "settled")
    assert not is_open(newest(lost))


def test_still_open_stays_open(lost, publish, editor):
    settle(editor, lost, Decision.OPEN)
    publish(LIGHTS, f"Yeni bir cümle. {LIGHTS}")
    assert (newest(lost).verdict, newest(lost).decision) == ("orphan", "open")
    assert is_open(newest(lost))


def test_undecided_stays_open(unsure, publish):
    publish()
    assert (newest(unsure).verdict, newest(unsure).decision) == ("check", "")
    assert is_open(newest(unsure))


@pytest.mark.parametrize("decision", [Decision.SETTLED, Decision.OPEN])
def test_a_text_that_comes_back_needs_no_decision(decision, lost, publish, editor):
    settle(editor, lost, decision)
    publish(LIGHTS, f"{LIGHTS} {BENCHES}")
    assert (newest(lost).verdict, newest(lost).decision) == ("same", "")


def test_when_the_given_place_goes_people_are_asked_again(lost, publish, editor):
    """Though the words it was written about are back: people have said since that it belongs elsewhere."""
    settle(editor, lost, Decision.MOVED_HERE, number="1.2", exact=SHIFTS)
    publish(f" {SHIFTS}", "")
    assert (newest(lost).verdict, newest(lost).decision) == ("orphan", "")
    settle(editor, newest(lost), Decision.MOVED_HERE, number="1.1", exact=LIGHTS)
    publish(LIGHTS, BENCHES)
    assert (newest(lost).verdict, newest(lost).decision, words_of(newest(lost))) == ("check", "", BENCHES)
    assert is_open(newest(lost))
