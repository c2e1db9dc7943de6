"""Begin an update of a plan that is adopted or put away, with the text that was adopted."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import Page

from cms.models import Theme
from members.models import User
from plans.models import ChapterPage, Phase, PlanPage, PlanVersion
from plans.permissions import can_start_update


@transaction.atomic
def start_update(*, by: User, plan: PlanPage) -> PlanVersion:
    """The chapters are again what the version adopted last was made of, of a plan never adopted the newest, with the same
    keys; what editors have drafted meanwhile stays in Wagtail's history. The plan is in preparation, for those who could
    read it before. Gives the version. Raises PermissionDenied."""
    plan = PlanPage.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    version = plan.versions.filter(adoption__isnull=False).first() or plan.versions.first()
    if version is None or plan.phase is None or not can_start_update(by, plan):
        raise PermissionDenied
    chapters = {str(page.translation_key): page for page in ChapterPage.objects.child_of(plan)}
    for source in version.source:
        _restore(plan, chapters.pop(source["key"], None), source, by)
    for left in chapters.values():
        left.unpublish(user=by)
    Phase.objects.create(plan=plan, kind=Phase.Kind.PREPARATION, audience=plan.phase.audience, entered_by=by)
    return version


def _restore(plan: PlanPage, page: ChapterPage | None, source: dict[str, Any], by: User) -> None:
    """One chapter as it was drafted, at the end of the plan: done in order, all stand in order."""
    if page is None:
        page = ChapterPage(translation_key=source["key"], title=source["title"], owner=by)
        Page.objects.get(pk=plan.pk).add_child(instance=page)
    else:
        page.move(Page.objects.get(pk=plan.pk), pos="last-child", user=by)
        page.refresh_from_db()
    page.title = source["title"]
    page.theme = Theme.objects.filter(kind=Theme.Kind.CHAPTER, slug=source["theme"]).first()
    page.sections = json.dumps(source["sections"])
    page.save_revision(user=by).publish(user=by)
