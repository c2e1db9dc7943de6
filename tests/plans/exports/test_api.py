"""The open interface: what it gives, to whom, and what it keeps to itself."""

import json
from base64 import b64encode

import pytest
from django.core.cache import cache
from django.urls import reverse

from plans.models import Phase, Suggestion
from tests.plans.exports.talking import HIDDEN_WORDS, many_comments, next_version
from tests.plans.making import make_plan, section_of


@pytest.fixture
def get(client):
    def ask(path: str, **headers):
        response = client.get(f"/api/v1{path}", headers=headers)
        assert response.status_code == 200, response.content
        return response.json()

    return ask


def all_paths(plan, talk) -> list[str]:
    base = f"/plans/{plan.pk}/versions/1"
    posts = (talk.quoting, talk.whole, talk.lost)
    return [
        "/",
        "/openapi.json",
        "/cities",
        "/plans",
        f"/plans/{plan.pk}",
        f"/plans/{plan.pk}/versions",
        base,
        f"{base}/sections",
        f"{base}/comments",
        *(f"/comments/{post.pk}" for post in posts),
    ]


def test_it_begins_with_what_it_is_and_under_which_licence(get, settings):
    about = get("/")
    assert about["licence"] == settings.CONTENT_LICENCE
    assert about["plans"] == f"{settings.BASE_URL}/api/v1/plans"


def test_cities_and_their_plans_are_listed(get, plan, version, city, other_city):
    assert [found["slug"] for found in get("/cities")["results"]] == [city.slug, other_city.slug]
    assert [found["id"] for found in get(f"/plans?city={city.slug}")["results"]] == [plan.pk]
    assert get(f"/plans?city={other_city.slug}")["results"] == []
    found = get(f"/plans/{plan.pk}")
    assert (found["title"], found["city"], found["current_version"], found["phase"]) == (
        "Örnekkent Eşitlik Planı",
        city.slug,
        1,
        None,
    )


def test_a_plan_says_its_phase(get, plan, version):
    Phase.objects.create(plan=plan, kind=Phase.Kind.REVISION)
    assert get(f"/plans/{plan.pk}")["phase"] == "revision"


def test_versions_are_listed_the_newest_first_with_their_files(get, client, plan, version, editor):
    next_version(plan, by=editor)
    found = get(f"/plans/{plan.pk}/versions")["results"]
    assert [item["number"] for item in found] == [2, 1]
    assert found[0]["note"] == "Düzeltildi."
    path = found[1]["files"]["csv"].removeprefix("http://localhost:8000")
    assert client.get(path, follow=True).headers["Content-Type"].startswith("text/csv")


def test_sections_have_their_text_and_the_places_of_comments_count_it(get, plan, version, talk):
    base = f"/plans/{plan.pk}/versions/1"
    sections = {found["key"]: found for found in get(f"{base}/sections")["results"]}
    assert [found["number"] for found in sections.values()] == ["1", "1.1", "1.2", "2", "2.1"]
    comment = next(found for found in get(f"{base}/comments")["results"] if found["id"] == talk.quoting.pk)
    place = comment["place"]
    text = sections[place["section"]]["text"]
    assert text[place["start"] : place["end"]] == comment["quote"]["words"] == "aydınlatma direği yanmıyor"
    assert "<span" not in sections[place["section"]]["html"]


def test_a_section_is_found_by_its_key(get, client, plan, version, settings):
    key = section_of(version, "1.1").key
    found = get(f"/plans/{plan.pk}/versions/1/sections/{key}")
    assert (found["kind"], found["code"], found["heading"]) == ("objective", "A1.1", "Işıklı parklar")
    assert found["url"].startswith(settings.BASE_URL)
    assert client.get(found["url"].removeprefix(settings.BASE_URL), follow=True).status_code == 200


def test_a_comment_is_told_with_its_answer_and_its_replies(get, talk):
    found = get(f"/comments/{talk.quoting.pk}")
    assert (found["text"], found["author"], found["reply_count"]) == ("Yanmıyor, bakın.", "Üye", 1)
    assert (found["answer"]["decision"], found["answer"]["text"]) == ("partly", "Biri onarıldı.")
    assert found["answer"]["answered_by"] == "Editör"
    assert [reply["text"] for reply in found["replies"]] == ["Katılıyorum."]
    assert found["proposal"] is None


