"""Fields of the site's forms."""

from typing import Any

from django import forms


class LongTextField(forms.CharField):
    """A text whose length the server checks: with `maxlength` a browser cuts what is pasted, without a word."""

    widget = forms.Textarea

    def __init__(self, *, rows: int, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return {**attrs, "data-longest": self.max_length}
