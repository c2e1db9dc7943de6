"""Roles as fixtures: `editor`, `member`, `moderator`, `coordinator`, `stranger`, `administrator`, in one `city`."""

import pytest
from django.core.cache import cache
from django.test import Client

from cms.models import CityPage
from members.models import City, Role, User
from tests import factories


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture
def administrator(db) -> User:
    return factories.UserFactory(display_name="Yönetici", is_superuser=True, is_staff=True)


@pytest.fixture
def city_page(administrator) -> CityPage:
    return factories.open_city(by=administrator, name="Örnekkent", slug="ornekkent")


@pytest.fixture
def city(city_page) -> City:
    return city_page.city


@pytest.fixture
def other_city(administrator) -> City:
    return factories.open_city(by=administrator, name="Işıklı", slug="isikli").city


@pytest.fixture
def member(city) -> User:
    return factories.person(city, Role.MEMBER, display_name="Üye")


@pytest.fixture
def another_member(city) -> User:
    return factories.person(city, Role.MEMBER, display_name="Başka Üye")


@pytest.fixture
def editor(city) -> User:
    return factories.person(city, Role.EDITOR, display_name="Editör")


@pytest.fixture
def moderator(city) -> User:
    return factories.person(city, Role.MODERATOR, display_name="Mine Görünmez")


@pytest.fixture
def coordinator(city) -> User:
    return factories.person(city, Role.COORDINATOR, display_name="Koordinatör")


@pytest.fixture
def stranger(db) -> User:
    """Signed in, but a member of no city."""
    return factories.UserFactory(display_name="Yabancı")


@pytest.fixture
def client_of():
    """`client_of(person)`: a test client signed in as the person."""

    def sign_in(person: User) -> Client:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
