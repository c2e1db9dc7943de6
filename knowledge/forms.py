"""The guided form in which members share an experience."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.models import Theme
from knowledge.experience import QUESTIONS, REQUIRED
from knowledge.models import ArticlePage
from members.models import Organisation, User

ANSWER_LENGTH = 6000


class ExperienceForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200, help_text=_("What was tried, in a few words."))
    summary = forms.CharField(
        label=_("Summary"),
        max_length=ArticlePage._meta.get_field("summary").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One or two plain sentences."),
    )
    theme = forms.ModelChoiceField(
        label=_("Subject"), queryset=Theme.objects.commons(), required=False, empty_label=_("Choose a subject")
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, question in QUESTIONS.items():
            self.fields[name] = forms.CharField(
                label=question,
                max_length=ANSWER_LENGTH,
                required=name in REQUIRED,
                widget=forms.Textarea(attrs={"rows": 5}),
            )
        spoken_for = Organisation.objects.filter(
            representations__user=person, representations__confirmed_at__isnull=False
        )
        if spoken_for.exists():
            self.fields["organisation"] = forms.ModelChoiceField(
                label=_("I write"), queryset=spoken_for, required=False, empty_label=_("for myself")
            )

    @property
    def answers(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in QUESTIONS}
