"""The pages on which a plan is read, and commenting on it."""

import pytest
from django.urls import reverse

from forum.actions import hide_post, post_comment, remove_post
from forum.models import Post
from plans.actions.answer_comment import answer_comment
from plans.actions.comment_on_section import comment_on_section
from plans.actions.publish_version import publish_version
from plans.models import Answer, AnswerRevision, PlanPage
from search.references import find_references
from tests.factories import PASSWORD
from tests.plans import making
from tests.plans.making import make_plan, section

NIGHT = section("Gece", "Durakların aydınlatması yılda bir kez denetlenir. Sonuçlar yazılır.")
CARE = section("Bakım", "Kreşlerin saati sorulur.")


@pytest.fixture
def plan(city, editor) -> PlanPage:
    return make_plan(city, {"Ulaşım": [NIGHT, CARE]}, by=editor)


@pytest.fixture
def version(plan, editor):
    return publish_version(by=editor, plan=plan, note="Düzeltme.")


@pytest.fixture
def text(version):
    return version.texts.select_related("section").get(heading="Gece")


@pytest.fixture
def comment(version, text, member):
    return comment_on_section(
        author=member, section=text.section, version=version, body="Yılda bir yetmez.", exact="yılda bir kez"
    )


def page_of(client, url) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def revise(plan, editor, *sections):
    making.revise(plan.chapters.get(), lambda _blocks: list(sections), by=editor)
    return publish_version(by=editor, plan=plan, note="Düzeltme.")


def test_a_plan_without_a_version_says_so(client, plan):
    assert 'class="empty' in page_of(client, plan.get_url())


def test_a_visitor_reads_sections_and_comments(client, plan, comment):
    page = page_of(client, plan.get_url())
    assert 'id="b-1-1"' in page
    assert "Yılda bir yetmez." in page
    assert f'href="#p{comment.pk}">yılda bir kez</a>' in page


def test_an_older_version_stays_as_it_was(client, plan, editor, version):
    revise(plan, editor, CARE)
    page = page_of(client, version.get_absolute_url())
    assert "Durakların aydınlatması" in page
    assert "Durakların aydınlatması" not in page_of(client, plan.get_url())


def test_the_permanent_link_leads_to_the_section_wherever_it_stands(client, plan, editor, text):
    revise(plan, editor, CARE, NIGHT)
    assert client.get(text.section.get_absolute_url()).url == f"{plan.get_url()}#b-1-2"


def test_the_permanent_link_of_a_section_that_is_gone_shows_its_last_text(client, plan, editor, text):
    revise(plan, editor, CARE)
    assert "Durakların aydınlatması" in page_of(client, text.section.get_absolute_url())


def test_a_comment_whose_words_are_gone_stands_at_the_end(client, plan, editor, comment):
    revise(plan, editor, CARE)
    page = page_of(client, plan.get_url())
    assert page.index('id="sahipsiz"') < page.index("Yılda bir yetmez.")


def test_a_comments_link_leads_to_it(client, plan, comment):
    response = client.get(reverse("forum:post", args=[comment.pk]), follow=True)
    assert response.redirect_chain[-1][0] == f"{plan.get_url()}#p{comment.pk}"


def test_a_hidden_comment_shows_no_word_and_no_quote_but_its_replies(client, plan, comment, moderator, stranger):
    post_comment(author=stranger, target=comment.content_object, body="Bence de.", parent=comment)
    hide_post(by=moderator, post=comment, reason="Kişisel")
    page = page_of(client, plan.get_url())
    assert "Yılda bir yetmez." not in page
    assert f'href="#p{comment.pk}">yılda' not in page
    assert "Bence de." in page


def test_a_removed_comment_without_replies_is_gone(client, plan, comment, member):
    remove_post(by=member, post=comment)
    page = page_of(client, plan.get_url())
    assert f'id="p{comment.pk}"' not in page


def test_markup_in_a_heading_stays_text(client, plan, editor):
    revise(plan, editor, section("<script>alert(1)</script>", "Metin <script>alert(2)</script>."))
    page = page_of(client, plan.get_url())
    assert "<script>alert" not in page


