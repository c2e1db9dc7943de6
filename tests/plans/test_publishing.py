"""The dry run in Wagtail's admin and what its confirmation does: the ledger of changes, a stale look, nothing typed lost."""

from datetime import timedelta
from html import unescape

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from forum.models import Post
from plans.actions.answer_comment import answer_comment
from plans.actions.comment_on_section import comment_on_section
from plans.actions.enter_phase import enter_phase
from plans.actions.merge_suggestion import merge_suggestion
from plans.actions.publish_version import Why, preview_version, publish_version
from plans.actions.suggest_words import suggest_words
from plans.drafting import StalePreviewError, UnexplainedChangesError
from plans.models import Answer, Phase, PlanPage, PlanVersion, Suggestion
from tests.plans.making import add_chapter, make_plan, replacing, revise, section, section_of

BENCHES = "Banklar çocuk alanına uzak duruyor."


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.fixture
def desk(editor, client_of) -> Client:
    """The editor's browser, with the admin in English."""
    client = client_of(editor)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.fixture
def commented(plan, editor, member) -> PlanPage:
    """A published plan with comments on the three sections."""
    version = publish_version(by=editor, plan=plan)
    for number, words in (("1.1", BENCHES), ("1.2", ""), ("2.1", "Duraklarda")):
        comment_on_section(
            author=member, section=section_of(version, number), version=version, body=number, exact=words
        )
    return plan


@pytest.fixture
def without_benches(commented, editor) -> PlanPage:
    """The same with an approved change in 1.1: the words of the first comment are gone."""
    revise(commented.chapters[0], replacing(f" {BENCHES}", ""), by=editor)
    return commented


def _page(response) -> str:
    assert response.status_code == 200, response.status_code
    return unescape(response.content.decode())


def _look(desk: Client, plan: PlanPage):
    return desk.get(reverse("plan_publish", args=[plan.pk]))


def _sections(response) -> list[dict]:
    return [section for chapter in response.context["chapters"] for section in chapter["sections"]]


def _counts(response, since: str) -> dict[str, int]:
    return {str(row["label"]): row[since] for row in response.context["counts"]}


def _confirm(desk: Client, plan: PlanPage, **fields: object):
    """Look at the dry run, and confirm it."""
    expected = _look(desk, plan).context["expected"]
    return desk.post(reverse("plan_publish", args=[plan.pk]), {"expected": expected, **fields}, follow=True)


# The dry run


def test_it_counts_the_comments_by_verdict_and_publishes_nothing(desk, without_benches):
    answer = _look(desk, without_benches)
    assert _counts(answer, "step") == _counts(answer, "total")
    assert _counts(answer, "total") == {
        "Unchanged": 2,
        "Moved": 0,
        "Text edited": 0,
        "To be checked": 0,
        "No longer in the plan": 1,
    }
    assert "Publish version 2" in _page(answer)
    assert answer.context["summary"] == "1 section changed"
    assert without_benches.versions.count() == 1


def test_what_would_have_no_sure_place_comes_first_with_its_section(desk, without_benches):
    answer = _look(desk, without_benches)
    [row] = answer.context["waiting"]
    assert (row["stood"], row["quote"], str(row["label"])) == ("§1.1 Parklar", BENCHES, "No longer in the plan")
    text = _page(answer)
    assert text.index("Comments that would have no sure place any more") < text.index("Section by section")


def test_each_section_shows_its_words_and_what_becomes_of_the_comments_there(desk, commented, editor):
    revise(commented.chapters[0], replacing(BENCHES, "Banklar artık çocuk alanına uzak duruyor."), by=editor)
    answer = _look(desk, commented)
    [section] = _sections(answer)
    assert (section["number"], [fact["value"] for fact in section["facts"]]) == ("1.1", ["edited"])
    [comment] = section["moving"]
    assert (comment["verdict"], [part.text for part in comment["parts"] if part.kind == "inserted"]) == (
        "edited",
        ["artık "],
    )
    assert answer.context["waiting"] == []
    assert [chapter["same_count"] for chapter in answer.context["chapters"]] == [1, 1]
    assert "Banklar <ins>" in _page(answer)


