"""Keep the index: rebuild it, or catch up with what waits in the outbox."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines.base import EngineError
from search.indexing import drain, rebuild


class Command(BaseCommand):
    help = "rebuild: empty the index and fill it from the database. catch-up: index what waits in the outbox."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["rebuild", "catch-up"])

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = rebuild() if options["what"] == "rebuild" else drain()
        except EngineError as error:
            raise CommandError(f"the search engine does not answer: {error}") from error
        self.stdout.write(f"{count} documents")
