"""allauth's forms with labels alone, which stay while one types, and one line on passwords (settings.ACCOUNT_FORMS)."""

from typing import Any

from allauth.account import forms
from django.utils.translation import gettext_lazy as _


class _Plain:
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields  # type: ignore[attr-defined]
        for field in fields.values():
            field.widget.attrs.pop("placeholder", None)
        if "password1" in fields:
            fields["password1"].help_text = _(
                "At least 10 characters, not digits alone, not like your name or address."
            )


class LoginForm(_Plain, forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""  # the page itself says what to do about a forgotten password


class SignupForm(_Plain, forms.SignupForm):
    pass


class AddEmailForm(_Plain, forms.AddEmailForm):
    pass


class ChangePasswordForm(_Plain, forms.ChangePasswordForm):
    pass


class ResetPasswordForm(_Plain, forms.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(_Plain, forms.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(_Plain, forms.ReauthenticateForm):
    pass