def test_a_comment_that_moves_stands_in_the_section_where_it_would_be(desk, commented, editor):
    moved = dict(commented.chapters[0].sections.raw_data[0])
    revise(commented.chapters[0], lambda blocks: blocks[1:], by=editor)
    revise(commented.chapters[1], lambda blocks: [*blocks, {**moved, "id": "baska-bir-anahtar"}], by=editor)
    sections = {section["number"]: section for section in _sections(_look(desk, commented))}
    [comment] = sections["2.2"]["moving"]
    assert (comment["verdict"], comment["stood"], comment["stands"]) == ("moved", "§1.1 Parklar", "§2.2 Parklar")
    # Both rows of the ledger are asked about where the text goes on.
    assert [str(one["kind"]) for one in sections["2.2"]["asked"]] == ["Taken out", "New section"]


def test_it_lists_what_changes_with_this_version_alone(desk, without_benches, editor):
    publish_version(by=editor, plan=without_benches, note="Düzeltme.")
    answer = _look(desk, without_benches)
    assert _sections(answer) == []
    assert answer.context["waiting"] == []
    assert "Nothing differs from the current version." in _page(answer)
    assert _counts(answer, "step")["No longer in the plan"] == 0
    assert _counts(answer, "total")["No longer in the plan"] == 1


def test_chapters_with_newer_drafts_are_named(desk, plan, editor):
    chapter = plan.chapters[0]
    revise(chapter, replacing("Banklar", "Masalar"), by=editor, approve=False)
    page = _page(_look(desk, plan))
    assert "newer drafts" in page
    assert reverse("wagtailadmin_pages:edit", args=[chapter.pk]) in page


def test_chapters_that_would_not_be_in_it_are_named(desk, plan, editor):
    unapproved = add_chapter(plan, "Hiç onaylanmadı", [section("X", "Metin.")], by=editor, approved=False)
    private = plan.chapters[1]
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    answer = _look(desk, plan)
    assert answer.context["left_out"] == [private, unapproved]
    version = publish_version(by=editor, plan=plan)
    assert not version.texts.filter(heading__in=[private.title, unapproved.title]).exists()


def test_sections_that_are_copies_are_named_and_not_published(desk, city, editor):
    twin = section("Parklar", "Metin.")
    plan = make_plan(city, {"Bir": [twin], "İki": [twin]}, by=editor)
    page = _page(desk.get(reverse("plan_publish", args=[plan.pk]), follow=True))
    assert "1.1 Parklar; 2.1 Parklar" in page


def test_an_empty_plan_is_not_published(desk, city, editor):
    plan = make_plan(city, {"Boş": []}, by=editor)
    page = _page(desk.post(reverse("plan_publish", args=[plan.pk]), follow=True))
    assert "No chapter of this plan has an approved section yet." in page
    assert not PlanVersion.objects.exists()


def _queries(desk: Client, plan: PlanPage) -> int:
    with CaptureQueriesContext(connection) as captured:
        _page(_look(desk, plan))
    return len(captured)


def test_it_takes_as_many_queries_for_many_comments_and_sections_as_for_few(desk, without_benches, member, editor):
    version = without_benches.current_version
    few = _queries(desk, without_benches)
    for number in range(12):
        comment_on_section(
            author=member, section=section_of(version, "1.1"), version=version, body=f"{number}", exact="Parkta"
        )
    blocks = [section(f"Konu {number}", f"Bu {number}. konudur.") for number in range(12)]
    revise(without_benches.chapters[1], lambda _blocks: blocks, by=editor)
    assert _queries(desk, without_benches) == few


# The confirmation


def test_it_publishes_with_the_editors_note(desk, commented, editor):
    page = _page(_confirm(desk, commented, note="Banklar eklendi."))
    version = commented.current_version
    assert (version.number, version.note, version.published_by) == (2, "Banklar eklendi.", editor)
    assert version.anchors.count() == 3
    assert "Version 2 is published" in page


def test_pressed_twice_it_publishes_once(desk, commented):
    expected = _look(desk, commented).context["expected"]
    address, form = reverse("plan_publish", args=[commented.pk]), {"expected": expected, "note": "Bir kez."}
    desk.post(address, form)
    again = desk.post(address, form)
    assert commented.versions.count() == 2
    assert "Please look again" in _page(again)


