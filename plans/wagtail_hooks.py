"""The plan desk in Wagtail's admin, and keys for copied chapters."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from members.requests import MemberRequest
from plans.actions.merge_suggestion import LOG_ACTION
from plans.actions.renew_keys import renew_keys
from plans.desk import importing, plans, publishing
from plans.models import ChapterPage, PlanPage
from plans.registrations import why_chapters_stay


@hooks.register("register_admin_urls")
def plan_urls() -> list[URLPattern]:
    return [
        path("planlar/", plans.plans, name="plan_desk"),
        path("planlar/<slug:slug>/word/", importing.import_view, name="plan_import"),
        path("planlar/<slug:slug>/word/<str:token>/", importing.import_tracked, name="plan_import_tracked"),
        path("planlar/<key:pk>/alindi/", importing.imported, name="plan_imported"),
        path("planlar/<key:pk>/duzeltme/", importing.upload_revision, name="plan_revise"),
        path("planlar/<key:pk>/duzeltme/alindi/", importing.revised, name="plan_revised"),
        path("planlar/<key:pk>/duzeltme/<str:token>/", importing.preview_revision, name="plan_revise_preview"),
        path("planlar/<key:pk>/yayimla/", publishing.publish, name="plan_publish"),
    ]


@hooks.register("before_edit_page")
def say_that_the_plan_is_adopted(request: HttpRequest, page: Page) -> None:
    """What an editor writes now is undone when an update begins with the adopted text."""
    plan = PlanPage.objects.filter(pk__in=page.get_ancestors(inclusive=True).values("pk")).first()
    if request.method == "GET" and plan is not None and plan.is_fixed:
        text = _(
            "The plan is adopted: no reader sees what is written here, and an update begins anew with the adopted text."
        )
        messages.warning(request, text)


@hooks.register("register_log_actions")
def plan_log_actions(actions: LogActionRegistry) -> None:
    label, message = gettext_lazy("Merge a suggestion"), gettext_lazy("Merged the words that somebody proposed")
    actions.register_action(LOG_ACTION, label, message)


class PlanMenuItem(MenuItem):
    """Seen by those who edit some city."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(plans.editable_cities(request.user))


@hooks.register("register_admin_menu_item")
def plan_menu_item() -> MenuItem:
    return PlanMenuItem(gettext_lazy("Plans"), reverse("plan_desk"), icon_name="doc-full", order=150)


@hooks.register("after_copy_page")
def give_copied_sections_new_keys(request: MemberRequest, page: Page, new_page: Page) -> None:
    """An alias stays what it mirrors; `publish_version` refuses it beside its original."""
    copied = new_page.specific
    if isinstance(copied, ChapterPage) and copied.alias_of_id is None:
        renew_keys(by=request.user, chapter=copied)


def _refuse_to_withdraw(request: HttpRequest, pages: Iterable[Page]) -> HttpResponse | None:
    """What the platform has adopted is not withdrawn by whoever may press a button, as a whole or chapter by chapter."""
    asked = Page.objects.filter(pk__in=[page.pk for page in pages])
    for plan in PlanPage.objects.filter(pk__in=asked.values("pk")):
        if plan.has_been_adopted or plan.is_fixed:
            messages.error(request, _("“%(plan)s” is adopted: it cannot be withdrawn.") % {"plan": plan.title})
            return redirect("wagtailadmin_explore", plan.pk)
    if why := why_chapters_stay(asked):
        messages.error(request, why)
        return redirect("plan_desk")
    return None


@hooks.register("before_unpublish_page")
def keep_adopted_plan(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _refuse_to_withdraw(request, [page, *page.get_descendants()])


@hooks.register("before_bulk_action")
def keep_adopted_plans(
    request: HttpRequest, action_type: str, objects: Iterable[Page], action: object
) -> HttpResponse | None:
    if action_type != "unpublish":
        return None
    pages = [page for page in objects if isinstance(page, Page)]
    return _refuse_to_withdraw(request, [one for page in pages for one in (page, *page.get_descendants())])
