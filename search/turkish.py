"""Turkish analysis: text to index terms, queries to alternatives of terms, folding with a map of offsets. Pure: no Django.

A word is lower-cased with Turkish i and ı, ends at its apostrophe, loses its nominal endings (up to four, each with a least number
of letters that must stay) and is cut at CUT letters. The index holds the folded stem and, where it differs, the stem with its
diacritics. A query word with a Turkish letter asks for that spelling, or for a text typed without such letters; any other word
for the folded form.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

CUT = 6
GRAM = 4
ASCII_MARK = "0x"  # before the extra term of texts typed without Turkish letters
_LONG_ENOUGH_TO_JUDGE = 40

_LOWER = str.maketrans({"İ": "i", "I": "ı"})
_FOLD = str.maketrans("çğıöşüâîû", "cgiosuaiu")
_HATS = str.maketrans("âîû", "aiu")
_FINAL = str.maketrans("bdgğc", "ptkkç")
_TURKISH = re.compile("[çğıöşüÇĞİÖŞÜ]")  # not I: "ISPARTA" is plain typing
_WORD = re.compile(r"[^\W_]+(?:['’ʼ`´][^\W_]+)*")
_APOSTROPHE = re.compile(r"['’ʼ`´]")

# Nominal endings on folded text (ı=i, ü=u, ö=o), grouped by how many letters must stay before them.
_V, _C, _SOFT, _HARD = "(?<=[aeiou])", "(?<=[^aeiou])", "(?<=[^fstkchp])", "(?<=[fstkchp])"
_ENDINGS = (
    (
        "(?<=...)",
        (
            "l[ae]r[iu]?",
            _C + "[iu]m[iu]z",
            _V + "s[iu](?:n[iu]n|nd[ae]n?|n[ae]|n[iu]|yl[ae])",
            _C + "[iu]n(?:[iu]n|d[ae]n?)",
            _SOFT + "d[ae](?:n|ki)?",
            _HARD + "t[ae](?:n|ki)?",
            _V + "yl[ae]",
        ),
    ),
    (
        "(?<=....)",
        (
            _V + "[mn][iu]z",
            _V + "s[iu]",
            _V + "n(?:[iu]n?|[ae]|d[ae]n?)",
            _C + "[iu](?:n[iu]?|n[ae])?",
            _C + "[iu]n[iu]z",
            _C + "(?:[iu]y)?l[ae]",
            _V + "y[aeiu]",
            _SOFT + "d[iu]r",
            _HARD + "t[iu]r",
        ),
    ),
    ("(?<=.....)", (_C + "[ae]n?",)),
)
_SUFFIX = re.compile("(?:%s)$" % "|".join(f"{keep}(?:{'|'.join(endings)})" for keep, endings in _ENDINGS))
_ENDINGS_AT_MOST = 4


@dataclass(frozen=True)
class Token:
    """A word as it stands in a text: its place, and its lower-cased form before the apostrophe."""

    start: int
    end: int
    word: str


def lower(text: str) -> str:
    """NFC, Turkish i and ı, lower case."""
    return unicodedata.normalize("NFC", text).translate(_LOWER).lower().replace("\u0307", "")


def fold(word: str) -> str:
    """A lower-cased word without diacritics: ç→c, ğ→g, ı→i, ö→o, ş→s, ü→u."""
    word = word.translate(_FOLD)
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return word


def tokens(text: str) -> list[Token]:
    """The words of a text. Places count characters of `text` as given."""
    return [
        Token(match.start(), match.end(), lower(_APOSTROPHE.split(match.group())[0])) for match in _WORD.finditer(text)
    ]


@lru_cache(maxsize=100_000)
def stems(word: str) -> tuple[str, str]:
    """(folded stem, stem with its diacritics) of one lower-cased word."""
    folded = stem = fold(word)
    if not stem.isalpha():
        return stem[:32], stem[:32]
    for _ending in range(_ENDINGS_AT_MOST):
        match = _SUFFIX.search(stem)
        if not match:
            break
        stem = stem[: match.start()]
    length = len(stem)
    exact = word.translate(_HATS)[:length] if len(word) == len(folded) else stem
    if length > 3:
        stem = stem[:-1] + stem[-1].translate(_FINAL).replace("ç", "c")
        exact = exact[:-1] + exact[-1].translate(_FINAL)
    return stem[:CUT], exact[:CUT]


def index_terms(text: str) -> list[str]:
    """The stems of a text, as the index keeps them."""
    terms: list[str] = []
    typed_ascii = len(text) > _LONG_ENOUGH_TO_JUDGE and not _TURKISH.search(text)
    for token in tokens(text):
        folded, exact = stems(token.word)
        terms.append(folded)
        if exact != folded:
            terms.append(exact)
        elif typed_ascii:
            terms.append(ASCII_MARK + folded)
    return terms


def query_terms(query: str) -> list[tuple[str, ...]]:
    """For each word of a query, the terms any of which it asks for."""
    found = []
    for match in _WORD.finditer(unicodedata.normalize("NFC", query)):
        raw = _APOSTROPHE.split(match.group())[0]
        folded, exact = stems(lower(raw))
        asks_for_spelling = exact != folded and _TURKISH.search(raw)
        found.append((exact, ASCII_MARK + folded) if asks_for_spelling else (folded,))
    return found


@lru_cache(maxsize=100_000)
def word_grams(word: str) -> tuple[str, ...]:
    """The folded GRAM-letter pieces of one lower-cased word."""
    folded = fold(word)
    return tuple(folded[i : i + GRAM] for i in range(max(1, len(folded) - GRAM + 1)))


def grams(text: str) -> list[str]:
    """The pieces of all words of a text."""
    return [gram for token in tokens(text) for gram in word_grams(token.word)]


def matches(query: str, text: str) -> bool:
    """Whether every word of the query is found in the text, by the rules of the index."""
    indexed = set(index_terms(text))
    return all(indexed.intersection(terms) for terms in query_terms(query))
