"""Forms about plans."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.forms import LongTextField
from common.text import LONGEST_TEXT
from forum.forms import PostForm
from plans.actions.publish_version import Why
from plans.models import Anchor, Answer, Phase, PlanVersion, QuorumRule, SectionText, Settlement
from plans.revising import NEW, Comparison, Place

LARGEST_FILE = 30 * 1024 * 1024


class CommentForm(PostForm):
    """A comment on a section or on words in it; and, while the text is still to change, other words for them."""

    proposes = forms.BooleanField(label=_("I propose other words"), required=False)
    words = LongTextField(
        label=_("As it should read"),
        max_length=LONGEST_TEXT,
        required=False,
        rows=5,
        help_text=_("Change what stands here. Leave nothing, and you propose to strike it out. Why, you say below."),
    )
    field_order = ("proposes", "words", "body", "organisation")

    def __init__(
        self, *args: Any, quoted: str, initial: Mapping[str, Any], is_suggestible: bool, **kwargs: Any
    ) -> None:
        """`quoted`: the words that are commented on."""
        super().__init__(*args, initial={"words": quoted, **initial}, **kwargs)
        if not is_suggestible:
            del self.fields["proposes"], self.fields["words"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("proposes"):  # the words of a long section stand there, and nobody meant to send them
            self.errors.pop("words", None)
        return cleaned

    @property
    def proposed_words(self) -> str | None:
        """What is proposed, "" to strike the words out; None where the comment proposes nothing. For a valid form."""
        return self.cleaned_data["words"] if self.cleaned_data.get("proposes") else None


class _AnsweringForm(forms.Form):
    """A form whose sending answers a comment, in the words that the page shows; it may replace the answer that the page
    shows, and no other."""

    # When the answer was given that the page shows; empty where it shows none.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    # When the comments that the page shows were last edited; empty where they never were.
    read = forms.CharField(required=False, widget=forms.HiddenInput)

    def say_what_was_answered(self, answer: Answer) -> None:
        """What somebody else has answered meanwhile, beside what was typed; sent again, it replaces that."""
        self._show_instead("seen", seen_of(answer))
        text = gettext(
            "%(name)s has answered meanwhile: %(decision)s. %(reason)s Send it again to replace that answer by yours."
        )
        name = answer.answered_by.display_name if answer.answered_by else gettext("Somebody")
        self.add_error(None, text % {"name": name, "decision": answer.get_decision_display(), "reason": answer.reason})

    def say_what_was_edited(self, read: str) -> None:
        """That the words are others than those that were read; the page shows them beside what was typed."""
        self._show_instead("read", read)
        text = gettext("What you answer was edited meanwhile. Read it again, and send your answer if it still fits.")
        self.add_error(None, text)

    def _show_instead(self, name: str, value: str) -> None:
        """The form as it was sent, but for one hidden field."""
        data = cast("QueryDict", self.data).copy()
        data[name] = value
        self.data = data


def seen_of(answer: Answer | None) -> str:
    """By what `answer_comment` knows the answer that a page shows."""
    return answer.answered_at.isoformat() if answer else ""


class AnswerForm(_AnsweringForm):
    """The platform's answer to a comment."""

    decision = forms.ChoiceField(label=_("Decision"), choices=Answer.Decision.choices, widget=forms.RadioSelect)
    reason = LongTextField(
        label=_("Reason"),
        max_length=5000,
        rows=5,
        help_text=_("Everybody reads it beside the comment."),
        error_messages={"required": _("An answer needs its reason.")},
    )
    for_all = forms.BooleanField(label=_("Change it for all comments that were answered together"), required=False)

    def __init__(self, *args: Any, together: int = 1, **kwargs: Any) -> None:
        """`together`: how many comments got the present answer."""
        super().__init__(*args, **kwargs)
        if together < 2:
            del self.fields["for_all"]

    @property
    def chosen_decision(self) -> Answer.Decision:
        """What was decided. For a valid form."""
        return Answer.Decision(self.cleaned_data["decision"])


