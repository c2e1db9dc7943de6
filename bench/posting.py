"""What does posting cost while the search engine is in trouble? Milliseconds of a reply's request, and ratios.

    python bench/posting.py [--posts 60]

Each kind of trouble (tests/search/ailing.py) is met as in a web process: a thread beside the requests drains the outbox.
Posts in trouble take turns with posts while the embedded engine is well, so that other work of the machine falls on both.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from itertools import count
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"

import django

django.setup()

from django.test import Client
from django.test.utils import setup_databases, setup_test_environment, teardown_databases
from django.urls import reverse

from cms.actions import open_city
from members.models import Role, User
from search import indexing
from tests import factories
from tests.search.ailing import TROUBLES, draining

ROUNDS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description="What does posting cost while the search engine is in trouble?")
    parser.add_argument("--posts", type=int, default=60, help="of each kind")
    arguments = parser.parse_args()
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        measure(arguments.posts)
    finally:
        teardown_databases(databases, verbosity=0)


def measure(posts: int) -> None:
    post = poster()
    print(f"{'engine':<16}{'p50 ms':>8}{'p95 ms':>8}{'p50, well':>11}{'p95, well':>11}{'more, p50':>11}{'ratio':>7}")
    for name, trouble in TROUBLES.items():
        well: list[float] = []
        ill: list[float] = []
        for _round in range(ROUNDS):
            well += times(post, posts // ROUNDS, nullcontext)
            ill += times(post, posts // ROUNDS, trouble)
        (p50, p95), (well_p50, well_p95) = np.percentile(ill, [50, 95]), np.percentile(well, [50, 95])
        figures = f"{p50:8.1f}{p95:8.1f}{well_p50:11.1f}{well_p95:11.1f}{p50 - well_p50:+11.1f}{p50 / well_p50:7.2f}"
        print(f"{name:<16}{figures}", flush=True)


def poster() -> Callable[[], None]:
    """A member replies to a topic, each time with other words."""
    User.objects.create_superuser("yonetici@example.org", factories.PASSWORD, display_name="Yönetici")
    city = open_city(by=User.objects.get(), name="Örnekkent").city
    author = factories.person(city, Role.MEMBER, display_name="Üye")
    client, numbers = Client(), count()
    client.force_login(author, backend="django.contrib.auth.backends.ModelBackend")
    topic = factories.topic(city, author)
    indexing.rebuild()
    address = reverse("forum:reply_to_topic", args=[topic.pk])

    def post() -> None:
        answer = client.post(address, {"body": f"Durağın ışığı yine yanmıyor, {next(numbers)}. kez."})
        assert answer.status_code == 302

    return post


def times(post: Callable[[], None], posts: int, trouble: Callable[[], AbstractContextManager[None]]) -> Iterator[float]:
    """Milliseconds of each post; the first one, for which connections are opened, is not counted."""
    with trouble(), draining():
        post()
        for _number in range(posts):
            begun = time.perf_counter()
            post()
            yield 1_000 * (time.perf_counter() - begun)


if __name__ == "__main__":
    main()
