"""Which plan sections a text is about, and which texts are about the same. Pure: no Django.

Texts are vectors of stems, weighted by how rare a stem is among the sections (tf·idf); likeness is the cosine (Salton and
Buckley 1988, doi:10.1016/0306-4573(88)90021-0). What is short says less than it means, so a section takes part in what its
whole chapter says; and where people talk under a theme that the section's is related to, that counts. The figures are tuned
by bench/links.py.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from search import turkish
from search.lexicon import FIXED

HEADING_WEIGHT = 3  # of a section's heading, beside its text
CHAPTER_SHARE = 0.9  # of the chapter's mean vector in each of its sections
RELATED_THEME = 1.4  # times as likely
GENERAL = 0.9  # what says in general what other sections say in particular
MOST = 4  # sections that a text is taken to be about
FLOOR = 0.195  # below this, likeness is chance
BESIDE_BEST = 0.75  # of the best section's likeness
MOST_SHARED = 5  # words that are named

Vector = Mapping[str, float]


@dataclass(frozen=True)
class Passage:
    """A text of its own; `group` names what it stands in, as a section in its chapter; `is_general`: it says in general what
    others of its group say in particular."""

    key: str
    title: str
    body: str
    group: str = ""
    theme: str = ""
    is_general: bool = False


@dataclass(frozen=True)
class Like:
    """A passage like a text; `score` from FLOOR to 1.4; `words`: the most telling in common, as the text has them."""

    key: str
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class Stems:
    """How often each stem occurs, and a word that has it."""

    counts: Counter[str]
    words: Mapping[str, str]


def stems_of(title: str, body: str, title_weight: int = 1) -> Stems:
    """Without words that only hold sentences together, and without numbers; what is in the title counts so many times."""
    counts: Counter[str] = Counter()
    words: dict[str, str] = {}
    for text, weight in ((title, title_weight), (body, 1)):
        for token in turkish.tokens(text):
            if token.word in FIXED or token.word.isdigit():
                continue
            stem = turkish.index_terms(token.word)[0]
            if len(stem) > 1:
                counts[stem] += weight
                words.setdefault(stem, token.word)
    return Stems(counts, words)


class Likeness:
    """Passages to which texts are compared. Made once for the sections of a city: about a second for a thousand."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._passages = list(passages)
        stems = [stems_of(one.title, one.body, HEADING_WEIGHT) for one in self._passages]
        frequency: Counter[str] = Counter(stem for one in stems for stem in one.counts)
        self._rarity = {
            stem: weight
            for stem, count in frequency.items()
            if (weight := math.log((len(stems) + 1) / (count + 0.5))) > 0
        }
        self._vectors = self._in_their_groups([self._vector(one.counts) for one in stems])

    def _vector(self, counts: Mapping[str, int]) -> dict[str, float]:
        return {stem: math.log1p(n) * self._rarity[stem] for stem, n in counts.items() if stem in self._rarity}

    def _in_their_groups(self, vectors: Sequence[Vector]) -> list[dict[str, float]]:
        """Each with its share of its group's mean, at length 1."""
        members: dict[str, list[Vector]] = defaultdict(list)
        for passage, vector in zip(self._passages, vectors, strict=True):
            members[passage.group].append(vector)
        means = {group: _mean(found) for group, found in members.items()}
        return [
            _scaled(_sum(vector, means[passage.group], CHAPTER_SHARE))
            for passage, vector in zip(self._passages, vectors, strict=True)
        ]

    @cached_property
    def _postings(self) -> Mapping[str, list[tuple[int, float]]]:
        found: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, vector in enumerate(self._vectors):
            for stem, weight in vector.items():
                found[stem].append((number, weight))
        return found

    def sections_like(self, title: str, body: str, themes: Collection[str] = ()) -> list[Like]:
        """The passages that a text is about, best first: none below the floor, nor far behind the best one. `themes`: those
        to which the theme under which it was written is related."""
        stems = stems_of(title, body)
        vector = _scaled(self._vector(stems.counts))
        scores: dict[int, float] = defaultdict(float)
        for stem, weight in vector.items():
            for number, other in self._postings.get(stem, ()):
                scores[number] += weight * other
        likely = (
            (number, score * self._likelihood(self._passages[number], themes)) for number, score in scores.items()
        )
        best = sorted(likely, key=lambda one: (-one[1], one[0]))[:MOST]
        return [
            Like(self._passages[number].key, score, self._shared(vector, number, stems.words))
            for number, score in best
            if score >= max(FLOOR, BESIDE_BEST * best[0][1])
        ]

    @staticmethod
    def _likelihood(passage: Passage, themes: Collection[str]) -> float:
        return (RELATED_THEME if passage.theme in themes else 1) * (GENERAL if passage.is_general else 1)

    def _shared(self, vector: Vector, number: int, words: Mapping[str, str]) -> tuple[str, ...]:
        own = stems_of(self._passages[number].title, self._passages[number].body).counts
        shared = sorted((stem for stem in vector if stem in own), key=lambda stem: (-vector[stem], stem))
        return tuple(words[stem] for stem in shared[:MOST_SHARED])


