"""Load the demo: two invented cities with people, plans, comments, talk and articles."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from demo.articles import load_articles
from demo.people import load_cast
from demo.phases import load_phases
from demo.plans import load_first_versions, load_second_versions
from demo.reading import CITIES
from demo.talk import load_forum
from members.models import City


class Command(BaseCommand):
    help = "Loads the demo cities once; where they exist, changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if City.objects.filter(slug__in=CITIES).exists():
            self.stdout.write("The demo cities are there.")
            return
        self.stdout.write("Loading the demo cities …")
        with transaction.atomic():  # all of it or nothing
            cast = load_cast()
            first_versions = load_first_versions(cast)
            load_forum(cast)  # the talk cites the numbers of version 1
            load_second_versions(cast, first_versions)
            load_phases(cast)
            load_articles(cast)
        self.stdout.write("Done.")
