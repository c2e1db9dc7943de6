"""What does a plan's reading page cost? Queries, bytes and time, by the number of its sections and comments.

    python bench/reading_page.py [--sections 200] [--comments 2000] [--repeat 10]

The plan is that of tests/plans/big_plan.py, in a database of its own. The time is a ratio to that of the page about
signing in, which has the same frame and reads next to nothing; both are medians of visits in the same process.
"""

import argparse
import gzip
import os
import statistics
import sys
import time
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"

import django

django.setup()

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_databases, setup_test_environment, teardown_databases
from django.urls import reverse

from cms.actions import open_city
from members.models import City, Role, User
from tests import factories
from tests.plans.big_plan import make_big_plan


def main() -> None:
    parser = argparse.ArgumentParser(description="Cost of a plan's reading page.")
    parser.add_argument("--sections", type=int, default=200)
    parser.add_argument("--comments", type=int, default=2_000)
    parser.add_argument("--repeat", type=int, default=10, help="visits of which the median is taken")
    arguments = parser.parse_args()
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        measure(arguments.sections, arguments.comments, arguments.repeat)
    finally:
        teardown_databases(databases, verbosity=0)


def measure(sections: int, comments: int, repeat: int) -> None:
    administrator = User.objects.create_superuser("yonetici@example.org", factories.PASSWORD, display_name="Yönetici")
    city = open_city(by=administrator, name="Örnekkent").city
    readers = {
        "visitor": None,
        "member": factories.person(city, Role.MEMBER, display_name="Üye"),
        "editor": factories.person(city, Role.EDITOR, display_name="Editör"),
    }
    print(
        f"{'sections':>9}{'comments':>10}  {'reader':8}{'queries':>8}{'kB':>7}{'kB gzip':>9}{'time / sign-in page':>21}"
    )
    for share in (0.05, 0.25, 1):
        size = int(sections * share), int(comments * share)
        with transaction.atomic():
            measure_plan(city, administrator, readers, size, repeat)
            transaction.set_rollback(True)


def measure_plan(
    city: City, author: User, readers: Mapping[str, User | None], size: tuple[int, int], repeat: int
) -> None:
    sections, comments = size
    address = make_big_plan(city, by=author, sections=sections, comments=comments).plan.get_url()
    for name, person in readers.items():
        client = Client()
        if person is not None:
            client.force_login(person)
        content = client.get(address).content
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        queries = len(captured)  # the next request forgets them
        frame = seconds(Client(), reverse("account_login"), repeat)
        ratio = seconds(client, address, repeat) / frame
        raw, packed = len(content) / 1000, len(gzip.compress(content, 6)) / 1000
        print(f"{sections:9}{comments:10}  {name:8}{queries:8}{raw:7.0f}{packed:9.0f}{ratio:21.1f}")


def seconds(client: Client, address: str, repeat: int) -> float:
    """The median of so many visits."""
    return statistics.median(visit(client, address) for _number in range(repeat))


def visit(client: Client, address: str) -> float:
    begun = time.perf_counter()
    client.get(address)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
