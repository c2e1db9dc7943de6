"""“You said, we did” as a PDF: what stands in it, who gets it, what it is called."""

import io
from datetime import timedelta

import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone

from forum.actions import hide_post
from plans.actions.answer_comment import answer_comment, answer_comments
from plans.actions.comment_on_section import comment_on_section
from plans.actions.publish_version import Why, publish_version
from plans.actions.suggest_words import suggest_words
from plans.exports.outcomes_pdf import outcomes_pdf
from plans.models import Anchor, Answer, Phase, PlanPage, Suggestion
from plans.outcomes import balance_of
from tests.plans.exports.talking import tags, text_of
from tests.plans.making import replacing, revise, section_of, two_chapters


@pytest.fixture(autouse=True)
def exports_root(settings, tmp_path):
    settings.EXPORTS_ROOT = tmp_path / "exports"
    return settings.EXPORTS_ROOT


@pytest.fixture
def plan(city, editor) -> PlanPage:
    return two_chapters(city, by=editor)


@pytest.fixture
def posts(version, member, another_member):
    """Two like comments on 1.1, one on 2.1."""
    places = [("1.1", member, "Bank az."), ("1.1", another_member, "Bank yetmiyor."), ("2.1", member, "Otobüs seyrek.")]
    return [
        comment_on_section(author=author, section=section_of(version, number), version=version, body=body)
        for number, author, body in places
    ]


@pytest.fixture
def answered(posts, editor):
    answer_comments(by=editor, posts=posts[:2], decision=Answer.Decision.PARTLY, reason="İki bank **eklenir**.")
    return posts


def address_of(plan) -> str:
    return reverse("plans:said_and_done_pdf", args=[plan.pk])


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def test_it_tells_what_was_said_what_was_done_and_how_much_waits(client, plan, answered, settings):
    reader = read(client.get(address_of(plan)).content)
    text = text_of(reader)
    for words in (
        "Siz söylediniz, biz yaptık",
        "Bank az.",
        "Bank yetmiyor.",
        "Kısmen kabul edildi",
        "İki bank eklenir.",
        "Kısmen kabul edildi 2",
        "Yanıt bekliyor 1",
        f"{settings.BASE_URL}/plan/{plan.pk}/siz-soylediniz/",
    ):
        assert words in text, words
    assert text.count("İki bank eklenir.") == 1
    assert "Otobüs seyrek." not in text  # nobody has answered it yet


def test_it_is_tagged_and_turkish_whatever_the_readers_language(client, plan, answered):
    reader = read(client.get(address_of(plan).replace("/tr/", "/en/")).content)
    assert b"pdfuaid:part" in reader.trailer["/Root"]["/Metadata"].get_data()
    assert reader.trailer["/Root"]["/Lang"] == "tr-TR"
    assert {"/Title", "/H1", "/H2", "/Table", "/TH"} <= tags(reader)
    assert "Biz yaptık: Kısmen kabul edildi" in text_of(reader)


def test_proposed_words_and_what_became_of_them_stand_in_it(client, plan, version, member, editor):
    texts = [("Banklar", "Dört bank"), ("", "")]
    for exact, words in texts:
        place = {"section": section_of(version, "1.1"), "version": version, "exact": exact}
        post = suggest_words(author=member, body=f"Böylesi iyi: {words}", words=words, **place).post
        answer_comment(by=editor, post=post, decision=Answer.Decision.DECLINED, reason="Yer yok.")
    Suggestion.objects.filter(words="Dört bank").update(merged_at=timezone.now())
    text = text_of(read(client.get(address_of(plan)).content))
    assert "Önerilen sözler: Dört bank · taslağa işlendi" in text
    assert "Önerilen sözler: (sözlerin çıkarılması)" in text
    assert text.count("Değişiklik yok, çünkü:") == 2
    Anchor.objects.filter(quote__post__suggestion__words="Dört bank").update(has_proposed_words=False)
    text = text_of(read(client.get(address_of(plan)).content))
    assert "Önerilen sözler: Dört bank · taslağa işlenmişti, ama en yeni sürümde yer almıyor" in text