def test_a_comment_says_where_it_stands_in_each_version(get, plan, talk, editor):
    next_version(plan, by=editor)
    places = [get(f"/plans/{plan.pk}/versions/{number}/comments?verdict=orphan")["results"] for number in (1, 2)]
    assert [[found["id"] for found in page] for page in places] == [[], [talk.lost.pk]]
    assert get(f"/comments/{talk.lost.pk}")["place"] == {
        "version": 2,
        "verdict": "orphan",
        "section": None,
        "start": None,
        "end": None,
        "score": pytest.approx(get(f"/comments/{talk.lost.pk}")["place"]["score"]),
    }


def test_comments_are_chosen_by_section_and_answer(get, plan, version, talk):
    base = f"/plans/{plan.pk}/versions/1/comments"

    def ids(query: str) -> list[int]:
        return [found["id"] for found in get(f"{base}?{query}")["results"]]

    assert ids(f"section={section_of(version, '2.1').key}") == [talk.lost.pk]
    assert ids("answered=true") == [talk.quoting.pk]
    assert ids("answered=false") == [talk.whole.pk, talk.lost.pk]


def test_proposed_words_are_given(get, talk):
    Suggestion.objects.create(post=talk.whole, words="")
    assert get(f"/comments/{talk.whole.pk}")["proposal"] == ""


def test_lists_come_a_page_at_a_time(get, client, plan, version, talk, settings):
    settings.BASE_URL = "https://plan.example"
    seen, url = [], f"/api/v1/plans/{plan.pk}/versions/1/comments?page_size=1"
    while url:
        page = client.get(url.removeprefix(settings.BASE_URL)).json()
        seen += [found["id"] for found in page["results"]]
        url = page["next"]
    assert seen == [talk.quoting.pk, talk.whole.pk, talk.lost.pk]


def test_nothing_is_given_that_a_visitor_may_not_read_nor_any_address_of_mail(
    get, client_of, plan, talk, moderator, administrator
):
    for person in (None, moderator, administrator):
        for path in all_paths(plan, talk):
            browser = client_of(person) if person else None
            answer = browser.get(f"/api/v1{path}").json() if browser else get(path)
            content = json.dumps(answer, ensure_ascii=False)
            assert not [words for words in HIDDEN_WORDS if words in content]
            assert "@example.org" not in content


@pytest.mark.parametrize("fate", ["hidden", "removed", "held", "reply"])
def test_what_is_no_public_comment_is_not_there(client, talk, fate):
    assert client.get(f"/api/v1/comments/{getattr(talk, fate).pk}").status_code == 404


def test_a_plan_that_is_not_public_is_not_there(client, get, plan, talk):
    paths = [path for path in all_paths(plan, talk) if str(plan.pk) in path or "/comments/" in path]
    plan.unpublish()
    assert get("/plans")["results"] == []
    assert {client.get(f"/api/v1{path}").status_code for path in paths} == {404}


def test_a_plan_for_members_is_not_there_even_for_members(client_of, plan, talk, member):
    Phase.objects.create(plan=plan, kind=Phase.Kind.DRAFT, audience=Phase.Audience.MEMBERS)
    browser = client_of(member)
    assert browser.get("/api/v1/plans").json()["results"] == []
    assert browser.get(f"/api/v1/comments/{talk.quoting.pk}").status_code == 404
    assert browser.get(f"/api/v1/plans/{plan.pk}/versions/1/sections").status_code == 404


def test_a_plan_in_preparation_has_no_version(get, city, editor):
    draft = make_plan(city, {}, by=editor)
    assert get(f"/plans/{draft.pk}")["current_version"] is None
    assert get(f"/plans/{draft.pk}/versions")["results"] == []


