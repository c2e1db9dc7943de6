"""What allauth does our way."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from common.ratelimit import RateLimited
from members.middleware import remember_city, remember_language
from members.models import User
from members.requests import MemberRequest


class AccountAdapter(DefaultAccountAdapter):
    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Too many wrong passwords are answered as too many posts are: with 429 and the time to wait."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            if error.code != "too_many_login_attempts":
                raise
            raise RateLimited(settings.LOGIN_PAUSE) from error

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user.display_name = form.cleaned_data["display_name"]
        return super().save_user(request, user, form, commit)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """The person's city comes with them to the device on which they sign in; the language is the sign-in page's."""
        response = super().post_login(request, user, **kwargs)
        remember_language(response, request.LANGUAGE_CODE)
        if user.city:
            remember_city(response, user.city)
        return response

    def get_login_redirect_url(self, request: MemberRequest) -> str:
        """Where nothing asked to be returned to: the person's own city, or the choice of one."""
        from django.urls import reverse  # the adapter is imported before the urlconf

        city = request.user.city
        return city.get_absolute_url() if city else reverse("members:cities")

    def get_signup_redirect_url(self, request: MemberRequest) -> str:
        return self.get_login_redirect_url(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        from django.urls import reverse

        return reverse("members:profile")
