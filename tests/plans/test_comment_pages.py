"""The pages of comments: a section's, a thread's, those without a place; what stands on the reading page and what there."""

import pytest
from django.urls import reverse

from common.text import LONGEST_TEXT
from forum.actions import hide_post, post_comment, remove_post
from forum.models import Post
from plans.actions.answer_comment import answer_comment
from plans.actions.comment_on_section import comment_on_section
from plans.actions.publish_version import publish_version
from plans.actions.settle_anchor import settle_anchor
from plans.discussion import BESIDE_A_SECTION, REPLIES_BESIDE
from plans.models import Settlement
from plans.views.comments import COMMENTS_ON_A_PAGE
from tests.plans.making import replacing, revise, section_of

MANY = COMMENTS_ON_A_PAGE + BESIDE_A_SECTION


@pytest.fixture
def version(plan, editor):
    return publish_version(by=editor, plan=plan, note="Düzeltme.")


@pytest.fixture
def park(version):
    return section_of(version, "1.1")


@pytest.fixture
def write(version, park, member):
    def write(body: str, exact: str = "", replies: int = 0) -> Post:
        post = comment_on_section(author=member, section=park, version=version, body=body, exact=exact)
        for number in range(replies):
            post_comment(author=member, target=park, body=f"Yanıt {number} ({body})", parent=post)
        return post

    return write


