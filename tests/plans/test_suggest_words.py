"""Proposing other words, and standing behind them."""

import pytest
from django.core.exceptions import PermissionDenied

from common.text import LONGEST_TEXT
from forum.actions import EmptyPostError, PostTooLongError, RepeatedPostError, hide_post, remove_post
from forum.models import Post
from plans.actions.comment_on_section import comment_on_section
from plans.actions.publish_version import publish_version
from plans.actions.suggest_words import SameWordsError, suggest_words
from plans.actions.support_suggestion import support_suggestion
from plans.models import Phase, PlanPage, PlanVersion, Section, Suggestion, Support
from plans.permissions import can_support
from tests.plans.making import PARK, section_of, two_chapters

SENTENCE = "Banklar çocuk alanına uzak duruyor."
WORDS = "Banklar çocuk alanının yanına konur."


@pytest.fixture
def version(city, editor) -> PlanVersion:
    return publish_version(by=editor, plan=two_chapters(city, by=editor))


@pytest.fixture
def suggest(version, member):
    """`suggest(words=…)`: a member's suggestion for a sentence of 1.1, or what else is said."""

    def write(**given) -> Suggestion:
        section = section_of(version, "1.1")
        written = {"author": member, "version": version, "body": "Plan ne yapılacağını söylesin."}
        return suggest_words(**written | {"section": section, "exact": SENTENCE, "words": WORDS} | given)

    return write


def fresh(suggestion: Suggestion) -> Suggestion:
    """As the next request reads it."""
    return Suggestion.objects.get(pk=suggestion.pk)


def put_in(version, kind) -> None:
    Phase.objects.create(plan=version.plan, kind=kind)


def section_now(version) -> Section:
    """1.1 as the next request reads it: a plan reads its phase once."""
    found = section_of(version, "1.1")
    found.plan = PlanPage.objects.get(pk=found.plan_id)
    return found


def test_a_suggestion_is_a_comment_with_a_quote_and_other_words(suggest, version):
    suggestion = suggest()
    assert (suggestion.words, suggestion.post.quote.exact) == (WORDS, SENTENCE)
    assert suggestion.post.quote.start == PARK.index(SENTENCE)
    assert suggestion.post.quote.anchors.get().version == version
    assert suggestion.merged_at is None


def test_without_words_the_quoted_ones_are_to_be_struck_out(suggest):
    assert suggest(words=" \r\n ").words == ""


def test_spaces_and_line_ends_are_tidied(suggest):
    assert suggest(words=" Bir  iki \r\n\r\n üç ").words == "Bir iki\nüç"


def test_words_can_be_proposed_for_a_whole_section(suggest, member):
    suggestion = suggest(exact="", words="Park aydınlatılır.")
    assert suggestion.post.quote.exact == ""
    assert Suggestion.objects.for_reading(member).get().quoted == PARK


@pytest.mark.parametrize("given", [{"words": f" {SENTENCE}\n"}, {"exact": "", "words": PARK.replace(". ", ".  ")}])
def test_the_words_as_they_stand_are_no_suggestion(suggest, given):
    with pytest.raises(SameWordsError):
        suggest(**given)
    assert not Post.objects.exists()


def test_a_suggestion_has_a_reason(suggest):
    with pytest.raises(EmptyPostError):
        suggest(body=" ")
    assert not Suggestion.objects.exists()


def test_words_have_a_longest_length(suggest):
    with pytest.raises(PostTooLongError):
        suggest(words="a" * (LONGEST_TEXT + 1))
    assert not Post.objects.exists()
    assert suggest(words="a" * LONGEST_TEXT)


def test_the_same_suggestion_twice_is_a_double_click(suggest):
    suggest()
    with pytest.raises(RepeatedPostError):
        suggest()
    assert Suggestion.objects.count() == Post.objects.count() == 1


def test_other_words_with_the_same_reason_are_another_suggestion(suggest, version, member):
    suggest()
    suggest(words="")
    comment = {"section": section_of(version, "1.1"), "version": version, "exact": SENTENCE}
    comment_on_section(author=member, body="Plan ne yapılacağını söylesin.", **comment)
    assert (Suggestion.objects.count(), Post.objects.count()) == (2, 3)


