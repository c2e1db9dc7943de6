"""What allauth does our way."""

import logging
from smtplib import SMTPException
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from common.ratelimit import UNKNOWN_WAIT, RateLimited
from members.drafts import forget_typed
from members.middleware import remember_language
from members.models import User
from members.requests import MemberRequest

logger = logging.getLogger(__name__)


def _at_home(url: str) -> str:
    """The address at the site's own host, whatever host the request named: a mail must not lead to another."""
    return f"{settings.BASE_URL}{urlsplit(url).path}"


class AccountAdapter(DefaultAccountAdapter):
    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Too many wrong passwords are answered as too many posts are: with 429 and the time to wait."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            if error.code != "too_many_login_attempts":
                raise
            raise RateLimited(UNKNOWN_WAIT) from error

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user.display_name = form.cleaned_data["display_name"]
        return super().save_user(request, user, form, commit)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """The language is the sign-in page's. What somebody typed signed out is for who returns to it, not for the next one
        who signs in here on their way elsewhere."""
        response = super().post_login(request, user, **kwargs)
        remember_language(response, request.LANGUAGE_CODE)
        if wanted := request.GET.get("next", request.POST.get("next")):
            forget_typed(request, unless_at=wanted)
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """A mail server that is away loses nobody's account: signing in sends the link again."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError):
            logger.exception("a mail about an account could not be sent")
            again = _("The mail could not be sent just now. Please try again later; signing in sends the link again.")
            messages.error(self.request, again)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        return _at_home(super().get_email_confirmation_url(request, emailconfirmation))

    def get_reset_password_from_key_url(self, key: str) -> str:
        return _at_home(super().get_reset_password_from_key_url(key))

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
