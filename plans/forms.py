"""Forms about plans."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import LongTextField
from plans.models import Answer, Phase

LARGEST_FILE = 30 * 1024 * 1024


class AnswerForm(forms.Form):
    """The platform's answer to a comment."""

    decision = forms.ChoiceField(label=_("Decision"), choices=Answer.Decision.choices, widget=forms.RadioSelect)
    reason = LongTextField(
        label=_("Reason"),
        max_length=5000,
        rows=5,
        help_text=_("Everybody reads it beside the comment."),
        error_messages={"required": _("An answer needs its reason.")},
    )


class ImportForm(forms.Form):
    """A plan in Word."""

    file = forms.FileField(
        label=_("Word file (.docx)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        error_messages={"required": _("Please choose a file.")},
    )

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("This file is larger than 30 MB."))
        return file


class PublishForm(forms.Form):
    """What an editor says of a new version."""

    note = LongTextField(
        label=_("What changed"),
        max_length=2000,
        required=False,
        rows=3,
        help_text=_("Readers see it in the list of versions."),
    )


class PhaseForm(forms.Form):
    """The phase that a plan enters."""

    kind = forms.ChoiceField(label=_("Phase"), widget=forms.RadioSelect)
    audience = forms.ChoiceField(
        label=_("Who may read the plan"),
        choices=Phase.Audience.choices,
        initial=Phase.Audience.PUBLIC,
        widget=forms.RadioSelect,
    )
    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("A consultation needs one: it ends at midnight of this day. Other phases may have one."),
    )

    def __init__(self, *args: Any, kinds: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = [(value, label) for value, label in Phase.Kind.choices if value in kinds]
