"""Merging a suggestion: the newest draft has the proposed words, and nothing else in it changes; or nothing changes."""

import json
import uuid
from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import GroupApprovalTask, PageLogEntry, Workflow, WorkflowTask

from forum.actions import hide_post, remove_post
from members.models import Role
from plans.actions.answer_comment import MissingReasonError, answer_comment
from plans.actions.merge_suggestion import (
    LOG_ACTION,
    LockedDraftError,
    MergedAlreadyError,
    merge_suggestion,
    preview_merge,
)
from plans.actions.publish_version import Why, publish_version
from plans.actions.suggest_words import suggest_words
from plans.drafting import draft_text
from plans.merging import MergeByHandError, StaleSuggestionError
from plans.models import Anchor, Answer, ChapterPage, Phase, PlanVersion, Suggestion
from tests import factories
from tests.plans.making import NURSERY, PARK, Block, replacing, revise, section, section_of, two_chapters

BENCHES = "Banklar çocuk alanına uzak duruyor."
WORDS = "Banklar çocuk alanının yanına konur."
LAMPS = "Parkta iki aydınlatma direği yanmıyor."
REASON = "Öneri amacı daha açık söylüyor."


@pytest.fixture
def chapter(plan) -> ChapterPage:
    return plan.chapters[0]


@pytest.fixture
def suggest(version, member) -> Callable[..., Suggestion]:
    def write(exact: str = BENCHES, words: str = WORDS, number: str = "1.1", author=member) -> Suggestion:
        where = {"section": section_of(version, number), "version": version, "exact": exact}
        return suggest_words(author=author, words=words, body="Daha açık.", **where)

    return write


def merge(suggestion: Suggestion, by, reason: str = REASON) -> Suggestion:
    return merge_suggestion(by=by, suggestion=suggestion, reason=reason)


def newest(chapter: ChapterPage) -> ChapterPage:
    return ChapterPage.objects.get(pk=chapter.pk).get_latest_revision_as_object()


def draft(chapter: ChapterPage) -> list[str]:
    """The plain texts of the chapter's newest draft."""
    return [draft_text(dict(block)) for block in newest(chapter).sections.raw_data]


def edited(text: str) -> Callable[[list[Block]], list[Block]]:
    return replacing(BENCHES, text)


@pytest.fixture
def nothing_happens(chapter) -> Callable[..., Exception]:
    """The suggestion cannot be merged, and the draft, the answer and the suggestion stay as they were."""

    def check(suggestion: Suggestion, error: type[Exception], by) -> Exception:
        before = [revision.pk for revision in newest(chapter).revisions.all()], draft(chapter)
        with pytest.raises(error) as raised:
            merge(suggestion, by)
        assert ([revision.pk for revision in newest(chapter).revisions.all()], draft(chapter)) == before
        assert not Answer.objects.filter(post=suggestion.post_id, decision="accepted").exists()
        assert Suggestion.objects.get(pk=suggestion.pk).merged_at is None
        return raised.value

    return check


def test_the_newest_draft_has_the_words_and_the_approved_text_does_not(suggest, chapter, version, editor):
    merge(suggest(), editor)
    assert draft(chapter) == [f"{LAMPS} {WORDS}", NURSERY]
    approved = ChapterPage.objects.get(pk=chapter.pk)
    assert approved.has_unpublished_changes
    assert [draft_text(dict(block)) for block in approved.sections.raw_data] == [PARK, NURSERY]
    assert version.plan.current_version == version


def test_what_else_is_new_in_the_draft_stays(suggest, chapter, editor):
    suggestion = suggest()

    def change(blocks: list[Block]) -> list[Block]:
        added = section("Yeni", "Yeni bölüm.")
        return [*json.loads(json.dumps(blocks).replace("iki yeni", "beş yeni")), added]

    revise(chapter, change, by=editor, approve=False)
    revise_heading(chapter, editor)
    merge(suggestion, editor)
    assert draft(chapter) == [f"{LAMPS} {WORDS}", NURSERY.replace("iki yeni", "beş yeni"), "Yeni bölüm."]
    assert newest(chapter).title == "Hizmetler"