@pytest.mark.parametrize(
    ("path", "status"),
    [("/plans/999999", 404), ("/nichts", 404), ("/plans?page_size=x", 422), ("/plans?cursor=%25", 422)],
)
@pytest.mark.parametrize(("language", "word"), [("tr", "ra"), ("en", "th")])
def test_errors_are_json_in_the_persons_language(client, db, path, status, language, word):
    response = client.get(f"/api/v1{path}", headers={"accept-language": language})
    assert response.status_code == status
    assert response.headers["Content-Type"].startswith("application/json")
    assert response.headers["Content-Language"] == language
    assert response.json()["detail"]


def test_other_sites_may_read_and_nobody_writes(client, version):
    response = client.get("/api/v1/plans")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cache-Control"] == "public, no-cache"  # kept, and asked for again before each use
    for method in ("post", "put", "patch", "delete"):
        refused = getattr(client, method)("/api/v1/plans")
        assert refused.status_code == 405
        assert "Access-Control-Allow-Origin" not in refused.headers


def test_an_address_can_be_asked_for_without_its_answer(client, version):
    got = client.get("/api/v1/plans")
    head = client.head("/api/v1/plans")
    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", got.headers["ETag"])
    options = client.options("/api/v1/plans")
    assert options.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert options.headers["Access-Control-Allow-Origin"] == options.headers["Access-Control-Allow-Headers"] == "*"


def test_who_has_an_answer_is_told_that_it_is_the_same(client, version):
    etag = client.get("/api/v1/plans").headers["ETag"]
    assert client.get("/api/v1/plans", headers={"if-none-match": etag}).status_code == 304


def test_too_many_requests_are_told_when_to_come_again(client, db, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "api": "1/m"}
    client.get("/api/v1/plans")
    response = client.get("/api/v1/plans")
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) > 0
    assert response.json()["detail"]


@pytest.mark.parametrize(("path", "queries"), [("comments", 4), ("sections", 3)])
def test_a_list_takes_as_many_queries_for_a_hundred_comments_as_for_ten(
    client, plan, version, member, django_assert_num_queries, path, queries
):
    url = f"/api/v1/plans/{plan.pk}/versions/1/{path}?page_size=100"
    for more in (10, 90):
        many_comments(version, member, more)
        cache.clear()
        client.get(url)
        with django_assert_num_queries(queries):
            found = client.get(url).json()["results"]
    assert len(found) == (100 if path == "comments" else 5)


def test_the_page_about_it_says_every_address_and_asks_nobody_else(client, db):
    page = client.get(reverse("plans:api")).content.decode()
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert len(paths) == 10
    assert all(path in page for path in paths)
    assert page.count("<code>quote</code>") == 2  # of a comment alone and in a list; the plan's fields once
    assert page.count("<code>current_version</code>") == 1
    assert "cdn" not in page
    assert "<script>" not in page


def test_every_field_has_a_meaning(db, client):
    models = client.get("/api/v1/openapi.json").json()["components"]["schemas"]
    own = {
        name: model
        for name, model in models.items()
        if "properties" in model and not name.startswith(("Paged", "Input"))
    }
    assert len(own) >= 9
    assert [
        (name, field)
        for name, model in own.items()
        for field, about in model["properties"].items()
        if not about.get("description")
    ] == []


BIG = "9" * 30


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/api/v1/plans/{BIG}", 404),
        (f"/api/v1/comments/{BIG}", 404),
        (f"/api/v1/plans/1/versions/{BIG}/comments", 404),
        *[
            (f"/api/v1/plans?cursor={b64encode(cursor).decode()}", 422)
            for cursor in (b"p=abc", b"p=1.5", b"o=-1", b"o=x", b"p=" + BIG.encode(), b"p=" + b"9" * 5000)
        ],
        ("/api/v1/plans?cursor=%C4%B1", 422),
        (f"/api/v1/plans?cursor={b64encode(b'nothing').decode()}", 422),
        *[(f"/api/v1/plans?page_size={size}", 422) for size in (0, -1, 101, BIG)],
        ("/api/v1/plans?cursor=", 200),
        ("/api/v1/plans?city=%00", 400),
    ],
)
def test_what_nobody_would_ask_is_answered_too(client, version, path, status):
    assert client.get(path).status_code == status
