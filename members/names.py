"""What a display name may be."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.text import turkish_fold

NAME_IS_TAKEN = _("Somebody has this name, or one that looks the same. Please choose another one.")
# Words that would make people believe that somebody speaks for the platform.
RESERVED = frozenset(
    ["admin", "editor", "koordinator", "moderator", "musterek", "platform", "sistem", "yonetici", "yonetim"]
)


def name_key(name: str) -> str:
    """Names with the same key look the same: case, diacritics and spaces do not count."""
    return "".join(turkish_fold(name).split())


def validate_display_name(name: str) -> None:
    """Refuse what would betray or disguise a person: an e-mail address, a role, characters that nobody sees."""
    if "@" in name:
        raise ValidationError(_("Everybody sees this name: please choose one that is no e-mail address."))
    if not name.isprintable():
        raise ValidationError(_("Please use visible characters only."))
    if RESERVED.intersection(turkish_fold(name).split()):
        raise ValidationError(_("This name would look like a role. Please choose another one."))
