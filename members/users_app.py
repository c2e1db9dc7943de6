"""wagtail.users with our forms for people (Wagtail's own expect a first and a last name)."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    default = False
    user_viewset = "members.wagtail_users.PersonViewSet"
