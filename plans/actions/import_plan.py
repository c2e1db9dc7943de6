"""Make a plan from a Word file."""

import json
import uuid
from typing import IO, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cms.models import Theme
from common.text import turkish_slug
from members.models import City, User
from plans.docx.model import ImportedChapter, ImportedSection, Loss, Table
from plans.docx.reader import read_plan
from plans.models import ChapterPage, PlanPage
from plans.permissions import can_import_plan

LONGEST_TITLE = 250


def _block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def _body_block(part: str | Table) -> dict[str, Any]:
    if isinstance(part, str):
        return _block("text", part)
    return _block("table", {"data": part.rows, "first_row_is_table_header": part.header, "first_col_is_header": False})


def section_block(section: ImportedSection) -> dict[str, Any]:
    """A section of a Word file as a raw block of `ChapterPage.sections`."""
    value: dict[str, Any] = {
        "heading": section.heading,
        "body": [_body_block(part) for part in section.blocks],
        "footnotes": [_block("item", note) for note in section.footnotes],
        **section.fields,
    }
    if section.code:
        value["code"] = section.code
    return _block(section.kind, value)


def _theme_of(title: str) -> Theme | None:
    """The theme whose name the chapter's title has, letter case and diacritics aside."""
    names = {turkish_slug(theme.name_tr): theme for theme in Theme.objects.chapters()}
    return names.get(turkish_slug(title))


def _free_slug(city: City, title: str) -> str:
    slug = wanted = turkish_slug(title, length=50) or "plan"
    taken = set(city.page.get_children().values_list("slug", flat=True))
    number = 2
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug


def _add_chapter(plan: PlanPage, chapter: ImportedChapter, by: User) -> None:
    page = ChapterPage(
        title=chapter.title[:LONGEST_TITLE],
        theme=_theme_of(chapter.title),
        sections=json.dumps([section_block(section) for section in chapter.sections]),
        owner=by,
    )
    plan.add_child(instance=page)
    page.save_revision(user=by).publish(user=by)


@transaction.atomic
def import_plan(*, by: User, city: City, file: IO[bytes]) -> tuple[PlanPage, list[Loss]]:
    """A new plan below the city's page, its chapters as approved drafts; and what could not be kept from the file.

    Importing always makes a new plan, never changes one. Raises PermissionDenied or DocxError.
    """
    if not can_import_plan(by, city):
        raise PermissionDenied
    read = read_plan(file)
    title = (read.title or f"{city.name}: Yerel Eşitlik İzleme Planı")[:LONGEST_TITLE]
    plan = PlanPage(title=title, slug=_free_slug(city, title), summary=read.summary_html, city=city, owner=by)
    city.page.add_child(instance=plan)
    plan.save_revision(user=by).publish(user=by)
    for chapter in read.chapters:
        _add_chapter(plan, chapter, by)
    plan.refresh_from_db()  # publishing wrote another instance of the page
    return plan, read.losses
