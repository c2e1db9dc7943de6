"""Text → terms for search, with positions. The same rules serve the index, queries, highlights and anchoring.

A text is Turkish ("tr"), English ("en") or, where both are in it, ""; a query is looked for in all of them. Terms are
made of letters and digits only, so that an engine can store them joined by spaces.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from search import english
from search.compounds import PARTS, SYNONYMS_OF, phrases_at
from search.stemming import fold_word, guesses, stem

# Raised when the same text gives other terms than before: an index of another version is made anew.
VERSION = 3
# Stands between the terms of a text that have a place in it and those that have none. No word gives this term.
GUARD = "·"

LANGUAGES = ("tr", "en")
_LOWER = {"tr": str.maketrans({"İ": "i", "I": "ı"}), "en": str.maketrans({"İ": "i"})}
_TURKISH_LETTERS = "çğıöşü"
_TURKISH_LETTER = re.compile("[çğıöşüÇĞİÖŞÜ]")  # not I: "ISPARTA" and "Internet" may be plain ASCII typing
_INVISIBLE = re.compile("[\u0307\u00ad\u200b-\u200d\u2060\ufeff]")
_LETTERS = r"[^\W_¹²³⁰⁴-⁹ʼ]+"  # Unicode counts ʼ among the letters; here it is an apostrophe
_WORD = re.compile(rf"{_LETTERS}(?:['’ʼ`´]{_LETTERS})*")
_APOSTROPHE = re.compile("['’ʼ`´]")
_GRAM = 3
_WORD_START = "·"
# Stands before the folded stem in a text typed without Turkish letters; shorter texts do not tell.
_TYPED_ASCII = "0x"
_LONG_ENOUGH_TO_TELL = 40


class Token(NamedTuple):
    """A word, text[start:end] with what follows its apostrophe; `word` is lower-case and ends at the apostrophe."""

    start: int
    end: int
    word: str


class PlacedTerm(NamedTuple):
    """An index term of text[start:end]."""

    term: str
    start: int
    end: int


class QueryTerm(NamedTuple):
    """A word of a query, or a phrase that is one word to the index. A text with any of `terms` matches it."""

    word: str
    terms: tuple[str, ...]


class _Folding(dict[int, str]):
    """Character → folded characters, learnt as they come: lower case, no marks, no typographic variants."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFKD", chr(code)).lower()
        self[code] = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
        return self[code]


_FOLDING = _Folding({ord(letter): "i" for letter in "ıIİi"} | {ord(mark): "'" for mark in "'’‘ʼ`´"})


def lower(text: str, lang: str = "tr") -> str:
    """NFC, lower case by Turkish rules (İ→i, I→ı) or English ones, without soft hyphens and other invisible characters."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).translate(_LOWER[lang or "tr"]).lower()


def fold(text: str) -> str:
    """Lower case without marks on letters: "Eşitliğe" → "esitlige", "Kâğıt" → "kagit"; ’ → '."""
    return text.translate(_FOLDING)


