"""The form with which a reviewer sends an experience back, in Wagtail."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RemarkForm(forms.Form):
    """Named as Wagtail's own form, which asks for no remark."""

    comment = forms.CharField(
        label=_("Remark"),
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The author reads it: what is missing, what should be said otherwise?"),
        error_messages={"required": _("Please write what is missing: the author reads it.")},
    )
