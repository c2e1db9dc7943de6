"""What an editor is told of a Word file: why it cannot be read, what was not kept, what a revision changes."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.actions.reimport_plan import DraftsChangedError, LockedChaptersError
from plans.docx.model import Loss
from plans.revising import KeyTakenError, RevisionError, UndecidedError

WHY_NOT = {
    "not-docx": gettext_lazy("This is no Word file (.docx)."),
    "old-doc": gettext_lazy("This is an old .doc file, or one with a password. Please save it as .docx without one."),
    "encrypted": gettext_lazy("This file has a password. Please save it without one."),
    "damaged": gettext_lazy("This file is damaged: Word's own repair, or saving it anew, may help."),
    "other-format": gettext_lazy(
        "This file only has the name of a Word file: it is an OpenDocument, RTF, PDF or web page. Please save it as .docx in "
        "Word or LibreOffice."
    ),
    "too-large": gettext_lazy("This file is too large to be read."),
    "no-headings": gettext_lazy(
        "No chapter was found. Please give chapters the style “Heading 1” and sections the style “Heading 2”, or number them."
    ),
}
WHAT_IS_LOST = {
    "picture": gettext_lazy("A picture was left out."),
    "chart": gettext_lazy("A chart or diagram was left out."),
    "object": gettext_lazy("An embedded object was left out."),
    "text-box": gettext_lazy("A text box became a paragraph where it was anchored."),
    "frame": gettext_lazy("The frame around a text was taken off."),
    "comment": gettext_lazy("A Word comment was left out."),
    "equation": gettext_lazy("An equation became plain text."),
    "symbol": gettext_lazy("A sign of an unknown font became □."),
    "hidden-text": gettext_lazy("Hidden text was left out."),
    "struck-text": gettext_lazy("Text that was struck through by hand became normal text."),
    "contents": gettext_lazy("The table of contents was left out: the site makes its own."),
    "cover-page": gettext_lazy("The cover was left out."),
    "merged-cells": gettext_lazy("Merged table cells were split; short labels are repeated."),
    "nested-table": gettext_lazy("A table inside a table became plain text."),
    "typed-number": gettext_lazy("A number typed before a heading was taken off: sections are numbered by the site."),
    "footnote": gettext_lazy("A footnote was left out."),
    "table-before-first-chapter": gettext_lazy("A table before the first chapter was left out."),
}
WHAT_CHANGES = {
    "renamed": gettext_lazy("renamed"),
    "moved": gettext_lazy("moved to another chapter"),
    "text": gettext_lazy("text changed"),
    "format": gettext_lazy("only its format changed"),
    "kind": gettext_lazy("kind or code changed"),
    "returned": gettext_lazy("back from an earlier version"),
}


def describe_losses(losses: list[Loss]) -> list[dict[str, str]]:
    """What could not be kept, in the editor's language."""
    return [{"what": str(WHAT_IS_LOST[loss.kind]), "where": loss.where, "detail": loss.detail} for loss in losses]


def describe_refusal(error: RevisionError) -> str:
    """Why a revised file was not taken over, in the editor's language."""
    if isinstance(error, UndecidedError):
        return _("Please decide which sections these are: %(headings)s") % {"headings": "; ".join(error.headings)}
    if isinstance(error, KeyTakenError):
        return _("Two sections of the file cannot be the same section of the plan. Please choose again.")
    if isinstance(error, LockedChaptersError):
        titles = "; ".join(error.titles)
        return _("Somebody else has locked these chapters, or they wait in a workflow: %(titles)s") % {"titles": titles}
    if isinstance(error, DraftsChangedError):
        return _("The plan's drafts have changed in the meantime, so nothing was written. Below is the new comparison.")
    raise error
