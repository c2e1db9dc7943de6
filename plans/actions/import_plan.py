"""Make a plan from a Word file."""

from typing import IO

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cms.slugs import free_slug
from members.models import City, User
from plans.docx.model import Loss
from plans.docx.reader import read_plan
from plans.docx.tracked import Decision
from plans.models import PlanPage
from plans.permissions import can_import_plan
from plans.raw_blocks import LONGEST_TITLE, chapter_blocks, chapter_page


@transaction.atomic
def import_plan(
    *, by: User, city: City, file: IO[bytes], tracked: Decision | None = None
) -> tuple[PlanPage, list[Loss]]:
    """A new plan below the city's page, its chapters as approved drafts; and what could not be kept from the file.

    Importing always makes a new plan, never changes one: `reimport_plan` does that. Raises PermissionDenied, DocxError, or
    TrackedChangesError where the file has tracked changes and `tracked` does not say what is to become of them.
    """
    if not can_import_plan(by, city):
        raise PermissionDenied
    read = read_plan(file, tracked)
    City.objects.select_for_update().get(pk=city.pk)  # two imports at once would both find the same address free
    title = (read.title or f"{city.name}: Yerel Eşitlik İzleme Planı")[:LONGEST_TITLE]
    plan = PlanPage(
        title=title, slug=free_slug(city.page, title, "plan"), summary=read.summary_html, city=city, owner=by
    )
    city.page.add_child(instance=plan)
    plan.save_revision(user=by).publish(user=by)
    for chapter in read.chapters:
        page = chapter_page(chapter.title, chapter_blocks(chapter), owner=by)
        plan.add_child(instance=page)
        page.save_revision(user=by).publish(user=by)
    plan.refresh_from_db()  # publishing wrote another instance of the page
    return plan, read.losses