def test_a_change_to_which_they_led_is_linked(plan, answered, editor):
    revise(plan.chapters[0], replacing("Banklar", "Dört bank"), by=editor)
    key = answered[0].quote.section.key
    publish_version(by=editor, plan=plan, why={key: Why(comments=[post.pk for post in answered[:2]])})
    plan = PlanPage.objects.get(pk=plan.pk)
    [section] = outcomes_pdf(plan, balance_of(plan, editor)).data["sections"]
    [outcome] = section["outcomes"]
    assert [change["label"] for change in outcome["changes"]] == ["2. sürüm"]
    assert outcome["changes"][0]["address"].startswith("http")


def test_one_consultation_has_its_own_file(client, plan, answered, exports_root):
    now = timezone.now()
    past = Phase.objects.create(
        plan=plan, kind="consultation", starts_at=now - timedelta(days=9), ends_at=now - timedelta(days=2)
    )
    text = text_of(read(client.get(f"{address_of(plan)}?gorus={past.pk}").content))
    assert "Henüz yanıtlanan yorum yok." in text
    assert f"gorus={past.pk}" in text
    client.get(address_of(plan))
    assert len(list(exports_root.iterdir())) == 2
    assert client.get(f"{address_of(plan)}?gorus=99999").status_code == 404


def test_hidden_words_are_in_no_file_whoever_asks(client_of, plan, answered, moderator, editor):
    answer_comment(by=editor, post=answered[2], decision=Answer.Decision.NOTED, reason="Bakıldı.")
    before = text_of(read(client_of(moderator).get(address_of(plan)).content))
    assert "Otobüs seyrek." in before
    hide_post(by=moderator, post=answered[2], reason="Kural")
    for person in (moderator, answered[2].user):
        after = text_of(read(client_of(person).get(address_of(plan)).content))
        assert "Otobüs seyrek." not in after
        assert "Bakıldı." not in after


def test_a_plan_for_members_gives_its_file_to_members_alone(client, client_of, plan, answered, member, stranger):
    Phase.objects.create(plan=plan, kind=Phase.Kind.DRAFT, audience=Phase.Audience.MEMBERS)
    assert client.get(address_of(plan)).status_code == 404
    assert client_of(stranger).get(address_of(plan)).status_code == 404
    assert "Bank az." in text_of(read(client_of(member).get(address_of(plan)).content))


def test_the_page_links_its_own_file(client, plan, answered):
    now = timezone.now()
    running = Phase.objects.create(
        plan=plan, kind="consultation", starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=1)
    )
    page = reverse("plans:said_and_done", args=[plan.pk])
    assert f'href="{address_of(plan)}"' in client.get(page).content.decode()
    assert f'href="{address_of(plan)}?gorus={running.pk}"' in client.get(f"{page}?gorus={running.pk}").content.decode()


def test_who_has_it_is_told_that_it_is_the_same_until_something_is_answered(client, plan, answered, editor):
    response = client.get(address_of(plan))
    headers = {"if-none-match": response.headers["ETag"]}
    assert response.headers["Content-Disposition"].endswith('-siz-soylediniz.pdf"')
    assert client.get(address_of(plan), headers=headers).status_code == 304
    answer_comment(by=editor, post=answered[2], decision=Answer.Decision.NOTED, reason="Bakıldı.")
    assert client.get(address_of(plan), headers=headers).status_code == 200


def test_a_plan_without_an_answer_or_a_version_has_a_file_too(client, city, editor):
    plan = two_chapters(city, by=editor)
    assert client.get(address_of(plan)).content.startswith(b"%PDF")


def test_many_comments_cost_as_many_queries_as_few(client, plan, version, answered, editor, django_assert_num_queries):
    client.get(address_of(plan))
    for more in (1, 12):
        place = section_of(version, "2.1")
        posts = [
            comment_on_section(author=editor, section=place, version=version, body=f"Söz {more} {number}.")
            for number in range(more)
        ]
        Answer.objects.bulk_create(Answer(post=post, decision="noted", answered_at=timezone.now()) for post in posts)
        with django_assert_num_queries(8):
            client.get(address_of(plan))
