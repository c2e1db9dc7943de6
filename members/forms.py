"""Forms about a person's own account, and about a city's organisations."""

from collections.abc import Iterable
from typing import Any

from allauth.core import context
from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from members.actions import choose_city
from members.models import City, Organisation, OrganisationKind, User
from members.names import LONGEST_NAME, NAME_IS_TAKEN, name_key, validate_display_name
from members.permissions import Person


class SignupFields(forms.Form):
    """What sign-up asks besides address and password (settings.ACCOUNT_SIGNUP_FORM_CLASS)."""

    display_name = forms.CharField(
        label=_("Display name"),
        min_length=2,
        max_length=LONGEST_NAME,
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
        offer(self.fields["city"], City.objects.in_alphabetical_order())
        self.initial.setdefault("city", context.request.city or None)

    def clean_display_name(self) -> str:
        name = self.cleaned_data["display_name"]
        if User.objects.filter(name_key=name_key(name)).exists():
            raise forms.ValidationError(NAME_IS_TAKEN)
        return name

    def signup(self, request: HttpRequest, user: User) -> None:
        """They join it with the first sign-in (members.actions.settle_in)."""
        if city := self.cleaned_data["city"]:
            choose_city(user=user, city=city)


def offer(field: Any, found: Iterable[models.Model]) -> None:
    """Let a ModelChoiceField offer these objects in this order: a database sorts Ç behind Z."""
    none = [] if field.empty_label is None else [("", field.empty_label)]
    field.choices = [*none, *((obj.pk, field.label_from_instance(obj)) for obj in found)]


def voice_field(person: Person, label: Any) -> forms.ModelChoiceField | None:
    """The choice for whom a person writes: for themselves, or for an organisation. None for who speaks for no other. One
    query."""
    spoken_for = Organisation.objects.spoken_for_by(person)
    found = spoken_for.in_alphabetical_order()
    if not found:
        return None
    field = forms.ModelChoiceField(label=label, queryset=spoken_for, required=False, empty_label=_("for myself"))
    offer(field, found)
    return field


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
        offer(field, field.queryset.in_alphabetical_order())

    @property
    def has_choices(self) -> bool:
        field: Any = self.fields["organisation"]
        return field.queryset.exists()


class OrganisationForm(forms.Form):
    """A new member body; its city is the page's."""

    name = forms.CharField(label=_("Name of the organisation"), min_length=3, max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind, widget=forms.RadioSelect)
