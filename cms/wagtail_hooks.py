"""Wagtail's admin: cities and organisations; what must not be deleted there."""

from collections.abc import Iterable

from django.db.models import PROTECT, Model
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet, SnippetViewSetGroup

from cms.actions import open_city
from cms.keeping import why_kept
from members.actions import add_organisation, change_organisation
from members.models import City, Organisation


class OpenCityView(CreateView):
    """Adding a city opens it: with its page, boards, library and the group of its editors."""

    def save_instance(self) -> City:
        return open_city(by=self.request.user, name=self.form.cleaned_data["name"]).city


class NoDeletion(ModelPermissionPolicy):
    """What people wrote belongs to these records: nobody deletes them."""

    def user_has_permission(self, user: object, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user: object, action: str, instance: object) -> bool:
        return self.user_has_permission(user, action)


register_permission_policy(City, NoDeletion(City))


class CityViewSet(SnippetViewSet):
    model = City
    icon = "site"
    list_display = ("name", "slug")
    panels = [FieldPanel("name")]
    add_view_class = OpenCityView


class AddOrganisationView(CreateView):
    def save_instance(self) -> Organisation:
        return add_organisation(by=self.request.user, **self.form.cleaned_data)


class ChangeOrganisationView(EditView):
    """Its city stays."""

    def get_form(self, form_class: type[Form] | None = None) -> Form:
        form = super().get_form(form_class)
        form.fields["city"].disabled = True
        return form

    def save_instance(self) -> Organisation:
        new = self.form.cleaned_data
        return change_organisation(
            by=self.request.user, organisation=self.form.instance, name=new["name"], kind=new["kind"]
        )


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    icon = "group"
    list_display = ("name", "kind", "city")
    list_filter = ("city", "kind")
    panels = [FieldPanel("name"), FieldPanel("kind"), FieldPanel("city")]
    add_view_class = AddOrganisationView
    edit_view_class = ChangeOrganisationView


class PlatformGroup(SnippetViewSetGroup):
    items = (CityViewSet, OrganisationViewSet)
    menu_label = "Platform"
    menu_icon = "group"
    menu_order = 300


register_snippet(PlatformGroup)


def _refuse_to_delete(request: HttpRequest, pages: Iterable[Page]) -> HttpResponse | None:
    for page in pages:
        if text := why_kept(page):
            messages.error(request, text)
            return redirect("wagtailadmin_explore", page.pk)
    return None


@hooks.register("before_delete_page")
def keep_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _refuse_to_delete(request, [page])


@hooks.register("before_bulk_action")
def keep_pages(request: HttpRequest, action_type: str, objects: Iterable[Page], action: object) -> HttpResponse | None:
    pages = [page for page in objects if isinstance(page, Page)]
    return _refuse_to_delete(request, pages) if action_type == "delete" else None


@hooks.register("before_delete_snippet")
def keep_organisations(request: HttpRequest, instances: Iterable[Model]) -> HttpResponse | None:
    """One for which somebody has spoken stays: it can get another name."""
    for instance in instances:
        if isinstance(instance, Organisation) and _is_held(instance):
            messages.error(
                request, _("Somebody has spoken for “%(name)s”: it is not deleted.") % {"name": instance.name}
            )
            return redirect("wagtailsnippets_members_organisation:list")
    return None


def _is_held(instance: Model) -> bool:
    """Whether rows that must not lose it refer to it."""
    holding = (relation for relation in instance._meta.related_objects if relation.on_delete is PROTECT)
    return any(getattr(instance, str(relation.get_accessor_name())).exists() for relation in holding)