class MergeForm(_AnsweringForm):
    """Why an editor takes over the words that somebody proposed."""

    reason = LongTextField(
        label=_("Reason"),
        max_length=5000,
        rows=4,
        help_text=_("The comment is answered as accepted; everybody reads the reason beside it."),
        error_messages={"required": _("An answer needs its reason.")},
    )


class SettleForm(forms.Form):
    """What is to become of a comment whose place is not certain; for a new place, a section and one of its sentences."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please decide one of these.")},
    )
    bolum = forms.ChoiceField(label=_("Section"), required=False)
    cumle = forms.ChoiceField(
        label=_("Sentence"),
        widget=forms.RadioSelect,
        required=False,
        error_messages={
            "invalid_choice": _(
                "The sentence that you chose stands in another section. Please choose one of this section's."
            )
        },
    )
    remark = LongTextField(
        label=_("Remark"), max_length=1000, required=False, rows=3, help_text=_("Everybody reads it with the decision.")
    )

    def __init__(
        self,
        *args: Any,
        anchor: Anchor,
        texts: Iterable[SectionText],
        sentences: Mapping[str, str] | None,
        **kwargs: Any,
    ) -> None:
        """`texts`: the version's in order; `sentences`: those of the section that is shown, None where a whole section is the
        place."""
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["decision"].choices = [(one.value, DECISIONS[one]) for one in anchor.possible_decisions]
        fields["bolum"].choices = _by_chapter(texts)
        if sentences is None:
            del fields["cumle"]
        else:
            fields["cumle"].choices = [("", _("None of these")), *sentences.items()]

    @property
    def chosen_decision(self) -> Settlement.Decision:
        """For a valid form."""
        return Settlement.Decision(self.cleaned_data["decision"])

    def clean(self) -> dict[str, Any]:
        """A sentence goes with the decision for which it is chosen, that decision with a sentence."""
        found = super().clean() or {}
        moved = found.get("decision") == Settlement.Decision.MOVED_HERE
        if moved and not found.get("bolum"):
            self.add_error("bolum", _("To which section does it belong? Please choose one."))
        elif moved and "cumle" in self.fields and not found.get("cumle") and "cumle" not in self.errors:
            self.add_error("cumle", _("To which sentence does it belong? Please choose one."))
        elif found.get("decision") and not moved and found.get("cumle"):
            self.add_error("cumle", _("You have chosen a sentence, but another decision. Which of the two holds?"))
        return found


DECISIONS = {
    Settlement.Decision.SAME_PLACE: _("It belongs where it stands now"),
    Settlement.Decision.MOVED_HERE: _("It belongs to other words: those that I choose below"),
    Settlement.Decision.SETTLED: _("It is settled: it needs no place any more"),
    Settlement.Decision.OPEN: _("It is still open: it matters, and has no place yet"),
}


def _by_chapter(texts: Iterable[SectionText]) -> list[tuple[str, Any]]:
    """Choices for a select: sections below their chapters."""
    choices: list[tuple[str, Any]] = [("", _("Please choose"))]
    for text in texts:
        if text.is_chapter:
            choices.append((str(text), []))
        else:
            choices[-1][1].append((str(text.section_id), str(text)))
    return [choice for choice in choices if choice[1]]


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


class TrackedForm(forms.Form):
    """What is to become of a Word file's tracked changes."""

    tracked = forms.ChoiceField(
        label=_("Tracked changes"),
        choices=[
            ("accept", _("Accept all: the text as it would be with the changes")),
            ("refuse", _("Refuse all: the text as it was before the changes")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one of the two.")},
    )


class RevisionForm(forms.Form):
    """Which sections of the plan the sections of a revised file are, where that is not certain."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, comparison: Comparison, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"seen": comparison.fingerprint}, **kwargs})
        rows = [row for chapter in comparison.rows for row in chapter.rows]
        open_rows = [row for row in rows if row.before is None] if comparison.open_keys else []
        self._places = [row.place for row in open_rows]
        for row in open_rows:
            old = [(key, _old_name(comparison.old_places[key])) for key in comparison.choices(row.place)]
            self.fields[f"section-{row.place}"] = forms.ChoiceField(
                label=gettext("Which section of the plan is %(number)s?") % {"number": row.after.number},
                choices=[*([("", _("Please decide"))] if row.is_undecided else []), (NEW, _("a new section")), *old],
                initial="" if row.is_undecided else NEW,
                error_messages={"required": _("Please decide.")},
            )

    def choice_of(self, place: int) -> forms.BoundField | None:
        return self[f"section-{place}"] if place in self._places else None

    @property
    def decisions(self) -> dict[int, str]:
        return {place: self.cleaned_data[f"section-{place}"] for place in self._places}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen: dict[str, int] = {}
        for place in self._places:
            key = cleaned.get(f"section-{place}", NEW)
            if key != NEW and chosen.setdefault(key, place) != place:
                self.add_error(f"section-{place}", _("This section was chosen for another one already."))
        return cleaned


def _old_name(place: Place) -> str:
    where = place.chapter or gettext("in an earlier version")
    return f"{place.number} {place.heading} ({where})".strip()


class PublishForm(forms.Form):
    """What an editor says of a new version, and of each section that differs (`reason-<key>`, `comments-<key>`)."""

    note = LongTextField(
        label=_("What changed"),
        max_length=2000,
        required=False,
        rows=3,
        help_text=_(
            "Readers see it in the list of versions. It is the reason of every change that has none of its own."
        ),
    )
    expected = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, keys: Iterable[str], candidates: Mapping[str, Sequence[int]], **kwargs: Any) -> None:
        """`keys` of the sections that differ, and by key the comments that may have led to it, as pks."""
        super().__init__(*args, **kwargs)
        self.keys = list(keys)
        for key in self.keys:
            self.fields[f"reason-{key}"] = forms.CharField(max_length=1000, required=False)
            choices = [(str(pk), "") for pk in candidates.get(key, ())]
            self.fields[f"comments-{key}"] = forms.MultipleChoiceField(choices=choices, required=False)

    def why(self) -> dict[str, Why]:
        """Why each section differs, by its key. For a valid form."""
        given = self.cleaned_data
        return {
            key: Why(given[f"reason-{key}"], [int(pk) for pk in given[f"comments-{key}"]])
            for key in self.keys
            if given[f"reason-{key}"] or given[f"comments-{key}"]
        }


class CompareForm(forms.Form):
    """Two versions of a plan to be compared."""

    once = forms.ChoiceField(label=_("Version"), error_messages={"invalid_choice": _("The plan has no such version.")})
    sonra = forms.ChoiceField(
        label=_("compared with version"), error_messages={"invalid_choice": _("The plan has no such version.")}
    )

    def __init__(self, versions: Iterable[PlanVersion], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (str(version.number), f"{version.number} ({date_format(localtime(version.published_at), 'j F Y')})")
            for version in versions
        ]
        for name in ("once", "sonra"):
            field: Any = self.fields[name]
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("once") and found.get("once") == found.get("sonra"):
            self.add_error("sonra", _("Please choose two different versions."))
        return found

    @property
    def numbers(self) -> tuple[int, int]:
        """The earlier one and the later one, in whatever order they were chosen. For a valid form."""
        first, second = sorted((int(self.cleaned_data["once"]), int(self.cleaned_data["sonra"])))
        return first, second


class PhaseForm(forms.Form):
    """The phase that a plan enters."""

    kind = forms.ChoiceField(label=_("Phase"), widget=forms.RadioSelect)
    audience = forms.ChoiceField(
        label=_("Who may read the plan"),
        choices=Phase.Audience.choices,
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


_LIMITS = {"min_value": _("At least %(limit_value)s."), "max_value": _("At most %(limit_value)s.")}


class QuorumForm(forms.ModelForm):
    class Meta:
        model = QuorumRule
        fields = ["organisations", "kinds"]
        labels = {"organisations": _("Organisations, at least"), "kinds": _("Kinds of organisations, at least")}
        error_messages = {"organisations": _LIMITS, "kinds": _LIMITS}
