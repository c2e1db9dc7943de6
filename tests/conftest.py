"""Roles as fixtures: `editor`, `member`, `moderator`, `coordinator`, `stranger`, `administrator`, in one `city`.

Tests that commit are marked `django_db(transaction=True, serialized_rollback=True)`; see `_restored_data`.
"""

import pytest
from django.core.cache import cache
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.utils import translation

from cms.actions import open_city
from cms.models import CityPage
from members.models import City, Role, User
from search.engine import current_engine
from tests import factories


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup) -> BaseDatabaseWrapper:
    """pytest-django's databases; gives the connection that made them and knows what the migrations wrote there."""
    return connections["default"]


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return marker is not None and marker.kwargs.get("transaction", False)


@pytest.fixture(scope="module", autouse=True)
def _restored_data(request, django_db_blocker):
    """What the migrations wrote (themes, home page, terms) is there in every file of tests, though a test that commits leaves
    the database empty: pytest-django puts it back before the next such test only, and files come in any order (xdist).
    """
    if not any(item.path == request.path and _commits(item) for item in request.session.items):
        yield
        return
    connection = request.getfixturevalue("django_db_setup")
    # While Playwright's event loop runs in this thread, Django would open another connection.
    connections["default"] = connection
    yield
    with django_db_blocker.unblock():
        connection.creation.deserialize_db_from_string(connection._test_serialized_contents)


@pytest.fixture(scope="module", autouse=True)
def _empty_index():
    """No file finds what another one has indexed: after a rollback, another object may have the same key."""
    current_engine().rebuild([])


@pytest.fixture
def empty_index(db):
    """The same for one test: what is rare among the documents depends on all of them."""
    current_engine().rebuild([])


@pytest.fixture(autouse=True)
def _as_after_a_start():
    """An empty cache (it counts for the rate limits), and Turkish: a request in English leaves its language behind."""
    cache.clear()
    translation.activate("tr")


@pytest.fixture
def administrator(db) -> User:
    return factories.UserFactory(display_name="Yönetici", is_superuser=True)


@pytest.fixture
def city_page(administrator) -> CityPage:
    return open_city(by=administrator, name="Örnekkent")


@pytest.fixture
def city(city_page) -> City:
    return city_page.city


@pytest.fixture
def other_city(administrator) -> City:
    return open_city(by=administrator, name="Işıklı").city


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
        client.force_login(person)
        return client

    return sign_in
