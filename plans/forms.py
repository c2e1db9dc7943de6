"""Forms about plans."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import LongTextField
from plans.models import Answer

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
