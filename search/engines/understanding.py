"""What a query asks an index for, whatever engine keeps it: terms and their weights, and the best hits ranked again.

Pure Python. An engine brings its figures and its pages; so all engines find, mend and rank alike.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from search import english, turkish
from search.engines.base import MOST_QUERY_WORDS, After, Hit, Query, SimilarHit
from search.lexicon import FIXED, QUESTION_WORDS
from search.ranking import Candidate, QueryWord, rank

TITLE_WEIGHT = 2.0
SHORTEST_MENDED = 4  # letters of a term that can be proposed for a mistyped word
_LONGEST_MENDED = 40  # letters of a stem: nothing looks like a longer one, and an engine would seek for seconds
RANKED_AGAIN = 100
_MOST_MENDED_WORDS = 8
# A word whose stem no document has is likely mistyped. Terms near to it are looked for instead.
_NEAR = 0.4  # ranks what is found
_NEAR_ENOUGH = 0.5  # finds
_MOST_NEAR_TERMS = 12
# A question's "which" and "how many" are rare in texts, but tell nothing of them. They alone find nothing beside other words.
_QUESTION_WORDS = frozenset(map(turkish.fold, QUESTION_WORDS))
_ASKING = 0.2
_TELLING_TERMS = 25
_COMMON = 0.3  # terms in more than this share of the documents tell nothing
_SHARED_WORDS = 2  # one rare word in common is chance
_LONGEST_BEGINNING = 100
_KEY = re.compile(r"\w+:[\w.-]+")


@dataclass(frozen=True)
class Wanted:
    """Terms that are looked for together. `finds`: alone they make a hit; else they only add to its score."""

    terms: Sequence[str]
    weight: float = 1.0
    finds: bool = True


class Row(NamedTuple):
    """A hit as the engine scores it, with its document's words (title, body) where they were asked for."""

    key: str
    published_at: str
    score: float
    title: Sequence[str] = ()
    body: Sequence[str] = ()

    @property
    def hit(self) -> Hit:
        return Hit(self.key, self.score, self.published_at)


class Figures(Protocol):
    """What an index knows of itself."""

    def totals(self) -> tuple[int, float]:
        """The number of documents, and how many words they have on average."""

    def frequencies(self, terms: Iterable[str]) -> Mapping[str, int]:
        """Term → number of documents, of terms that any document has."""

    def look_alikes(self, stem: str) -> Iterable[tuple[str, int]]:
        """(term, number of documents) of terms that look somewhat like one that no document has."""


@dataclass(frozen=True)
class Understood:
    """The words of a query, and what to look for; nothing at all where the query has words and none of them is one."""

    words: list[QueryWord]
    wanted: list[Wanted]
    is_hopeless: bool = False

    @property
    def unknown(self) -> list[str]:
        return [word.word for word in self.words if not word.known]


def understand(query: Query, figures: Figures) -> Understood:
    """The words of the text find; those of its phrases add to the score, or find where there is no text."""
    text = _distinct(turkish.query_terms(query.text))
    in_phrases = _distinct(term for phrase in query.phrases for term in turkish.query_terms(phrase))
    if query.text.strip() and not text:
        return Understood([], [], is_hopeless=True)
    words, wanted = _look_up(text or in_phrases, figures)
    if text and in_phrases:
        more, _wanted = _look_up(in_phrases, figures)
        words += more
        wanted.append(Wanted([term for some in in_phrases for term in some.terms], finds=False))
    return Understood(words, wanted)


def phrases_of(phrase: str) -> list[list[str]]:
    """The stems of a phrase's words, in Turkish and in English; nothing where it has no words."""
    by_language = [turkish.phrase_stems(phrase, lang)[:MOST_QUERY_WORDS] for lang in turkish.LANGUAGES]
    return by_language if all(by_language) else []


def can_mend(term: str) -> bool:
    """Whether it can be proposed for a mistyped word."""
    stem = english.bare(term)
    return len(stem) >= SHORTEST_MENDED and stem.isascii() and stem.isalpha()


def _distinct(terms: Iterable[turkish.QueryTerm]) -> list[turkish.QueryTerm]:
    return list(dict.fromkeys(terms))[:MOST_QUERY_WORDS]


def _look_up(terms: Sequence[turkish.QueryTerm], figures: Figures) -> tuple[list[QueryWord], list[Wanted]]:
    if not terms:
        return [], []
    frequencies = figures.frequencies([term for some in terms for term in some.terms])
    telling = [some for some in terms if turkish.fold(some.word) not in _QUESTION_WORDS] or terms
    asking = [some for some in terms if some not in telling]
    words = [QueryWord(some.word, True, _documents(some, frequencies), _ASKING) for some in asking]
    wanted = [Wanted(_turkish_terms(telling)), Wanted(_turkish_terms(asking), _ASKING, finds=False)]
    mended = 0
    for some in telling:
        frequency = _documents(some, frequencies)
        known = frequency > 0
        if known:
            wanted += _in_english(some, frequencies, figures)
        elif mended < _MOST_MENDED_WORDS:
            mended += 1
            near = _near_terms(some.terms[0], figures)
            frequency = sum(close * documents for _term, close, documents in near)
            wanted += [Wanted([term], close, close >= _NEAR_ENOUGH) for term, close, _number in near]
        words += [QueryWord(word, known, frequency) for word in some.word.split()]
    return words, [some for some in wanted if some.terms]


