"""What holds for every page: policy, language, errors, and whose address is counted."""

import re

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from common.ratelimit import client_address
from common.typed import typed_words
from tests import factories


def test_the_site_is_well(client, db):
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok"}


PUBLIC = ["/tr/", "/en/", "/tr/ornekkent/", "/tr/forum/ornekkent/", "/tr/bilgi/", "/tr/ara/?q=park", "/tr/hesap/login/"]


@pytest.mark.parametrize("path", [*PUBLIC, "/tr/olmayan/"])
def test_public_pages_allow_no_inline_script_or_style(client, city, path):
    response = client.get(path)
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    page = response.content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)
    assert all("src=" in tag or "nonce=" in tag for tag in re.findall(r"<script[^>]*>", page))


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_loads_nothing_from_elsewhere(client, city, path):
    page = client.get(path).content.decode()
    loaded = re.findall(r'<(?:script|img|iframe|source)[^>]*\ssrc="([^"]+)"|<link[^>]*\shref="([^"]+)"', page)
    assert [url for pair in loaded for url in pair if url.startswith(("http", "//"))] == []


@pytest.mark.parametrize("language", ["tr", "en"])
def test_a_page_says_its_language_and_offers_the_other(client, city, language):
    page = client.get(f"/{language}/forum/ornekkent/").content.decode()
    other = {"tr": "en", "en": "tr"}[language]
    assert f'<html lang="{language}"' in page
    assert f'href="/{other}/forum/ornekkent/" hreflang="{other}"' in page


@pytest.mark.parametrize(
    ("path", "status", "word"), [("/tr/olmayan/", 404, "Bu adreste"), ("/en/olmayan/", 404, "Nothing at")]
)
def test_a_missing_page_is_a_designed_page(client, city, path, status, word):
    response = client.get(path)
    assert response.status_code == status
    assert 'class="error-page' in response.content.decode()
    assert word in response.content.decode()


def test_a_forbidden_page_is_a_designed_page(client_of, city, member):
    response = client_of(member).get(reverse("forum:moderation", args=[city.slug]))
    assert response.status_code == 403
    assert 'class="error-page' in response.content.decode()


def test_the_address_of_a_form_is_a_designed_page_for_who_opens_it(client_of, city, member):
    response = client_of(member).get(reverse("forum:preview"))
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert 'class="error-page' in response.content.decode()


def test_the_500_page_needs_no_frame(db, monkeypatch):
    monkeypatch.setattr("common.views.connection", None)
    response = Client(raise_request_exception=False).get("/healthz")
    assert response.status_code == 500
    assert "Hata bizde" in response.content.decode()


def test_an_expired_form_gives_back_the_words(city, member):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(member)
    topic = factories.topic(city, member)
    answer = browser.post(reverse("forum:reply_to_topic", args=[topic.pk]), {"body": "Uzun uzun yazdım"})
    assert answer.status_code == 403
    assert "Uzun uzun yazdım" in answer.content.decode()


def test_kept_words_are_texts_never_passwords():
    request = RequestFactory().post(
        "/",
        {
            "body": "Kısa",
            "need": "Lamba yoktu",
            "words": "Tekkelime",
            "reason-a1": "Uzundu",
            "sections-0-type": "text",
            "password": "uzun bir parola",
            "theme": "4",
            "csrfmiddlewaretoken": "x",
        },
    )
    assert typed_words(request) == ["Kısa", "Lamba yoktu", "Tekkelime", "Uzundu"]


def _request(forwarded: str) -> HttpRequest:
    return RequestFactory().get(
        "/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": forwarded} if forwarded else {}
    )


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.7", "10.0.0.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        (2, "198.51.100.1, 203.0.113.7", "198.51.100.1"),
        (1, "nonsense", "10.0.0.1"),
        (1, "", "10.0.0.1"),
    ],
)
def test_the_address_is_what_our_own_proxy_saw(settings, proxies, forwarded, address):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert client_address(_request(forwarded)) == address


@pytest.mark.parametrize(
    ("path", "posted", "cookie"),
    [
        ("/tr/ara/?q=%00", None, ""),
        ("/tr/kentler/sec/", {"city": "\0"}, ""),
        ("/tr/", None, 'kent="\\000"'),
    ],
)
def test_a_request_with_nul_is_refused_as_damaged(client, city, path, posted, cookie):
    headers = {"cookie": cookie} if cookie else {}
    response = client.get(path, headers=headers) if posted is None else client.post(path, posted)
    assert response.status_code == 400
    assert "error-page" in response.content.decode()


def test_what_is_too_large_is_refused_by_a_page(client_of, city, member):
    address = reverse("forum:reply_to_topic", args=[factories.topic(city, member).pk])
    words = "body=" + "a" * (2 * 1024 * 1024 + 10)
    response = client_of(member).post(address, words, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 400
    assert "error-page" in response.content.decode()


def test_words_sent_to_a_page_that_is_gone_are_in_the_answer(client_of, member):
    response = client_of(member).post("/tr/plan/yorum/999/yanit/", {"reason": "Uzun uzun yazdığım söz"})
    assert response.status_code == 404
    assert "Uzun uzun yazdığım söz" in response.content.decode()
