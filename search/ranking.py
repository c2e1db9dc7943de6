"""Ranks what an engine has found once more, word by word. Pure Python, the same for every engine.

A word of a text counts for a word of the query by how many three-letter pieces they share: inflected, derived and
mistyped forms count for something, the very word for most. To this come how near to one another the
words stand, and whether they stand in the title. The weights were chosen with bench/search_quality.py on XQuAD-tr.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.turkish import word_grams

_SATURATION = 1.2  # BM25's k1
_LENGTH = 0.75  # BM25's b
_TITLE = 3.0  # a word in the title counts as so many in the body
_WINDOW = 10  # words
_NEARNESS = 0.5
_AS_TYPED = 0.1
_CLOSE = 0.4  # less in common is chance
_CLOSE_IF_MISTYPED = 0.3
_MOST_WORDS = 3_000  # of one text


@dataclass(frozen=True)
class QueryWord:
    """`frequency`: number of documents with the word; `known`: whether the index has its stem; `worth`: what it counts
    beside other words."""

    word: str
    known: bool
    frequency: float
    worth: float = 1.0


@dataclass(frozen=True)
class Candidate:
    """A document that an engine found: lower-case words, and the engine's score."""

    title: Sequence[str]
    body: Sequence[str]
    score: float


def rank(
    candidates: Iterable[Candidate], query_words: Sequence[QueryWord], documents: int, average_length: float
) -> list[float]:
    """The new scores of candidates, each at least the engine's; of `documents` in all, `average_length` words long."""
    scorer = _Scorer(query_words, documents, average_length)
    return [candidate.score + scorer.score(candidate) for candidate in candidates]


class _Scorer:
    def __init__(self, query_words: Sequence[QueryWord], documents: int, average_length: float) -> None:
        self._words = query_words
        self._weights = [_weight(word, documents) for word in query_words]
        self._average_length = average_length or 1.0
        self._words_with_piece: dict[str, list[int]] = {}
        for number, word in enumerate(query_words):
            for piece in word_grams(word.word):
                self._words_with_piece.setdefault(piece, []).append(number)
        self._similar: dict[str, list[tuple[int, float]]] = {}

    def score(self, candidate: Candidate) -> float:
        body = candidate.body[:_MOST_WORDS]
        counts = [0.0] * len(self._words)
        self._count(candidate.title, counts, _TITLE)
        nearest = self._count(body, counts, 1.0)
        length = (len(candidate.title) + len(candidate.body)) / self._average_length
        norm = _SATURATION * (1 - _LENGTH + _LENGTH * length)
        matched = sum(
            weight * count * (_SATURATION + 1) / (count + norm)
            for weight, count in zip(self._weights, counts, strict=True)
        )
        return matched + _NEARNESS * nearest

    def _count(self, words: Sequence[str], counts: list[float], worth: float) -> float:
        """Add up what the words count for; gives the best weight within a window of them."""
        places: list[tuple[int, int, float]] = []
        for place, word in enumerate(words):
            similar = self._similar.get(word)
            if similar is None:
                similar = self._similar[word] = self._similar_to(word)
            for number, share in similar:
                counts[number] += worth * share
                places.append((place, number, share))
        return self._nearest(places)

    def _similar_to(self, word: str) -> list[tuple[int, float]]:
        """(number of the query word, how much the word counts for it)"""
        pieces = word_grams(word) & self._words_with_piece.keys()
        common = [number for piece in pieces for number in self._words_with_piece[piece]]
        found = []
        for number in set(common):
            share = _share(self._words[number], word, common.count(number))
            if share:
                found.append((number, share))
        return found

    def _nearest(self, places: list[tuple[int, int, float]]) -> float:
        """The greatest sum of weights of different query words within a window."""
        best = 0.0
        for first, (start, _number, _share) in enumerate(places):
            inside: dict[int, float] = {}
            for place, number, share in places[first:]:
                if place - start > _WINDOW:
                    break
                inside[number] = max(inside.get(number, 0.0), share * self._weights[number])
            best = max(best, sum(inside.values()))
        return best


def _weight(word: QueryWord, documents: int) -> float:
    """Rare and long words tell most."""
    frequency = min(word.frequency, documents)
    rarity = math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5))
    return word.worth * rarity * (0.5 + min(len(word.word), 12) / 12)


def _share(query_word: QueryWord, word: str, common: int) -> float:
    """How much a text's word counts for a query word with which it has some pieces in common.

    Unknown words are likely mistyped: less has to agree. Of known ones, the pieces of both count (Dice's coefficient): a
    longer word that holds the query's is likely another one.
    """
    pieces = len(word_grams(query_word.word))
    close = common / pieces
    if close < (_CLOSE if query_word.known else _CLOSE_IF_MISTYPED):
        return 0.0
    share = (2 * common / (pieces + len(word_grams(word)))) ** 2 if query_word.known else close
    return share + _AS_TYPED if word == query_word.word else share
