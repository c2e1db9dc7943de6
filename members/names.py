"""What a display name may be."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import count

from anyascii import anyascii
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.text import turkish_fold

LONGEST_NAME = 50
LONGEST_KEY = 100
NAME_IS_TAKEN = _("Somebody has this name, or one that looks the same. Please choose another one.")
# Beginnings of words that would make people believe that somebody speaks for the platform.
RESERVED = ("admin", "editor", "koordinator", "moderator", "musterek", "platform", "sistem", "yonetici", "yonetim")
# Between letters: of O'Brien, Ayşe-Nur, mor_kedi; the half rings and quotes of transliterated Arabic (Sa‘d, ʿĀʾişe).
SIGNS = frozenset(" .-_'’‘`ʼʻʾʿ")
# Marks of letters that have no form of their own, as ọ́ in Yorùbá; and the dot that programs put on a small İ.
MARKS = frozenset("\u0300\u0301\u0304\u0307\u0323\u0331")


def _plain(name: str) -> str:
    """In ASCII and lower case: letters without their marks, and those of other scripts as the ones that they sound like."""
    return anyascii(turkish_fold(name)).lower()


def name_key(name: str) -> str:
    """Names with the same key look the same: only letters and digits count, without case and diacritics. Empty where nothing
    is to be read. Of a very long one the end counts, where a number may stand."""
    return "".join(filter(str.isalnum, _plain(name)))[-LONGEST_KEY:]


def numbered(name: str) -> Iterator[str]:
    """The name, then "name 2", "name 3" …, each short enough to be one."""
    yield name
    for number in count(2):
        yield f"{name[: LONGEST_NAME - len(str(number)) - 1]} {number}"


def _is_allowed(letter: str) -> bool:
    """The letters of Turkish, Kurdish and every other language in the Latin script; those of other scripts look like them."""
    if letter in SIGNS | MARKS or (letter.isascii() and letter.isdigit()):
        return True
    # Some that have no case, as the click ǀ, look like others.
    return unicodedata.name(letter, "").startswith("LATIN ") and unicodedata.category(letter) in ("Lu", "Ll")


def validate_display_name(name: str) -> None:
    """Refuse what would betray or disguise a person: an e-mail address, a role, letters that look like others or like
    nothing."""
    if "@" in name:
        raise ValidationError(_("Everybody sees this name: please choose one that is no e-mail address."))
    if not all(map(_is_allowed, unicodedata.normalize("NFC", name))):
        raise ValidationError(_("Please use Latin letters, digits, spaces, hyphens and apostrophes only."))
    if not any(map(str.isalpha, name_key(name))):
        raise ValidationError(_("A name needs letters."))
    if any(word.startswith(RESERVED) for word in re.split(r"[^a-z0-9]+", _plain(name))):
        raise ValidationError(_("This name would look like a role. Please choose another one."))