def page_of(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_the_reading_page_shows_the_first_comments_and_counts_all(client, plan, write, park):
    posts = [write(f"Söz {number}.") for number in range(MANY)]
    page = page_of(client, plan.get_url())
    assert f'id="p{posts[BESIDE_A_SECTION - 1].pk}"' in page
    assert f'id="p{posts[BESIDE_A_SECTION].pk}"' not in page
    assert f"{MANY} yorum" in page
    assert reverse("plans:section_comments", args=[park.pk, 1]) in page


def test_a_sections_comments_are_all_there_a_page_at_a_time(client, write, park):
    posts = [write(f"Söz {number}.") for number in range(COMMENTS_ON_A_PAGE + 1)]
    url = reverse("plans:section_comments", args=[park.pk, 1])
    first, second = page_of(client, url), page_of(client, f"{url}?sayfa=2")
    assert 'href="?sayfa=2"' in first
    shown = [[post.pk for post in posts if f'id="p{post.pk}"' in page] for page in (first, second)]
    assert shown == [[post.pk for post in posts[:-1]], [posts[-1].pk]]


def test_a_long_threads_replies_stand_on_its_own_page(client, plan, write):
    root = write("Uzun konuşma.", "Banklar", replies=REPLIES_BESIDE + 2)
    url = reverse("plans:thread", args=[root.pk])
    reading, thread = page_of(client, plan.get_url()), page_of(client, url)
    assert url in reading
    for number in range(REPLIES_BESIDE + 2):
        assert (f"Yanıt {number} " in reading) is (number < REPLIES_BESIDE)
        assert f"Yanıt {number} " in thread
    assert "Banklar" in thread


def test_every_posts_link_leads_to_a_page_that_shows_it(client, write):
    write("Uzun konuşma.", replies=REPLIES_BESIDE + 2)
    for number in range(BESIDE_A_SECTION):
        write(f"Söz {number}.")
    for post in Post.objects.all():
        response = client.get(reverse("forum:post", args=[post.pk]), follow=True)
        assert response.redirect_chain[-1][0].endswith(f"#p{post.pk}")
        assert f'id="p{post.pk}"' in response.content.decode()


def test_a_reply_is_written_on_the_threads_page(client_of, write, stranger):
    root = write("Soru.")
    browser = client_of(stranger)
    assert reverse("forum:reply", args=[root.pk]) in page_of(browser, reverse("plans:thread", args=[root.pk]))
    browser.post(reverse("forum:reply", args=[root.pk]), {"body": "Yanıt."})
    assert Post.objects.get(user=stranger).parent_id == root.pk


def test_a_hidden_comment_has_no_word_on_its_threads_page(client, write, moderator):
    root = write("Gizlenecek söz.", "Banklar çocuk alanına uzak duruyor.", replies=1)
    hide_post(by=moderator, post=root, reason="Kişisel bilgi")
    page = page_of(client, reverse("plans:thread", args=[root.pk]))
    assert "Gizlenecek" not in page.replace("(Gizlenecek söz.)", "")
    assert "Banklar" not in page
    assert "Yanıt 0" in page


def test_a_hidden_comment_without_replies_has_no_page(client, write, moderator):
    root = write("Gizlenecek söz.")
    hide_post(by=moderator, post=root, reason="Kişisel bilgi")
    assert client.get(reverse("plans:thread", args=[root.pk])).status_code == 404


def test_comments_without_a_place_are_all_on_their_page(client, plan, write, editor):
    posts = [
        write(f"Söz {number}.", "Parkta iki aydınlatma direği yanmıyor.") for number in range(BESIDE_A_SECTION + 1)
    ]
    revise(plan.chapters.first(), lambda blocks: blocks[1:], by=editor)
    publish_version(by=editor, plan=plan, note="Düzeltme.")
    url = reverse("plans:orphans", args=[plan.pk, 2])
    assert url in page_of(client, plan.get_url())
    pages = page_of(client, url) + page_of(client, f"{url}?sayfa=2")
    assert all(f'id="p{post.pk}"' in pages for post in posts)


def test_a_hidden_comment_without_a_place_is_not_counted_but_its_replies_stay(client, plan, write, moderator, editor):
    hidden, _other = (write(words, "Parkta iki aydınlatma direği yanmıyor.", replies=1) for words in ("Gizli.", "Söz."))
    revise(plan.chapters.first(), lambda blocks: blocks[1:], by=editor)
    publish_version(by=editor, plan=plan, note="Düzeltme.")
    address, one = plan.get_url(), '<span class="count">1</span>'
    assert one not in page_of(client, address)
    hide_post(by=moderator, post=hidden, reason="Kişisel bilgi")
    page = page_of(client, address)
    assert page.count(one) == 2  # in the contents, and above them
    assert page.count("Yanıt 0") == 2


def test_the_threads_of_a_plan_that_is_not_public_cannot_be_opened(client, plan, write):
    root = write("Soru.")
    plan.unpublish()
    assert client.get(reverse("plans:thread", args=[root.pk])).status_code == 404
    assert client.get(reverse("plans:orphans", args=[plan.pk, 1])).status_code == 404


def test_the_list_of_what_waits_leads_back_to_itself(client_of, plan, write, editor):
    root = write("Soru.")
    browser, url = client_of(editor), reverse("plans:unanswered", args=[plan.pk])
    answer_url = f"{reverse('plans:answer', args=[root.pk])}?liste"
    assert answer_url in page_of(browser, url)
    response = browser.post(answer_url, {"decision": "noted", "reason": "Not ettik."})
    assert response.url == url
    assert root.get_absolute_url() not in page_of(browser, url)


def test_a_removed_comment_with_nothing_to_read_below_it_is_gone_and_not_counted(client, plan, write, member):
    root = write("Soru.", "Banklar", replies=1)
    reply = Post.objects.get(parent_id=root.pk, level=1)
    remove_post(by=member, post=root)
    page = page_of(client, plan.get_url())
    assert f'id="p{root.pk}"' in page
    assert "0 yorum" in page
    remove_post(by=member, post=reply)
    assert f'id="p{root.pk}"' not in page_of(client, plan.get_url())


@pytest.mark.parametrize(
    ("selected", "quoted"), [("ank", "Banklar"), ("uk alan", "çocuk alanına"), ("Banklar", "Banklar")]
)
def test_a_selection_that_misses_the_ends_of_words_takes_whole_ones(
    client_of, version, park, stranger, selected, quoted
):
    url = reverse("plans:comment", args=[park.pk, 1]) + f"?exact={selected}"
    client_of(stranger).post(url, {"body": "Olur mu?"})
    assert Post.objects.get().quote.exact == quoted


def test_a_comment_that_is_too_long_is_refused_whole(client_of, version, park, stranger):
    long = "uzun " * (LONGEST_TEXT // 5 + 1)
    page = client_of(stranger).post(reverse("plans:comment", args=[park.pk, 1]), {"body": long}).content.decode()
    assert page.count("uzun ") >= LONGEST_TEXT // 5
    assert "maxlength" not in page.split("<textarea")[1].split(">")[0]
    assert not Post.objects.exists()


@pytest.mark.parametrize("taken_back", [True, False])
def test_of_a_comment_that_is_hidden_no_answer_and_no_remark_remains(
    client, plan, write, member, editor, moderator, taken_back
):
    """Answers quote what they answer, and authors write remarks when they say where their comment belongs."""
    comment = write("Bank az.", exact="Banklar çocuk alanına uzak duruyor.", replies=1)
    chapter = plan.chapters.first()
    revise(chapter, replacing(" Banklar çocuk alanına uzak duruyor.", ""), by=editor)
    publish_version(by=editor, plan=plan, note="Kısaldı.")
    anchor = comment.quote.anchors.order_by("-version__number")[0]
    settle_anchor(by=member, anchor=anchor, decision=Settlement.Decision.OPEN, seen=0, remark="Evim karşıda.")
    for decision, reason in (("noted", "Önceki yanıt."), ("declined", "Şimdiki yanıt.")):
        answer_comment(by=editor, post=comment, decision=decision, reason=reason)
    addresses = [reverse("plans:thread", args=[comment.pk]), plan.get_url()]
    assert all("Şimdiki yanıt." in page_of(client, address) for address in addresses)
    if taken_back:
        remove_post(by=member, post=comment)
    else:
        hide_post(by=moderator, post=comment, reason="Adres")
    for words in ("Evim karşıda.", "Önceki yanıt.", "Şimdiki yanıt."):
        assert not any(words in page_of(client, address) for address in addresses)
