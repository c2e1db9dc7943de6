"""The guided form in which members share an experience."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.models import Theme
from common.forms import LongTextField
from knowledge.experience import QUESTIONS, REQUIRED
from knowledge.models import ArticlePage
from members.forms import offer, voice_field
from members.models import City, User

ANSWER_LENGTH = 6000


class ExperienceForm(forms.Form):
    """What was tried and what came of it; `city_choices` (the person's cities) makes it ask for which city it is."""

    city = forms.ModelChoiceField(label=_("City"), queryset=City.objects.none(), required=False, empty_label=None)
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        help_text=_("What was tried, in a few words."),
        error_messages={"required": _("A title, please.")},
    )
    summary = LongTextField(
        label=_("Summary"),
        max_length=ArticlePage._meta.get_field("summary").max_length,
        rows=2,
        help_text=_("One or two plain sentences."),
    )
    theme = forms.ModelChoiceField(
        label=_("Subject"), queryset=Theme.objects.commons(), required=False, empty_label=_("Choose a subject")
    )

    def __init__(self, *args: Any, person: User, city_choices: list[City] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._cities = city_choices or []
        self._ask_for_city()
        self._ask_questions()
        self._ask_for_voice(person)

    def _ask_for_city(self) -> None:
        """With one city there is nothing to ask; the name stands above the form."""
        if len(self._cities) < 2:
            del self.fields["city"]
            return
        field: Any = self.fields["city"]
        field.queryset = City.objects.filter(pk__in=[city.pk for city in self._cities])
        field.required = True
        offer(field, self._cities)

    def _ask_questions(self) -> None:
        for name, question in QUESTIONS.items():
            self.fields[name] = LongTextField(
                label=question,
                max_length=ANSWER_LENGTH,
                required=name in REQUIRED,
                rows=5,
            )

    def _ask_for_voice(self, person: User) -> None:
        if field := voice_field(person, _("I write")):
            self.fields["organisation"] = field

    @property
    def chosen_city(self) -> City:
        return self.cleaned_data.get("city") or self._cities[0]

    @property
    def answers(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in QUESTIONS}
