"""Keep the index: make it anew, bring it up to date, compare it, or drain the outbox for ever."""

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.drainer import Drainer
from search.engines.base import EngineError
from search.indexing import Difference, catch_up, compare, rebuild


class Command(BaseCommand):
    help = (
        "rebuild: make the index anew from the database, beside the old one, which serves until then. "
        "catch-up: index what waits in the outbox, then what the index lacks; remove what it should not have. "
        "check: compare the index with the database, and end with status 1 when they differ. "
        "worker: drain the outbox until stopped, beside the web processes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["rebuild", "catch-up", "check", "worker"])

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "worker":
            self._work()
            return
        try:
            if options["what"] == "check":
                self._report(compare())
                return
            count = rebuild() if options["what"] == "rebuild" else catch_up()
        except EngineError as error:
            raise CommandError(f"the search engine does not answer: {error}") from error
        if options["verbosity"]:
            self.stdout.write(f"{count} documents")

    def _report(self, difference: Difference) -> None:
        for name, keys in vars(difference).items():
            for key in keys:
                self.stdout.write(f"{name:<12}{key}")
        if difference.keys:
            raise CommandError("the index differs from the database; catch-up mends it")
        self.stdout.write("the index has what the database has")

    def _work(self) -> None:
        drainer = Drainer()
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_: drainer.stop())
        drainer.run()
