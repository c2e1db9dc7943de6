"""Open a city: its row, its page, the Wagtail group of those who may edit there, and what each app adds."""

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from cms.models import CityPage, HomePage
from cms.openings import openings
from cms.permissions import can_open_city
from members.models import City, User

_PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")


def _create_editor_group(city_page: CityPage) -> Group:
    group = Group.objects.create(name=f"{city_page.city.slug} · editors")
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    for codename in _PAGE_PERMISSIONS:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.create(group=group, page=city_page, permission=permission)
    root = Collection.get_first_root_node()
    for app_label, codename in (("wagtailimages", "add_image"), ("wagtaildocs", "add_document")):
        permission = Permission.objects.get(content_type__app_label=app_label, codename=codename)
        GroupCollectionPermission.objects.create(group=group, collection=root, permission=permission)
    return group


@transaction.atomic
def open_city(*, by: User, name: str, slug: str = "", tagline: str = "", intro: str = "") -> CityPage:
    """A new city, ready for its people. Without a slug, one is made of the name. Raises PermissionDenied unless `by` is an
    administrator, ValidationError where the name or the slug is taken."""
    if not can_open_city(by):
        raise PermissionDenied
    city = City(name=name, slug=slug)
    city.full_clean()
    city.save()
    page = CityPage(title=name, slug=city.slug, city=city, tagline=tagline, intro=intro)
    HomePage.objects.get().add_child(instance=page)
    city.editors = _create_editor_group(page)
    city.save(update_fields=["editors"])
    for opening in openings():
        opening(by=by, city=city)
    return page
