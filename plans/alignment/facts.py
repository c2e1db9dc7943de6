"""Names, numbers and negations: what makes two sentences of the same words two statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from rapidfuzz.distance import Levenshtein

from plans.alignment.folding import Word
from plans.alignment.text import Sentence, Text


class Facts:
    """Names and numbers of two states of a plan, both of which tell which words are names."""

    def __init__(self, before: Text, after: Text) -> None:
        self.before, self.after = before, after
        self._sentences = [*before.sentences, *after.sentences]

    def changed(self, old: Iterable[int], new: Iterable[int]) -> tuple[int, int]:
        """How many names differ between earlier and later sentences, and how many numbers are others; one that is only
        left out or added is an edit like any other."""
        one = [self.before.sentences[number] for number in old]
        other = [self.after.sentences[number] for number in new]
        names = Levenshtein.distance(self._names(one), self._names(other)) + self._perhaps_renamed(one, other)
        numbers, others = ([word.stem for word, _name in self._facts(part) if word.number] for part in (one, other))
        return names, Levenshtein.distance(numbers, others) - abs(len(numbers) - len(others))

    def turned_round(self, old: Iterable[int], new: Iterable[int]) -> bool:
        """Whether the later sentences deny more, or less, than the earlier ones."""
        one, other = (self.before.sentences[i] for i in old), (self.after.sentences[j] for j in new)
        return _negations(one) != _negations(other)

    def has_name(self, old: Iterable[int]) -> bool:
        return bool(self._names(self.before.sentences[number] for number in old))

    def keys(self, old: Iterable[int], new: Iterable[int]) -> frozenset[str]:
        """The keys of the words that are names or numbers."""
        sentences = [self.before.sentences[number] for number in old] + [self.after.sentences[number] for number in new]
        return frozenset(word.key for word, _name in self._facts(sentences))

    def _names(self, sentences: Iterable[Sentence]) -> list[str]:
        return [word.stem for word, name in self._facts(sentences) if name]

    def _facts(self, sentences: Iterable[Sentence]) -> Iterator[tuple[Word, bool]]:
        """(word, whether it is a name) of all names and numbers, in order."""
        for sentence in sentences:
            for at, word in enumerate(sentence.words):
                name = self._is_name(sentence, at)
                if name or word.number:
                    yield word, name

    def _is_name(self, sentence: Sentence, at: int) -> bool:
        """A word with a capital. The first of a sentence has one anyway: something else must tell."""
        word = sentence.words[at]
        if not word.capital or word.number:
            return False
        tells = word.stem in self._known or _goes_on(sentence)
        return at > 0 or word.marked or (tells and word.stem not in self._common)

    def _perhaps_renamed(self, old: Iterable[Sentence], new: Iterable[Sentence]) -> int:
        """How many sentences begin with another word that may be a name."""
        one, other = ({self._unknown_first(sentence) for sentence in part} - {""} for part in (old, new))
        return min(len(one - other), len(other - one))

    def _unknown_first(self, sentence: Sentence) -> str:
        """The first word's stem if nothing tells whether it is a name; else empty."""
        word = sentence.words[0] if sentence.words else None
        if word is None or word.number or word.stem in self._common or self._is_name(sentence, 0):
            return ""
        return word.stem

    @cached_property
    def _common(self) -> set[str]:
        """Stems that stand somewhere without a capital."""
        return {word.stem for sentence in self._sentences for word in sentence.words if not word.capital}

    @cached_property
    def _known(self) -> set[str]:
        """Stems that stand somewhere with a capital though they begin no sentence."""
        return {word.stem for sentence in self._sentences for word in sentence.words[1:] if word.capital}


def _goes_on(sentence: Sentence) -> bool:
    """Whether the second word has a capital too, as in the name of a street."""
    return len(sentence.words) > 1 and sentence.words[1].capital and not sentence.words[1].number


def _negations(sentences: Iterable[Sentence]) -> int:
    return sum(word.negative for sentence in sentences for word in sentence.words)
