"""The plan desk in Wagtail's admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from plans import desk


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
    return PlanMenuItem(_("Plans"), reverse("plan_desk"), icon_name="doc-full", order=150)
