"""Which sections of a revised text are sections that the plan has already. Pure: no Django.

A pair is scored by heading and text, with something for the same chapter, code and neighbours. It is certain where each is
the other's best by a margin; certain pairs make their neighbours' pairs more certain, so this is repeated. What is alike but
not certain is left to people: no key is given by guessing, none is given twice.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from common.text import turkish_fold

CONFIDENT = 0.6  # at least this alike, a pair may be certain
FLOOR = 0.45  # less alike than this, two sections are not the same
MARGIN = 0.1  # so much better than the next best, or people decide
_SAME_CHAPTER = 0.12
_SAME_CODE = 0.05
_SAME_NEIGHBOUR = 0.055
_SAME_HEADING = 0.95
_HEADING_ALONE = 0.7
_TEXT_ALONE = 0.9
_SOME_TEXT = 0.25  # under the same heading so much of the text makes the section that goes on, whatever was split off
_GOES_ON = 0.1
_ENOUGH_WORDS = 6  # fewer are too few to tell a section by its text alone
_ALIKE_TITLES = 0.85
_STEM = 5  # letters: "durak", "durağın" and "duraklarda" are one word, nearly
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class OldSection:
    """A section of the plan; `chapter` is its chapter's key. In the order of the plan."""

    key: str
    heading: str
    text: str
    chapter: str
    code: str = ""


@dataclass(frozen=True)
class NewSection:
    """A section of the revised text; `chapter` is its chapter's place. In the order of the text."""

    heading: str
    text: str
    chapter: int
    code: str = ""


@dataclass
class Matching:
    """`keys`: place of a new section → key of the old one that it is. `undecided`: place → keys that it may be, the best
    first. `chapters`: place of a new chapter → key of the old one. What is in none of them is new."""

    keys: dict[int, str] = field(default_factory=dict)
    undecided: dict[int, list[str]] = field(default_factory=dict)
    chapters: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Told:
    """A section as it is compared: folded heading, and its words' stems as one character each."""

    heading: str
    words: str


def match_sections(
    old: Sequence[OldSection],
    new: Sequence[NewSection],
    old_chapters: Mapping[str, str],
    new_chapters: Sequence[str],
) -> Matching:
    """`old_chapters`: titles by key, `new_chapters`: titles in order."""
    matcher = _Matcher(old, new)
    matching = matcher.matching
    matching.chapters = _alike_titles(old_chapters, new_chapters)
    matcher.match_equal()
    matcher.match_alike()
    _chapters_by_sections(matching, old, new)
    matcher.match_alike()
    matching.undecided = matcher.candidates()
    return matching


def _fold(text: str) -> str:
    return " ".join(_WORD.findall(turkish_fold(text)))


class _Vocabulary:
    """Gives each stem a character, so that texts are compared word by word as strings."""

    def __init__(self) -> None:
        self._characters: dict[str, str] = {}

    def spell(self, text: str) -> str:
        stems = (word[:_STEM] for word in _WORD.findall(turkish_fold(text)))
        return "".join(self._characters.setdefault(stem, chr(0x10000 + len(self._characters))) for stem in stems)


