"""The search page: what is found, and what is not."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from forum.actions import hide_post, moderate_topic
from forum.models import ModerationAct, Post
from members.models import Role
from search import indexing, queries
from search.engines.base import EngineUnavailableError
from search.models import OutboxEntry
from tests import factories

HOSTILE = [
    "'",
    '"',
    "*",
    "a AND",
    "NEAR(",
    "%",
    "-",
    ":",
    "a" * 10_000,
    "İıŞğ" * 50,
    "😀",
    "{}",
    "(((",
    "ç OR ç NOT",
    "tür: kent: tema:",
    "kent:" * 60,
    'tür:"',
    "tarih:9999-99-99",
    "tarih:..",
    "tarih:0000",
    "sonra:2026-02-31 önce:0001-01-01",
    '-"" -- -"-"',
    "-tür:konu -kent:ornekkent",
    "\u200b\u0301\ufeff",
    "\U0010ffff",
    "ﷺ" * 300,
    "a b c d e f g h i j k l m n o p r s t u v y z " * 10,
]
PARAMETERS = ["q", "tur", "kent", "tema", "kurum", "yil", "sirala", "devam"]
# What people type, what addresses hold, and signs that mean something to the engines and to the language of queries.
PIECES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["durak", "gece", '"', "-", ":", "tür:", "kent:", "tarih:2026", "..", "*", "(", ")", "OR", "NEAR/2", "%"]
    ),
)
TYPED = st.lists(PIECES, max_size=6).map(" ".join)


pytestmark = pytest.mark.usefixtures("empty_index")


@pytest.fixture
def topic(city, member):
    return factories.topic(city, member, title="Gece otobüsü", body="Durakların aydınlatması yetersiz.")


def found(client, query, **parameters) -> str:
    indexing.drain()
    response = client.get(reverse("search:search"), {"q": query, **parameters})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("query", ["durak aydinlatma", "DURAKLARIN", "otobusu", "Otobüs'ün"])
def test_inflected_and_unaccented_words_are_found(client, topic, query):
    assert topic.get_absolute_url() in found(client, query)


def test_hits_are_marked_in_their_own_spelling(client, topic):
    assert "<mark>aydınlatması</mark>" in found(client, "aydinlatma")


@pytest.mark.parametrize("query", HOSTILE)
def test_no_input_is_an_error(client, topic, query):
    found(client, query)


@pytest.mark.parametrize("value", HOSTILE)
def test_no_parameter_is_an_error(client, topic, value):
    assert client.get(reverse("search:search"), {**dict.fromkeys(PARAMETERS, value), "q": "durak"}).status_code == 200


@given(parameters=st.dictionaries(st.sampled_from(PARAMETERS), TYPED, max_size=len(PARAMETERS)))
@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example({"q": "durak", "devam": "bmFuIC0gLQ"})  # a place whose score is no number
@example({"q": "durak", "devam": "aW5mICAg"})
def test_whatever_is_asked_gets_a_page(client, topic, parameters):
    answer = client.get(reverse("search:search"), parameters)
    assert answer.status_code == (
        400 if "\0" in "".join(parameters.values()) else 200
    )  # common.middleware.NulMiddleware


def test_filters_narrow_and_unknown_values_find_nothing(client, topic):
    assert topic.get_absolute_url() in found(client, "durak", tur="topic", kent="ornekkent", tema="parklar")
    assert topic.get_absolute_url() not in found(client, "durak", kent="baska")


def test_what_is_hidden_is_not_found_even_by_a_stale_index(client, client_of, topic, moderator):
    indexing.drain()
    moderate_topic(by=moderator, topic=topic, verb=ModerationAct.Verb.HIDE_TOPIC, reason="Karışık")
    OutboxEntry.objects.all().delete()  # the index has not heard of it
    assert topic.get_absolute_url() not in found(client, "otobüs")
    assert topic.get_absolute_url() in found(client_of(moderator), "otobüs")


def test_a_hidden_post_is_not_found(client, topic, moderator, another_member):
    reply = factories.reply(Post.objects.on(topic).get(), another_member, "Tramvay hattı gerekir.")
    assert "Tramvay" in found(client, "tramvay")
    hide_post(by=moderator, post=reply, reason="Kişisel")
    assert "Tramvay" not in found(client, "tramvay")


def test_too_many_searches_are_answered_with_429(client, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "search": "2/m"}
    statuses = [client.get(reverse("search:search"), {"q": "a"}).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]


def page(client, query, **parameters):
    indexing.drain()
    return client.get(reverse("search:search"), {"q": query, **parameters})


def addresses(response) -> list[str]:
    return [hit["url"] for hit in response.context["hits"]]


def test_pages_follow_one_another_and_begin_again(client, city, member):
    topics = [factories.topic(city, member, title=f"Ihlamur {number}") for number in range(25)]
    first = page(client, "ıhlamur")
    second = client.get(reverse("search:search") + first.context["next_url"])
    assert len(addresses(first)) == 20
    assert {*addresses(first), *addresses(second)} == {topic.get_absolute_url() for topic in topics}
    assert second.context["next_url"] == ""
    assert addresses(client.get(reverse("search:search") + second.context["first_url"])) == addresses(first)


@pytest.mark.parametrize("place", ["", "x", "%%%", "bm9uZQ", "é", "MS4wICA", "A" * 5_000])
def test_a_page_that_begins_nowhere_is_the_first(client, topic, place):
    assert addresses(page(client, "otobüs", devam=place)) == [topic.get_absolute_url()]


def test_narrowings_can_be_typed(client, city, other_city, member, topic):
    board = factories.topic(city, member, title="Gece pazarı")
    assert addresses(page(client, "gece -pazar tür:konu kent:örnekkent")) == [topic.get_absolute_url()]
    assert addresses(page(client, '"gece pazarı"')) == [board.get_absolute_url()]
    assert addresses(page(client, "gece kent:ışıklı")) == []
    assert addresses(page(client, "gece tarih:2001")) == []


def test_the_newest_come_first_where_it_is_asked_for(client, city, member, topic):
    newer = factories.topic(
        city, member, title="Başka", body="Yolda otobüs gördüm, bambaşka bir konuda uzun uzun yazıyorum."
    )
    assert addresses(page(client, "gece otobüsü"))[0] == topic.get_absolute_url()
    assert addresses(page(client, "gece otobüsü", sirala="yeni"))[0] == newer.get_absolute_url()


def test_a_mistyped_word_is_mended_on_request(client, topic):
    response = page(client, "gece otobsü")
    assert response.context["mended"] == "gece otobüsü"
    assert "q=gece+otob%C3%BCs%C3%BC" in response.context["mended_url"]
    assert "mended" not in page(client, "gece otobüsü").context


def test_each_filter_says_how_many_hits_it_would_leave(client, city, other_city, topic):
    stranger = factories.person(other_city, Role.MEMBER)
    factories.topic(other_city, stranger, title="Gece otobüsü burada da yok")
    cities = next(one for one in page(client, "otobüs").context["filters"] if one["legend"] == "Kent")
    assert [(one["label"], one["count"]) for one in cities["options"]] == [("Tümü", 2), ("Işıklı", 1), ("Örnekkent", 1)]
    narrowed = page(client, "otobüs", kent="isikli")
    assert narrowed.context["total"] == 1
    cities = next(one for one in narrowed.context["filters"] if one["legend"] == "Kent")
    assert [one["label"] for one in cities["options"] if one["selected"]] == ["Işıklı"]
    assert [one["count"] for one in cities["options"]] == [2, 1, 1]


def test_suggestions_are_titles_of_what_stands_alone(client, topic, another_member):
    factories.reply(Post.objects.on(topic).get(), another_member, "Otobüs gelmedi.")
    indexing.drain()
    answer = client.get(reverse("search:suggestions"), {"q": "gece oto"})
    assert answer.json() == {
        "suggestions": [{"title": "Gece otobüsü", "kind": "Konular", "url": topic.get_absolute_url()}]
    }
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert client.get(reverse("search:suggestions")).json() == {"suggestions": []}


@pytest.mark.parametrize("query", HOSTILE)
def test_no_beginning_is_an_error(client, topic, query):
    assert client.get(reverse("search:suggestions"), {"q": query}).status_code == 200


def test_while_the_engine_is_away_titles_of_the_database_are_offered(client, topic, monkeypatch):
    def away():
        raise EngineUnavailableError("away")

    monkeypatch.setattr(queries, "current_engine", away)
    response = client.get(reverse("search:search"), {"q": "gece"})
    assert response.status_code == 200
    assert [hit["url"] for hit in response.context["titled"]] == [topic.get_absolute_url()]
    assert "Arama şu anda" in response.content.decode()
    assert client.get(reverse("search:suggestions"), {"q": "gece"}).json() == {"suggestions": []}


def test_a_page_takes_as_many_queries_for_many_hits_as_for_few(client, city, member, topic):
    def queries_of_a_page() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(client, "otobüs")
        return len(captured)

    indexing.drain()
    page(client, "otobüs")
    few = queries_of_a_page()
    for number in range(15):
        factories.topic(city, member, title=f"Otobüs {number}")
    indexing.drain()
    assert queries_of_a_page() == few


def test_a_term_is_found_by_an_english_word_in_another_form_which_is_marked(client, db):
    indexing.rebuild()
    assert "gender <mark>budgeting</mark>" in found(client, "budgets")