@pytest.mark.parametrize("happens", ["text", "comment"])
def test_what_nobody_looked_at_is_not_published(desk, commented, editor, member, happens):
    expected = _look(desk, commented).context["expected"]
    if happens == "text":
        revise(commented.chapters[0], replacing("Banklar", "Masalar"), by=editor)
    else:
        version = commented.current_version
        comment_on_section(author=member, section=section_of(version, "1.1"), version=version, body="Yeni söz.")
    form = {"expected": expected, "note": "Uzun uzun yazdığım not."}
    page = _page(desk.post(reverse("plan_publish", args=[commented.pk]), form))
    assert commented.versions.count() == 1
    assert "Please look again" in page
    assert "Uzun uzun yazdığım not." in page
    # What is seen now can be confirmed.
    assert _page(_confirm(desk, commented, note="Şimdi oldu."))
    assert commented.versions.count() == 2


def test_a_change_names_what_led_to_it(desk, without_benches, editor):
    post = without_benches.identities.get(texts__number="1.1").quotes.get().post
    answer_comment(by=editor, post=post, decision=Answer.Decision.ACCEPTED, reason="Haklısınız.")
    [section] = _sections(_look(desk, without_benches))
    [row] = section["asked"]
    assert (row["name"], str(row["kind"])) == ("1.1 Parklar", "Text changed")
    assert [(one["post"], one["is_chosen"]) for one in row["comments"]] == [(post, True)]
    key = row["key"]
    _confirm(desk, without_benches, **{f"reason-{key}": "Bank kalktı.", f"comments-{key}": post.pk})
    change = without_benches.current_version.changes.get()
    assert (change.kind, change.reason, list(change.comments.all())) == ("edited", "Bank kalktı.", [post])


def test_a_change_without_a_reason_is_not_published_and_what_was_typed_stays(desk, commented, editor):
    revise(commented.chapters[0], replacing(BENCHES, "Banklar yakın."), by=editor)
    revise(commented.chapters[0], replacing("vardiya saatlerine", "mesai saatlerine"), by=editor)
    first = _sections(_look(desk, commented))[0]["key"]
    page = _page(_confirm(desk, commented, **{f"reason-{first}": "Yerinde ölçüldü."}))
    assert "Why did these change?" in page
    assert "1.2 Kreşler" in page
    assert "Yerinde ölçüldü." in page
    assert commented.versions.count() == 1


def test_only_comments_of_the_plan_are_named(city, other_city, without_benches, editor, member):
    post = without_benches.identities.get(texts__number="1.1").quotes.get().post
    key = without_benches.identities.get(texts__number="1.1").key
    stranger = 10**9
    version = publish_version(by=editor, plan=without_benches, why={key: Why(comments=[post.pk, stranger])})
    assert list(version.changes.get().comments.all()) == [post]


def test_the_action_refuses_what_the_page_refuses(without_benches, editor):
    with pytest.raises(UnexplainedChangesError):
        publish_version(by=editor, plan=without_benches)
    with pytest.raises(StalePreviewError):
        publish_version(by=editor, plan=without_benches, note="Not.", expected="başka")
    assert without_benches.versions.count() == 1


def test_the_same_state_has_the_same_fingerprint(without_benches, editor):
    first, second = (preview_version(by=editor, plan=without_benches) for _ in range(2))
    assert first.fingerprint == second.fingerprint


def test_while_people_are_asked_the_text_stays(desk, without_benches, editor):
    enter_phase(
        by=editor,
        plan=without_benches,
        kind=Phase.Kind.CONSULTATION,
        ends_at=timezone.now() + timedelta(days=3),
    )
    page = _page(desk.get(reverse("plan_publish", args=[without_benches.pk]), follow=True))
    assert "its text stays as it is" in page
    with pytest.raises(PermissionDenied):
        publish_version(by=editor, plan=PlanPage.objects.get(pk=without_benches.pk), note="Not.")


# Merged proposals


WORDS = "Banklar çocuk alanının yanına konur."


@pytest.fixture
def merged(commented, editor, another_member) -> Suggestion:
    """A suggestion on 1.1 whose words stand in the newest draft, which is not approved."""
    version = commented.current_version
    where = {"section": section_of(version, "1.1"), "version": version, "exact": BENCHES}
    suggestion = suggest_words(author=another_member, words=WORDS, body="Daha açık.", **where)
    return merge_suggestion(by=editor, suggestion=suggestion, reason="Haklısınız.")


def _approve(plan: PlanPage, editor) -> None:
    plan.chapters[0].latest_revision.publish(user=editor)


