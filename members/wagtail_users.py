"""People in Wagtail's admin: display name instead of first and last name, and nobody's address shown.

A new account has no password: its owner chooses one through "forgotten password". Roles are given on the coordinators'
page (members/roles.py); Wagtail's groups follow them.
"""

from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, BulkActionsCheckboxColumn, Column, DateColumn
from wagtail.users.views.users import IndexView, UserColumn, UserViewSet

from members.models import User


class PersonCreationForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["email", "display_name", "is_superuser"]
        labels: ClassVar[dict[str, Any]] = {"is_superuser": _("Administrator of all cities")}

    def save(self, commit: bool = True) -> User:
        """Choosing a password by the link in the mail also confirms the address."""
        self.instance.set_unusable_password()
        user = super().save(commit)
        EmailAddress.objects.create(user=user, email=user.email, primary=True)
        return user


class PersonEditForm(forms.ModelForm):
    """Without the address: only its owner changes it, and confirms the new one."""

    class Meta(PersonCreationForm.Meta):
        fields = ["display_name", "is_active", "is_superuser"]

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if editing_self:  # nobody locks themselves out
            del self.fields["is_active"], self.fields["is_superuser"]


class PersonIndexView(IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="user"),
            self._get_title_column_class(UserColumn)(
                "display_name", label=_("Display name"), sort_key="display_name", get_url=self.get_edit_url
            ),
            BooleanColumn("is_superuser", label=_("Administrator"), sort_key="is_superuser"),
            BooleanColumn("is_active", label=_("Active"), sort_key="is_active"),
            DateColumn("last_login", label=_("Last sign-in"), sort_key="last_login"),
        ]

    @cached_property
    def search_fields(self) -> set[str]:
        return {"display_name", "email"}


class PersonViewSet(UserViewSet):
    ordering = "display_name"
    index_view_class = PersonIndexView
    create_template_name = "wagtailadmin/generic/create.html"
    edit_template_name = "wagtailadmin/generic/edit.html"

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return PersonEditForm if for_update else PersonCreationForm
