"""Import a plan from a Word file."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from members.models import City, User
from plans.actions.import_plan import import_plan
from plans.actions.publish_version import publish_version
from plans.desk import WHY_NOT, describe_losses
from plans.docx.model import DocxError


class Command(BaseCommand):
    help = "Makes a new plan of a city from a .docx file, and says what could not be kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--city", required=True, help="the city's slug")
        parser.add_argument("--as", dest="email", help="the e-mail address of the editor who imports")
        parser.add_argument("--publish", action="store_true", help="publish version 1 at once")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            self._import(options["file"], options["city"], options["email"], options["publish"])

    def _import(self, path: Path, slug: str, email: str | None, publish: bool) -> None:
        city = City.objects.filter(slug=slug).first()
        if city is None:
            raise CommandError(f"there is no city {slug!r}")
        by = _importer(email)
        try:
            with path.open("rb") as file:
                plan, losses = import_plan(by=by, city=city, file=file)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except DocxError as error:
            raise CommandError(f"{path}: {WHY_NOT[error.code]}") from error
        self.stdout.write(f"{plan.title}: {plan.get_children().count()} chapters, {plan.get_url()}")
        for loss in describe_losses(losses):
            self.stdout.write(f"  {loss['where']}: {loss['what']} {loss['detail']}".rstrip())
        if publish:
            version = publish_version(by=by, plan=plan)
            self.stdout.write(f"version {version.number} is published: {version.get_absolute_url()}")


def _importer(email: str | None) -> User:
    people = User.objects.filter(email=email) if email else User.objects.filter(is_superuser=True).order_by("pk")
    person = people.first()
    if person is None:
        raise CommandError(f"nobody has the address {email}" if email else "there is no administrator: use --as")
    return person
