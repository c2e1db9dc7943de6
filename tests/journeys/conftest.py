"""Journeys: a real Chromium against the site served by the tests. Without a Chromium they are skipped, in CI they fail."""

import os
import shutil

import pytest

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


def pytest_collection_modifyitems(items):
    for item in items:
        if "journeys" not in str(item.path):
            continue
        item.add_marker(pytest.mark.journey)
        item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True))
        if CHROMIUM is None and os.environ.get("CI") != "true":
            item.add_marker(pytest.mark.skip(reason="no Chromium found: install it to run the browser journeys"))


@pytest.fixture(scope="session")
def browser_type_launch_args():
    assert CHROMIUM, "CI needs a Chromium for the browser journeys"
    return {"executable_path": CHROMIUM, "args": CHROMIUM_ARGS, "headless": True}


@pytest.fixture(scope="session")
def browser_context_args():
    return {"locale": "tr-TR", "viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def site(live_server, page):
    """The address of the served site, with a browser page that fails the test on a script error."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if "Content Security Policy" in message.text else None)
    yield live_server.url
    assert errors == []
