"""Import a plan from a Word file, or a revised file into a plan that is there."""

from collections.abc import Iterator
from contextlib import contextmanager
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
from plans.actions.reimport_plan import compare_revision, reimport_plan
from plans.desk.import_words import WHAT_CHANGES, WHY_NOT, describe_losses, describe_refusal
from plans.docx.model import DocxError, ImportedPlan, Loss
from plans.docx.reader import read_plan
from plans.docx.tracked import Decision, TrackedChangesError
from plans.drafting import EmptyPlanError
from plans.models import PlanPage, PlanVersion
from plans.revising import NEW, Comparison, RevisionError


class Command(BaseCommand):
    help = "Makes a plan of a city from a .docx file, or revises one of its plans, and says what could not be kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--city", required=True, help="the city's slug")
        parser.add_argument("--as", dest="email", help="the e-mail address of the editor who imports")
        parser.add_argument("--publish", action="store_true", help="publish version 1 at once")
        parser.add_argument(
            "--into", metavar="PLAN", help="the slug of a plan that the file revises: writes new drafts"
        )
        parser.add_argument("--tracked", choices=["accept", "refuse"], help="what becomes of tracked changes")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
        parser.add_argument(
            "--undecided-as-new",
            action="store_true",
            help="with --into: sections that people would decide are new ones",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            city = City.objects.filter(slug=options["city"], page__isnull=False).first()
            if city is None:
                raise CommandError(f"there is no city {options['city']!r} with a page")
            by = _importer(options["email"])
            with _explained(options["file"], city, by):
                if options["into"]:
                    self._revise(options, city, by)
                elif options["dry_run"]:
                    self._tell(_read(options["file"], options["tracked"]))
                else:
                    self._import(options, city, by)

    def _import(self, options: dict[str, Any], city: City, by: User) -> None:
        plan, losses, version = _import(options["file"], city, by, options["tracked"], options["publish"])
        self.stdout.write(f"{plan.title}: {plan.get_children().count()} chapters, {plan.get_url()}")
        self._list(losses)
        if version:
            self.stdout.write(f"version {version.number} is published: {version.get_absolute_url()}")

    def _tell(self, read: ImportedPlan) -> None:
        """The dry run of a new plan."""
        self.stdout.write(f"{read.title}: {len(read.chapters)} chapters; nothing is written")
        for chapter in read.chapters:
            self.stdout.write(f"{chapter.title}")
            for section in chapter.sections:
                self.stdout.write(f"  {section.heading}")
        self._list(read.losses)

    def _revise(self, options: dict[str, Any], city: City, by: User) -> None:
        if options["publish"]:
            raise CommandError("--into writes drafts: approve them before you publish a version")
        plan = PlanPage.objects.filter(city=city, slug=options["into"]).first()
        if plan is None:
            raise CommandError(f"{city} has no plan {options['into']!r}")
        read = _read(options["file"], options["tracked"])
        comparison = compare_revision(by=by, plan=plan, read=read)
        self._compare(comparison)
        self._list(read.losses)
        if options["dry_run"]:
            self.stdout.write("nothing is written")
            return
        undecided = comparison.matching.undecided if options["undecided_as_new"] else {}
        decisions = dict.fromkeys(undecided, NEW)
        drafts = reimport_plan(by=by, plan=plan, read=read, seen=comparison.fingerprint, decisions=decisions)
        self.stdout.write(f"{plan.title}: {len(drafts)} chapters have a new draft, to be approved")

    def _compare(self, comparison: Comparison) -> None:
        for chapter in comparison.rows:
            self.stdout.write(f"{chapter.number} {chapter.title}")
            for row in chapter.rows:
                before = f"{row.before.number} {row.before.heading}" if row.before else ""
                status = ", ".join(str(WHAT_CHANGES[change]) for change in row.changes) if before else "new"
                status = "to be decided" if row.is_undecided else status or "same"
                self.stdout.write(f"  {row.after.number} {row.after.heading} <- {before or '-'} [{status}]")
        for place in comparison.removed:
            self.stdout.write(f"  - {place.number} {place.heading} [no longer in the file]")
        for page in comparison.newer_drafts:
            self.stdout.write(f"  {page.title}: a draft that is not approved becomes an earlier revision")

    def _list(self, losses: list[Loss]) -> None:
        for loss in describe_losses(losses):
            self.stdout.write(f"  {loss['where']}: {loss['what']} {loss['detail']}".rstrip())


@contextmanager
def _explained(path: Path, city: City, by: User) -> Iterator[None]:
    """What hinders, in one line."""
    try:
        yield
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
    except DocxError as error:
        raise CommandError(f"{path}: {WHY_NOT[error.code]}") from error
    except TrackedChangesError as error:
        raise CommandError(f"{path}: tracked changes ({error}): use --tracked accept or --tracked refuse") from error
    except EmptyPlanError as error:
        raise CommandError(f"{path}: no chapter has a section, nothing is imported") from error
    except RevisionError as error:
        raise CommandError(f"{path}: {describe_refusal(error)}") from error
    except PermissionDenied as error:
        raise CommandError(f"{by.email} is no editor of {city}") from error


def _read(path: Path, tracked: Decision | None) -> ImportedPlan:
    with path.open("rb") as file:
        return read_plan(file, tracked)


def _import(
    path: Path, city: City, by: User, tracked: Decision | None, publish: bool
) -> tuple[PlanPage, list[Loss], PlanVersion | None]:
    """All of it or nothing: a plan that cannot be published at once is not left behind as a draft."""
    with path.open("rb") as file, transaction.atomic():
        plan, losses = import_plan(by=by, city=city, file=file, tracked=tracked)
        return plan, losses, publish_version(by=by, plan=plan) if publish else None


def _importer(email: str | None) -> User:
    people = User.objects.filter(email__iexact=email) if email else User.objects.filter(is_superuser=True)
    person = people.order_by("pk").first()
    if person is None:
        raise CommandError(f"nobody has the address {email}" if email else "there is no administrator: use --as")
    return person