class _Matcher:
    def __init__(self, old: Sequence[OldSection], new: Sequence[NewSection]) -> None:
        vocabulary = _Vocabulary()
        self._old = {section.key: section for section in old}
        self._new = new
        self._old_told = {section.key: _Told(_fold(section.heading), vocabulary.spell(section.text)) for section in old}
        self._new_told = [_Told(_fold(section.heading), vocabulary.spell(section.text)) for section in new]
        keys = [section.key for section in old]
        self._before = dict(zip(keys[1:], keys, strict=False))
        self._after = dict(pairwise(keys))
        self._scores: dict[tuple[int, str], float] | None = None
        self.matching = Matching()

    def match_equal(self) -> None:
        """Sections whose heading and text stand once before and once after are the same wherever they stand."""
        places: dict[_Told, list[int]] = defaultdict(list)
        for place, told in enumerate(self._new_told):
            places[told].append(place)
        keys: dict[_Told, list[str]] = defaultdict(list)
        for key, told in self._old_told.items():
            keys[told].append(key)
        for told, found in places.items():
            if len(found) == 1 and len(keys[told]) == 1:
                self.matching.keys[found[0]] = keys[told][0]

    def match_alike(self) -> None:
        """Certain pairs, until none comes any more."""
        while certain := self._certain():
            self.matching.keys.update(certain)

    def _open_scores(self) -> dict[tuple[int, str], float]:
        """Pairs of what has no partner yet and is alike at all. The texts are compared once."""
        taken = set(self.matching.keys.values())
        if self._scores is None:
            self._scores = {
                (place, key): score
                for place in range(len(self._new))
                if place not in self.matching.keys
                for key in self._old
                if key not in taken and (score := self._alike(self._new_told[place], self._old_told[key])) > 0
            }
        scored = {
            pair: score + self._nearness(*pair)
            for pair, score in self._scores.items()
            if pair[0] not in self.matching.keys and pair[1] not in taken
        }
        return {pair: score for pair, score in scored.items() if score >= FLOOR}

    @staticmethod
    def _alike(new: _Told, old: _Told) -> float:
        heading = fuzz.ratio(new.heading, old.heading) / 100
        if not new.words and not old.words:
            return heading
        text = Indel.normalized_similarity(new.words, old.words)
        few = min(len(new.words), len(old.words)) < _ENOUGH_WORDS
        if heading >= _SAME_HEADING:
            return max(_HEADING_ALONE, (heading + text) / 2 + (_GOES_ON if text >= _SOME_TEXT else 0))
        return max((heading + text) / 2, 0 if few else _TEXT_ALONE * text)

    def _nearness(self, place: int, key: str) -> float:
        old, new, matching = self._old[key], self._new[place], self.matching
        return (
            _SAME_CHAPTER * (matching.chapters.get(new.chapter) == old.chapter)
            + _SAME_CODE * bool(new.code and new.code == old.code)
            + _SAME_NEIGHBOUR * (place - 1 in matching.keys and matching.keys[place - 1] == self._before.get(key))
            + _SAME_NEIGHBOUR * (place + 1 in matching.keys and matching.keys[place + 1] == self._after.get(key))
        )

    def _certain(self) -> dict[int, str]:
        scores = self._open_scores()
        by_place: dict[Hashable, list[float]] = defaultdict(list)
        by_key: dict[Hashable, list[float]] = defaultdict(list)
        for (place, key), score in scores.items():
            by_place[place].append(score)
            by_key[key].append(score)
        return {
            place: key
            for (place, key), score in scores.items()
            if score >= CONFIDENT and _leads(score, by_place[place]) and _leads(score, by_key[key])
        }

    def candidates(self) -> dict[int, list[str]]:
        found: dict[int, list[tuple[float, str]]] = defaultdict(list)
        for (place, key), score in self._open_scores().items():
            found[place].append((score, key))
        return {place: [key for _score, key in sorted(pairs, reverse=True)] for place, pairs in sorted(found.items())}


def _leads(score: float, scores: Iterable[float]) -> bool:
    """Whether a score is the best of them, by the margin."""
    return sum(other > score - MARGIN for other in scores) == 1


def _alike_titles(old: Mapping[str, str], new: Sequence[str]) -> dict[int, str]:
    """Chapters with the same title, or each other's best of those that are alike; the first of several."""
    pairs = sorted(
        ((-fuzz.ratio(_fold(title), _fold(old_title)), place, key))
        for place, title in enumerate(new)
        for key, old_title in old.items()
    )
    found: dict[int, str] = {}
    for distance, place, key in pairs:
        if -distance >= _ALIKE_TITLES * 100 and place not in found and key not in found.values():
            found[place] = key
    return found


def _chapters_by_sections(matching: Matching, old: Sequence[OldSection], new: Sequence[NewSection]) -> None:
    """A chapter with another title is the old one from which most of its sections come."""
    chapter_of = {section.key: section.chapter for section in old}
    votes = Counter((new[place].chapter, chapter_of[key]) for place, key in matching.keys.items())
    sizes = Counter(section.chapter for section in new)
    for (place, key), count in votes.most_common():
        is_open = place not in matching.chapters and key not in matching.chapters.values()
        if is_open and count * 2 >= sizes[place]:
            matching.chapters[place] = key