def fold_with_offsets(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its positions, its end included, the position in `text` it comes from.

    folded[a:b] stands in the text as text[offsets[a]:offsets[b]].
    """
    parts = [_FOLDING[ord(letter)] for letter in text]
    offsets = [place for place, part in enumerate(parts) for _ in part]
    return "".join(parts), [*offsets, len(text)]


def tokens(text: str, lang: str = "tr") -> list[Token]:
    """The words of a text with their places in it."""
    plain, places = _lower_with_places(text, lang)
    found: list[Token] = []
    for match in _WORD.finditer(plain):
        start, end = match.span()
        word = match.group()
        if apostrophe := _APOSTROPHE.search(word):
            middle = places[start + apostrophe.end()]
            if text[middle].isupper() and not text[places[start] : places[end]].isupper():  # a name: d'Arc, O'Neill
                found.append(Token(places[start], middle - 1, word[: apostrophe.start()]))
                rest = tokens(text[middle : places[end]], lang)
                found += [Token(middle + at, middle + to, name) for at, to, name in rest]
                continue
            word = word[: apostrophe.start()]
        found.append(Token(places[start], places[end], word))
    return found


def _lower_with_places(text: str, lang: str) -> tuple[str, Sequence[int]]:
    """What `lower` gives, and for each of its positions, its end included, the position in `text`."""
    if unicodedata.is_normalized("NFC", text) and not _INVISIBLE.search(text):
        return lower(text, lang), range(len(text) + 1)
    starts = [at for at, letter in enumerate(text) if not at or not _joins_the_one_before(letter)]
    parts = [lower(text[start:end], lang) for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    places = [start for start, part in zip(starts, parts, strict=True) for _ in part]
    return "".join(parts), [*places, len(text)]


def _joins_the_one_before(letter: str) -> bool:
    return bool(unicodedata.combining(letter) or _INVISIBLE.match(letter))


@lru_cache(maxsize=200_000)
def _stem(word: str) -> tuple[str, str]:
    """(folded stem, stem as spelt) of a word that may bear other than Turkish marks: "café" → "cafe"."""
    if not fold_word(word).isascii():
        word = "".join(letter if letter in _TURKISH_LETTERS else fold(letter) for letter in word)
    return stem(word)


@lru_cache(maxsize=200_000)
def _word_terms(word: str, typed_ascii: bool) -> tuple[str, ...]:
    """The index terms of one word, its folded stem first."""
    folded, spelt = _stem(word)
    terms = [folded]
    if spelt != folded:
        terms.append(spelt)
    elif typed_ascii:
        terms += sorted(guesses(fold(word)) - {folded})
        terms += [_TYPED_ASCII + guess for guess in terms]
    return (*terms, *PARTS.get(folded, ()))


def _english_terms(word: str) -> tuple[str, ...]:
    """The term of a word without marks on its letters, and that of the word as it is spelt, where they differ."""
    return tuple(dict.fromkeys((english.term(fold(word)), _english_term(word))))


def _english_term(word: str) -> str:
    return english.term(word.replace("ı", "i"))


def _terms_of_words(text: str, found: Sequence[Token], lang: str) -> list[tuple[str, ...]]:
    """The terms of each word, first one that every word has."""
    if lang == "en":
        return [_english_terms(token.word) for token in found]
    by_word = _turkish_terms_of_words(text, found)
    if lang:
        return by_word
    return [(*terms, *_english_terms(token.word)) for terms, token in zip(by_word, found, strict=True)]


def _turkish_terms_of_words(text: str, found: Sequence[Token]) -> list[tuple[str, ...]]:
    typed_ascii = len(text) >= _LONG_ENOUGH_TO_TELL and not _TURKISH_LETTER.search(text)
    return [_word_terms(token.word, typed_ascii) for token in found]


def index_terms(text: str, lang: str = "tr") -> list[str]:
    """The terms of a text, repeated as they are repeated in it.

    First come the folded stems of its words, one a word and in their order, so that an engine can tell which words stand side
    by side. What follows the GUARD has no place: where it differs, a word's stem as it is spelt; the parts of a compound;
    a phrase that may be written as one word. In a text typed without Turkish letters each word is also marked as such, since
    it may stand for any spelling.
    """
    by_word = _terms_of_words(text, tokens(text, lang), lang)
    stems = [terms[0] for terms in by_word]
    others = [term for terms in by_word for term in terms[1:]]
    others += [term for place in range(len(stems)) for term, _length in phrases_at(stems, place)]
    return [*stems, GUARD, *others] if others else stems


def placed_terms(text: str, lang: str = "tr") -> list[PlacedTerm]:
    """The terms of a text with their places, in its order; but for GUARD what `index_terms` gives for the same text."""
    found = tokens(text, lang)
    by_word = _terms_of_words(text, found, lang)
    stems = [terms[0] for terms in by_word]
    placed = []
    for place, terms in enumerate(by_word):
        start = found[place].start
        for term, length in phrases_at(stems, place):
            placed.append(PlacedTerm(term, start, found[place + length - 1].end))
        placed += [PlacedTerm(term, start, found[place].end) for term in terms]
    return placed


def query_terms(query: str) -> list[QueryTerm]:
    """What a text must have to match a query, word by word; words that mean the same are alternatives.

    A word with a Turkish letter asks for this spelling, or for a text typed without such letters; any other word
    asks for the folded stem. In English texts each asks for what it is in English.
    """
    found = tokens(query)
    stems = [_stem(token.word)[0] for token in found]
    terms: list[QueryTerm] = []
    place = 0
    while place < len(found):
        phrase, length = next(iter(phrases_at(stems, place)), ("", 1))
        chosen = found[place : place + length]
        words = " ".join(token.word for token in chosen)
        alternatives = (phrase,) if phrase else _wanted_terms(chosen[0].word, query[chosen[0].start : chosen[0].end])
        in_english = (_english_term(chosen[0].word),) if length == 1 else ()
        synonyms = SYNONYMS_OF.get(phrase or stems[place], ())
        terms.append(QueryTerm(words, tuple(dict.fromkeys([*alternatives, *synonyms, *in_english]))))
        place += length
    return terms


def phrase_stems(phrase: str, lang: str) -> list[str]:
    """The stems of the words of a phrase, as `index_terms` has them side by side for a text with these words."""
    return [terms[0] for terms in _terms_of_words("", tokens(phrase, lang), lang)]


def _wanted_terms(word: str, typed: str) -> tuple[str, ...]:
    folded, spelt = _stem(word)
    if folded in PARTS:
        return (folded,)
    if not _TURKISH_LETTER.search(_APOSTROPHE.split(typed)[0]):
        return (folded, *sorted(guesses(fold(word)) - {folded}))
    return (folded,) if spelt == folded else (spelt, _TYPED_ASCII + folded)


def matches(query: str, text: str, lang: str = "tr") -> bool:
    """Whether every word of the query is in the text, by the rules of the index. An empty query matches nothing."""
    terms = set(index_terms(text, lang))
    wanted = query_terms(query)
    return bool(wanted) and all(not terms.isdisjoint(term.terms) for term in wanted)


@lru_cache(maxsize=200_000)
def word_grams(word: str) -> frozenset[str]:
    """The three-letter pieces of a folded word, its beginning marked: "kent" → ·ke, ken, ent."""
    marked = _WORD_START + fold(word)
    return frozenset(marked[at : at + _GRAM] for at in range(max(1, len(marked) - _GRAM + 1)))


def grams(text: str) -> Iterator[str]:
    """The pieces of all words of a text."""
    return (gram for token in tokens(text) for gram in word_grams(token.word))
