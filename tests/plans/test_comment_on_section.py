"""Comments on sections and on words in them: found again on the server, refused when they cannot be."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from forum.actions import EmptyPostError, RepeatedPostError, post_comment
from forum.models import Post
from members.models import Representation
from plans.actions.comment_on_section import comment_on_section
from plans.actions.publish_version import publish_version
from plans.models import Anchor, Phase, PlanVersion, Quote, SectionText
from plans.quoting import QuoteNotFoundError
from tests import factories
from tests.plans.making import PARK, make_plan, replacing, revise, section, section_of, text_of

SENTENCE = "Banklar çocuk alanına uzak duruyor."


@pytest.fixture
def version(plan, editor) -> PlanVersion:
    return publish_version(by=editor, plan=plan, note="Düzeltme.")


@pytest.fixture
def comment(version, member):
    """`comment(exact=…)`: a member's comment on section 1.1, or what else is said."""

    def write(**given) -> Post:
        written = {"author": member, "section": section_of(version, "1.1"), "version": version, "body": "Az."}
        return comment_on_section(**written | given)

    return write


def test_a_comment_on_words_keeps_them_with_their_surroundings(comment, version):
    quote = comment(exact=SENTENCE).quote
    assert (quote.exact, quote.start, quote.version) == (SENTENCE, PARK.index(SENTENCE), version)
    assert PARK[: quote.start].endswith(quote.prefix)
    assert len(quote.prefix) == 32
    assert quote.suffix == ""


def test_its_first_anchor_is_where_it_was_written(comment, version):
    post = comment(exact=SENTENCE)
    anchor = post.quote.anchors.get()
    start = PARK.index(SENTENCE)
    assert (anchor.version, anchor.verdict, anchor.start, anchor.end) == (version, "same", start, start + len(SENTENCE))


def test_a_comment_without_words_is_about_the_whole_section(comment):
    post = comment()
    anchor = post.quote.anchors.get()
    assert (post.quote.exact, post.quote.start) == ("", 0)
    assert (anchor.start, anchor.end) == (0, len(PARK))


def test_the_browsers_word_on_where_they_stand_is_not_taken(comment):
    assert comment(exact=SENTENCE, start=3).quote.start == PARK.index(SENTENCE)


def test_of_words_that_stand_there_twice_the_surroundings_tell_which(city, editor, member):
    text = "Kreşler az. Parklar karanlık. Kreşler pahalı."
    version = publish_version(by=editor, plan=make_plan(city, {"Bakım": [section("X", text)]}, by=editor))
    post = comment_on_section(
        author=member,
        section=section_of(version, "1.1"),
        version=version,
        body="Doğru.",
        exact="Kreşler",
        prefix="karanlık. ",
        suffix=" pahalı",
        start=5,
    )
    assert post.quote.start == text.rindex("Kreşler")


def test_words_that_do_not_stand_there_are_refused(comment):
    with pytest.raises(QuoteNotFoundError):
        comment(exact="Bu sözler hiçbir yerde yok.")
    assert not Post.objects.exists()
    assert not Quote.objects.exists()


def test_words_of_another_section_are_refused(comment):
    with pytest.raises(QuoteNotFoundError):
        comment(exact="Belediye mahallede iki yeni kreş açar.")


def test_a_version_without_the_section_is_refused(comment, version, plan, editor):
    revise(plan.chapters[0], lambda blocks: blocks[1:], by=editor)
    second = publish_version(by=editor, plan=plan, note="Düzeltme.")
    with pytest.raises(SectionText.DoesNotExist):
        comment(version=second)


def test_an_empty_comment_is_refused(comment):
    with pytest.raises(EmptyPostError):
        comment(body="  ")
    assert not Quote.objects.exists()


def test_a_double_click_writes_one_comment(comment):
    comment(exact=SENTENCE)
    with pytest.raises(RepeatedPostError):
        comment(exact=SENTENCE)
    assert Post.objects.count() == Quote.objects.count() == 1


def test_the_same_text_about_other_words_is_another_comment(comment):
    comment(exact="Banklar")
    comment(exact="Parkta")
    assert Quote.objects.count() == 2


def test_nobody_comments_on_an_unpublished_plan(comment, plan):
    plan.unpublish()
    with pytest.raises(PermissionDenied):
        comment()


def test_a_page_that_was_read_before_the_phase_ended_takes_no_comment(comment, version):
    page = section_of(version, "1.1")
    assert page.plan.phase is None
    Phase.objects.create(plan=version.plan, kind=Phase.Kind.REVISION)
    with pytest.raises(PermissionDenied):
        comment(section=page)


def test_who_is_a_member_of_no_city_may_comment(comment, stranger):
    assert comment(author=stranger).user == stranger


def test_a_closed_account_may_not(comment, member):
    member.is_active = False
    with pytest.raises(PermissionDenied):
        comment()


def test_one_speaks_for_an_organisation_that_confirms_it(comment, city, member, coordinator):
    union = factories.OrganisationFactory(city=city, name="Ulaşım İşçileri Sendikası")
    with pytest.raises(PermissionDenied):
        comment(organisation=union)
    Representation.objects.create(
        user=member, organisation=union, confirmed_at=timezone.now(), confirmed_by=coordinator
    )
    assert comment(organisation=union).organisation_name == union.name


def test_a_reply_joins_the_thread_and_has_no_quote_of_its_own(comment, another_member):
    root = comment(exact=SENTENCE)
    reply = post_comment(author=another_member, target=root.content_object, body="Katılıyorum.", parent=root)
    assert reply.thread_id == root.pk
    assert not Quote.objects.filter(post=reply).exists()


# Comments on an older version


def test_a_comment_on_an_old_version_stands_in_the_newer_ones_too(comment, version, plan, editor):
    revise(plan.chapters[0], replacing("iki aydınlatma", "dört aydınlatma"), by=editor)
    second = publish_version(by=editor, plan=plan, note="Düzeltme.")
    third = publish_version(by=editor, plan=plan, note="Düzeltme.")
    quote = comment(exact="Parkta iki aydınlatma direği yanmıyor.").quote
    verdicts = dict(quote.anchors.values_list("version", "verdict"))
    assert verdicts == {version.pk: "same", second.pk: "edited", third.pk: "edited"}


def test_on_words_that_are_gone_meanwhile_it_is_an_orphan_there(comment, plan, editor):
    revise(plan.chapters[0], replacing(f" {SENTENCE}", ""), by=editor)
    second = publish_version(by=editor, plan=plan, note="Düzeltme.")
    anchor = comment(exact=SENTENCE).quote.anchors.get(version=second)
    assert (anchor.verdict, anchor.section) == (Anchor.Verdict.ORPHAN, None)


def test_it_stands_where_publishing_would_have_put_it(comment, version, plan, editor, another_member):
    """A late comment and an early one on the same words are treated alike."""
    early = comment(exact=SENTENCE).quote
    revise(plan.chapters[0], replacing(f" {SENTENCE}", ""), by=editor)
    revise(plan.chapters[1], replacing("Duraklarda", f"{SENTENCE} Duraklarda"), by=editor)
    second = publish_version(by=editor, plan=plan, note="Düzeltme.")
    late = comment(exact=SENTENCE, author=another_member).quote
    place = ("verdict", "section", "start", "end")
    assert early.anchors.values(*place).get(version=second) == late.anchors.values(*place).get(version=second)
    assert text_of(second, "2.1").section_id == late.anchors.get(version=second).section_id
