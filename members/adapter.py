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

from common.ratelimit import RateLimited
from members.actions import settle_in
from members.drafts import hand_over_typed
from members.middleware import remember_language
from members.models import User
from members.requests import MemberRequest

logger = logging.getLogger(__name__)


def _at_home(url: str) -> str:
    """The address at the site's own host, whatever host the request named: a mail must not lead to another."""
    return f"{settings.BASE_URL}{urlsplit(url).path}"


class AccountAdapter(DefaultAccountAdapter):
    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Too many wrong passwords are answered as too many posts are: with 429."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            if error.code != "too_many_login_attempts":
                raise
            raise RateLimited(None) from error

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """The name is held by nobody until an address has been confirmed: otherwise asking for it again would tell whether
        this made an account, and so which addresses have one."""
        user.display_name, user.name_key = form.cleaned_data["display_name"], None
        return super().save_user(request, user, form, commit)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """The language is the sign-in page's. With the first sign-in a newcomer's name and city become theirs."""
        if is_new := user.name_key is None:
            self._settle_in(request, user)
        response = super().post_login(request, user, **kwargs)
        remember_language(response, request.LANGUAGE_CODE)
        hand_over_typed(request, response, user, at=kwargs["redirect_url"], is_new=is_new)
        return response

    def _settle_in(self, request: HttpRequest, user: User) -> None:
        asked = user.display_name
        settle_in(user=user)
        if user.display_name != asked:
            names = {"asked": asked, "name": user.display_name}
            messages.warning(
                request,
                _("Somebody took the name “%(asked)s” before you. You are “%(name)s”, and may choose another name.")
                % names,
            )

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """A mail server that is away loses nobody's account: signing in sends the link again."""
        addresses = {name: _at_home(value) for name, value in context.items() if name.endswith("_url")}
        try:
            super().send_mail(template_prefix, email, {**context, **addresses, "home": settings.BASE_URL})
        except (SMTPException, OSError):
            logger.exception("a mail about an account could not be sent")
            again = _("The mail could not be sent just now. Please try again later; signing in sends the link again.")
            messages.error(self.request, again)

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
