"""Downloading a version: who may, what a file is called, what is made once, how many queries it takes."""

import threading

import pytest
from django.core.cache import cache
from django.urls import reverse

from forum.actions import hide_post
from plans.exports import keeping
from plans.exports.keeping import kept, kept_size
from plans.exports.typesetting import Document
from plans.exports.word import WordFile
from plans.models import Phase, PlanVersion
from tests.plans.exports.talking import HIDDEN_WORDS, many_comments, next_version

NAMES = ["pdf", "word", "comments_csv", "comments_xlsx"]


@pytest.fixture(autouse=True)
def exports_root(settings, tmp_path):
    settings.EXPORTS_ROOT = tmp_path / "exports"
    return settings.EXPORTS_ROOT


def url_of(name: str, version: PlanVersion) -> str:
    return reverse(f"plans:{name}", args=[version.plan_id, version.number])


@pytest.mark.parametrize(
    ("name", "kind", "start", "ending"),
    [
        ("pdf", "application/pdf", b"%PDF", "-surum-1.pdf"),
        ("word", "wordprocessingml", b"PK", "-surum-1.docx"),
        ("comments_csv", "text/csv; charset=utf-8", b"\xef\xbb\xbf", "-surum-1-yorumlar.csv"),
        ("comments_xlsx", "spreadsheetml", b"PK", "-surum-1-yorumlar.xlsx"),
    ],
)
def test_a_visitor_downloads_a_version(client, version, talk, name, kind, start, ending):
    response = client.get(url_of(name, version))
    assert response.status_code == 200
    assert kind in response.headers["Content-Type"]
    assert response.content.startswith(start)
    assert response.headers["Content-Disposition"].strip('"').endswith(ending)
    assert "private" in response.headers["Cache-Control"]


@pytest.mark.parametrize("name", NAMES)
def test_there_is_no_file_of_a_version_that_there_is_not(client, version, name):
    assert client.get(reverse(f"plans:{name}", args=[version.plan_id, 7])).status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_that_is_not_public_cannot_be_downloaded(client, plan, version, name):
    client.get(url_of(name, version))
    plan.unpublish()
    assert client.get(url_of(name, version)).status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_for_members_is_downloaded_by_members_alone(client, client_of, plan, version, member, stranger, name):
    Phase.objects.create(plan=plan, kind=Phase.Kind.DRAFT, audience=Phase.Audience.MEMBERS)
    assert client.get(url_of(name, version)).status_code == 404
    assert client_of(stranger).get(url_of(name, version)).status_code == 404
    assert client_of(member).get(url_of(name, version)).status_code == 200


@pytest.mark.parametrize("query", ["", "?yorumlar=1"])
def test_who_may_read_hidden_words_gets_none_in_a_file(client_of, version, talk, moderator, member, query):
    for person in (moderator, member):
        content = client_of(person).get(url_of("comments_csv", version) + query).content.decode()
        assert "Yanmıyor, bakın." in content
        assert not [words for words in HIDDEN_WORDS if words in content]


def test_a_pdf_is_made_once_until_something_in_it_changes(client, version, talk, moderator, monkeypatch):
    made = []
    monkeypatch.setattr(Document, "render", lambda document: made.append(str(document.data)) or b"%PDF")
    plain, with_comments = url_of("pdf", version), url_of("pdf", version) + "?yorumlar=1"
    for url in (plain, with_comments, plain, with_comments):
        client.get(url)
    assert len(made) == 2
    hide_post(by=moderator, post=talk.whole, reason="Kişisel")
    for url in (plain, with_comments):
        client.get(url)
    assert len(made) == 3
    assert "Bütün bölüme dair." not in made[-1]


def test_a_word_file_is_made_once_until_something_in_it_changes(client, version, talk, moderator, monkeypatch):
    made = []
    monkeypatch.setattr(WordFile, "render", lambda document: made.append(1) or b"PK")
    url = url_of("word", version)
    etag = client.get(url).headers["ETag"]
    assert client.get(url.replace("/tr/", "/en/"), headers={"if-none-match": etag}).status_code == 304
    client.get(url)
    assert len(made) == 1
    hide_post(by=moderator, post=talk.reply, reason="Kişisel")
    assert client.get(url, headers={"if-none-match": etag}).status_code == 200
    assert len(made) == 2


def test_older_states_of_a_file_go(exports_root, client, version, talk, moderator):
    client.get(url_of("pdf", version) + "?yorumlar=1")
    hide_post(by=moderator, post=talk.whole, reason="Kişisel")
    client.get(url_of("pdf", version) + "?yorumlar=1")
    client.get(url_of("pdf", version))
    assert len(list(exports_root.iterdir())) == 2


def test_who_has_the_pdf_is_told_that_it_is_the_same(client, version):
    etag = client.get(url_of("pdf", version)).headers["ETag"]
    assert client.get(url_of("pdf", version), headers={"if-none-match": etag}).status_code == 304


def test_many_who_ask_at_once_get_one_file(exports_root):
    made, results = [], []
    ready = threading.Barrier(6)

    def ask() -> None:
        ready.wait()
        results.append(kept("plan1-v1", "abc", ".pdf", lambda: made.append(1) or b"%PDF"))

    threads = [threading.Thread(target=ask) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [b"%PDF"] * 6
    assert len(made) == 1
    assert kept_size("plan1-v1", ".pdf") == 4
    assert kept_size("plan1-v11", ".pdf") is None


def test_a_file_that_could_not_be_made_leaves_nothing(exports_root):
    def fail() -> bytes:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        kept("plan1-v1", "abc", ".pdf", fail)
    assert kept("plan1-v1", "abc", ".pdf", lambda: b"x") == b"x"
    assert keeping.kept_size("plan1-v1", ".pdf") == 1


def test_downloads_are_limited(client, version, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "export": "2/m"}
    answers = [client.get(url_of("comments_csv", version)).status_code for _time in range(3)]
    assert answers == [200, 200, 429]


@pytest.mark.parametrize(("name", "queries"), [("pdf", 5), ("word", 5), ("comments_csv", 6), ("comments_xlsx", 6)])
def test_a_file_takes_as_many_queries_for_a_hundred_comments_as_for_ten(
    client, version, member, monkeypatch, django_assert_num_queries, name, queries
):
    monkeypatch.setattr(Document, "render", lambda document: b"%PDF")
    for more in (10, 90):
        many_comments(version, member, more)
        cache.clear()
        client.get(url_of(name, version) + "?yorumlar=1")
        with django_assert_num_queries(queries):
            client.get(url_of(name, version) + "?yorumlar=1")


def test_the_reading_page_offers_the_files_with_their_format_and_size(client, plan, version, talk):
    page = client.get(plan.get_url()).content.decode()
    assert all(f'href="{url_of(name, version)}"' in page for name in NAMES)
    assert "KB" not in page.split('id="indir"')[1]
    client.get(url_of("pdf", version))
    assert "KB" in client.get(plan.get_url()).content.decode().split('id="indir"')[1]


def test_an_older_version_offers_its_own_files(client, plan, version, editor):
    next_version(plan, by=editor)
    assert url_of("pdf", version) in client.get(version.get_absolute_url()).content.decode()


def test_the_language_of_the_page_changes_nothing_in_a_plan(client, version, monkeypatch):
    seen = []
    monkeypatch.setattr("plans.exports.views.kept", lambda name, mark, suffix, make: seen.append(mark) or b"%PDF")
    for language in ("tr", "en"):
        client.get(url_of("pdf", version).replace("/tr/", f"/{language}/"))
    assert len(seen) == 2
    assert seen[0] == seen[1]
