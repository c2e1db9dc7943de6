"""The pages of suggestions: the comment form, the difference beside the text, supporting, merging and why it was refused."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from common.text import LONGEST_TEXT
from forum.actions import edit_post, hide_post, remove_post
from forum.models import Post
from members.models import Draft
from plans.actions.answer_comment import answer_comment
from plans.actions.comment_on_section import comment_on_section
from plans.actions.merge_suggestion import merge_suggestion
from plans.actions.suggest_words import suggest_words
from plans.actions.support_suggestion import support_suggestion
from plans.models import Answer, ChapterPage, Phase, Suggestion, Support
from tests.factories import PASSWORD, UserFactory
from tests.plans.making import replacing, revise, section_of

BENCHES = "Banklar çocuk alanına uzak duruyor."
WORDS = "Banklar çocuk alanına yakın duruyor."
WHY = "Uzaktan çocuğu göremiyoruz."


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.fixture
def form_url(version) -> str:
    return f"{reverse('plans:comment', args=[section_of(version, '1.1').pk, 1])}?cumle=1"


@pytest.fixture
def suggest(version, member):
    def write(words: str = WORDS, exact: str = BENCHES, body: str = WHY) -> Suggestion:
        where = {"section": section_of(version, "1.1"), "version": version, "exact": exact}
        return suggest_words(author=member, words=words, body=body, **where)

    return write


@pytest.fixture
def suggestion(suggest) -> Suggestion:
    return suggest()


def page_of(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return unescape(response.content.decode())


def sent(client, url: str, **fields):
    return client.post(url, {"body": WHY, **fields}, follow=True)


def words_of(page: str) -> str:
    """What a page says, read aloud."""
    return " ".join(re.sub(r"<[^>]+>", "", page).split())


# The form


def test_the_form_has_the_quoted_words_to_be_changed(client_of, form_url, member):
    page = page_of(client_of(member), form_url)
    assert re.search(rf"<textarea[^>]*name=\"words\"[^>]*>\s*{BENCHES}</textarea>", page)
    assert 'name="proposes"' in page


def test_for_a_section_it_has_its_whole_text(client_of, version, member):
    url = reverse("plans:comment", args=[section_of(version, "1.1").pk, 1])
    assert "Parkta iki aydınlatma direği yanmıyor. Banklar" in page_of(client_of(member), url)


def test_ticked_the_changed_words_are_a_suggestion(client_of, form_url, member):
    response = sent(client_of(member), form_url, proposes="on", words=WORDS)
    post = Post.objects.get()
    assert (post.comment, post.suggestion.words, post.quote.exact) == (WHY, WORDS, BENCHES)
    assert response.redirect_chain[-1][0].endswith(f"#p{post.pk}")


def test_ticked_and_emptied_the_words_are_to_be_struck_out(client_of, form_url, member):
    sent(client_of(member), form_url, proposes="on", words="")
    assert Suggestion.objects.get().words == ""


def test_without_the_tick_it_is_a_comment(client_of, form_url, member):
    sent(client_of(member), form_url, words=BENCHES)
    sent(client_of(member), form_url, body="Başka söz.")
    assert Post.objects.count() == 2
    assert not Suggestion.objects.exists()


def test_a_comment_on_a_section_longer_than_any_suggestion_is_taken(client_of, form_url, member):
    sent(client_of(member), form_url, words="a" * (LONGEST_TEXT + 1))
    assert Post.objects.count() == 1


def test_the_same_words_are_refused_and_what_was_typed_stays(client_of, form_url, member):
    page = sent(client_of(member), form_url, proposes="on", words=f"{BENCHES} ").content.decode()
    assert 'id="id_words_error"' in page
    assert WHY in page
    assert re.search(r'name="proposes"[^>]*checked', page)
    assert not Post.objects.exists()


def test_a_suggestion_without_a_reason_keeps_its_words(client_of, form_url, member):
    page = sent(client_of(member), form_url, proposes="on", words=WORDS, body=" ").content.decode()
    assert WORDS in page
    assert not Post.objects.exists()


def test_a_double_click_makes_one_suggestion(client_of, form_url, member):
    for _click in range(2):
        sent(client_of(member), form_url, proposes="on", words=WORDS)
    assert Suggestion.objects.count() == 1


def test_who_is_signed_out_signs_in_and_finds_the_words_again(client, form_url, member):
    asked = client.post(form_url, {"body": WHY, "proposes": "on", "words": WORDS})
    assert not Post.objects.exists()
    client.post(asked.url, {"login": member.email, "password": PASSWORD})
    page = page_of(client, form_url)
    assert WORDS in page
    assert re.search(r'name="proposes"[^>]*checked', page)


def test_while_an_adopted_plan_is_watched_one_comments_but_suggests_nothing(client_of, plan, form_url, member):
    Phase.objects.create(plan=plan, kind=Phase.Kind.MONITORING)
    assert 'name="proposes"' not in page_of(client_of(member), form_url)
    response = sent(client_of(member), form_url, proposes="on", words=WORDS)
    assert response.status_code == 403
    assert Draft.objects.get(user=member).fields["words"] == WORDS
    assert WORDS in page_of(client_of(member), reverse("members:drafts"))
    assert not Post.objects.exists()


# The difference


def test_the_difference_is_read_aloud_beside_the_text(client, plan, suggestion):
    page = page_of(client, plan.get_url())
    assert "Banklar çocuk alanına [taken out: uzak] [put in: yakın] duruyor." in words_of(page)
    assert re.search(r"<del>.*uzak.*</del><ins>.*yakın.*</ins>", page)


def test_proposed_words_are_text(client, plan, suggest):
    suggest(words="Banklar <script>alert(1)</script> duruyor.")
    assert "<script>alert" not in client.get(plan.get_url()).content.decode()


def test_of_a_removed_or_hidden_suggestion_no_word_is_shown(client, plan, suggest, member, moderator):
    removed, hidden = suggest("Banklar mavi duruyor."), suggest("Banklar sarı duruyor.")
    remove_post(by=member, post=removed.post)
    hide_post(by=moderator, post=hidden.post, reason="Kişisel")
    page = page_of(client, plan.get_url())
    assert "mavi" not in page
    assert "sarı" not in page


def test_the_words_are_shown_wherever_the_comment_is(client_of, plan, suggestion, editor):
    answer_comment(by=editor, post=suggestion.post, decision=Answer.Decision.NOTED, reason="Not ettik.")
    browser = client_of(editor)
    for name, args in (
        ("thread", [suggestion.post_id]),
        ("answer", [suggestion.post_id]),
        ("merge_suggestion", [suggestion.post_id]),
        ("said_and_done", [plan.pk]),
        ("section_comments", [suggestion.post.quote.section_id, 1]),
    ):
        assert "[put in: yakın]" in words_of(page_of(browser, reverse(f"plans:{name}", args=args))), name


@pytest.mark.parametrize("role", ["another_member", "editor"])
def test_reading_takes_as_many_queries_for_many_suggestions_as_for_one(client_of, plan, suggest, request, role):
    browser, supporters = client_of(request.getfixturevalue(role)), UserFactory.create_batch(3)
    counts = []
    for more in (1, 12):
        for number in range(more):
            found = suggest(f"{more} {number}", exact=BENCHES if number % 2 else "", body=f"{more} {number}")
            for person in supporters:
                support_suggestion(by=person, suggestion=found, wanted=True)
        browser.get(plan.get_url())
        with CaptureQueriesContext(connection) as captured:
            assert "3 people support it" in words_of(page_of(browser, plan.get_url()))
        counts.append(len(captured))
    assert counts[0] == counts[1]


# Supporting


def test_a_suggestion_is_supported_and_the_support_withdrawn(client_of, plan, suggestion, another_member):
    browser, url = client_of(another_member), reverse("plans:support_suggestion", args=[suggestion.post_id])
    response = browser.post(url, {"destek": "1"}, follow=True)
    page = words_of(response.content.decode())
    assert "1 person supports it" in page
    assert "you do too" in page
    assert "Withdraw my support" in page
    browser.post(url, {"destek": "1"})
    assert Support.objects.count() == 1
    page = words_of(browser.post(url, {"destek": ""}, follow=True).content.decode())
    assert "supports it" not in page
    assert not Support.objects.exists()


def test_the_author_and_visitors_have_no_button(client_of, client, plan, suggestion, member, another_member):
    url = reverse("plans:support_suggestion", args=[suggestion.post_id])
    assert url not in page_of(client_of(member), plan.get_url())
    assert url not in page_of(client, plan.get_url())
    assert url in page_of(client_of(another_member), plan.get_url())
    assert client_of(member).post(url, {"destek": "1"}).status_code == 403
    assert client.post(url, {"destek": "1"}).status_code == 302
    assert not Support.objects.exists()


@pytest.mark.parametrize(
    ("kind", "said"),
    [(Phase.Kind.REVISION, "takes no comments"), (Phase.Kind.MONITORING, "nobody proposes or supports")],
)
def test_who_supports_too_late_is_told_so_at_the_section(client_of, plan, suggestion, another_member, kind, said):
    Phase.objects.create(plan=plan, kind=kind)
    url = reverse("plans:support_suggestion", args=[suggestion.post_id])
    response = client_of(another_member).post(url, {"destek": "1"}, follow=True)
    assert response.redirect_chain[0][0] == suggestion.post.standing_url
    assert said in response.content.decode()
    assert not Support.objects.exists()


def test_who_supports_words_that_are_merged_meanwhile_is_told_so(client_of, suggestion, editor, another_member):
    merge_suggestion(by=editor, suggestion=suggestion, reason="Haklısınız.")
    url = reverse("plans:support_suggestion", args=[suggestion.post_id])
    assert "merged already" in client_of(another_member).post(url, {"destek": "1"}, follow=True).content.decode()


def test_asking_for_the_address_of_a_support_changes_nothing(client_of, suggestion, another_member):
    url = reverse("plans:support_suggestion", args=[suggestion.post_id])
    assert client_of(another_member).get(url, follow=True).status_code == 200
    assert not Support.objects.exists()


def test_a_suggestion_that_cannot_be_read_is_not_found(client_of, suggestion, member, another_member):
    remove_post(by=member, post=suggestion.post)
    for name in ("support_suggestion", "merge_suggestion"):
        url = reverse(f"plans:{name}", args=[suggestion.post_id])
        assert client_of(another_member).post(url, {"destek": "1"}).status_code == 404


def test_a_comment_that_proposes_nothing_is_not_supported(client_of, version, member, another_member):
    where = {"section": section_of(version, "1.1"), "version": version}
    post = comment_on_section(author=member, body="Az.", **where)
    url = reverse("plans:support_suggestion", args=[post.pk])
    assert client_of(another_member).post(url, {"destek": "1"}).status_code == 404


def test_a_sections_suggestions_are_listed_by_support(client_of, version, suggest, member, another_member, stranger):
    few, most = suggest(), suggest("Banklar gölgede duruyor.", body="Gölge.")
    where = {"section": section_of(version, "1.1"), "version": version}
    plain = comment_on_section(author=member, body="Az.", **where)
    for person, supported in ((another_member, few), (another_member, most), (stranger, most)):
        support_suggestion(by=person, suggestion=supported, wanted=True)
    url = reverse("plans:section_comments", args=[where["section"].pk, 1])
    assert _order(page_of(client_of(member), url)) == [plain.pk, few.post_id, most.post_id]
    assert _order(page_of(client_of(member), f"{url}?sira=destek")) == [most.post_id, few.post_id, plain.pk]
    assert "?sira=destek" in page_of(client_of(member), url)


def _order(page: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'class="comment" id="p(\d+)"', page)]


def test_without_suggestions_there_is_no_other_order(client_of, version, member):
    where = {"section": section_of(version, "1.1"), "version": version}
    comment_on_section(author=member, body="Az.", **where)
    assert "sira=destek" not in page_of(
        client_of(member), reverse("plans:section_comments", args=[where["section"].pk, 1])
    )


# Merging


@pytest.fixture
def merge_url(suggestion) -> str:
    return reverse("plans:merge_suggestion", args=[suggestion.post_id])


def test_an_editor_finds_the_way_from_the_text_the_list_and_the_answer(client_of, plan, suggestion, merge_url, editor):
    browser = client_of(editor)
    assert merge_url in page_of(browser, plan.get_url())
    assert merge_url in page_of(browser, reverse("plans:unanswered", args=[plan.pk]))
    assert merge_url in page_of(browser, reverse("plans:answer", args=[suggestion.post_id]))


def test_the_editor_reads_the_sentence_as_it_would_be(client_of, suggest, editor):
    url = reverse("plans:merge_suggestion", args=[suggest(exact="uzak", words="yakın").post_id])
    page = words_of(page_of(client_of(editor), url))
    assert "as it would be Banklar çocuk alanına [taken out: uzak] [put in: yakın] duruyor." in page


def test_others_do_not(client_of, plan, suggestion, merge_url, another_member):
    assert merge_url not in page_of(client_of(another_member), plan.get_url())
    assert client_of(another_member).get(merge_url).status_code == 403
    assert client_of(another_member).post(merge_url, {"reason": "Evet."}).status_code == 403


def test_merged_it_says_so_and_leads_back_to_the_list(client_of, plan, suggestion, merge_url, editor):
    response = client_of(editor).post(f"{merge_url}?liste", {"reason": "Haklısınız."})
    assert response.url == reverse("plans:unanswered", args=[plan.pk])
    page = page_of(client_of(editor), plan.get_url())
    assert "merged into the draft" in words_of(page)
    assert "Haklısınız." in page
    assert merge_url not in page
    assert reverse("plans:support_suggestion", args=[suggestion.post_id]) not in page


def test_a_reason_is_asked_for(client_of, suggestion, merge_url, editor):
    page = client_of(editor).post(merge_url, {"reason": " "})
    assert page.status_code == 200
    assert 'id="id_reason_error"' in page.content.decode()
    assert Suggestion.objects.get().merged_at is None


def test_a_second_click_is_told_that_it_is_done(client_of, suggestion, merge_url, editor):
    for _click in range(2):
        response = client_of(editor).post(merge_url, {"reason": "Haklısınız."}, follow=True)
    assert response.status_code == 200
    assert "merged already" in response.content.decode()
    assert Answer.objects.get().revisions.count() == 0


def test_an_answer_given_meanwhile_is_shown_before_merging_replaces_it(
    client_of, suggestion, merge_url, editor, coordinator
):
    browser = client_of(editor)
    seen = browser.get(merge_url).context["form"]["seen"].value()
    answer_comment(by=coordinator, post=suggestion.post, decision=Answer.Decision.DECLINED, reason="Bütçe yetmez.")
    page = browser.post(merge_url, {"reason": "Haklısınız.", "seen": seen})
    assert Answer.objects.get().decision == "declined"
    assert Suggestion.objects.get().merged_at is None
    assert "Bütçe yetmez." in page.content.decode()
    assert "Haklısınız." in page.content.decode()
    browser.post(merge_url, {"reason": "Haklısınız.", "seen": page.context["form"]["seen"].value()})
    assert Answer.objects.get().decision == "accepted"


def test_a_reason_edited_meanwhile_is_read_again_before_its_words_are_merged(
    client_of, suggestion, merge_url, member, editor
):
    browser = client_of(editor)
    read = browser.get(merge_url).context["form"]["read"].value()
    edit_post(by=member, post=suggestion.post, body="Vazgeçtim, lütfen işlemeyin.")
    page = browser.post(merge_url, {"reason": "Haklısınız.", "read": read})
    assert "Vazgeçtim" in page.content.decode()
    assert page.context["form"]["reason"].value() == "Haklısınız."
    suggestion.refresh_from_db()
    assert (suggestion.merged_at, Answer.objects.exists()) == (None, False)
    assert (
        browser.post(merge_url, {"reason": "Haklısınız.", "read": page.context["form"]["read"].value()}).status_code
        == 302
    )


def test_what_has_changed_since_is_shown_and_can_be_answered(client_of, plan, suggestion, merge_url, editor):
    revise(plan.chapters[0], replacing("uzak duruyor", "çok uzak duruyor"), by=editor, approve=False)
    browser = client_of(editor)
    response = browser.post(merge_url, {"reason": "Uzun uzun yazdığım gerekçe."})
    page = unescape(response.content.decode())
    assert response.status_code == 409
    assert "alanına [put in: çok ] uzak duruyor." in words_of(page)
    assert "[taken out: uzak] [put in: yakın]" in words_of(page)
    assert "Uzun uzun yazdığım gerekçe." in page
    assert reverse("wagtailadmin_pages:edit", args=[plan.chapters[0].pk]) in page
    action = reverse("plans:answer", args=[suggestion.post_id])
    assert f'action="{action}"' in page
    browser.post(action, {"decision": "partly", "reason": "Metin değişmişti."})
    assert Answer.objects.get().decision == "partly"
    assert browser.get(merge_url).status_code == 409


def test_words_that_are_gone_are_said_to_be_gone(client_of, plan, suggestion, merge_url, editor):
    revise(plan.chapters[0], replacing(f" {BENCHES}", ""), by=editor, approve=False)
    assert "no longer stand in the draft" in client_of(editor).get(merge_url).content.decode()


def test_a_locked_chapter_says_by_whom(client_of, plan, suggestion, merge_url, editor, coordinator):
    chapter = ChapterPage.objects.get(pk=plan.chapters[0].pk)
    chapter.locked, chapter.locked_by, chapter.locked_at = True, coordinator, timezone.now()
    chapter.save()
    response = client_of(editor).get(merge_url)
    assert response.status_code == 409
    assert coordinator.display_name in response.content.decode()


def test_a_form_too_complicated_leads_to_the_editor(client_of, plan, suggest, editor):
    url = reverse("plans:merge_suggestion", args=[suggest(f"{BENCHES}\nBir paragraf daha.").post_id])
    page = client_of(editor).get(url)
    assert page.status_code == 409
    assert reverse("wagtailadmin_pages:edit", args=[plan.chapters[0].pk]) in page.content.decode()


def test_a_merged_suggestion_is_no_longer_offered(client_of, suggestion, merge_url, editor):
    merge_suggestion(by=editor, suggestion=suggestion, reason="Haklısınız.")
    assert merge_url not in page_of(client_of(editor), reverse("plans:answer", args=[suggestion.post_id]))
