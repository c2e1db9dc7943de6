"""Forms about a person's own account, and about a city's organisations."""

from typing import Any

from allauth.core import context
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from members.actions import join_city
from members.models import City, Organisation, OrganisationKind, User
from members.names import NAME_IS_TAKEN, name_key, validate_display_name


class SignupFields(forms.Form):
    """What sign-up asks besides address and password (settings.ACCOUNT_SIGNUP_FORM_CLASS)."""

    display_name = forms.CharField(
        label=_("Display name"),
        min_length=2,
        max_length=50,
        validators=[validate_display_name],
        help_text=_("Shown beside what you write. It may be a pseudonym."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    city = forms.ModelChoiceField(
        label=_("Your city"), queryset=City.objects.all(), required=False, empty_label=_("I will choose later")
    )
    field_order = ["display_name", "city", "email", "password1", "password2"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("city", context.request.city or None)

    def clean_display_name(self) -> str:
        name = self.cleaned_data["display_name"]
        if User.objects.filter(name_key=name_key(name)).exists():
            raise forms.ValidationError(NAME_IS_TAKEN)
        return name

    def signup(self, request: HttpRequest, user: User) -> None:
        if city := self.cleaned_data["city"]:
            join_city(user=user, city=city)


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["display_name", "wants_mails"]


class RepresentationForm(forms.Form):
    """The organisations of the person's cities for which they do not speak yet, nor have asked to."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        empty_label=_("Choose an organisation"),
        error_messages={"required": _("Please choose an organisation of your city.")},
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        own_cities = City.objects.filter(memberships__user=person)
        field.queryset = (
            Organisation.objects.filter(city__in=own_cities)
            .exclude(representations__user=person)
            .select_related("city")
        )
        field.label_from_instance = lambda organisation: f"{organisation.name} ({organisation.city.name})"

    @property
    def has_choices(self) -> bool:
        field: Any = self.fields["organisation"]
        return field.queryset.exists()


class OrganisationForm(forms.Form):
    """A new member body; its city is the page's."""

    name = forms.CharField(label=_("Name of the organisation"), min_length=3, max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind, widget=forms.RadioSelect)
