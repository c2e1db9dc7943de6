"""Words of Wagtail's that it has no Turkish for and editors need most. They are listed here to be translated in our catalog,
which Django asks before Wagtail's own."""

from django.utils.translation import gettext_noop

WORDS = [
    gettext_noop("Autosave is paused"),
    gettext_noop("Autosave is <span>paused</span>"),
    gettext_noop("View latest version"),
    gettext_noop("You have unsaved changes in another window"),
    gettext_noop("%(user_name)s has unsaved changes"),
    gettext_noop("Proceeding will overwrite the changes you made in that window."),
    gettext_noop("Proceeding will overwrite the changes made by %(user_name)s."),
    gettext_noop("You have <span>unsaved edits</span>"),
    gettext_noop("Saving will overwrite a newer version."),
]
