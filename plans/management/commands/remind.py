"""`manage.py remind`: the reminders that are due. For cron, once a day."""

from typing import Any

from django.core.management.base import BaseCommand

from plans.actions.remind_of_closing import remind_of_closing


class Command(BaseCommand):
    help = "Send the reminders that are due: consultations that end within three days."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{remind_of_closing()} mails")