def _chosen(response) -> list[str]:
    initial = response.context["form"].initial
    return sorted(pk for name, pks in initial.items() if name.startswith("comments-") for pk in pks)


def _shown(client: Client, plan: PlanPage) -> str:
    return _page(client.get(plan.get_url(), headers={"accept-language": "en"}))


def _save_over(plan: PlanPage, editor) -> None:
    """What another window had open before the merge is saved and approved."""
    revise(plan.chapters[0], lambda blocks: blocks, by=editor)


def test_merged_words_that_were_saved_over_are_warned_of_first_and_cause_nothing(
    desk, commented, merged, editor, client
):
    _save_over(commented, editor)
    revise(commented.chapters[0], replacing("iki aydınlatma", "üç aydınlatma"), by=editor)
    answer = _look(desk, commented)
    [row] = answer.context["lacking"]
    assert (row["post"], row["name"], row["text"]) == (merged.post, "§1.1 Parklar", BENCHES)
    page = _page(answer)
    assert page.index("These merged proposals are not") < page.index("would be frozen")
    assert _chosen(answer) == []
    _confirm(desk, commented, note="Düzeltme.")
    shown = _shown(client, commented)
    assert "merged into the draft, but does not stand in the newest version" in shown
    assert "led to a change" not in shown


def test_merged_words_that_wait_for_approval_are_warned_of_too(desk, commented, merged):
    assert [row["post"] for row in _look(desk, commented).context["lacking"]] == [merged.post]


def test_merged_words_that_are_in_the_text_are_its_cause_once(desk, commented, merged, editor, client):
    assert "merged into the draft<" in _shown(client, commented)
    _approve(commented, editor)
    answer = _look(desk, commented)
    assert answer.context["lacking"] == []
    [pk] = _chosen(answer)
    assert int(pk) == merged.post_id
    key = merged.post.quote.section.key
    _confirm(desk, commented, **{f"comments-{key}": pk})
    assert "merged into the draft<" in _shown(client, commented)
    revise(commented.chapters[0], replacing("iki aydınlatma", "üç aydınlatma"), by=editor)
    again = _look(desk, commented)
    assert (again.context["lacking"], _chosen(again)) == ([], [])


def test_a_later_version_without_the_words_warns_once_and_is_not_said_to_have_them(
    desk, commented, merged, editor, client
):
    _approve(commented, editor)
    key = merged.post.quote.section.key
    _confirm(desk, commented, **{f"comments-{key}": str(merged.post_id)})
    revise(commented.chapters[0], replacing(WORDS, BENCHES), by=editor)
    answer = _look(desk, commented)
    assert ([row["post"] for row in answer.context["lacking"]], _chosen(answer)) == ([merged.post], [])
    _confirm(desk, commented, note="Geri alındı.")
    assert "does not stand in the newest version" in _shown(client, commented)
    assert _look(desk, commented).context["lacking"] == []


def test_words_that_were_to_be_struck_out_and_stand_again_are_warned_of(desk, commented, editor, another_member):
    version = commented.current_version
    where = {"section": section_of(version, "1.1"), "version": version, "exact": BENCHES}
    suggestion = suggest_words(author=another_member, words="", body="Gereksiz.", **where)
    merge_suggestion(by=editor, suggestion=suggestion, reason="Haklısınız.")
    assert len(_look(desk, commented).context["lacking"]) == 1
    _approve(commented, editor)
    assert _look(desk, commented).context["lacking"] == []


def test_no_comment_is_taken_for_the_cause_of_its_sections_removal(desk, commented, editor):
    post = Post.objects.get(comment="1.2")
    answer_comment(by=editor, post=post, decision=Answer.Decision.ACCEPTED, reason="Haklısınız.")
    revise(commented.chapters[0], lambda blocks: blocks[:1], by=editor)
    assert _chosen(_look(desk, commented)) == []


def test_it_says_how_many_comments_are_open_from_before(desk, without_benches, editor):
    first = _look(desk, without_benches)
    assert (first.context["open_before"], len(first.context["waiting"])) == (0, 1)
    publish_version(by=editor, plan=without_benches, note="Düzeltme.")
    answer = _look(desk, without_benches)
    assert (answer.context["open_before"], answer.context["waiting"]) == (1, [])
    assert "1 comment has had no sure place before" in _page(answer)
