"""Keep the index: make it anew, or bring it up to date."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines.base import EngineError
from search.indexing import catch_up, rebuild


class Command(BaseCommand):
    help = (
        "rebuild: empty the index and fill it from the database. "
        "catch-up: index what waits in the outbox, then what the index lacks; remove what it should not have."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["rebuild", "catch-up"])

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = rebuild() if options["what"] == "rebuild" else catch_up()
        except EngineError as error:
            raise CommandError(f"the search engine does not answer: {error}") from error
        if options["verbosity"]:
            self.stdout.write(f"{count} documents")
