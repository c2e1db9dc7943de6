"""What a display name may be."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def validate_display_name(name: str) -> None:
    """Refuse what would betray or disguise a person: an e-mail address, and characters that nobody sees."""
    if "@" in name:
        raise ValidationError(_("Everybody sees this name: please choose one that is no e-mail address."))
    if not name.isprintable():
        raise ValidationError(_("Please use visible characters only."))
