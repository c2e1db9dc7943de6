"""Forms of the forum."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from common.forms import LongTextField
from common.html import stored_html
from common.markdown import render_markdown
from common.text import LONGEST_TEXT
from forum.models import Topic
from members.forms import voice_field
from members.models import City, Organisation
from members.permissions import Person
from search.references import find_references


def render_preview(body: str, city: City | None) -> SafeString:
    """A text as it will be shown, for its writer."""
    links = {sign: reference.url for sign, reference in find_references(body, city).items()}
    return stored_html(render_markdown(body, links))


class TextForm(forms.Form):
    """A Markdown text. A form that was sent by its preview button is shown again with `preview`, and not saved."""

    body = LongTextField(
        label=_("Your text"),
        max_length=LONGEST_TEXT,
        rows=8,
        help_text=_("You may use Markdown. §2.3 links to that section of the city's plan."),
        error_messages={"required": _("Please write something first.")},
    )

    def __init__(self, *args: Any, city: City | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.city = city

    @property
    def wants_preview(self) -> bool:
        return "onizle" in self.data

    def is_to_be_sent(self) -> bool:
        """Whether the form is valid and its sender meant to send it."""
        return self.is_valid() and not self.wants_preview

    @property
    def preview(self) -> SafeString | None:
        body = self.data.get("body", "").strip() if self.wants_preview else ""
        return render_preview(body[:LONGEST_TEXT], self.city) if body else None


class PostForm(TextForm):
    """A text, and for whom one speaks."""

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := voice_field(person, _("I speak")):
            self.fields["organisation"] = field

    @property
    def speaks_for(self) -> Organisation | None:
        """The organisation that was chosen, or None for oneself."""
        return self.cleaned_data.get("organisation")


TITLE = "baslik"  # the parameter of addresses with the title that a new topic begins with


def asked_title(request: HttpRequest) -> str:
    """The title that the address proposes, as long as a title may be."""
    return request.GET.get(TITLE, "").strip()[: Topic._meta.get_field("title").max_length]


class TopicForm(PostForm):
    """A new topic: a title and the opening text."""

    title = forms.CharField(
        label=_("Title"),
        max_length=Topic._meta.get_field("title").max_length,
        error_messages={"required": _("A title, please.")},
    )
    field_order = ["title", "body", "organisation"]


class ReasonForm(forms.Form):
    """A moderator's written reason."""

    reason = LongTextField(
        label=_("Reason"),
        max_length=1000,
        rows=3,
        help_text=_("The author reads it."),
        error_messages={"required": _("A reason, please: the author will read it.")},
    )
