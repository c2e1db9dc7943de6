"""`manage.py tell_of_news`: the mails about saved searches. For cron, once a day."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines.base import EngineError
from search.news import tell_all


class Command(BaseCommand):
    help = (
        "Send a mail for each saved search that something new has come to; run again, it goes on where it was stopped."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = tell_all()
        except EngineError as error:
            raise CommandError(f"search does not answer; run this again when it does: {error}") from error
        if options["verbosity"]:
            self.stdout.write(f"{count} mails")
