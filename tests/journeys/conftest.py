"""Journeys: a real Chromium against the site served by the tests. Without a Chromium they are skipped, in CI they fail."""

import os
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import ConsoleMessage, Page, Response, expect

from members.models import User
from plans.actions.publish_version import publish_version
from plans.models import PlanVersion
from search.engine import current_engine
from tests.journeys.material import import_small_plan

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Playwright's synchronous interface runs an event loop in this thread, in which Django would refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PATIENCE = 15_000  # milliseconds; a busy machine is slow, not wrong
expect.set_options(timeout=PATIENCE)

OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent not in item.path.parents:
            continue
        item.add_marker(pytest.mark.journey)
        # The live server has its own connection: tests commit, and what the migrations wrote is put back afterwards.
        item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True))
        if CHROMIUM is None and os.environ.get("CI") != "true":
            item.add_marker(pytest.mark.skip(reason="no Chromium found: install it to run the browser journeys"))


@pytest.fixture(scope="session")
def browser_type_launch_args():
    assert CHROMIUM, "CI needs a Chromium for the browser journeys"
    return {"executable_path": CHROMIUM, "args": CHROMIUM_ARGS, "headless": True}


@pytest.fixture(scope="session")
def browser_context_args(live_server):
    return {"base_url": live_server.url, "locale": "tr-TR", "viewport": {"width": 1280, "height": 900}}


@pytest.fixture(autouse=True)
def _own_search_index(settings, tmp_path):
    """An empty index for each test, which no other test process writes to."""
    settings.SEARCH_INDEX = tmp_path / "search.sqlite3"
    current_engine.cache_clear()
    yield
    current_engine.cache_clear()


@pytest.fixture(autouse=True)
def _links_in_mails_lead_here(settings, live_server):
    settings.BASE_URL = live_server.url


def _watch(page: Page, wrong: list[str]) -> None:
    """Note script errors, breaches of the Content-Security-Policy, and parts of the page that do not load."""

    def note_message(message: ConsoleMessage) -> None:
        # Wagtail's table editor has no Turkish of its own and says so.
        known = message.text.startswith("Failed to load resource") or "handsontable.com" in message.text
        if message.type == "error" and not known:
            wrong.append(f"{page.url}: {message.text}")

    def note_missing_part(response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            wrong.append(f"{response.status} {response.url}")

    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    page.on("console", note_message)
    page.on("response", note_missing_part)


@pytest.fixture
def open_page(new_context, live_server) -> OpenPage:
    """`open_page(person=None, **options)`: a page of a browser of one's own, signed in as the person.

    `options` are those of Playwright's `new_context`. The test fails when any such page logs an error.
    """
    wrong: list[str] = []

    def open_page(person: User | None = None, **options) -> Page:
        context = new_context(**options)
        context.set_default_timeout(PATIENCE)
        if person is not None:
            context.add_cookies([_session_cookie(person, live_server.url)])
        page = context.new_page()
        _watch(page, wrong)
        return page

    yield open_page
    assert wrong == []


def _session_cookie(person: User, url: str) -> dict[str, str]:
    client = Client()
    client.force_login(person)
    name = django_settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


@pytest.fixture
def version(editor, city) -> PlanVersion:
    """Version 1 of the small plan of material.py."""
    return publish_version(by=editor, plan=import_small_plan(by=editor, city=city), note="İlk taslak.")


@pytest.fixture
def demo_cities(settings) -> None:
    """Both invented cities with all their talk, and the banner that says so."""
    settings.DEMO_MODE = True
    call_command("demo", stdout=StringIO())
