"""Compounds that are written in one word or in several, and synonyms, as index terms. From lexicon.toml."""

from collections.abc import Sequence

from search.lexicon import COMPOUNDS, SYNONYMS
from search.stemming import stem


def _term(words: Sequence[str]) -> str:
    """The index term of a phrase: the folded stem of what it is in one word."""
    return stem("".join(words))[0]


def _stems(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(stem(word)[0] for word in words)


def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    entries = [*COMPOUNDS, *(entry for group in SYNONYMS for entry in group if len(entry) > 1)]
    for words in sorted(entries, key=len, reverse=True):
        stems = _stems(words)
        found.setdefault(stems[0], []).append((stems, _term(words)))
    return found


def _synonyms() -> dict[str, tuple[str, ...]]:
    found = {}
    for group in SYNONYMS:
        terms = [_term(entry) for entry in group]
        for term in terms:
            found[term] = tuple(other for other in terms if other != term)
    return found


# The first stem of a phrase → its stems and its term, longest phrases first.
_PHRASES = _phrases()
# The term of a compound → the stems of its parts.
PARTS: dict[str, tuple[str, ...]] = {_term(words): _stems(words) for words in COMPOUNDS}
# A term → the terms that mean the same.
SYNONYMS_OF = _synonyms()


def phrases_at(stems: Sequence[str], start: int) -> list[tuple[str, int]]:
    """(term, number of words) of each known phrase that begins at a place of a text's folded stems, longest first."""
    return [
        (term, len(phrase))
        for phrase, term in _PHRASES.get(stems[start], ())
        if tuple(stems[start : start + len(phrase)]) == phrase
    ]
