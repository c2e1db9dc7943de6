"""Forms about a person's own account."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from members.actions import join_city
from members.models import City, Organisation, User


class SignupFields(forms.Form):
    """What sign-up asks besides address and password (settings.ACCOUNT_SIGNUP_FORM_CLASS)."""

    display_name = forms.CharField(
        label=_("Display name"),
        min_length=2,
        max_length=50,
        help_text=_("Shown beside what you write. It may be a pseudonym."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    city = forms.ModelChoiceField(
        label=_("Your city"), queryset=City.objects.all(), required=False, empty_label=_("I will choose later")
    )
    field_order = ["display_name", "city", "email", "password1", "password2"]

    def signup(self, request: HttpRequest, user: User) -> None:
        if city := self.cleaned_data["city"]:
            join_city(user=user, city=city)


class DisplayNameForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["display_name"]


class RepresentationForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), empty_label=_("Choose an organisation")
    )

    def __init__(self, *args: Any, city: City | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.queryset = Organisation.objects.filter(city=city)
