"""What a display name may be."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.text import turkish_fold

NAME_IS_TAKEN = _("Somebody has this name, or one that looks the same. Please choose another one.")
# Beginnings of words that would make people believe that somebody speaks for the platform.
RESERVED = ("admin", "editor", "koordinator", "moderator", "musterek", "platform", "sistem", "yonetici", "yonetim")
SIGNS = frozenset(" .-'’")


def name_key(name: str) -> str:
    """Names with the same key look the same: only letters and digits count, without case and diacritics."""
    plain = unicodedata.normalize("NFKD", turkish_fold(name))
    return "".join(letter for letter in plain if letter.isalnum())


def _is_allowed(letter: str) -> bool:
    """Letters of the Latin alphabet as Turkish, Kurdish and other languages write them; those of others look like them."""
    is_latin = letter.isalpha() and unicodedata.name(letter, "").startswith("LATIN ")
    return is_latin or letter in SIGNS or (letter.isascii() and letter.isdigit())


def validate_display_name(name: str) -> None:
    """Refuse what would betray or disguise a person: an e-mail address, a role, letters that look like others or like
    nothing."""
    if "@" in name:
        raise ValidationError(_("Everybody sees this name: please choose one that is no e-mail address."))
    if not all(map(_is_allowed, unicodedata.normalize("NFC", name))):
        raise ValidationError(_("Please use Latin letters, digits, spaces, hyphens and apostrophes only."))
    if not any(map(str.isalpha, name)):
        raise ValidationError(_("A name needs letters."))
    if any(word.startswith(RESERVED) for word in re.split(r"[^a-z0-9]+", turkish_fold(name))):
        raise ValidationError(_("This name would look like a role. Please choose another one."))
