"""Where nothing is found: fewer filters, near subjects, a question to people."""

import pytest
from django.urls import reverse

from forum.actions import moderate_topic
from forum.models import ModerationAct
from search import indexing
from tests import factories

pytestmark = pytest.mark.usefixtures("empty_index")


@pytest.fixture
def topic(city, member):
    return factories.topic(city, member, title="Gece otobüsü", body="Durakların aydınlatması yetersiz.")


def empty(client, query, **parameters):
    indexing.drain()
    answer = client.get(reverse("search:search"), {"q": query, **parameters})
    assert answer.context["hits"] == []
    return answer


def ways(answer) -> list[tuple[str, str, int]]:
    return [(way["label"], way["url"], way["count"]) for way in answer.context["looser"]]


def themes(answer) -> list[str]:
    return [theme["label"] for theme in answer.context["themes"]]


def test_without_a_filter_there_would_be_results(client, topic, other_city):
    answer = empty(client, "otobüs", kent="isikli")
    assert ways(answer) == [("“Işıklı” süzgeci olmadan", "?q=otob%C3%BCs", 1)]
    assert "1 sonuç" in answer.content.decode()


def test_of_several_filters_those_that_would_help_are_left_out_one_by_one_and_together(client, topic, other_city):
    assert ways(empty(client, "otobüs", kent="isikli", tur="topic")) == [
        ("“Işıklı” süzgeci olmadan", "?q=otob%C3%BCs&tur=topic", 1),
        ("Bu sözcükler, hiç süzmeden", "?q=otob%C3%BCs", 1),
    ]
    assert ways(empty(client, "otobüs", kent="isikli", tur="comment")) == [
        ("Bu sözcükler, hiç süzmeden", "?q=otob%C3%BCs", 1)
    ]


@pytest.mark.parametrize("query", ["otobüs kent:ışıklı", "otobüs -gece", '"otobüsü gece"', "otobüs tarih:2001"])
def test_what_was_narrowed_by_typing_is_taken_back_too(client, topic, other_city, query):
    [(label, url, count)] = ways(empty(client, query))
    assert (label, count) == ("Bu sözcükler, hiç süzmeden", 1)
    assert client.get(reverse("search:search") + url).context["total"] == 1


def test_what_nobody_may_see_is_not_counted(client, topic, other_city, moderator):
    moderate_topic(by=moderator, topic=topic, verb=ModerationAct.Verb.HIDE_TOPIC, reason="Karışık")
    answer = empty(client, "otobüs", kent="isikli")
    assert ways(answer) == [("Bu sözcükler, hiç süzmeden", "?q=otob%C3%BCs", 0)]
    assert themes(answer) == []


def test_a_mistyped_word_is_mended_where_the_filters_left_nothing(client, topic, other_city):
    answer = empty(client, "otobsü", kent="isikli")
    assert answer.context["mended"] == "otobüsü"
    assert client.get(reverse("search:search") + answer.context["mended_url"]).context["total"] == 1


@pytest.mark.parametrize("query", ["park", "parkımız zzzz", "yeşl"])
def test_subjects_that_are_called_like_the_words_are_near(client, city, member, query):
    factories.topic(city, member, title="Bank kırık", body="Onarılsın.")
    factories.topic(city, member, title="Bakıcı aranıyor", body="Nöbet.", theme="bakim")
    answer = empty(client, query)
    assert themes(answer) == ["Parklar ve yeşil alan"]
    url = answer.context["themes"][0]["url"]
    assert [hit["title_html"] for hit in client.get(reverse("search:search") + url).context["hits"]] == ["Bank kırık"]
    assert "tema=parklar" in answer.context["ask_url"]


def test_else_those_of_the_city(client, city, member):
    factories.topic(city, member, title="Bank kırık")
    assert themes(empty(client, "zzzz")) == []
    assert themes(empty(client, "zzzz", kent="ornekkent")) == ["Parklar ve yeşil alan"]


def test_the_words_become_the_title_of_a_question(client, client_of, city, member):
    form = client_of(member).get(empty(client, "gözlemevi nerede", kent="ornekkent").context["ask_url"], follow=True)
    assert form.context["asked_title"] == "gözlemevi nerede"
    board = next(theme["url"] for theme in form.context["themes"] if theme["slug"] == "bakim")
    assert 'value="gözlemevi nerede"' in client_of(member).get(board).content.decode()


def test_where_no_city_is_known_it_is_chosen_first(client, city):
    cities = client.get(empty(client, "gözlemevi").context["ask_url"], follow=True)
    assert cities.request["PATH_INFO"] == reverse("members:cities")
    answer = client.post(
        reverse("members:choose_city"), {"city": "ornekkent", "next": cities.wsgi_request.GET["next"]}, follow=True
    )
    assert answer.context["asked_title"] == "gözlemevi"


@pytest.mark.parametrize("wrong", ["yok", "ç" * 3_000, "../../x"])
def test_no_question_is_an_error(client, client_of, member, city, wrong):
    for parameters in ({"kent": wrong}, {"tema": wrong, "kent": "ornekkent"}, {"baslik": wrong, "kent": "ornekkent"}):
        assert client_of(member).get(reverse("forum:ask"), parameters, follow=True).status_code == 200
