"""What allauth does our way."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from members.models import User
from members.requests import MemberRequest


class AccountAdapter(DefaultAccountAdapter):
    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user.display_name = form.cleaned_data["display_name"]
        return super().save_user(request, user, form, commit)

    def get_login_redirect_url(self, request: MemberRequest) -> str:
        """Where nothing asked to be returned to: the person's own city, or the choice of one."""
        from django.urls import reverse  # the adapter is imported before the urlconf

        return reverse("members:profile") if request.user.city is None else f"/{request.LANGUAGE_CODE}/"
