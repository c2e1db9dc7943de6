"""allauth's forms without placeholders: a label says what goes in, and stays while one types (settings.ACCOUNT_FORMS)."""

from typing import Any

from allauth.account import forms


class _WithoutPlaceholders:
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)


class LoginForm(_WithoutPlaceholders, forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""  # the page itself says what to do about a forgotten password


class SignupForm(_WithoutPlaceholders, forms.SignupForm):
    pass


class AddEmailForm(_WithoutPlaceholders, forms.AddEmailForm):
    pass


class ChangePasswordForm(_WithoutPlaceholders, forms.ChangePasswordForm):
    pass


class ResetPasswordForm(_WithoutPlaceholders, forms.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(_WithoutPlaceholders, forms.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(_WithoutPlaceholders, forms.ReauthenticateForm):
    pass
