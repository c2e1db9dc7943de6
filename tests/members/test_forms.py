"""What the forms offer, in the order of the Turkish alphabet."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from knowledge.forms import ExperienceForm
from members.actions import confirm_representation, join_city, request_representation
from members.forms import RepresentationForm, voice_field
from members.models import City
from tests import factories

# As bytes, Ç and Ş come behind Z.
CITIES = ["Çınarlı", "Defnekent", "Şirinova", "Zeytinli"]


def labels(field) -> list[str]:
    return [str(label) for _value, label in field.choices]


@pytest.fixture
def cities(db) -> list[City]:
    return [City.objects.create(name=name, slug=name[-4:].lower()) for name in reversed(CITIES)]


@pytest.fixture
def speaker(city, member, coordinator):
    for name in ("Zambak Derneği", "Çiğdem Kooperatifi"):
        organisation = factories.OrganisationFactory(city=city, name=name)
        asked = request_representation(user=member, organisation=organisation)
        confirm_representation(by=coordinator, representation=asked)
    return member


def test_sign_up_offers_cities_in_the_order_of_the_alphabet(client, cities):
    form = client.get(reverse("account_signup")).context["form"]
    assert labels(form.fields["city"]) == ["Sonra seçeceğim", *CITIES]


def test_an_experience_keeps_the_order_in_which_the_cities_are_given(cities, member):
    form = ExperienceForm(person=member, city_choices=cities)
    assert labels(form.fields["city"]) == list(reversed(CITIES))
    form = ExperienceForm({"city": cities[1].pk}, person=member, city_choices=cities)
    form.is_valid()
    assert form.chosen_city == cities[1]


def test_a_voice_is_chosen_among_the_organisations_one_speaks_for(speaker, django_assert_num_queries):
    with django_assert_num_queries(1):
        field = voice_field(speaker, "Kimin adına")
        assert labels(field) == ["kendi adıma", "Çiğdem Kooperatifi", "Zambak Derneği"]


def test_who_speaks_for_nobody_else_is_not_asked(city, another_member):
    assert voice_field(another_member, "Kimin adına") is None
    assert voice_field(AnonymousUser(), "Kimin adına") is None


def test_organisations_to_ask_for_are_in_the_order_of_the_alphabet(city, member, other_city):
    for name in ("Zambak", "Çiğdem"):
        factories.OrganisationFactory(city=city, name=name)
    factories.OrganisationFactory(city=other_city, name="Işık")
    join_city(user=member, city=other_city)
    asked = labels(RepresentationForm(person=member).fields["organisation"])[1:]
    assert asked == ["Çiğdem (Örnekkent)", "Işık (Işıklı)", "Zambak (Örnekkent)"]