def _talk(text, version, author, posts):
    """Half of the posts are comments, half are replies to them."""
    for number in range(posts // 2):
        post = comment_on_section(
            author=author, section=text.section, version=version, body=f"Yorum {number}", exact="yılda bir kez"
        )
        post_comment(author=author, target=text.section, body=f"Yanıt {number}", parent=post)


def test_reading_takes_as_many_queries_for_three_hundred_posts_as_for_ten(
    client_of, plan, version, text, member, django_assert_num_queries
):
    """More are no longer beside the text from the start (test_big_plan.py)."""
    browser = client_of(member)
    for more in (10, 290):
        _talk(text, version, member, more)
        Post.objects.update(submit_date="2026-01-01T00:00:00Z")  # the next round is no repetition of this one
        browser.get(plan.get_url())
        with django_assert_num_queries(15):
            browser.get(plan.get_url())


def test_a_sentence_is_commented_on_without_a_script(client_of, plan, text, version, stranger):
    url = reverse("plans:comment", args=[text.section_id, version.number]) + "?cumle=1"
    browser = client_of(stranger)
    assert "Sonuçlar yazılır." in page_of(browser, url)
    browser.post(url, {"body": "Nereye yazılır?"})
    assert Post.objects.get(user=stranger).quote.exact == "Sonuçlar yazılır."


def test_words_of_somebody_signed_out_come_back_after_sign_in(client, text, version, stranger):
    url = reverse("plans:comment", args=[text.section_id, version.number]) + "?cumle=0"
    asked = client.post(url, {"body": "Uzun uzun yazılmış söz"})
    assert not Post.objects.exists()
    client.post(asked.url, {"login": stranger.email, "password": PASSWORD})
    assert "Uzun uzun yazılmış söz" in page_of(client, url)


def test_words_that_stand_nowhere_are_refused_and_the_comment_is_kept(client_of, text, version, stranger):
    url = reverse("plans:comment", args=[text.section_id, version.number]) + "?exact=uydurma"
    page = client_of(stranger).post(url, {"body": "Söylediğim kalsın"}).content.decode()
    assert "Söylediğim kalsın" in page
    assert not Post.objects.exists()


def test_a_double_click_makes_one_comment(client_of, text, version, stranger):
    url = reverse("plans:comment", args=[text.section_id, version.number])
    browser = client_of(stranger)
    for _click in range(2):
        browser.post(url, {"body": "Bir kez"})
    assert Post.objects.filter(user=stranger).count() == 1


def test_an_answer_stands_beside_the_comment_and_its_history_is_kept(client_of, client, plan, comment, editor):
    url = reverse("plans:answer", args=[comment.pk])
    browser = client_of(editor)
    browser.post(url, {"decision": "declined", "reason": "Bütçe yetmez."})
    browser.post(url, {"decision": "accepted", "reason": "Haklısınız, altı ayda bir."})
    page = page_of(client, plan.get_url())
    assert "Haklısınız, altı ayda bir." in page
    assert "Bütçe yetmez." not in page
    assert AnswerRevision.objects.get().decision == "declined"


def test_only_editors_of_the_city_answer(client_of, comment, member, moderator):
    for stranger in (member, moderator):
        response = client_of(stranger).post(
            reverse("plans:answer", args=[comment.pk]), {"decision": "noted", "reason": "x"}
        )
        assert response.status_code == 403
    assert not Answer.objects.exists()


def test_an_answer_without_a_reason_is_refused(client_of, comment, editor):
    page = client_of(editor).post(reverse("plans:answer", args=[comment.pk]), {"decision": "noted", "reason": " "})
    assert page.status_code == 200
    assert not Answer.objects.exists()


def test_what_waits_for_an_answer_is_listed_for_editors_alone(client_of, plan, comment, editor, member):
    url = reverse("plans:unanswered", args=[plan.pk])
    assert client_of(member).get(url).status_code == 403
    assert "Yılda bir yetmez." in page_of(client_of(editor), url)
    answer_comment(by=editor, post=comment, decision=Answer.Decision.NOTED, reason="Not ettik.")
    assert "Yılda bir yetmez." not in page_of(client_of(editor), url)


@pytest.mark.parametrize("name", ["plan_desk", "plan_publish", "plan_import"])
def test_the_desk_is_closed_to_members(client_of, plan, city, member, name):
    args = {"plan_desk": [], "plan_publish": [plan.pk], "plan_import": [city.slug]}[name]
    assert client_of(member).get(reverse(name, args=args)).status_code in (302, 403)


def test_a_plan_in_preparation_does_not_stand_before_the_published_one(client, city, plan, version, editor):
    make_plan(city, {"Yeni": [section("Yeni", "Metin.")]}, by=editor, title="Gelecek plan")
    page = page_of(client, city.page.get_url())
    assert f'href="{plan.get_url()}"' in page
    assert "Gelecek plan" not in page
    assert find_references("§1.1", city)


def test_while_no_version_is_published_the_plan_in_preparation_is_reached(client, city, plan):
    assert f'href="{plan.get_url()}"' in page_of(client, city.page.get_url())