def revise_heading(chapter: ChapterPage, editor) -> None:
    page = newest(chapter)
    page.title = "Hizmetler"
    page.save_revision(user=editor)


def test_a_sentence_is_struck_out(suggest, chapter, editor):
    merge(suggest(words=""), editor)
    assert draft(chapter)[0] == LAMPS


def test_a_whole_section_is_replaced(suggest, chapter, editor):
    merge(suggest(exact="", words="Park her gece aydınlatılır."), editor)
    assert draft(chapter)[0] == "Park her gece aydınlatılır."


def test_markup_around_the_words_stays_and_theirs_is_text(suggest, chapter, editor):
    suggestion = suggest(words="Banklar <b>çocuk</b> alanına yakın & gölgede.")
    revise(chapter, replacing("Banklar", "<b>Banklar</b>"), by=editor, approve=False)
    merge(suggestion, editor)
    html = newest(chapter).sections.raw_data[0]["value"]["body"][0]["value"]
    assert "<b>Banklar</b> &lt;b&gt;çocuk&lt;/b&gt; alanına yakın &amp; gölgede." in html


def test_the_comment_is_answered_as_accepted_and_its_author_told(
    suggest, editor, member, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        suggestion = merge(suggest(), editor)
    answer = Answer.objects.get(post=suggestion.post)
    assert (answer.decision, answer.reason, answer.answered_by) == ("accepted", REASON, editor)
    assert (suggestion.merged_by, suggestion.merged_at is not None) == (editor, True)
    assert [message.to for message in mail.outbox] == [[member.email]]


def test_an_earlier_answer_is_kept_in_the_history(suggest, editor):
    suggestion = suggest()
    answer_comment(by=editor, post=suggestion.post, decision=Answer.Decision.DECLINED, reason="Şimdilik hayır.")
    merge(suggestion, editor)
    answer = Answer.objects.get(post=suggestion.post)
    assert (answer.decision, answer.revisions.get().reason) == ("accepted", "Şimdilik hayır.")


def test_without_a_reason_nothing_is_merged(suggest, chapter, editor):
    with pytest.raises(MissingReasonError):
        merge(suggest(), editor, reason=" ")
    assert draft(chapter) == [PARK, NURSERY]
    assert not PageLogEntry.objects.filter(action=LOG_ACTION).exists()
    assert Suggestion.objects.get().merged_at is None


def test_wagtail_says_who_merged(suggest, chapter, editor):
    merge(suggest(), editor)
    assert newest(chapter).latest_revision.user == editor
    entry = PageLogEntry.objects.get(action=LOG_ACTION)
    assert (entry.user, entry.page_id, entry.revision) == (editor, chapter.pk, newest(chapter).latest_revision)


# Who


@pytest.mark.parametrize("role", ["member", "another_member", "moderator", "stranger"])
def test_only_editors_merge(suggest, nothing_happens, request, role):
    nothing_happens(suggest(), PermissionDenied, request.getfixturevalue(role))


def test_nobody_merges_their_own_suggestion(suggest, editor, coordinator, nothing_happens):
    own = suggest(author=editor)
    nothing_happens(own, PermissionDenied, editor)
    merge(own, coordinator)


def test_an_editor_of_another_city_does_not_merge(suggest, other_city, nothing_happens):
    nothing_happens(suggest(), PermissionDenied, factories.person(other_city, Role.EDITOR))


@pytest.mark.parametrize(
    ("kind", "possible"),
    [
        (Phase.Kind.PREPARATION, True),
        (Phase.Kind.DRAFT, True),
        (Phase.Kind.REVISION, True),
        (Phase.Kind.ADOPTED, False),
        (Phase.Kind.MONITORING, False),
        (Phase.Kind.ARCHIVED, False),
    ],
)
def test_the_draft_of_an_adopted_plan_stays(suggest, plan, editor, nothing_happens, kind, possible):
    suggestion = suggest()
    Phase.objects.create(plan=plan, kind=kind)
    if possible:
        assert merge(suggestion, editor).merged_at
    else:
        nothing_happens(suggestion, PermissionDenied, editor)


def test_what_was_removed_or_hidden_is_not_merged(suggest, member, moderator, editor, nothing_happens):
    removed, hidden = suggest(), suggest(words="")
    remove_post(by=member, post=removed.post)
    hide_post(by=moderator, post=hidden.post, reason="Kişisel")
    for suggestion in (removed, hidden):
        nothing_happens(suggestion, PermissionDenied, editor)


def test_a_suggestion_is_merged_once(suggest, chapter, editor, coordinator):
    suggestion = suggest(exact="çocuk", words="çocuk ve bebek")
    merge(suggestion, editor)
    with pytest.raises(MergedAlreadyError):
        merge(suggestion, coordinator)
    assert draft(chapter)[0].count("bebek") == 1
    assert Suggestion.objects.get().merged_by == editor


# Nothing is overwritten


def test_words_that_changed_in_the_draft_are_not_overwritten(suggest, chapter, editor, nothing_happens):
    suggestion = suggest()
    revise(chapter, edited("Banklar çocuk alanına çok uzak duruyor."), by=editor, approve=False)
    error = nothing_happens(suggestion, StaleSuggestionError, editor)
    assert error.now == "Banklar çocuk alanına çok uzak duruyor."
    assert error.chapter.pk == chapter.pk


def test_words_that_changed_in_a_later_version_are_not_overwritten(suggest, plan, chapter, editor, nothing_happens):
    suggestion = suggest()
    revise(chapter, edited("Banklar çocuk alanına çok uzak duruyor."), by=editor)
    publish_version(by=editor, plan=plan, note="Düzeltme.")
    assert nothing_happens(suggestion, StaleSuggestionError, editor).now == "Banklar çocuk alanına çok uzak duruyor."


def test_even_another_apostrophe_is_not_overwritten(suggest, version, chapter, editor, nothing_happens):
    suggestion = suggest(exact="Kreşler vardiya saatlerine göre çalışır.", words="Kreşler açıktır.", number="1.2")
    revise(chapter, replacing("Kreşler vardiya", "Kreşler  vardiya"), by=editor, approve=False)
    assert preview_merge(by=editor, suggestion=suggestion)  # more space is not another text
    revise(chapter, replacing("göre çalışır", "göre çalışır"), by=editor, approve=False)
    revise(chapter, replacing("çalışır.", "çalışır…"), by=editor, approve=False)
    nothing_happens(suggestion, StaleSuggestionError, editor)


ROWS = [["Mahalle", "İş"], ["Çınarlı", "İkinci madde"]]
LIST = "<ul><li>İlk madde</li><li>İkinci madde</li></ul>"
BODIES = {"list": ("text", LIST), "cell": ("table", {"data": ROWS, "first_row_is_table_header": True})}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_list_item_or_cell_that_was_merged_otherwise_is_not_reworded(plan, chapter, editor, member, body):
    block = section("Maddeler")
    block["value"]["body"] = [{"type": body[0], "value": body[1], "id": str(uuid.uuid4())}]
    revise(chapter, lambda blocks: [*blocks, block], by=editor)
    version = publish_version(by=editor, plan=plan)
    where = {"section": section_of(version, "1.3"), "version": version, "body": "Daha açık."}
    text = version.texts.get(number="1.3").text
    whole = suggest_words(author=member, words=f"{text} değişti", **where)
    unit = suggest_words(author=member, exact="İkinci madde", words="Madde iki tümüyle kalksın", **where)
    word = suggest_words(author=member, exact="madde", start=text.index("İkinci madde") + 7, words="iş", **where)
    merge(whole, editor)
    for stale in (unit, word):
        with pytest.raises(StaleSuggestionError) as raised:
            merge(stale, editor)
        assert (raised.value.then, raised.value.now) == ("İkinci madde", "İkinci madde değişti")
    assert draft(chapter)[2] == f"{text} değişti"


def test_words_of_a_sentence_that_has_changed_beside_them_are_not_replaced(suggest, chapter, editor, nothing_happens):
    suggestion = suggest(exact="çocuk alanına", words="havuza")
    revise(chapter, edited("Banklar çocuk alanına değil, yola uzak duruyor."), by=editor, approve=False)
    error = nothing_happens(suggestion, StaleSuggestionError, editor)
    assert (error.then, error.now) == (BENCHES, "Banklar çocuk alanına değil, yola uzak duruyor.")


def test_the_sentence_as_it_would_be_is_known_beforehand(suggest, editor):
    merged = preview_merge(by=editor, suggestion=suggest(exact="çocuk ", words=""))
    assert (merged.before, merged.after) == (BENCHES, "Banklar alanına uzak duruyor.")


def test_words_that_were_taken_out_are_not_put_in_elsewhere(suggest, chapter, editor, nothing_happens):
    suggestion = suggest()
    revise(chapter, edited(""), by=editor, approve=False)
    assert nothing_happens(suggestion, StaleSuggestionError, editor).now == ""


def test_the_section_may_be_gone(suggest, chapter, editor, nothing_happens):
    suggestion = suggest()
    revise(chapter, lambda blocks: blocks[1:], by=editor, approve=False)
    assert nothing_happens(suggestion, StaleSuggestionError, editor).chapter is None


def test_of_twins_the_other_one_is_not_overwritten(city, editor, member, nothing_happens):
    twin = "Her mahallede bir kreş açılır."
    plan = two_chapters(city, by=editor)
    chapter = plan.chapters[0]
    text = f"{twin} Bunun için bütçe ayrılır. {twin} Sonuç her yıl yayımlanır."
    revise(chapter, lambda blocks: [section("İkizler", text), *blocks[1:]], by=editor)
    version = publish_version(by=editor, plan=plan)
    where = {"section": section_of(version, "1.1"), "version": version, "exact": twin, "start": 0}
    suggestion = suggest_words(author=member, words="Her mahallede iki kreş açılır.", body="İki olsun.", **where)
    revise(chapter, replacing(f"{twin} Bunun", "Bunun"), by=editor, approve=False)
    with pytest.raises((StaleSuggestionError, MergeByHandError)):
        merge(suggestion, editor)
    assert twin in draft(chapter)[0]


def test_a_section_that_moved_to_another_chapter_is_found_there(suggest, plan, editor):
    suggestion = suggest()
    first, second = plan.chapters
    block = newest(first).sections.raw_data[0]
    revise(first, lambda blocks: blocks[1:], by=editor, approve=False)
    revise(second, lambda blocks: [*blocks, dict(block)], by=editor, approve=False)
    merge(suggestion, editor)
    assert draft(first) == [NURSERY]
    assert draft(second)[1] == f"{LAMPS} {WORDS}"


def test_a_section_that_stands_in_two_drafts_is_merged_by_hand(suggest, plan, editor, nothing_happens):
    suggestion = suggest()
    first, second = plan.chapters
    block = newest(first).sections.raw_data[0]
    revise(second, lambda blocks: [*blocks, dict(block)], by=editor, approve=False)
    nothing_happens(suggestion, MergeByHandError, editor)


def test_paragraphs_are_added_by_hand(suggest, editor, nothing_happens):
    nothing_happens(suggest(words=f"{BENCHES}\nYeni paragraf."), MergeByHandError, editor)


def test_what_the_editor_could_not_save_is_written_by_hand(plan, chapter, editor, member, nothing_happens):
    goal = section("Hedef", "Kreş açılır.", kind="objective", code="", responsible="Belediye", date="")
    revise(chapter, lambda blocks: [*blocks, goal], by=editor)
    version = publish_version(by=editor, plan=plan)
    where = {"section": section_of(version, "1.3"), "version": version, "exact": "Belediye"}
    suggestion = suggest_words(author=member, words="B" * 251, body="Uzun.", **where)
    nothing_happens(suggestion, MergeByHandError, editor)


def test_a_chapter_that_somebody_else_has_locked_stays(suggest, chapter, editor, coordinator, nothing_happens):
    suggestion = suggest()
    lock(chapter, coordinator)
    assert nothing_happens(suggestion, LockedDraftError, editor).chapter.pk == chapter.pk
    merge(suggestion, coordinator)


def lock(chapter: ChapterPage, by) -> None:
    page = ChapterPage.objects.get(pk=chapter.pk)
    page.locked, page.locked_by = True, by
    page.save()


def test_a_chapter_that_waits_in_a_workflow_stays(suggest, chapter, editor, nothing_happens):
    suggestion = suggest()
    workflow = Workflow.objects.create(name="Onay")
    task = GroupApprovalTask.objects.create(name="Okuma")
    task.groups.add(Group.objects.create(name="Okuyanlar"))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    workflow.start(newest(chapter), editor)
    nothing_happens(suggestion, LockedDraftError, editor)


# Afterwards


def publish_draft(plan, chapter, by, **why) -> PlanVersion:
    """What stands in the chapter's newest draft is approved and published."""
    ChapterPage.objects.get(pk=chapter.pk).latest_revision.publish(user=by)
    return publish_version(by=by, plan=plan, note="Öneriler işlendi.", **why)


@pytest.mark.parametrize(
    "words",
    [
        WORDS,
        "Banklar çocuk alanına yakın duruyor.",
        "Gölgede, oturma yeri bulunan bir alan kurulur ve bakımı her ay yapılır.",
        "Yok.",
    ],
)
@pytest.mark.parametrize("exact", [BENCHES, LAMPS, ""])
def test_after_publishing_the_comment_stands_at_the_new_words(suggest, plan, chapter, editor, exact, words):
    suggestion = merge(suggest(exact=exact, words=words), editor)
    second = publish_draft(plan, chapter, editor)
    anchor = suggestion.post.quote.anchors.get(version=second)
    assert anchor.verdict == "edited"
    assert second.texts.get(section=anchor.section).text[anchor.start : anchor.end] == words
    third = publish_draft(plan, chapter, editor)
    again = suggestion.post.quote.anchors.get(version=third)
    assert (again.verdict, again.start, again.end) == ("edited", anchor.start, anchor.end)


def test_words_that_were_struck_out_need_no_place_any_more(suggest, plan, chapter, editor):
    suggestion = merge(suggest(words=""), editor)
    anchor = suggestion.post.quote.anchors.get(version=publish_draft(plan, chapter, editor))
    assert (anchor.verdict, anchor.decision) == ("orphan", "settled")
    assert not Anchor.objects.open().exists()


def test_merged_words_that_stand_twice_are_not_guessed_at(suggest, plan, chapter, editor):
    """In a copy of the section they stand between the same words."""
    suggestion = merge(suggest(words="Yok."), editor)
    page = newest(chapter)
    copy = section("Bir daha", f"{LAMPS} Yok.")
    page.sections = json.dumps([*(dict(block) for block in page.sections.raw_data), copy])
    page.save_revision(user=editor)
    anchor = suggestion.post.quote.anchors.get(version=publish_draft(plan, chapter, editor))
    assert anchor.verdict == "orphan"


def test_the_change_names_the_suggestion_that_led_to_it(suggest, plan, chapter, editor):
    suggestion = merge(suggest(), editor)
    key = suggestion.post.quote.section.key
    second = publish_draft(plan, chapter, editor, why={key: Why(comments=[suggestion.post_id])})
    assert second.changes.get().comments.get() == suggestion.post


def test_the_dry_run_has_chosen_it_already(suggest, plan, chapter, editor, client_of):
    suggestion = merge(suggest(), editor)
    ChapterPage.objects.get(pk=chapter.pk).latest_revision.publish(user=editor)
    desk, url = client_of(editor), reverse("plan_publish", args=[plan.pk])
    page = desk.get(url)
    key = suggestion.post.quote.section.key
    assert page.context["form"].initial[f"comments-{key}"] == [str(suggestion.post_id)]
    assert f'value="{suggestion.post_id}" checked' in page.content.decode()
    desk.post(url, {"expected": page.context["expected"], f"comments-{key}": suggestion.post_id})
    assert plan.current_version.changes.get().comments.get() == suggestion.post
