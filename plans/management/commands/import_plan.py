"""Import a plan from a Word file."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import translation

from members.models import City, User
from plans.actions.import_plan import import_plan
from plans.actions.publish_version import publish_version
from plans.desk import WHY_NOT, describe_losses
from plans.docx.model import DocxError, Loss
from plans.drafting import EmptyPlanError
from plans.models import PlanPage, PlanVersion


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
        city = City.objects.filter(slug=slug, page__isnull=False).first()
        if city is None:
            raise CommandError(f"there is no city {slug!r} with a page")
        by = _importer(email)
        plan, losses, version = _import_or_explain(path, city, by, publish)
        self.stdout.write(f"{plan.title}: {plan.get_children().count()} chapters, {plan.get_url()}")
        for loss in describe_losses(losses):
            self.stdout.write(f"  {loss['where']}: {loss['what']} {loss['detail']}".rstrip())
        if version:
            self.stdout.write(f"version {version.number} is published: {version.get_absolute_url()}")


def _import_or_explain(
    path: Path, city: City, by: User, publish: bool
) -> tuple[PlanPage, list[Loss], PlanVersion | None]:
    """All of it or nothing: a plan that cannot be published at once is not left behind as a draft."""
    try:
        with path.open("rb") as file, transaction.atomic():
            plan, losses = import_plan(by=by, city=city, file=file)
            return plan, losses, publish_version(by=by, plan=plan) if publish else None
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
    except DocxError as error:
        raise CommandError(f"{path}: {WHY_NOT[error.code]}") from error
    except EmptyPlanError as error:
        raise CommandError(f"{path}: no chapter has a section, nothing is imported") from error
    except PermissionDenied as error:
        raise CommandError(f"{by.email} is no editor of {city}") from error


def _importer(email: str | None) -> User:
    people = User.objects.filter(email__iexact=email) if email else User.objects.filter(is_superuser=True)
    person = people.order_by("pk").first()
    if person is None:
        raise CommandError(f"nobody has the address {email}" if email else "there is no administrator: use --as")
    return person
