"""What two texts have in common apart from typography and Turkish endings. Pure: no Django."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from search.stemming import stem
from search.turkish import fold, tokens

# "A fixed prefix of five letters" is the simplest stemmer that Turkish retrieval needs, and verbs, of which the stemmer
# knows little, then agree too: Can et al. 2008, Information retrieval on Turkish texts, JASIST 59(3), 407-421.
_PREFIX = 5
_QUOTES = frozenset("\"'`´ʼ′″„‚")  # those that Unicode does not class as quotes
_APOSTROPHES = frozenset("'’ʼ`´")
_MINUS = "−"  # a sign of mathematics, unlike the other dashes
_DASH_BETWEEN_WORDS = re.compile(r"-(?!\d)")
_FOOTNOTE = re.compile(r"(?<!\bm)(?<!\b[kcdm]m)[⁰¹²³⁴-⁹]+")  # but m² is not m³
_NUMBER = re.compile(
    r"\d.*|(?:iki|uc|dort|bes|alti|yedi|sekiz|dokuz|on|yirmi|otuz|kirk|elli|altmis|yetmis|seksen|doksan|yuz|bin|yari|"
    r"milyon|milyar|tek|cift)(?:s?[ae]r|(?:[iu]?n)?c[iu]|[iu]|s[iu])?"
)
# Folded words that turn a statement round: verbs with -ma-, -maz, as in "verilmez", "verilmeyecek", but not nouns in -ma,
# as in "verilmesi"; adjectives in -sız; and "değil", "yok". (Göksel and Kerslake 2005, Turkish: A Comprehensive Grammar, 20.)
_NEGATIVE = re.compile(
    r"\w{2,}?(?:m[ae](?:z(?:l[ae]r\w*|d[iu]\w*|s[ae]\w*|ken)?|d[iu](?:l[ae]r|k|m|n|niz|g\w+)?|y[ae]c[ae][gk]\w*|y[ae]n\w*|"
    r"mis\w*|m[ae]li\w*|m[ae]kt[ae]\w*|m[ae](?:si\w*|k)|sin(?:l[ae]r)?)|m[iu]yor\w*|s[iu]z(?:d[iu]r|ca|ce|l[ae]r\w*|lik\w*)?)|"
    r"degil\w*|yok(?:tur|tu|sa|ken)?"
)


class Word(NamedTuple):
    """text[start:end] with what follows its apostrophe. All forms of a word have the same `key`; `stem` tells more words
    apart, as names need it. `marked`: an apostrophe parts its ending, as the spelling of names asks for. `negative`: it
    denies something."""

    start: int
    end: int
    key: str
    stem: str
    capital: bool
    number: bool
    marked: bool
    negative: bool


class _Typography(dict[int, str]):
    """Character → what stays of it where only typography differs, learnt as they come."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        category = unicodedata.category(letter)
        if letter.isspace() or letter in _QUOTES or category in ("Pi", "Pf", "Cf"):
            kept = ""
        elif category == "Pd" or letter == _MINUS:
            kept = "-"
        else:
            # Letters with marks come apart, so that both ways of storing them are equal.
            kept = unicodedata.normalize("NFKD", letter)
        self[code] = kept
        return kept


_TYPOGRAPHY = _Typography()


def normalise(text: str) -> str:
    """Text in which typography (quotes, dashes, spaces, soft hyphens, ways of storing letters) and the signs of footnotes,
    which are counted anew in each version, make no difference.

    A dash before a digit stays: "1-2" is not "12".
    """
    return _DASH_BETWEEN_WORDS.sub("", _FOOTNOTE.sub("", text).translate(_TYPOGRAPHY))


def normalise_with_offsets(text: str) -> tuple[str, Sequence[int]]:
    """The normalised text, and for each of its characters its place in `text`; a last one is the end of `text`."""
    signs = {at for match in _FOOTNOTE.finditer(text) for at in range(*match.span())}
    parts = ["" if at in signs else _TYPOGRAPHY[ord(letter)] for at, letter in enumerate(text)]
    places = [place for place, part in enumerate(parts) for _ in part]
    loose = "".join(parts)
    dropped = {match.start() for match in _DASH_BETWEEN_WORDS.finditer(loose)}
    kept = [place for at, place in enumerate(places) if at not in dropped]
    return "".join(letter for at, letter in enumerate(loose) if at not in dropped), [*kept, len(text)]


@lru_cache(maxsize=100_000)
def _forms(word: str) -> tuple[str, str, bool, bool]:
    """(key, stem, whether it is a number, whether it is negative) of a lower-case word."""
    folded = fold(word)
    if _NUMBER.fullmatch(folded):
        return folded, folded, True, False
    root = stem(word)[0]
    return root[:_PREFIX], root, False, _NEGATIVE.fullmatch(folded) is not None


def words(text: str) -> list[Word]:
    """The words of a text, in order."""
    found = []
    for start, end, word in tokens(text):
        key, root, number, negative = _forms(word)
        marked = not _APOSTROPHES.isdisjoint(text[start:end])
        found.append(Word(start, end, key, root, text[start].isupper(), number, marked, negative))
    return found
