"""Small Turkish text helpers that know no app."""

import re
import unicodedata

LONGEST_TEXT = 20_000  # characters of what a person writes in one piece
_UPPER = str.maketrans({"i": "İ", "ı": "I"})
_LOWER = str.maketrans({"İ": "i", "I": "ı"})
_ASCII = str.maketrans("çğıöşüâîû", "cgiosuaiu")
# The Turkish alphabet's order; q, w and x stand where dictionaries put them.
_ALPHABET = {letter: position for position, letter in enumerate("abcçdefgğhıijklmnoöpqrsştuüvwxyz")}


def turkish_upper(text: str) -> str:
    return text.translate(_UPPER).upper()


def turkish_lower(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_LOWER).lower()


def turkish_slug(text: str, length: int = 60) -> str:
    """ASCII, lower case, hyphens: "Işıklı İstasyon" → "isikli-istasyon". Empty when nothing is left."""
    ascii_text = unicodedata.normalize("NFKD", turkish_lower(text).translate(_ASCII))
    words = re.findall(r"[a-z0-9]+", ascii_text.encode("ascii", "ignore").decode())
    return "-".join(words)[:length].strip("-")


def turkish_fold(text: str) -> str:
    """For comparing what people type: lower case without diacritics, "Işık" and "isik" are the same."""
    return turkish_lower(text).translate(_ASCII)


def _place(letter: str) -> int:
    """A letter's place in the alphabet, an accented one's beside its plain letter; signs and digits come first."""
    plain = letter if letter in _ALPHABET else unicodedata.normalize("NFKD", letter)[0]
    return _ALPHABET.get(plain, ord(plain) - 0x110000)


def turkish_sort_key(text: str) -> tuple[tuple[int, ...], str]:
    """Key for `sorted`: ç after c, ğ after g, ı before i, ö after o, ş after s, ü after u; â beside a."""
    lower = turkish_lower(text)
    return tuple(_place(letter) for letter in lower), lower