def _documents(term: turkish.QueryTerm, frequencies: Mapping[str, int]) -> float:
    return float(sum(frequencies.get(one, 0) for one in term.terms))


def _turkish_terms(terms: Iterable[turkish.QueryTerm]) -> list[str]:
    return list(dict.fromkeys(term for some in terms for term in some.terms if not english.is_english(term)))


def _in_english(some: turkish.QueryTerm, frequencies: Mapping[str, int], figures: Figures) -> Iterator[Wanted]:
    """What a word is in English texts, of which there may be few: it weighs no more than the word does in all texts."""
    for term in some.terms:
        if english.is_english(term) and term in frequencies:
            rarity = _rarity(_documents(some, frequencies), figures)
            yield Wanted([term], rarity / _rarity(frequencies[term], figures))


def _rarity(frequency: float, figures: Figures) -> float:
    """IDF, as BM25 has it."""
    documents, _length = figures.totals()
    frequency = min(frequency, documents)
    return math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5))


def _near_terms(stem: str, figures: Figures) -> list[tuple[str, float, int]]:
    """(term, how near from 0 to 1, number of documents) of the indexed stems that look most like an unknown one."""
    if not SHORTEST_MENDED <= len(stem) <= _LONGEST_MENDED:
        return []
    pieces = turkish.word_grams(stem)
    near = []
    for term, documents in figures.look_alikes(stem):
        others = turkish.word_grams(english.bare(term))
        close = 2 * len(pieces & others) / (len(pieces) + len(others))
        if close >= _NEAR:
            near.append((term, close, documents))
    return sorted(near, key=lambda one: (-one[1], one[0]))[:_MOST_NEAR_TERMS]


# How an engine gives (number of rows, behind which place, whether with their words) in its own order of scores.
Pages = Callable[[int, After | None, bool], list[Row]]


def best_page(pages: Pages, words: Sequence[QueryWord], figures: Figures, query: Query) -> list[Hit]:
    """A page by score. What the engine scores highest is ranked again and stays before the rest: no score gets less."""
    first = pages(RANKED_AGAIN, None, True)
    hits = _rank_again(first, words, figures)
    if query.after:
        hits = [hit for hit in hits if _order(hit.place) > _order(query.after)]
    missing = query.limit - len(hits)
    if missing > 0 and len(first) == RANKED_AGAIN:
        last = first[-1].hit.place
        behind = max(last, query.after, key=_order) if query.after else last
        hits += [row.hit for row in pages(missing, behind, False)]
    return hits[: query.limit]


def _rank_again(rows: Sequence[Row], words: Sequence[QueryWord], figures: Figures) -> list[Hit]:
    documents, average_length = figures.totals()
    scores = rank((Candidate(row.title, row.body, row.score) for row in rows), words, documents, average_length)
    hits = [Hit(row.key, score, row.published_at) for row, score in zip(rows, scores, strict=True)]
    return sorted(hits, key=lambda hit: _order(hit.place))


def _order(place: After) -> tuple[float, str]:
    return -place.score, place.key


def split_beginning(text: str) -> tuple[list[str], str]:
    """The words of what is being typed, and the beginning of its last one, folded; "" where there is none."""
    *whole, beginning = [token.word for token in turkish.tokens(text)] or [""]
    return whole[:MOST_QUERY_WORDS], turkish.fold(beginning)[:_LONGEST_BEGINNING]


def is_key(like: str) -> bool:
    """Whether it is a document's key rather than a text."""
    return _KEY.fullmatch(like) is not None


def telling_words(words: Iterable[str], figures: Figures) -> dict[str, str]:
    """The terms of greatest tf·idf, each with a word that has it, most telling first."""
    word_of: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for word in words:
        if word not in FIXED and not word.isdigit():
            for lang in turkish.LANGUAGES:
                term = turkish.index_terms(word, lang)[0]
                word_of.setdefault(term, word)
                counts[term] += 1
    documents, _length = figures.totals()
    weights = {
        term: counts[term] * math.log(1 + documents / number)
        for term, number in figures.frequencies(counts).items()
        if len(english.bare(term)) > 1 and number <= max(2, _COMMON * documents)
    }
    best = sorted(weights, key=lambda term: (-weights[term], term))[:_TELLING_TERMS]
    return {term: word_of[term] for term in best}


def similar_hits(
    rows: Iterable[tuple[Row, set[str]]], telling: Mapping[str, str], like: str, limit: int
) -> list[SimilarHit]:
    """The rows (with their terms) that share enough of the telling words, without the document itself."""
    hits = [
        SimilarHit(row.key, row.score, row.published_at, tuple(word for term, word in telling.items() if term in terms))
        for row, terms in rows
        if row.key != like
    ]
    return [hit for hit in hits if len(hit.shared) >= min(_SHARED_WORDS, len(telling))][:limit]


def rows_for_similar(limit: int) -> int:
    """How many rows to look at for so many similar hits."""
    return limit * 4 + 1