@pytest.mark.parametrize(
    ("kind", "possible"),
    [
        (Phase.Kind.PREPARATION, False),
        (Phase.Kind.DRAFT, True),
        (Phase.Kind.REVISION, False),
        (Phase.Kind.ADOPTED, False),
        (Phase.Kind.MONITORING, False),
        (Phase.Kind.ARCHIVED, False),
    ],
)
def test_the_phase_decides_who_suggests_and_supports(suggest, version, stranger, kind, possible):
    earlier = suggest()
    put_in(version, kind)
    if possible:
        assert suggest(section=section_now(version), words="Banklar yakındır.")
        support_suggestion(by=stranger, suggestion=earlier, wanted=True)
        return
    with pytest.raises(PermissionDenied):
        suggest(section=section_now(version), words="Banklar yakındır.")
    with pytest.raises(PermissionDenied):
        support_suggestion(by=stranger, suggestion=earlier, wanted=True)
    assert Suggestion.objects.count() == 1
    assert not Support.objects.exists()


def test_a_page_that_was_read_before_the_phase_ended_proposes_nothing(suggest, version):
    page = section_now(version)
    assert page.plan.phase is None
    put_in(version, Phase.Kind.MONITORING)  # comments are taken, other words are not
    with pytest.raises(PermissionDenied):
        suggest(section=page)
    assert not Post.objects.exists()


def test_in_a_plan_for_members_strangers_neither_suggest_nor_support(suggest, version, stranger, another_member):
    suggestion = suggest()
    Phase.objects.create(plan=version.plan, kind=Phase.Kind.DRAFT, audience=Phase.Audience.MEMBERS)
    with pytest.raises(PermissionDenied):
        suggest(author=stranger, section=section_now(version))
    with pytest.raises(PermissionDenied):
        support_suggestion(by=stranger, suggestion=suggestion, wanted=True)
    support_suggestion(by=another_member, suggestion=suggestion, wanted=True)
    assert Support.objects.get().user == another_member


def test_support_counts_once_a_person_and_can_be_withdrawn(suggest, another_member, stranger, editor):
    suggestion = suggest()
    for person in (another_member, stranger, editor, another_member):
        support_suggestion(by=person, suggestion=suggestion, wanted=True)
    read = Suggestion.objects.for_reading(another_member).get()
    assert (read.support_count, read.is_supported) == (3, True)
    for _again in range(2):
        support_suggestion(by=another_member, suggestion=suggestion, wanted=False)
    read = Suggestion.objects.for_reading(another_member).get()
    assert (read.support_count, read.is_supported) == (2, False)


def test_supports_of_one_suggestion_do_not_count_for_another(suggest, stranger, editor):
    first, second = suggest(), suggest(words="")
    support_suggestion(by=stranger, suggestion=first, wanted=True)
    support_suggestion(by=editor, suggestion=second, wanted=True)
    support_suggestion(by=stranger, suggestion=second, wanted=True)
    counts = dict(Suggestion.objects.for_reading(stranger).values_list("pk", "support_count"))
    assert counts == {first.pk: 1, second.pk: 2}


def test_nobody_supports_their_own_suggestion(suggest, member):
    with pytest.raises(PermissionDenied):
        support_suggestion(by=member, suggestion=suggest(), wanted=True)


def test_what_was_removed_or_hidden_is_not_supported(suggest, member, moderator, stranger):
    removed, hidden = suggest(), suggest(words="")
    remove_post(by=member, post=removed.post)
    hide_post(by=moderator, post=hidden.post, reason="Kişisel")
    for suggestion in (removed, hidden):
        assert not can_support(stranger, fresh(suggestion))
        with pytest.raises(PermissionDenied):
            support_suggestion(by=stranger, suggestion=suggestion, wanted=True)


def test_an_account_that_goes_takes_its_support_along(suggest, stranger, editor):
    suggestion = suggest()
    for person in (stranger, editor):
        support_suggestion(by=person, suggestion=suggestion, wanted=True)
    stranger.delete()
    assert Suggestion.objects.for_reading(editor).get().support_count == 1
