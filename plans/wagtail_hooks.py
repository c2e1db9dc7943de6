"""The plan desk in Wagtail's admin, and what Wagtail's own page operations must not do to a plan."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from members.requests import MemberRequest
from plans import desk
from plans.actions.renew_keys import renew_keys
from plans.models import ChapterPage, PlanPage


@hooks.register("register_admin_urls")
def plan_urls() -> list[URLPattern]:
    return [
        path("planlar/", desk.plans, name="plan_desk"),
        path("planlar/<slug:slug>/word/", desk.import_view, name="plan_import"),
        path("planlar/<int:pk>/yayimla/", desk.publish, name="plan_publish"),
    ]


class PlanMenuItem(MenuItem):
    """Seen by those who edit some city."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(desk.editable_cities(request.user))


@hooks.register("register_admin_menu_item")
def plan_menu_item() -> MenuItem:
    return PlanMenuItem(gettext_lazy("Plans"), reverse("plan_desk"), icon_name="doc-full", order=150)


@hooks.register("after_copy_page")
def give_copied_sections_new_keys(request: MemberRequest, page: Page, new_page: Page) -> None:
    """An alias stays what it mirrors; `publish_version` refuses it beside its original."""
    copied = new_page.specific
    if isinstance(copied, ChapterPage) and copied.alias_of_id is None:
        renew_keys(by=request.user, chapter=copied)


def _refuse_to_delete_published(request: HttpRequest, pages: Iterable[Page]) -> HttpResponse | None:
    """What was published stays readable, with what people said about it."""
    for page in pages:
        plans = PlanPage.objects.descendant_of(page, inclusive=True).filter(versions__isnull=False)
        if published := plans.first():
            text = _("“%(plan)s” has published versions and cannot be deleted. You can unpublish it instead.")
            messages.error(request, text % {"plan": published.title})
            return redirect("wagtailadmin_explore", page.pk)
    return None


@hooks.register("before_delete_page")
def keep_published_plans(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _refuse_to_delete_published(request, [page])


@hooks.register("before_bulk_action")
def keep_published_plans_in_bulk(
    request: HttpRequest, action_type: str, objects: Iterable[Page], action: object
) -> HttpResponse | None:
    pages = [page for page in objects if isinstance(page, Page)]
    return _refuse_to_delete_published(request, pages) if action_type == "delete" else None