def _mean(vectors: Sequence[Vector]) -> dict[str, float]:
    total: dict[str, float] = defaultdict(float)
    for vector in vectors:
        for stem, weight in vector.items():
            total[stem] += weight
    return {stem: weight / len(vectors) for stem, weight in total.items()}


def _sum(one: Vector, other: Vector, share: float) -> dict[str, float]:
    return {stem: one.get(stem, 0.0) + share * other.get(stem, 0.0) for stem in {*one, *other}}


def _scaled(vector: Vector) -> dict[str, float]:
    """At length 1."""
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {stem: weight / length for stem, weight in vector.items()} if length else {}


# What belongs together

ALIKE = 0.15  # mean likeness within a cluster, at the least
MOST_NAMED = 3  # terms that name a cluster


@dataclass(frozen=True)
class Cluster:
    """Texts about the same; `terms`: the words that tell it from the others, most telling first."""

    terms: tuple[str, ...]
    keys: tuple[str, ...]


def clusters_of(passages: Iterable[Passage]) -> list[Cluster]:
    """Texts that are about the same taken together, the largest cluster first; who stands alone is in none.

    Agglomerative, by the mean likeness of all pairs (average linkage: Sokal and Michener 1958). For some hundred texts.
    """
    passages = list(passages)
    stems = [stems_of(one.title, one.body) for one in passages]
    frequency: Counter[str] = Counter(stem for one in stems for stem in one.counts)
    vectors = [
        _scaled({stem: math.log1p(n) * math.log(1 + len(stems) / frequency[stem]) for stem, n in one.counts.items()})
        for one in stems
    ]
    groups = _agglomerated(vectors)
    words = {stem: word for one in stems for stem, word in one.words.items()}
    found = [
        Cluster(_terms(group, vectors, words), tuple(passages[number].key for number in group))
        for group in groups
        if len(group) > 1
    ]
    return sorted(found, key=lambda cluster: (-len(cluster.keys), cluster.terms))


def _agglomerated(vectors: Sequence[Vector]) -> list[list[int]]:
    groups = {number: [number] for number in range(len(vectors))}
    likeness = {(one, other): _dot(vectors[one], vectors[other]) for one in groups for other in groups if one < other}
    while likeness:
        (one, other), best = max(likeness.items(), key=lambda item: (item[1], item[0]))
        if best < ALIKE:
            break
        size, added = len(groups[one]), len(groups[other])
        for third in groups:
            if third not in (one, other):
                nearer, farther = (min(one, third), max(one, third)), (min(other, third), max(other, third))
                mean = (size * likeness[nearer] + added * likeness.pop(farther)) / (size + added)
                likeness[nearer] = mean
        del likeness[one, other]
        groups[one] += groups.pop(other)
    return list(groups.values())


def _dot(one: Vector, other: Vector) -> float:
    return sum(weight * other.get(stem, 0.0) for stem, weight in one.items())


def _terms(group: Sequence[int], vectors: Sequence[Vector], words: Mapping[str, str]) -> tuple[str, ...]:
    """Of the stems that at least two of the group have, the heaviest."""
    shared = Counter(stem for number in group for stem in vectors[number])
    mean = _mean([vectors[number] for number in group])
    best = sorted((stem for stem in mean if shared[stem] > 1), key=lambda stem: (-mean[stem] * shared[stem], stem))
    return tuple(words[stem] for stem in best[:MOST_NAMED])
